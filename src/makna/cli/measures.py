"""Commands that measure: words, keyness, collocates, lens."""

from __future__ import annotations

from typing import Any

import click

from makna.analysis.lenses import LENSES
from makna.analysis.lenses.base import LensResult
from makna.cli.common import json_option, print_json, print_rows, study_option
from makna.cli.sources import KINDS
from makna.i18n import _, preferred
from makna.library import Study

_limit = click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Rows to print.")
_kind = click.option("--kind", type=click.Choice(KINDS), help="Only this kind of source.")
_minimum = click.option(
    "--minimum", type=click.IntRange(1), default=3, show_default=True, help="Least occurrences."
)


@click.command()
@study_option
@_kind
@_limit
@json_option
def words(study: Study, kind: str | None, limit: int, as_json: bool) -> None:
    """The word list."""
    print_rows(study.words(kind=kind).slice(0, None if as_json else limit).to_pylist(), as_json=as_json)


@click.command()
@study_option
@click.option("--target", type=click.Choice(KINDS), default="interview", show_default=True)
@click.option("--reference", type=click.Choice(KINDS), default="observation", show_default=True)
@_minimum
@_limit
@json_option
def keyness(study: Study, target: str, reference: str, minimum: int, limit: int, as_json: bool) -> None:
    """Key words of one kind of source against another."""
    found = study.keyness(target=target, reference=reference, minimum=minimum)
    columns = (
        "token",
        "target",
        "reference",
        "g2",
        "log_ratio",
        "log_ratio_low",
        "log_ratio_high",
        "lrc",
        "z",
    )
    print_rows(found.slice(0, None if as_json else limit).to_pylist(), as_json=as_json, columns=columns)


@click.command()
@click.argument("word")
@study_option
@_kind
@click.option("--span", type=click.IntRange(1, 20), default=5, show_default=True, help="Tokens either side.")
@_minimum
@_limit
@json_option
def collocates(
    study: Study, word: str, kind: str | None, span: int, minimum: int, limit: int, as_json: bool
) -> None:
    """The company that WORD keeps."""
    found = study.collocates(word, kind=kind, left=span, right=span, minimum=minimum)
    columns = ("token", "joint", "count", "g2", "pmi", "t", "dice", "delta_p")
    print_rows(found.slice(0, None if as_json else limit).to_pylist(), as_json=as_json, columns=columns)


@click.command()
@click.argument("name", required=False)
@study_option
@click.option("--all", "every", is_flag=True, help="Every lens.")
@click.option("--seed", "seeds", multiple=True, help="A known word, for the argot lens; repeatable.")
@_limit
@json_option
def lens(
    study: Study, name: str | None, every: bool, seeds: tuple[str, ...], limit: int, as_json: bool
) -> None:
    """Look at the study through the lens NAME."""
    if not name and not every:
        raise click.UsageError(
            _("Name a lens, or --all. There are: {names}").format(names=", ".join(sorted(LENSES)) or "–")
        )
    chosen = sorted(LENSES) if every else [name or ""]
    results = [study.lens(each, **({"seeds": list(seeds)} if seeds else {})) for each in chosen]
    if as_json:
        answers = [_plain(result) for result in results]
        print_json(_together(answers) if every else answers[0])
        return
    for result in results:
        language = preferred()
        click.echo(f"{result.lens}: {result.sentence[language]}")
        print_rows(result.table.slice(0, limit).to_pylist(), as_json=False)
        for line in result.blind[language]:
            click.echo("  · " + line)


def _plain(result: LensResult) -> dict[str, Any]:
    return {
        "lens": result.lens,
        "sentence": result.sentence,
        "statistics": [vars(s) if hasattr(s, "__dict__") else s for s in result.statistics],
        "blind": result.blind,
        "figure": result.figure,
        "rows": result.table.to_pylist(),
        "passages": result.passages.to_pylist(),
    }


def _together(answers: list[dict[str, Any]]) -> dict[str, object]:
    """The rows of all lenses, each with its lens; what else a lens says stands under ``lenses``."""
    rows = [{"lens": answer["lens"], **row} for answer in answers for row in answer["rows"]]
    return {"lenses": [{k: v for k, v in a.items() if k != "rows"} for a in answers], "rows": rows}


COMMANDS = (words, keyness, collocates, lens)
