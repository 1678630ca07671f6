"""All commands under the one called ``makna``. Only the module of the command that is asked for is read."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import click

from makna.cli.group import cli

MODULES = (
    "studies", "forms", "sources", "lists", "review", "erasing", "corpus", "measures", "argot", "reports", "backing", "workbench",
)  # fmt: skip
ALONE = {
    "open": "workbench",
    "serve": "workbench",
    "account": "workbench",
    "form": "forms",
}  # commands that need little, and so little is read for them


def loaded(arguments: Sequence[str] = ()) -> click.Group:
    """The command, with all that it can do, or with the one thing that *arguments* ask for where that is enough."""
    only = ALONE.get(arguments[0]) if arguments else None
    for name in (only,) if only else MODULES:
        for command in import_module(f"makna.cli.{name}").COMMANDS:
            cli.add_command(command)
    return cli
