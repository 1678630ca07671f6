"""One batch without what is erased: what that changes in it, and the batch written anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from makna.corpus.disguise.doubts import DoubtFiles
from makna.corpus.edits import Edit, Editing, Edits, growth_by_document, moved
from makna.corpus.erasure.plan import Plan
from makna.corpus.importing.consenting import WITHHELD
from makna.corpus.importing.rows import tokens_of
from makna.corpus.manifest import Manifest
from makna.corpus.model import Relation, SourceKind
from makna.corpus.rewriting import groups, rewrite
from makna.corpus.store import Store

GONE = "⟦account⟧"  # what stands where an erased account was mentioned
REPOSTED = f"RT {GONE}"  # what stands for erased words that somebody else reposted
_PLACEHOLDER = re.compile(r"⟦([^⟦⟧]*)⟧")
_OTHER = "other"


@dataclass
class Effect:
    """What an erasure changes in a batch, in counts."""

    documents: int = 0
    units: int = 0
    authors: int = 0
    withheld: int = 0  # turns in conversations that others agreed to
    reposts: int = 0  # by others, of erased words
    mentions: int = 0  # in texts that stay
    replies: int = 0  # that lose what they answer
    doubts: int = 0
    other: int = 0  # rows and statements beside these

    @property
    def touched(self) -> bool:
        """Whether the batch must be written anew."""
        return any(vars(self).values())


@dataclass
class Held:
    """What is left in a batch, counted while it is written."""

    documents: int = 0
    context: int = 0
    units: int = 0
    authors: int = 0
    withheld: int = 0
    conversations: set[int] = field(default_factory=set)
    gone: int = 0
    placeholders: Counter[str] = field(default_factory=Counter)  # that went with what was taken out


class Erasing:
    """The change of one batch's tables by a *plan*."""

    def __init__(self, store: Store, number: int, plan: Plan) -> None:
        self._store, self._number, self._plan = store, number, plan
        self._documents = pa.array(sorted(plan.documents), pa.int64())
        self._authors = pa.array(sorted(plan.authors), pa.int64())
        names = "|".join(map(re.escape, sorted(plan.pseudonyms)))
        self._mention = re.compile(f"⟦@(?:{names})⟧") if names else None
        self._repost = rf"^\s*RT @?⟦@(?:{names})⟧" if names else None
        codes = "|".join(map(re.escape, sorted(plan.codes, key=len, reverse=True)))
        spoken = store.manifest(number).kind == SourceKind.INTERVIEW  # its title is the codes of who speaks
        self._code = re.compile(rf"(?:, )?\b(?:{codes})\b") if codes and spoken else None
        self.edits: Edits = self._edits()
        self.held = Held()
        self._editing = self._editor()

    def effect(self) -> Effect:
        """What changes, read from the columns that tell."""
        made = Counter(edit.new for edits in self.edits.values() for edit in edits)
        found = Effect(mentions=made[GONE], withheld=made[WITHHELD], reposts=made[REPOSTED])
        for rows in groups(self._store, self._number, "documents"):
            gone = self._among(rows["document_id"], self._documents)
            found.documents += _count(gone)
            orphaned = pc.and_(self._among(rows["parent_id"], self._documents), pc.invert(gone))
            found.replies += _count(orphaned)
            found.other += sum(self._title(t) != t for t in rows["title"].drop_null().to_pylist())
        for rows in groups(self._store, self._number, "units"):
            found.units += _count(self._among(rows["document_id"], self._documents))
        for rows in groups(self._store, self._number, "authors"):
            gone = self._among(rows["author_id"], self._goners())
            found.authors += _count(gone)
            bios = rows.filter(pc.invert(gone))["bio"].drop_null().to_pylist()
            found.mentions += sum(len(self._mention.findall(bio)) for bio in bios) if self._mention else 0
        for rows in groups(self._store, self._number, "joins"):
            found.other += rows.num_rows - self._joins(rows).num_rows
        manifest = self._store.manifest(self._number)
        found.other += self._stated(manifest.harvest) != manifest.harvest
        found.other += self._stated(manifest.permission) != manifest.permission
        return found

    def texts_edited(self) -> dict[int, tuple[int, list[Edit]]]:
        """Document that stays -> (its new length, its edits, with places in the whole text)."""
        found: dict[int, list[Edit]] = {}
        for rows in groups(self._store, self._number, "units") if self.edits else ():
            columns = (rows[c].to_pylist() for c in ("unit_id", "document_id", "start"))
            for unit, document, start in zip(*columns, strict=True):
                for edit in self.edits.get(unit, ()):
                    whole = Edit(start + edit.start, start + edit.end, edit.new)
                    found.setdefault(document, []).append(whole)
        lengths: dict[int, int] = {}
        for rows in groups(self._store, self._number, "documents") if found else ():
            lengths |= dict(zip(rows["document_id"].to_pylist(), rows["length"].to_pylist(), strict=True))
        return {d: (lengths[d] + sum(e.growth for e in edits), edits) for d, edits in found.items()}

    def __call__(self, table: str, rows: pa.RecordBatch) -> pa.RecordBatch:
        """The rows of *table* without what is erased."""
        if table == "authors":
            return self._profiles(rows)
        if table == "joins":
            return self._joins(rows)
        gone = self._among(rows["document_id"], self._documents)
        left = rows.filter(pc.invert(gone))
        if table == "documents":
            self.held.gone += rows.num_rows - left.num_rows
            return self._answers(self._editing(table, left))
        if table == "units":
            for text in rows.filter(gone)["text"].to_pylist():
                self._forget(text)
            return self._turns(self._editing(table, left))
        return left

    def restate(self, old: Manifest) -> Manifest:
        """The manifest with the counts of what is left."""
        held, counts = self.held, dict(old.counts)
        counts |= {
            "documents": held.documents, "units": held.units, "authors": held.authors,
            "context": held.context, "conversations": len(held.conversations), "withheld": held.withheld,
            "kept": max(0, counts["kept"] - held.gone), "erased": counts.get("erased", 0) + held.gone,
        }  # fmt: skip
        disguised = {
            c: n - held.placeholders[c] for c, n in old.disguised.items() if n > held.placeholders[c]
        }
        return replace(
            old, counts=counts, disguised=disguised, permission=self._stated(old.permission),
            harvest=self._stated(old.harvest),
        )  # fmt: skip

    def _edits(self) -> Edits:
        """Per unit that stays: all its words where they are the erased author's own, else mentions of it."""
        found: dict[int, list[Edit]] = {}
        reposts = pa.array(sorted(self._reposts()), pa.int64())
        for rows in groups(self._store, self._number, "units"):
            stays = pc.invert(self._among(rows["document_id"], self._documents))
            mine = pc.and_(stays, self._among(rows["author_id"], self._authors))
            passed_on = self._among(rows["document_id"], reposts)
            if self._repost is not None:
                passed_on = pc.or_(passed_on, pc.match_substring_regex(rows["text"], self._repost))
            for which, new in ((pc.and_(stays, passed_on), REPOSTED), (mine, WITHHELD)):
                for row in rows.filter(which).select(["unit_id", "text"]).to_pylist():
                    if row["text"] != new:
                        found[row["unit_id"]] = [Edit(0, len(row["text"]), new)]
            if self._mention is None:
                continue
            likely = pc.match_substring_regex(rows["text"], self._mention.pattern)
            for row in rows.filter(pc.and_(stays, likely)).select(["unit_id", "text"]).to_pylist():
                places = [Edit(m.start(), m.end(), GONE) for m in self._mention.finditer(row["text"])]
                found.setdefault(row["unit_id"], places)
        return found

    def _reposts(self) -> set[int]:
        """The documents of others that pass on an erased one."""
        found: set[int] = set()
        for rows in groups(self._store, self._number, "documents"):
            of_gone = self._among(rows["parent_id"], self._documents)
            reposts = rows.filter(pc.and_(of_gone, pc.equal(rows["relation"], Relation.REPOST)))
            found |= set(reposts["document_id"].to_pylist())
        return found

    def _editor(self) -> Editing:
        grown: dict[int, int] = {}
        if self.edits:
            for rows in groups(self._store, self._number, "units"):
                for document, growth in growth_by_document(rows, self.edits).items():
                    grown[document] = grown.get(document, 0) + growth
        return Editing(self.edits, grown)

    def _answers(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        """Documents: what answered something erased answers something that is missing."""
        lost = self._among(rows["parent_id"], self._documents)
        nobody = pa.nulls(rows.num_rows, pa.int64())
        titles = [t if t is None else self._title(t) for t in rows["title"].to_pylist()]
        rows = _with(
            rows,
            parent_id=pc.if_else(lost, nobody, rows["parent_id"]),
            parent_missing=pc.or_(lost, rows["parent_missing"]),
            title=pa.array(titles, pa.string()),
        )
        self.held.documents += rows.num_rows
        self.held.context += _count(rows["context"])
        self.held.conversations |= set(rows["conversation_id"].drop_null().to_pylist())
        return rows

    def _turns(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        """Units: turns that are withheld are nobody's."""
        mine = self._among(rows["author_id"], self._authors)
        rows = _with(
            rows,
            author_id=pc.if_else(mine, pa.nulls(rows.num_rows, pa.int64()), rows["author_id"]),
            role=pc.if_else(mine, pa.array([_OTHER] * rows.num_rows, pa.string()), rows["role"]),
        )
        self.held.units += rows.num_rows
        self.held.withheld += _count(pc.equal(rows["text"], WITHHELD))
        return rows

    def _profiles(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        gone = self._among(rows["author_id"], self._goners())
        for bio in rows.filter(gone)["bio"].drop_null().to_pylist():
            self._forget(bio)
        left = rows.filter(pc.invert(gone))
        self.held.authors += left.num_rows
        if self._mention is None:
            return left
        bios = [b if b is None else self._mention.sub(GONE, b) for b in left["bio"].to_pylist()]
        if bios == left["bio"].to_pylist():
            return left
        tokens = tokens_of([bio or "" for bio in bios])[0].cast(left.schema.field("bio_tokens").type)
        return _with(left, bio=pa.array(bios, pa.string()), bio_tokens=tokens)

    def _goners(self) -> pa.Array:
        """Authors whose row goes: those erased, and participants of whom no turn stays in this batch."""
        if not hasattr(self, "_silent"):
            self._silent = self._silenced()
        return pa.array(sorted({*self._plan.authors, *self._silent}), pa.int64())

    def _silenced(self) -> set[int]:
        spoke: set[int] = set()
        speak: set[int] = set()
        for rows in groups(self._store, self._number, "units"):
            gone = self._among(rows["document_id"], self._documents)
            spoke |= set(rows.filter(gone)["author_id"].drop_null().to_pylist())
            speak |= set(rows.filter(pc.invert(gone))["author_id"].drop_null().to_pylist())
        if not spoke - speak:
            return set()
        informants = [
            one
            for rows in groups(self._store, self._number, "authors")
            for one in rows.filter(rows["participant"])["author_id"].to_pylist()
        ]
        return (spoke - speak) & set(informants)

    def _joins(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        documents = pc.is_in(rows["what"], value_set=pa.array(["parent", "context"]))
        of_documents = pc.or_(
            self._among(rows["old"], self._documents), self._among(rows["new"], self._documents)
        )
        of_authors = pc.or_(self._among(rows["old"], self._authors), self._among(rows["new"], self._authors))
        gone = pc.or_(pc.and_(documents, of_documents), pc.and_(pc.equal(rows["what"], "author"), of_authors))
        return rows.filter(pc.invert(gone))

    def _title(self, title: str) -> str:
        title = self._mention.sub(GONE, title) if self._mention else title
        return self._code.sub("", title).removeprefix(", ") if self._code else title

    def _stated(self, value: Any) -> Any:
        """What was typed about a batch, without mentions of what is erased."""
        if self._mention is None or value is None:
            return value
        if isinstance(value, str):
            return self._mention.sub(GONE, value)
        if isinstance(value, Mapping):
            return {key: self._stated(one) for key, one in value.items()}
        return [self._stated(one) for one in value] if isinstance(value, list) else value

    def _forget(self, text: str) -> None:
        self.held.placeholders.update(placeholders(text))

    def _among(self, column: pa.Array, ids: pa.Array) -> pa.Array:
        return pc.fill_null(pc.is_in(column, value_set=ids, skip_nulls=True), False)


def placeholders(text: str) -> Iterator[str]:
    """The classes of the placeholders in *text*, as an import counts them."""
    for found in _PLACEHOLDER.findall(text):
        yield "account" if found.startswith("@") else found


def passage_after(start: int, end: int, edits: Sequence[Edit]) -> tuple[int, int] | None:
    """Where the passage stands once the *edits* of its document are made; None where all its words went with one."""
    if any(e.start <= start and end <= e.end and e.new in (WITHHELD, REPOSTED) for e in edits):
        return None
    first = next((e.start for e in edits if e.start < start < e.end), start)
    last = next((e.end for e in edits if e.start < end < e.end), end)
    return moved(first, edits), moved(last, edits)


def places_after(
    spans: Iterable[tuple[int, int]], edits: Sequence[Edit]
) -> tuple[tuple[int, int, int, int], ...]:
    """(start, end, start then, end then) of the passages whose words stand once the *edits* are made."""
    after = {span: passage_after(*span, edits) for span in spans}
    return tuple((*span, *place) for span, place in sorted(after.items()) if place is not None)


def erase_from(store: Store, doubts: DoubtFiles | None, number: int, plan: Plan) -> None:
    """Write batch *number* anew without what the *plan* erases; a batch with nothing left in it goes.

    May be called again after a crash: a batch whose revision counted up is done.
    """
    if number not in store.numbers():
        return
    before = plan.batches[number]
    if store.manifest(number).revision == before:
        erasing = Erasing(store, number, plan)
        kept = doubts_left(store, doubts, number, erasing, plan) if doubts else []

        def restate(old: Manifest) -> Manifest:
            said = erasing.restate(old)
            masked = max(0, said.counts["doubts"] - erasing.held.placeholders["?"])
            return replace(said, counts={**said.counts, "doubts": len(kept) if doubts else masked})

        if doubts:
            doubts.keep(number, kept, before + 1)
        rewrite(store, number, erasing, restate=restate)
    if doubts:
        doubts.forget_others(number, before + 1)
    if _empty(store, number):
        store.remove(number)


def doubts_left(store: Store, doubts: DoubtFiles, number: int, erasing: Erasing, plan: Plan) -> list[Any]:
    """The doubts of the units that stay, moved along with the mentions replaced before them."""
    units: set[int] = set()
    for rows in groups(store, number, "units"):
        gone = pc.is_in(rows["document_id"], value_set=pa.array(sorted(plan.documents), pa.int64()))
        units |= set(rows.filter(gone)["unit_id"].to_pylist())
    left = []
    for doubt in doubts.read(number, store.manifest(number).revision):
        edits = erasing.edits.get(doubt.unit_id, ())
        if doubt.unit_id in units or any(e.new in (WITHHELD, REPOSTED) for e in edits):
            continue
        left.append(replace(doubt, start=moved(doubt.start, edits), end=moved(doubt.end, edits)))
    return left


def _empty(store: Store, number: int) -> bool:
    tables = ("documents", "authors", "joins")
    return not any(rows.num_rows for table in tables for rows in groups(store, number, table))


def _count(mask: pa.Array) -> int:
    return int(pc.sum(mask).as_py() or 0)


def _with(rows: pa.RecordBatch, **columns: pa.Array) -> pa.RecordBatch:
    arrays = [columns.get(name, column) for name, column in zip(rows.schema.names, rows.columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=rows.schema)
