"""Cases as a grid shows them: a page of participants or accounts, each with its values."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from makna.library import Study
from makna.record.acting import Actor
from makna.record.casework import Case
from makna.record.models import Attribute, CaseValue, Participant
from makna.record.queries.cases import CaseRow, cases

PAGE = 100  # accounts on a page
WITH, WITHOUT = "with", "without"
_STUDIES = 4  # whose accounts are kept in memory
_rosters: OrderedDict[str, tuple[object, pa.Table]] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True)
class Line:
    """A case: what it is called, what is known of it at a glance, and its values by attribute."""

    case: Case
    name: str
    about: tuple[str, ...] = ()
    posts: int = 0
    values: Mapping[int, str] = field(default_factory=dict)
    row: CaseRow | None = None  # of a participant
    documents: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """What a form calls it."""
        return key_of(self.case)


def attributes(actor: Actor) -> list[Attribute]:
    """The variables of cases, in their order."""
    return list(Attribute.objects.filter(study=actor.study).order_by("place", "pk"))


def participants(actor: Actor) -> list[Line]:
    """All participants."""
    found = [row for row in cases(actor) if row.participant is not None]
    values = _values(
        CaseValue.objects.filter(attribute__study=actor.study, participant__isnull=False), "participant"
    )
    return [
        Line(
            Case(participant=row.participant), row.code, values=values.get(row.participant, {}), row=row,
            documents=tuple(actor.corpus.spoken_by(row.code)),
        )
        for row in found
    ]  # fmt: skip


def accounts(study: Study, actor: Actor, *, words: str, state: str, page: int) -> tuple[list[Line], int]:
    """(a page of the accounts that fit, how many fit)."""
    found = _fitting(roster(study), actor, words.strip(), state)
    rows = found.slice(page * PAGE, PAGE).to_pylist()
    values = _values(
        CaseValue.objects.filter(attribute__study=actor.study, author__in=[r["author_id"] for r in rows]),
        "author",
    )
    return [_line(row, values.get(row["author_id"], {})) for row in rows], found.num_rows


def account(study: Study, actor: Actor, author: int) -> Line | None:
    """One account."""
    rows = roster(study)
    found = rows.filter(pc.equal(rows["author_id"], author)).to_pylist()
    values = _values(CaseValue.objects.filter(attribute__study=actor.study, author=author), "author")
    return _line(found[0], values.get(author, {})) if found else None


def _line(row: Mapping[str, Any], values: Mapping[int, str]) -> Line:
    return Line(
        Case(account=row["author_id"]),
        row["pseudonym"],
        tuple(row["about"].split()[:8]),
        row["posts"],
        values,
    )


def roster(study: Study) -> pa.Table:
    """All accounts by pseudonym: author_id, pseudonym, about (signs and emoji), posts. Kept while no batch changes."""
    standing = study.standing()
    with _lock:
        held = _rosters.get(study.id)
        if held is None or held[0] != standing:
            held = _rosters[study.id] = (standing, _read(study))
            _rosters.move_to_end(study.id)
            while len(_rosters) > _STUDIES:
                _rosters.popitem(last=False)
        return held[1]


def _read(study: Study) -> pa.Table:
    authors, documents = study.authors, study.documents
    about = authors.emoji.concat(authors.signs).join(" ").fill_null("")
    mine = authors.filter(~authors.participant).select("author_id", "pseudonym", about=about)
    written = documents.group_by("author_id").aggregate(posts=documents.count())
    both = mine.left_join(written, "author_id").select("author_id", "pseudonym", "about", "posts")
    rows = study.run(both.mutate(posts=both.posts.fill_null(0))).combine_chunks()
    return rows.sort_by([("pseudonym", "ascending"), ("author_id", "ascending")])


def _fitting(rows: pa.Table, actor: Actor, words: str, state: str) -> pa.Table:
    """The accounts whose pseudonym, sign or value has *words*; *state*: with values, or without any."""
    mine = CaseValue.objects.filter(attribute__study=actor.study, author__isnull=False)
    if state in (WITH, WITHOUT):
        valued = _among(rows, mine)
        rows = rows.filter(valued if state == WITH else pc.invert(valued))
    if words:
        named = [
            pc.match_substring(rows[column], words, ignore_case=True) for column in ("pseudonym", "about")
        ]
        fits = pc.or_(pc.or_(*named), _among(rows, mine.filter(value__icontains=words)))
        rows = rows.filter(fits)
    return rows


def _among(rows: pa.Table, values: Any) -> pa.ChunkedArray:
    ids = pa.array(sorted(set(values.values_list("author", flat=True))), pa.int64())
    return pc.is_in(rows["author_id"], value_set=ids)


def _values(rows: Any, of: str) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for who, attribute, value in rows.values_list(of, "attribute", "value"):
        found.setdefault(who, {})[attribute] = value
    return found


def named(study: Study, actor: Actor, names: Collection[str]) -> dict[str, Case]:
    """The cases with these codes or pseudonyms, by the name in lower case."""
    wanted = {name.strip().lstrip("@").lower() for name in names if name.strip()}
    found = {
        code.lower(): Case(participant=key)
        for key, code in Participant.objects.filter(study=actor.study).values_list("pk", "code")
        if code.lower() in wanted
    }
    rows = roster(study)
    mine = rows.filter(
        pc.is_in(pc.utf8_lower(rows["pseudonym"]), value_set=pa.array(sorted(wanted), pa.string()))
    )
    accounts_ = {row["pseudonym"].lower(): Case(account=row["author_id"]) for row in mine.to_pylist()}
    return accounts_ | found


def key_of(case: Case) -> str:
    """What a form calls a case."""
    return f"p{case.participant}" if case.participant else f"a{case.account}"


def stored(actor: Actor, cells: Iterable[tuple[int, Case]]) -> dict[str, str]:
    """What the record holds in each cell, by what a form calls it."""
    found = {f"{key_of(case)}:{attribute}": "" for attribute, case in cells}
    rows = CaseValue.objects.filter(
        attribute__study=actor.study, attribute__in={int(one.partition(":")[2]) for one in found}
    )
    for attribute, who, account_, value in rows.values_list("attribute", "participant", "author", "value"):
        cell = f"{key_of(Case(who, account_))}:{attribute}"
        if cell in found:
            found[cell] = value
    return found


def case_of(key: str) -> Case | None:
    """The case that a form calls *key*."""
    if not key[1:].isdigit() or key[0] not in "pa":
        return None
    return Case(participant=int(key[1:])) if key[0] == "p" else Case(account=int(key[1:]))
