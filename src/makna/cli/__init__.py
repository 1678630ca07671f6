"""The command line: parses and prints, decides nothing.

Answers go to standard output (with ``--json`` as one object whose rows stand under ``rows``), progress and messages
to standard error. Exit 0 done, 1 refused with a reason, 2 misuse.
"""

from __future__ import annotations

import sys

import click

from makna import __version__
from makna.cli import corpus, measures, studies
from makna.errors import MaknaError


class _Refusing(click.Group):
    """A refusal is a sentence on standard error and exit code 1, never a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except MaknaError as error:
            click.echo(str(error), err=True)
            sys.exit(1)


@click.group(cls=_Refusing, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="makna")
def cli() -> None:
    """Makna: how people in an online community make meaning together, from raw files to evidenced findings."""


for module in (studies, corpus, measures):
    for command in module.COMMANDS:
        cli.add_command(command)


def main() -> None:
    """The entry point of the ``makna`` command."""
    cli()
