"""Commands that keep a whole library: backup, restore."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from makna.cli.common import json_option, library_option, print_json
from makna.errors import StudyError
from makna.i18n import _, ngettext
from makna.library import Library

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=_FILE)
@library_option
@json_option
def backup(library: Library, file: Path, as_json: bool) -> None:
    """Back the whole library up to FILE: all studies and the record, whole or not at all.

    The keys of studies stay in your configuration folder and are not in it: export each with "makna key export". What
    you erase later stays in FILE until you delete it; restoring it erases that again.
    """
    made = library.back_up(file)
    if as_json:
        print_json(asdict(made))
        return
    click.echo(
        ngettext(
            "{n} study backed up to {path}.", "{n} studies backed up to {path}.", len(made.studies)
        ).format(n=len(made.studies), path=made.path)
    )
    click.echo(
        _("The keys are not in it. Whoever has the file can read all that the studies hold: keep it safe."),
        err=True,
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@library_option
@click.option("--replace", is_flag=True, help="Put the backup in the place of what the library holds.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def restore(library: Library, file: Path, replace: bool, yes: bool, as_json: bool) -> None:
    """Restore the library from the backup FILE, whole or not at all.

    What was erased since, or withdrawn, is erased again before anything is put in place.
    """
    there = library.names()
    if replace and there and not yes:
        click.echo(
            _("These studies will be replaced, with all that was done since: {names}").format(
                names=", ".join(there)
            ),
            err=True,
        )
        if not click.confirm(_("Replace them?"), err=True):
            raise StudyError(_("Not restored: nothing was changed."))
    done = library.restore(file, replace=replace)
    if as_json:
        print_json(asdict(done))
        return
    click.echo(
        ngettext(
            "{n} study restored, as of {made}.", "{n} studies restored, as of {made}.", len(done.studies)
        ).format(n=len(done.studies), made=done.made)
    )
    if done.erased_again:
        click.echo(
            ngettext(
                "{n} document that was erased since was erased again.",
                "{n} documents that were erased since were erased again.",
                done.erased_again,
            ).format(n=done.erased_again)
        )


COMMANDS = (backup, restore)
