"""Commands that read the corpus: search."""

from __future__ import annotations

import click

from makna.cli.common import json_option, print_json, study_option
from makna.cli.sources import KINDS
from makna.i18n import _
from makna.library import Study


@click.command()
@click.argument("query", nargs=-1, required=True)
@study_option
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Only this kind of source.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Rows to print.")
@click.option("--in-order", is_flag=True, help="In the order of the corpus instead of best first.")
@json_option
def search(
    study: Study, query: tuple[str, ...], kinds: tuple[str, ...], limit: int, in_order: bool, as_json: bool
) -> None:
    """Concordance of words, "phrases", prefix*, with AND, OR, NOT and brackets."""
    found = study.search(" ".join(query), kinds=kinds, limit=limit, ranked=not in_order)
    if as_json:
        print_json({"rows": found.to_pylist()})
        return
    for row in found.to_pylist():
        left, right = (row[side].replace("\n", " ") for side in ("left", "right"))
        click.echo(f"{left[-40:]:>40} [{row['match']}] {right[:40]}")
    if not found.num_rows:
        click.echo(_("Nothing in the study matches."))


COMMANDS = (search,)
