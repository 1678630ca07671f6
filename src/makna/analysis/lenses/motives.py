"""Why here? Motives by informant, and whether further interviews still bring new ones.

Where the researcher has coded interviews, their codes are the motives. Where not, sentences that give a reason are
proposed by the words of the motives list: a proposal, to be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from makna.analysis.lenses import figures, intervals, say
from makna.analysis.lenses.base import LensInput, LensResult, Statistic
from makna.analysis.lenses.reasons import Reason, lists, reasons, turns
from makna.analysis.lenses.rows import Rows, passage
from makna.analysis.saturation import Saturation, saturation
from makna.corpus.model import SourceKind
from makna.errors import TooFewToCompute

NAME = "motives"
NEEDS = frozenset({"text"})
PASSAGES_A_ROW = 200  # options["passages"]
FEWEST = 5  # informants before a share is computed
COLUMNS = (
    ("kind", pa.string()),  # cell (informant × motive), motive
    ("motive", pa.string()),
    ("informant", pa.string()),
    (
        "interview",
        pa.int64(),
    ),  # its place in the order of the interviews, from 1; of a motive: where it first came up
    ("informants", pa.int64()),
    ("share", pa.float64()),
    ("low", pa.float64()),
    ("high", pa.float64()),
    ("against", pa.int64()),  # sentences that deny it
    ("coded", pa.bool_()),  # by a researcher; else proposed from word lists
    ("harvest_keyword", pa.bool_()),
)


@dataclass(frozen=True)
class _Study:
    """Informants in the order of their interviews, and what they said."""

    order: tuple[str, ...]
    said: Mapping[tuple[str, str], list[Reason]]  # (informant, motive)
    coded: bool

    def motives(self) -> list[str]:
        """All motives, the most shared first."""
        shared = {m: len(self.informants(m)) for _i, m in self.said}
        return sorted((m for m in shared if shared[m]), key=lambda m: (-shared[m], m))

    def informants(self, motive: str) -> list[str]:
        """Who affirms a motive, in the order of the interviews."""
        return [i for i in self.order if _affirmed(self.said.get((i, motive), ()))]

    def new(self) -> list[int]:
        """New motives per interview."""
        first = [self.order.index(self.informants(m)[0]) for m in self.motives()]
        return [first.count(n) for n in range(len(self.order))]


def _affirmed(said: Sequence[Reason]) -> bool:
    """Whether a motive is one: it is named, and not denied by a reason spelled out unless also so affirmed."""
    for spelled_out in (True, False):
        of = [r for r in said if r.spelled_out == spelled_out]
        if of and any(not r.against for r in of):
            return True
        if of and spelled_out:
            return False
    return False


def run(data: LensInput) -> LensResult:
    """The motives lens. Options: passages (most per row)."""
    study = _read(data)
    rows = Rows(COLUMNS, int(data.options.get("passages", PASSAGES_A_ROW)))
    for motive in study.motives():
        _motive_row(rows, study, motive)
    for number, informant in enumerate(study.order, 1):
        for motive in study.motives():
            of = study.said.get((informant, motive), [])
            if _affirmed(of):
                _cell_row(rows, study, number, informant, motive, of)
    reached = _saturated(study)
    statistics = _statistics(study, reached)
    sentence = say.both(lambda language: _sentence(language, study, reached))
    return LensResult(
        NAME, rows.table(), rows.passages(), statistics, _figure(say.title(sentence), study), sentence, BLIND
    )


def _read(data: LensInput) -> _Study:
    interviews = data.documents.filter(data.documents.kind == SourceKind.INTERVIEW.value)
    order = (
        interviews.select("document_id", "author_id", "sent_on")
        .order_by("document_id")
        .to_pyarrow()
        .to_pylist()
    )
    people = data.authors.filter(data.authors.participant).select("author_id", "pseudonym").distinct()
    names = {r["author_id"]: r["pseudonym"] for r in people.to_pyarrow().to_pylist()}
    table = turns(data)
    found = list(reasons(table, lists(data.wordlist)))
    coded = _coded(data, table)
    said: dict[tuple[str, str], list[Reason]] = defaultdict(list)
    for reason in coded or found:
        if reason.informant in names:
            said[names[reason.informant], reason.motive].append(reason)
    return _Study(_order(order, table, names), said, bool(coded))


def _order(
    interviews: Sequence[Mapping[str, Any]], table: pa.Table, names: Mapping[int, str]
) -> tuple[str, ...]:
    """Informants in the order of their interviews: as they were added, for dates are often missing."""
    speaking = zip(table["document_id"].to_pylist(), table["author_id"].to_pylist(), strict=True)
    by_document: dict[int, list[int]] = defaultdict(list)
    for document, author in speaking:
        if author in names and author not in by_document[document]:
            by_document[document].append(author)
    order = [names[a] for r in interviews for a in by_document[r["document_id"]]]
    return tuple(dict.fromkeys(order))


def _coded(data: LensInput, table: pa.Table) -> list[Reason]:
    """Codings of the participants' turns as reasons; none where nothing is coded."""
    if data.codings is None:
        return []
    found = []
    by_document: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for turn in table.drop(["tokens"]).to_pylist():
        by_document[turn["document_id"]].append(turn)
    for coding in (
        data.codings.order_by(["document_id", "start", "end", "code", "coder"]).to_pyarrow().to_pylist()
    ):
        for turn in by_document.get(coding["document_id"], ()):
            start = max(coding["start"], turn["start"])
            end = min(coding["end"], turn["start"] + len(turn["text"]))
            if start < end and turn["role"] == "participant" and turn["author_id"] is not None:
                text = turn["text"][start - turn["start"] : end - turn["start"]]
                found.append(
                    Reason(turn["author_id"], turn["document_id"], coding["code"], start, end, text, f"coder {coding['coder']}", False)
                )  # fmt: skip
    return found


def _motive_row(rows: Rows, study: _Study, motive: str) -> None:
    who = study.informants(motive)
    denied = [r for i in study.order for r in study.said.get((i, motive), ()) if r.against]
    row = {
        "kind": "motive",
        "motive": motive,
        "interview": study.order.index(who[0]) + 1,
        "informants": len(who),
        **intervals.bounds(len(who), len(study.order), enough=FEWEST),
        "against": len(denied),
        "coded": study.coded,
        "harvest_keyword": False,
    }
    rows.add(row, map(_passage, denied))


def _cell_row(
    rows: Rows, study: _Study, number: int, informant: str, motive: str, of: Sequence[Reason]
) -> None:
    row = {
        "kind": "cell",
        "motive": motive,
        "informant": informant,
        "interview": number,
        "informants": 1,
        "against": sum(r.against for r in of),
        "coded": study.coded,
        "harvest_keyword": False,
    }
    rows.add(row, map(_passage, of))


def _passage(reason: Reason) -> dict[str, Any]:
    note = f"against: {reason.note}" if reason.against else reason.note
    return passage(reason.document_id, reason.start, reason.end, reason.text, note)


def _saturated(study: _Study) -> Saturation | None:
    try:
        return saturation(study.new())
    except TooFewToCompute:
        return None


def _statistics(study: _Study, reached: Saturation | None) -> tuple[Statistic, ...]:
    n = len(study.order)
    at = None if reached is None or reached.reached_at is None else float(reached.reached_at)
    method = "Guest, Namey & Chen 2020: base 4, run 2, threshold 5 %"
    return (
        intervals.count("informants", n),
        intervals.count("motives", len(study.motives())),
        *(
            intervals.share(f"share of informants: {m}", len(study.informants(m)), n, enough=FEWEST)
            for m in study.motives()
        ),
        Statistic("saturation reached after interview", at, n=n, method=method),
    )


def _sentence(language: str, study: _Study, reached: Saturation | None) -> str:
    n = len(study.order)
    if n == 0:
        return {"en": "There is no interview yet.", "id": "Belum ada wawancara."}[language]
    if not study.motives():
        return {
            "en": "No motive was found in the interviews.",
            "id": "Tidak ditemukan motif dalam wawancara.",
        }[language]
    top = study.motives()[:2]
    said = say.series([f"{say.name(m, language)} ({len(study.informants(m))})" for m in top], language)
    if language == "id":
        known = "terlalu sedikit wawancara untuk menilai kejenuhan" if reached is None else (
            f"kejenuhan tercapai setelah wawancara ke-{reached.reached_at}" if reached.reached_at else "kejenuhan belum tercapai"
        )  # fmt: skip
        return f"Dari {n} informan, motif yang paling banyak disebut ialah {said}; {known}."
    known = "too few interviews to judge saturation" if reached is None else (
        f"saturation was reached after interview {reached.reached_at}" if reached.reached_at else "saturation was not reached"
    )  # fmt: skip
    return f"Of {n} informants, most name {said}; {known}."


def _figure(title: figures.Text, study: _Study) -> Mapping[str, Any]:
    cells = [
        {"label": say.pair(m), "column": i, "count": sum(not r.against for r in study.said.get((i, m), ())), "against": False}
        for m in study.motives()
        for i in study.informants(m)
    ]  # fmt: skip
    return figures.matrix(title, cells, columns=study.order)


BLIND = say.blinds(
    (
        "What informants did not say, or said only when asked, is not weighed; a number of sentences is no strength of a motive.",
        "Apa yang tidak dikatakan informan, atau hanya dikatakan bila ditanya, tidak ditimbang; jumlah kalimat bukan kuatnya motif.",
    ),
    (
        "Uncoded interviews are read by a list of words: irony and reasons in other words are missed. Code the interviews to replace the proposals.",
        "Wawancara yang belum dikodekan dibaca dengan daftar kata: ironi dan alasan dengan kata lain terlewat. Kodekan wawancara untuk menggantikan usulan.",
    ),
    (
        "A few informants stand for themselves, not for a population.",
        "Beberapa informan mewakili dirinya sendiri, bukan populasi.",
    ),
)
