"""Hits as lines: whose words they are, what they are coded with already, what a coding of them would cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import ibis
import pyarrow as pa

from makna.i18n import N_, _
from makna.library import Study
from makna.record.acting import Actor
from makna.record.models import Code
from makna.web import coded
from makna.web.passages import address_of
from makna.web.reading.texts import authors
from makna.web.searching.looking import Hit

EXTENTS = {
    "sentence": N_("the sentence"),
    "unit": N_("the whole post or turn"),
    "words": N_("the words alone"),
}
Passage = tuple[int, int, int]


@dataclass(frozen=True)
class Line:
    """A hit as the concordance shows it."""

    hit: Hit
    value: str  # the passages that a coding of it may cover, as a form sends them
    about: str
    day: object
    address: str
    codes: tuple[Code, ...]


def shown(study: Study, actor: Actor, hits: Sequence[Hit], words: str = "") -> list[Line]:
    """*hits* as lines, in their order; they lead to the text with the *words* that were searched for."""
    about = _documents(study, {hit.unit.document for hit in hits})
    people = authors(study, {hit.unit.author for hit in hits if hit.unit.author is not None})
    codings = _codings(actor, {hit.unit.document for hit in hits})
    found = []
    for hit in hits:
        document = hit.unit.document
        title, day = about.get(document, (None, None))
        who = people[hit.unit.author].pseudonym if hit.unit.author in people else None
        mine = [code for start, end, code in codings.get(document, ()) if start < hit.end and hit.start < end]
        found.append(
            Line(
                hit, value(hit), _source(hit.unit.kind, title, who), day,
                address_of(study, document, hit.start, hit.end) + _searched(words), tuple(dict.fromkeys(mine)),
            )
        )  # fmt: skip
    return found


def _searched(words: str) -> str:
    return f"&{urlencode({'q': words})}" if words else ""


def _source(kind: str, title: str | None, who: str | None) -> str:
    """Whose words they are, in short; the kind where nobody and nothing is named."""
    shown = title if kind != "observation" else None
    return " · ".join(part for part in (shown, who if who != shown else None) if part) or _(
        kind.replace("_", " ")
    )


def _documents(study: Study, ids: Iterable[int]) -> dict[int, tuple[str | None, object]]:
    wanted = ibis.memtable(pa.table({"document_id": pa.array(sorted(ids), pa.int64())}))
    rows = study.run(
        study.documents.semi_join(wanted, "document_id").select("document_id", "title", "sent_on")
    )
    return {row["document_id"]: (row["title"], row["sent_on"]) for row in rows.to_pylist()}


def _codings(actor: Actor, documents: Iterable[int]) -> dict[int, list[tuple[int, int, Code]]]:
    rows = coded.seen(actor).filter(source__document__in=list(documents)).select_related("code", "source")
    found: dict[int, list[tuple[int, int, Code]]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.source.document, []).append((row.start, row.end, row.code))
    return found


def value(hit: Hit) -> str:
    """A hit as a form sends it: the document, then what each extent covers."""
    spans = (hit.sentence, hit.whole, (hit.start, hit.end))
    return f"{hit.unit.document}:" + ":".join(f"{start}-{end}" for start, end in spans)


def passage(value: str, extent: str) -> Passage | None:
    """The passage of a sent hit; None for what is no hit."""
    document, *spans = value.split(":")
    if len(spans) != len(EXTENTS) or not document.isdecimal():
        return None
    start, _dash, end = spans[list(EXTENTS).index(extent)].partition("-")
    return (int(document), int(start), int(end)) if start.isdecimal() and end.isdecimal() else None


def passage_of(hit: Hit, extent: str) -> Passage:
    """What a coding of a hit covers."""
    start, end = {"sentence": hit.sentence, "unit": hit.whole, "words": (hit.start, hit.end)}[extent]
    return hit.unit.document, start, end
