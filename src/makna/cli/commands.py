"""All commands under the one called ``makna``."""

from __future__ import annotations

from makna.cli import corpus, erasing, lists, measures, reports, review, sources, studies
from makna.cli.group import cli

for module in (studies, sources, lists, review, erasing, corpus, measures, reports):
    for command in module.COMMANDS:
        cli.add_command(command)

__all__ = ["cli"]
