"""The dictionary of a community's argot, for scripts and notebooks: terms by their spelling, written by actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from makna.analysis.lenses.base import LensResult
from makna.errors import NoSuchRow
from makna.i18n import _
from makna.library.apart import apart
from makna.library.cases import Casing

if TYPE_CHECKING:
    from makna.record.acting import Actor
    from makna.record.models import ArgotTerm

TERMS = pa.schema(
    [
        ("term", pa.string()), ("variants", pa.list_(pa.string())), ("category", pa.string()), ("status", pa.string()),
        ("senses", pa.list_(pa.string())), ("examples", pa.list_(pa.string())), ("explained", pa.string()),
        ("explanation", pa.string()), ("first_seen", pa.date32()), ("passages", pa.int64()),
    ]
)  # fmt: skip
ENOUGH = 3  # accepted terms that the lens takes for seeds; fewer say too little about the others
EVIDENCE = 10  # passages kept with a term that the lens found
_SHOWS = {"asked": "asked", "explained": "explained"}
_SHAPES = {"emoji": "emoji", "hashtag": "hashtag", "respelled": "disguised", "listed": "ordinary word"}


class Defining(Casing):
    """A study with its dictionary. Terms are called by any of their spellings, whatever their case."""

    @apart
    def terms(self, *, status: str | None = None) -> pa.Table:
        """The dictionary (schema TERMS), or the terms of one *status* (proposed, accepted, rejected), by their spelling."""
        with self._acting() as actor:
            rows = actor.study.terms.prefetch_related("senses", "evidence").order_by("term")
            rows = rows if status is None else rows.filter(status=status)
            return pa.Table.from_pylist([_plain(row) for row in rows], TERMS)

    @apart
    def add_term(
        self, term: str, *, variants: Sequence[str] = (), category: str = "", definition: str = ""
    ) -> None:
        """Note an argot term with its spellings and a first sense."""
        with self._acting() as actor:
            from makna.record.actions.add_term import add_term  # noqa: PLC0415

            add_term(actor, term, variants=variants, category=category, definition=definition)

    def accept_terms(self, terms: Iterable[str], *, found: LensResult | None = None) -> list[str]:
        """Accept terms as argot, those that are new with what the argot lens *found* of them; returns them as they are kept."""
        return self._decided(list(terms), "accepted", found)

    def reject_terms(self, terms: Iterable[str], *, found: LensResult | None = None) -> list[str]:
        """Note that terms are no argot; the lens puts them last from now on."""
        return self._decided(list(terms), "rejected", found)

    def _decided(self, terms: Sequence[str], status: str, found: LensResult | None) -> list[str]:
        missing = [term for term in terms if term.casefold() not in self._known_spellings()]
        rows = _of_lens(found if found is not None else self._argot(), missing) if missing else {}
        return [self._decide(term, status, rows.get(term.casefold())) for term in terms]

    def _argot(self) -> LensResult:
        raise NotImplementedError

    def _of_dictionary(self) -> dict[str, list[str]]:
        """What the lens is told of the dictionary: accepted terms as seeds, and rejected ones."""
        if self.recorded() is None:
            return {}
        rows = self.terms().to_pylist()
        named = {
            status: [r["term"] for r in rows if r["status"] == status] for status in ("accepted", "rejected")
        }
        seeds = {"seeds": named["accepted"]} if len(named["accepted"]) >= ENOUGH else {}
        return {**seeds, "rejected": named["rejected"]}

    @apart
    def _roles(self, attribute: str) -> dict[int, str]:
        """Account → its value of *attribute*."""
        with self._acting() as actor:
            from makna.record.queries.cases import cases  # noqa: PLC0415

            held = [one for one in cases(actor) if one.account is not None and attribute in one.values]
            if not held:
                raise NoSuchRow(_("No account has the attribute {name}.").format(name=attribute))
            return {one.account: one.values[attribute] for one in held if one.account is not None}

    @apart
    def _known_spellings(self) -> set[str]:
        with self._acting() as actor:
            return {w.casefold() for row in actor.study.terms.all() for w in (row.term, *row.variants)}

    @apart
    def _decide(
        self, term: str, status: str, seen: tuple[dict[str, Any], list[dict[str, Any]]] | None
    ) -> str:
        with self._acting() as actor:
            from makna.record.actions.decide_term import decide_term  # noqa: PLC0415

            known = spelled(actor, term)
            if known is not None:
                decide_term(actor, known.pk, status=status)
                return str(known.term)
            return _noted(actor, term, status, seen)

    @apart
    def define_term(
        self, term: str, definition: str, *, example: str = "", category: str = "", anew: bool = False
    ) -> None:
        """Say what a term means: one more sense of it, or its only one where *anew* is true. A new term is accepted with it."""
        with self._acting() as actor:
            from makna.record.actions.add_term import add_term  # noqa: PLC0415
            from makna.record.actions.change_term import change_term  # noqa: PLC0415
            from makna.record.actions.define_sense import define_sense  # noqa: PLC0415
            from makna.record.actions.remove_sense import remove_sense  # noqa: PLC0415

            row = spelled(actor, term)
            if row is None:
                key = add_term(actor, term, category=category)
            else:
                key = row.pk
                if category:
                    change_term(actor, key, category=category)
                for sense in row.senses.all() if anew else ():
                    remove_sense(actor, sense.pk)
            define_sense(actor, key, definition, example=example)

    @apart
    def show_term(
        self, term: str, passages: pa.Table | Iterable[tuple[int, int, int]], *, shows: str = "use"
    ) -> int:
        """Keep passages as evidence of a term (*shows*: use, asked, explained), of interviews and literature too; returns how many are new."""
        with self._acting() as actor:
            from makna.library.interpreting import passages_of  # noqa: PLC0415
            from makna.record.actions.add_term_evidence import add_term_evidence  # noqa: PLC0415

            return len(add_term_evidence(actor, term_of(actor, term).pk, passages_of(passages), shows=shows))

    @apart
    def release_term(self, reason: str, *, term: str = "") -> None:
        """Let a term leave in the public edition too (all of them where none is named), for a *reason* in writing."""
        with self._acting() as actor:
            from makna.record.actions.release import release  # noqa: PLC0415

            name = term_of(actor, term).term if term else ""
            release(actor, "term", reason, name=name)

    def export_terms(self, path: Path | str, *, edition: str = "public") -> int:
        """Write the accepted terms as TSV, or as TBX-Basic where *path* ends in ``.tbx``; returns how many entries were written.

        The examiners' edition is complete. The public edition names only the terms that were released; of the others it
        gives category, meaning and how they are understood.
        """
        from makna.report.glossary import entries, written  # noqa: PLC0415

        held = self.recorded()
        rows = entries(held.terms if held else (), edition=edition)
        Path(path).write_text(written(rows, str(path)), encoding="utf-8")
        return len(rows)


def term_of(actor: Actor, name: str) -> ArgotTerm:
    """The term that is spelled so; raises NoSuchRow with the terms there are."""
    found = spelled(actor, name)
    if found is None:
        there = ", ".join(actor.study.terms.order_by("term").values_list("term", flat=True)[:20]) or "–"
        raise NoSuchRow(
            _("The dictionary has no term {name}. It has: {there}.").format(name=name, there=there)
        )
    return found


def spelled(actor: Actor, name: str) -> ArgotTerm | None:
    """The term that is spelled *name*, by itself or in a variant."""
    wanted = name.strip().casefold()
    rows = list(actor.study.terms.order_by("pk"))
    own = (row for row in rows if row.term.casefold() == wanted)
    return next(own, None) or next((r for r in rows if wanted in {v.casefold() for v in r.variants}), None)


def _plain(row: ArgotTerm) -> dict[str, Any]:
    senses = sorted(row.senses.all(), key=lambda s: (s.place, s.pk))
    return {
        "term": row.term, "variants": row.variants, "category": row.category, "status": row.status,
        "senses": [s.definition for s in senses], "examples": [s.example for s in senses], "explained": row.explained or None,
        "explanation": row.explanation, "first_seen": row.first_seen, "passages": len(row.evidence.all()),
    }  # fmt: skip


def _of_lens(
    found: LensResult, terms: Sequence[str]
) -> dict[str, tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Of each of *terms* its row of the lens and the passages behind it."""
    wanted = {term.casefold() for term in terms}
    rows, passages = found.table.to_pylist(), found.passages.to_pylist()
    held = {}
    for row in rows:
        for word in wanted & {w.casefold() for w in (row["term"], *row["variants"])}:
            held[word] = row, [p for p in passages if p["row"] == row["row"]]
    return held


def _noted(
    actor: Actor, term: str, status: str, seen: tuple[dict[str, Any], list[dict[str, Any]]] | None
) -> str:
    from makna.record.actions.add_term import add_term  # noqa: PLC0415
    from makna.record.actions.add_term_evidence import add_term_evidence  # noqa: PLC0415

    if seen is None:
        add_term(actor, term, status=status)
        return term
    row, passages = seen
    key = add_term(
        actor, row["term"], variants=row["variants"], category=_SHAPES.get(row["spelling"], ""), status=status, lens="argot",
        explained=row["explained"], explanation=understood(row), first_seen=row["first_seen"],
    )  # fmt: skip
    if status == "accepted":
        for shows in ("use", "asked", "explained"):
            mine = [p for p in passages if _SHOWS.get(p["note"], "use") == shows][:EVIDENCE]
            add_term_evidence(
                actor, key, [(p["document_id"], p["start"], p["end"]) for p in mine], shows=shows
            )
    return str(row["term"])


def understood(row: dict[str, Any]) -> str:
    """How a term is understood, as the lens counted it."""
    if row["understood"] is None:
        return _("{answers} answers: too few to compute.").format(answers=row["answers"])
    return _("{share:.0%} of {answers} answers do not ask (95 %: {low:.0%} to {high:.0%}); {asked} questions.").format(
        share=row["understood"], answers=row["answers"], low=row["understood_low"], high=row["understood_high"],
        asked=row["questions"],
    )  # fmt: skip
