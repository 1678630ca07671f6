"""What identifies or opens is never an argument: it comes from a hidden prompt, or from standard input."""

from __future__ import annotations

import sys

import click

from makna.errors import DoorError
from makna.i18n import _

LEAST = 6  # characters of a new passphrase


def interactive() -> bool:
    """Whether somebody sits at a terminal who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def lines(prompt: str) -> tuple[str, ...]:
    """Lines typed unseen, up to an empty one; without a terminal, all lines of standard input."""
    if not sys.stdin.isatty():
        return tuple(line for line in sys.stdin.read().splitlines() if line.strip())
    found: list[str] = []
    while line := click.prompt(prompt, hide_input=True, default="", show_default=False, err=True):
        found.append(line)
    return tuple(found)


def text(prompt: str) -> str:
    """One text typed or pasted unseen, up to an empty line; without a terminal, all of standard input."""
    return "\n".join(lines(prompt)) if sys.stdin.isatty() else sys.stdin.read()


def passphrase(*, new: bool) -> str:
    """A passphrase typed unseen, twice where it is *new*; without a terminal, the next line of standard input."""
    if sys.stdin.isatty():
        typed = click.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=new, err=True)
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    if new and len(typed) < LEAST:
        raise DoorError(
            _("A passphrase needs {n} characters or more: several words do well.").format(n=LEAST)
        )
    return str(typed)
