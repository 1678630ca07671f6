"""Commands about sources: add, remove, search."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from makna.cli.common import Bar, json_option, print_json, print_rows, study_option
from makna.corpus.importing.outcome import ImportReport
from makna.corpus.model import AccessBasis, SourceKind
from makna.corpus.readers import mapping as mappings
from makna.i18n import _
from makna.library import Study

KINDS = [k.value for k in SourceKind]


@click.command()
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@study_option
@click.option(
    "--kind", type=click.Choice(KINDS), help="What the source is to the method; else guessed from its form."
)
@click.option(
    "--access", type=click.Choice([a.value for a in AccessBasis]), default="public", show_default=True
)
@click.option("--permission", help="Whose permission or consent, for closed and private material.")
@click.option("--map", "mapped", help="Columns of a table, as in text=Isi,handle=Akun; or a mapping file.")
@click.option("--sheet", help="The sheet of a workbook.")
@click.option(
    "--pdfs", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of full texts."
)
@click.option("--title", help="A title for a note or a transcript.")
@click.option(
    "--mask-names", is_flag=True, help="Ask, hidden, for names to mask (or read them from standard input)."
)
@click.option("--preview", is_flag=True, help="Show the first records after the door; write nothing.")
@json_option
def add(
    study: Study, file: Path, mapped: str | None, mask_names: bool, preview: bool, as_json: bool, **said: Any
) -> None:
    """Import FILE through the door, all of it or nothing."""
    options = {
        "kind": said["kind"],
        "mapping": _mapping(mapped),
        "sheet": said["sheet"],
        "pdf_folder": said["pdfs"],
        "title": said["title"],
        "masked_names": _names() if mask_names else (),
    }
    if preview:
        shown = study.preview(file, **options)
        print_rows(shown, as_json=as_json)
        return
    with Bar(_size(file)) as bar:
        report = study.add(
            file, access=said["access"], permission=said["permission"], progress=bar, **options
        )
    if as_json:
        print_json({**report.asdict(), "rows": [report.asdict()]})
    else:
        _tell(report, file)


def _size(file: Path) -> int:
    """The bytes of *file*, for the bar; why there are none says who reads it."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _mapping(stated: str | None) -> dict[str, str] | None:
    if stated is None:
        return None
    if "=" not in stated:
        return dict(mappings.read_file(Path(stated)))
    return dict(mappings.parse(stated))


def _names() -> tuple[str, ...]:
    if not sys.stdin.isatty():
        return tuple(sys.stdin.read().splitlines())
    names = []
    while name := click.prompt(_("Name to mask (empty to end)"), hide_input=True, default="", err=True):
        names.append(name)
    return tuple(names)


def _tell(report: ImportReport, file: Path) -> None:
    counts = (
        (_("read"), report.read), (_("kept"), report.kept), (_("repeated"), report.repeated),
        (_("came along as context"), report.context), (_("kept out: under-18 cue"), report.minors),
        (_("rejected"), report.rejected), (_("turns withheld without consent"), report.withheld),
        (_("ids rounded by a spreadsheet"), report.rounded_ids), (_("doubtful spans to review"), report.doubts),
    )  # fmt: skip
    if report.batch is None:
        click.echo(_("Nothing new: everything in this file was imported before or stays out."))
    else:
        click.echo(
            _("Batch {n}, {kind}, read as {reader}").format(
                n=report.batch, kind=report.kind, reader=report.reader
            )
        )
    for name, count in counts:
        if count:
            click.echo(f"  {name}: {count}")
    for title, found in ((_("disguised"), report.disguised), (_("dropped fields"), report.dropped)):
        if found:
            click.echo(f"  {title}: " + ", ".join(f"{k} {v}" for k, v in sorted(found.items())))
    for rejection in report.rejections[:10]:
        click.echo(
            "  " + _("record {where}: {reason}").format(where=rejection.where, reason=rejection.reason)
        )
    click.echo(_("Disguised, review needed. Encrypt or delete the source file now: {file}").format(file=file))


@click.command()
@click.argument("batch", type=int)
@study_option
def remove(study: Study, batch: int) -> None:
    """Take BATCH out of the study whole."""
    study.remove(batch)
    click.echo(_("Batch {n} is gone.").format(n=batch))


@click.command()
@click.argument("query", nargs=-1, required=True)
@study_option
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True)
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True)
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


COMMANDS = (add, remove, search)
