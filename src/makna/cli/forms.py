"""The command that hands out the form for what a person observes by hand."""

from __future__ import annotations

from pathlib import Path

import click

from makna.cli.common import json_option, print_json
from makna.i18n import _
from makna.library import Library


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
def form(file: Path, as_json: bool) -> None:
    """Write a form for profiles and posts noted by hand into FILE (.toml or .csv), to fill in and add."""
    made = Library.form(file)
    if as_json:
        print_json({"file": str(made)})
        return
    message = _(
        "{file} is there. Fill it in, add it with makna add, then delete it: it holds what the door takes out."
    )
    click.echo(message.format(file=made))


COMMANDS = (form,)
