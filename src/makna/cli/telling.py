"""How an import ends on the screen: its report, and what became of the source."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from makna.corpus.disguise import measured
from makna.corpus.importing.outcome import ImportReport, Unserved
from makna.corpus.model import SourceKind
from makna.i18n import N_, _

_SHOWN = (
    10  # rejections, classes or fields on the screen; --json has them all, of rejections the first thousand
)
_NAMED = 3  # formats that would serve a lens
_SOURCES = (SourceKind.OBSERVATION.value, SourceKind.INTERVIEW.value)
_PARTS = {
    "account": N_("who wrote"), "name": N_("display names"), "bio": N_("profiles"), "replies": N_("replies"),
    "time": N_("times"), "media": N_("pictures and videos"), "text": N_("texts"),
    "observation": N_("posts"), "interview": N_("interviews"),
}  # fmt: skip


def tell(report: ImportReport) -> None:
    """Print the report of one import."""
    click.echo(_head(report))
    for name, count in _counts(report):
        if count:
            click.echo(f"  {name}: {count}")
    for title, found in ((_("disguised"), report.disguised), (_("left outside"), report.dropped)):
        if found:
            click.echo(f"  {title}: " + _listed(found))
    if measured.last().shares(report.disguised):
        click.echo("  " + recall_of(report.disguised))
    for rejection in report.rejections[:_SHOWN]:
        click.echo(
            "  " + _("record {where}: {reason}").format(where=rejection.where, reason=rejection.reason)
        )
    if report.rejected > _SHOWN:
        click.echo("  " + _("{n} more rejections; --json lists them").format(n=report.rejected - _SHOWN))
    for line in (*report.notes, *_advice(report), *_unserved(report)):
        click.echo("  " + line)
    click.echo(_("Disguised, review needed."))


def _head(report: ImportReport) -> str:
    if report.batch is None:
        return _("Nothing new: everything in this file was imported before or stays out.")
    head = _("Batch {n}, {kind}, read as {reader}")
    return head.format(n=report.batch, kind=_(report.kind.replace("_", " ")), reader=report.reader)


def _counts(report: ImportReport) -> tuple[tuple[str, int], ...]:
    return (
        (_("read"), report.read), (_("kept"), report.kept), (_("repeated"), report.repeated),
        (_("came along as context"), report.context), (_("kept out: under-18 cue"), report.minors),
        (_("kept out: erased before"), report.erased),
        (_("rejected"), report.rejected), (_("turns withheld without consent"), report.withheld),
        (_("ids rounded by a spreadsheet"), report.rounded_ids), (_("doubtful spans to review"), report.doubts),
    )  # fmt: skip


def recall_of(kinds: Iterable[str]) -> str:
    """How much of each class the door covered when it was last measured."""
    figures = measured.last()
    shares = {
        _(measured.CLASSES[measured.measured_class(kind)]): share
        for kind, share in figures.shares(kinds).items()
    }
    listed = ", ".join(f"{name} {_share(share)}" for name, share in sorted(shares.items()))
    message = _(
        "recall as last measured ({day}, {n} identifiers in generated posts, not in this study): {shares}"
    )
    return message.format(day=figures.measured_on.isoformat(), n=figures.identifiers, shares=listed or "–")


def recall_lines() -> Iterator[str]:
    """The door's figures class by class, as a screen shows them."""
    figures = measured.last()
    head = _("Recall of the door, as last measured on {day} ({n} identifiers in generated posts):")
    yield head.format(day=figures.measured_on.isoformat(), n=figures.identifiers)
    for row in figures.rows():
        line = _("  {name}: {clear} in clear, {obfuscated} obfuscated ({n})")
        shares = {form: _share(row[form]) for form in ("clear", "obfuscated")}
        yield line.format(name=_(measured.CLASSES[str(row["class"])]), n=row["identifiers"], **shares)
    touched, of = figures.harmless
    yield _("  harmless posts touched: {touched} of {of}").format(touched=touched, of=of)


def _share(share: object) -> str:
    """A share in percent, never rounded up."""
    return f"{math.floor(share * 1_000) / 10:.1f}%" if isinstance(share, float) else "–"


def _listed(found: Mapping[str, int]) -> str:
    """The commonest first; what is rarer than the first few is counted together."""
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [f"{_(name) if ' ' in name else name} {count}" for name, count in ordered[:_SHOWN]]
    more = len(ordered) - len(shown)
    return ", ".join(shown) + (" " + _("and {n} more; --json lists them").format(n=more) if more else "")


def _advice(report: ImportReport) -> Iterator[str]:
    if report.doubts:
        yield _("Decide the doubtful spans while you remember the file: makna review")
    if report.withheld and report.kind == SourceKind.OBSERVATION.value:
        yield _(
            "Withheld were accounts whose consent is not on record. Record it with makna consent add; then remove this"
            " batch and add the file again."
        )
    if report.minors:
        yield _(
            "Records with a cue of somebody under 18 stay out. Where a child may be in danger, tell your supervisor."
        )


def _unserved(report: ImportReport) -> Iterator[str]:
    """Lenses that lack the same on one line; what lenses of another kind of source read, without more."""
    reasons: dict[tuple[str, ...], list[Unserved]] = {}
    for one in report.unserved:
        reasons.setdefault(one.missing, []).append(one)
    for missing, found in reasons.items():
        lacking = ", ".join(_(_PARTS.get(part, part)) for part in missing)
        names = ", ".join(one.lens for one in found)
        if missing[0] in _SOURCES:
            message = _("lenses that read other sources: {lenses} (they read {missing})")
            yield message.format(lenses=names, missing=lacking)
        else:
            message = _("lenses this file cannot serve: {lenses}; it has no {missing}. These have: {sources}")
            served = found[0].served_by
            sources = "; ".join(served[:_NAMED]) + ("; …" if len(served) > _NAMED else "")
            yield message.format(lenses=names, missing=lacking, sources=sources)


def afterwards(file: Path, done: Mapping[str, str]) -> str:
    """What became of the source file, and what remains to be done about it."""
    elsewhere = _("Copies in a cloud folder, a backup or a chat remain: delete them too.")
    if done["became"] == "encrypted":
        said = _(
            "The source lies under your passphrase now: {file}. Without the passphrase nobody opens it again."
        )
        return said.format(file=done["file"]) + " " + elsewhere
    if done["became"] == "deleted":
        return _("The source {file} is overwritten and deleted.").format(file=file) + " " + elsewhere
    if file.is_dir():
        return _(
            "The folder still lies there, undisguised: {file}. Encrypt or delete it yourself, with all that is in it."
        ).format(file=file)
    return _(
        "The source still lies there, undisguised: {file}. Encrypt or delete it (--source encrypt, --source delete)."
    ).format(file=file)
