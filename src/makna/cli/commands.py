"""All commands under the one called ``makna``."""

from __future__ import annotations

from makna.cli import corpus, erasing, forms, lists, measures, reports, review, sources, studies, workbench
from makna.cli.group import cli

for module in (studies, forms, sources, lists, review, erasing, corpus, measures, reports, workbench):
    for command in module.COMMANDS:
        cli.add_command(command)

__all__ = ["cli"]
