"""Which findings stand on what? Finding × source, method, time, theory and investigator; support and contradiction apart.

The five kinds are Denzin's (1978, The Research Act, ch. 10). Literature supports a reading; it is no field evidence and
raises no count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa

from makna.analysis.lenses import figures, intervals, say
from makna.analysis.lenses.base import LensInput, LensResult, Statistic
from makna.analysis.lenses.rows import Rows, passage
from makna.corpus.model import SourceKind
from makna.errors import MeasureError
from makna.i18n import _

NAME = "triangulation"
NEEDS = frozenset({"text"})
PASSAGES_A_ROW = 500  # options["passages"]
FIELD = (SourceKind.OBSERVATION.value, SourceKind.INTERVIEW.value, SourceKind.FIELD_NOTE.value)
ENOUGH = 2  # one of a kind is no triangulation
STANCES = ("supports", "contradicts")
COLUMNS = (
    ("finding", pa.string()),
    ("supports", pa.int64()),  # passages from the field
    ("contradicts", pa.int64()),
    ("literature", pa.int64()),  # passages of literature, whatever their stance
    ("kinds", pa.int64()),  # kinds of field source that support it: observation, interview, field note
    ("sources", pa.int64()),  # different accounts, participants or notes that support it
    ("methods", pa.int64()),
    ("times", pa.int64()),  # months
    ("theories", pa.int64()),
    ("investigators", pa.int64()),
    *((kind, pa.int64()) for kind in FIELD),
    *((f"{kind}_against", pa.int64()) for kind in FIELD),
    ("stands_on", pa.list_(pa.string())),  # kinds of triangulation with at least two
)
Evidence = Mapping[str, Any]


def run(data: LensInput) -> LensResult:
    """The triangulation lens.

    options["findings"]: mappings with finding, stance (supports, contradicts), source_kind, and where known method, month,
    concept, coder, document_id, start, end, text. Raises :class:`MeasureError` where one lacks what it must have.
    """
    evidence = [_checked(e) for e in data.options.get("findings", ())]
    witnesses = _witnesses(data, evidence)
    rows = Rows(COLUMNS, int(data.options.get("passages", PASSAGES_A_ROW)))
    for finding in dict.fromkeys(e["finding"] for e in evidence):
        of = [e for e in evidence if e["finding"] == finding]
        rows.add(_row(finding, of, witnesses), (_passage(e) for e in of if e.get("document_id") is not None))
    table = rows.table()
    sentence = say.both(lambda language: _sentence(language, table))
    return LensResult(
        NAME, table, rows.passages(), _statistics(table), _figure(say.title(sentence), table), sentence, BLIND
    )


def _checked(evidence: Evidence) -> Evidence:
    known = (*FIELD, SourceKind.LITERATURE.value)
    if (
        not evidence.get("finding")
        or evidence.get("stance") not in STANCES
        or evidence.get("source_kind") not in known
    ):
        raise MeasureError(
            _("Evidence names its finding, its stance (supports or contradicts) and its kind of source.")
        )
    return evidence


def _witnesses(data: LensInput, evidence: Sequence[Evidence]) -> dict[int, int]:
    """document_id → author_id: a person counts once, however often quoted."""
    ids = sorted({e["document_id"] for e in evidence if e.get("document_id") is not None})
    wanted = ibis.memtable(pa.table({"document_id": pa.array(ids, pa.int64())}))
    found = data.documents.semi_join(wanted, "document_id").select("document_id", "author_id").to_pyarrow()
    pairs = zip(found["document_id"].to_pylist(), found["author_id"].to_pylist(), strict=True)
    return {document: author for document, author in pairs if author is not None}


def _row(finding: str, of: Sequence[Evidence], witnesses: Mapping[int, int]) -> dict[str, Any]:
    field = [e for e in of if e["source_kind"] in FIELD]
    support = [e for e in field if e["stance"] == "supports"]
    against = [e for e in field if e["stance"] == "contradicts"]
    kinds = {
        "sources": len({_witness(e, witnesses) for e in support} - {None}),
        "methods": _different(support, "method"),
        "times": _different(support, "month"),
        "theories": _different(support, "concept"),
        "investigators": _different(support, "coder"),
    }
    return {
        "finding": finding,
        "supports": len(support),
        "contradicts": len(against),
        "literature": len(of) - len(field),
        "kinds": _different(support, "source_kind"),
        **kinds,
        **{kind: sum(e["source_kind"] == kind for e in support) for kind in FIELD},
        **{f"{kind}_against": sum(e["source_kind"] == kind for e in against) for kind in FIELD},
        "stands_on": [kind for kind, n in kinds.items() if n >= ENOUGH],
    }


def _witness(evidence: Evidence, witnesses: Mapping[int, int]) -> tuple[str, int] | None:
    document = evidence.get("document_id")
    if document is None:
        return None
    if document in witnesses and evidence["source_kind"] != SourceKind.FIELD_NOTE.value:
        return "author", witnesses[document]
    return "document", document


def _different(of: Sequence[Evidence], key: str) -> int:
    return len({str(e[key]) for e in of if e.get(key) is not None})


def _passage(evidence: Evidence) -> dict[str, Any]:
    text = str(evidence.get("text") or "")
    start = int(evidence.get("start") or 0)
    end = evidence.get("end")
    note = f"{evidence['stance']}, {evidence['source_kind']}"
    return passage(
        int(evidence["document_id"]), start, start + len(text) if end is None else int(end), text, note
    )


def _statistics(table: pa.Table) -> tuple[Statistic, ...]:
    rows = table.to_pylist()
    n = len(rows)
    return (
        intervals.count("findings", n),
        intervals.count(
            "findings with two or more kinds of field source", sum(r["kinds"] >= ENOUGH for r in rows)
        ),
        intervals.count("findings with a contradiction on record", sum(r["contradicts"] > 0 for r in rows)),
        intervals.count("passages that support", sum(r["supports"] for r in rows)),
        intervals.count("passages that contradict", sum(r["contradicts"] for r in rows)),
    )


def _sentence(language: str, table: pa.Table) -> str:
    rows = table.to_pylist()
    if not rows:
        return {"en": "No finding is on record yet.", "id": "Belum ada temuan yang tercatat."}[language]
    several, against = (sum(r["kinds"] >= ENOUGH for r in rows), sum(r["contradicts"] > 0 for r in rows))
    supports, contradicts = (sum(r[k] for r in rows) for k in STANCES)
    n, s, c = (say.number(v, language) for v in (len(rows), supports, contradicts))
    if language == "id":
        return f"{several} dari {n} temuan bertumpu pada dua jenis sumber lapangan atau lebih; {s} kutipan mendukung dan {c} menyanggah, sanggahan tercatat pada {against} temuan."
    return f"{several} of {n} findings stand on two or more kinds of field source; {s} passages support and {c} contradict, with contradiction on record for {against} findings."


def _figure(title: figures.Text, table: pa.Table) -> Mapping[str, Any]:
    cells = [
        {"label": row["finding"], "column": _column(kind, suffix), "count": row[kind + suffix], "against": bool(suffix)}
        for row in table.to_pylist()
        for suffix in ("", "_against")
        for kind in FIELD
        if row[kind + suffix]
    ]  # fmt: skip
    columns = [_column(kind, suffix) for suffix in ("", "_against") for kind in FIELD]
    return figures.matrix(title, cells, columns=columns)


def _column(kind: str, suffix: str) -> tuple[str, str]:
    english, indonesian = say.pair(kind)
    return (f"{english}, against", f"{indonesian}, menyanggah") if suffix else (english, indonesian)


BLIND = say.blinds(
    (
        "Numbers of passages say how much was looked up, not how strong a finding is.",
        "Jumlah kutipan menunjukkan seberapa banyak dicari, bukan seberapa kuat suatu temuan.",
    ),
    (
        "Contradiction that nobody searched for does not show: see the searches for negative cases.",
        "Sanggahan yang tidak dicari tidak tampak: lihat pencarian kasus negatif.",
    ),
    (
        "Whether two sources are independent of each other cannot be seen from their number.",
        "Apakah dua sumber saling bebas tidak dapat dilihat dari jumlahnya.",
    ),
)
