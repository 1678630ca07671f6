"""The command line: parses and prints, decides nothing.

Answers go to standard output (with ``--json`` as one object whose rows stand under ``rows``), progress and messages
to standard error. Exit 0 done, 1 refused with a reason, 2 misuse, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import sys


def main() -> None:
    """The entry point of the ``makna`` command; Ctrl-C while the program still loads ends it without a word."""
    try:
        from makna.cli.commands import loaded  # noqa: PLC0415

        cli = loaded(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    cli()


def __getattr__(name: str) -> object:
    """``makna.cli.cli``, the whole command, without loading it for :func:`main`."""
    if name == "cli":
        from makna.cli.commands import loaded  # noqa: PLC0415

        return loaded()
    raise AttributeError(name)
