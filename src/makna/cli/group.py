"""The ``makna`` command itself: how it ends when a command refuses, is misused, is stopped or fails."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

import makna
from makna.cli import saying
from makna.errors import MaknaError
from makna.i18n import _

STOPPED = 130  # what a shell reports of a program that Ctrl-C ended
_HERE = Path(makna.__file__).parent


class Makna(click.Group):
    """A refusal is a sentence on standard error and exit code 1, never a traceback."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **said: Any) -> Any:
        """Run the command that *args* name and end the process with its exit code."""
        saying.in_the_chosen_language(self)
        sys.exit(self._ended(args, **{**said, "standalone_mode": False}))

    def _ended(self, args: Sequence[str] | None, **said: Any) -> int:
        """The exit code; what went wrong is said on standard error."""
        try:
            code = super().main(args, **said)
            return code if isinstance(code, int) else 0
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo(_("Stopped."), err=True)
            return STOPPED
        except MaknaError as error:
            click.echo(str(error), err=True)
            return 1
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read our answer has read enough
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                return 0
            click.echo(_of_system(error), err=True)
            return 1
        except Exception as error:
            click.echo(_unexpected(error), err=True)
            return 1


def _of_system(error: OSError) -> str:
    """What the operating system refused, with the file it is about."""
    if error.errno == errno.ENOSPC:
        return _("The disk is full. Nothing was half kept; free some space, then try again.")
    where = error.filename if isinstance(error.filename, str) else "–"
    return _("The system refused: {reason} ({file}).").format(
        reason=error.strerror or type(error).__name__, file=where
    )


def _unexpected(error: Exception) -> str:
    """Where a fault lies, and never what it says: its words may hold content of a record."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if Path(f.filename).is_relative_to(_HERE)]
    path = " < ".join(
        f"{Path(f.filename).relative_to(_HERE).as_posix()}:{f.lineno}" for f in reversed(ours[-4:])
    )
    return _(
        "Makna failed here, which it should not: {kind} at {path}. The study is as its last finished step left it."
        " Please report this line; it holds nothing of your sources."
    ).format(kind=type(error).__name__, path=path or "–")


@click.group(cls=Makna, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(makna.__version__, prog_name="makna")
def cli() -> None:
    """Makna: how people in an online community make meaning together, from raw files to evidenced findings."""
