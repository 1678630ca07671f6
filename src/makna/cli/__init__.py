"""The command line: parses and prints, decides nothing.

Answers go to standard output (with ``--json`` as one object whose rows stand under ``rows``), progress and messages
to standard error. Exit 0 done, 1 refused with a reason, 2 misuse, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

from makna.cli import corpus, lists, measures, reports, sources, studies
from makna.cli.group import cli

for module in (studies, sources, lists, corpus, measures, reports):
    for command in module.COMMANDS:
        cli.add_command(command)


def main() -> None:
    """The entry point of the ``makna`` command."""
    cli()


__all__ = ["cli", "main"]
