"""What an erasure takes out of a study: settled before anything is changed, so that it can be brought to its end later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from makna.corpus.disguise.doubts import DoubtFiles
from makna.corpus.files import write_atomic
from makna.corpus.kept_lists import KeptList
from makna.corpus.links import Links
from makna.corpus.search import SearchIndex
from makna.corpus.store import Store

_JOURNAL = "unfinished.json"
_ERASED = "erased.json"


Relocated = tuple[int, int, tuple[tuple[int, int, int, int], ...]]
"""(document, its length then, where coded passages stand then: start, end, new start, new end)."""


@dataclass(frozen=True)
class Plan:
    """Documents and authors (every id that one of them goes by), the names they bear in texts, and what knows them.

    *macs* are those of accounts and of posts; *evidence* is (finding, digest of the entry); *batches* are the revisions
    of the batches to be written anew, as they stood before.
    """

    documents: frozenset[int] = frozenset()
    authors: frozenset[int] = frozenset()
    pseudonyms: frozenset[str] = frozenset()  # of accounts
    codes: frozenset[str] = frozenset()  # of participants
    macs: frozenset[int] = field(default=frozenset(), repr=False)
    evidence: frozenset[tuple[str, str]] = frozenset()
    batches: Mapping[int, int] = field(default_factory=dict)
    relocated: tuple[Relocated, ...] = ()
    mark: str = ""  # what the record knows this erasure by

    def asdict(self) -> dict[str, Any]:
        """The plan as plain data."""
        sets: dict[str, Any] = {f.name: sorted(getattr(self, f.name)) for f in fields(self)[:6]}
        return {**sets, "batches": dict(self.batches), "relocated": self.relocated, "mark": self.mark}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """The plan that :meth:`asdict` gave, also by way of JSON."""
        sets: dict[str, Any] = {f.name: frozenset(data[f.name]) for f in fields(cls)[:5]}
        evidence = frozenset((finding, digest) for finding, digest in data["evidence"])
        batches = {int(n): r for n, r in data["batches"].items()}
        return cls(**sets, evidence=evidence, batches=batches, relocated=_relocated(data), mark=data["mark"])


@dataclass(frozen=True)
class Revision:
    """A document that is being replaced: its *batch* stood as *before*; *anchors* say what becomes of its evidence.

    An anchor is (finding, digest of the entry, the document as it is called now, its words as they stand now).
    """

    batch: int
    before: int
    anchors: tuple[tuple[str, str, str, str], ...] = ()
    relocated: tuple[Relocated, ...] = ()
    mark: str = ""


@dataclass(frozen=True)
class Workshop:
    """What is written to. *doubts* and *kept_out* need the study's key: None once it is sealed."""

    study: str  # its id
    folder: Path
    store: Store
    index: SearchIndex
    links: Links
    doubts: DoubtFiles | None
    kept_out: KeptList | None


class Journal:
    """What was begun in the study's *folder* and is not at its end. Holds study ids, pseudonyms and MACs, no text of a source."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _JOURNAL

    def begin(self, work: Plan | Revision) -> None:
        """Note what is going to be done, before anything of it is."""
        what = "erasure" if isinstance(work, Plan) else "revision"
        data = work.asdict() if isinstance(work, Plan) else vars(work)
        write_atomic(self._file, json.dumps({"what": what, **data}, ensure_ascii=False))

    def read(self) -> Plan | Revision | None:
        """What was begun; None where everything is at its end."""
        if not self._file.is_file():
            return None
        data = json.loads(self._file.read_text(encoding="utf-8"))
        if data.pop("what") == "erasure":
            return Plan.of(data)
        anchors = tuple(tuple(each) for each in data["anchors"])
        return Revision(data["batch"], data["before"], anchors, _relocated(data), data["mark"])

    def what(self) -> str | None:
        """``erasure``, ``revision``, or None where everything is at its end."""
        work = self.read()
        return None if work is None else "erasure" if isinstance(work, Plan) else "revision"

    def end(self) -> None:
        """It is done."""
        self._file.unlink(missing_ok=True)


def _relocated(data: Mapping[str, Any]) -> tuple[Relocated, ...]:
    return tuple(
        (document, length, tuple(map(tuple, places))) for document, length, places in data["relocated"]
    )


class ErasedIds:
    """The ids that were erased (``erased.json``): study ids that name nobody, so that what a backup brings back goes again."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _ERASED

    def read(self) -> Plan:
        """Documents, authors and codes erased so far."""
        if not self._file.is_file():
            return Plan()
        data = json.loads(self._file.read_text(encoding="utf-8"))
        documents, authors, codes = (frozenset(data[name]) for name in ("documents", "authors", "codes"))
        return Plan(documents, authors, codes=codes)

    def add(self, plan: Plan) -> None:
        """Note what *plan* erases."""
        known = self.read()
        names = ("documents", "authors", "codes")
        both = {name: sorted(getattr(known, name) | getattr(plan, name)) for name in names}
        write_atomic(self._file, json.dumps(both, ensure_ascii=False))
