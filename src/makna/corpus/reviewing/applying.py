"""Decisions carried out: batches with decided doubts are written anew, and what is decided is forgotten.

What is still doubtful is kept for the new revision before the batch takes its place, and the old doubts go after, so
that a crash leaves batch and doubts of one revision beside each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import regex

from makna.corpus.disguise.doubts import DoubtFiles, KeptDoubt
from makna.corpus.disguise.folding import FoldHash, Stream
from makna.corpus.disguise.known_names import KnownNames
from makna.corpus.disguise.macs import Macs
from makna.corpus.disguise.roster import Roster
from makna.corpus.edits import Edit, Editing, growth_by_document, moved
from makna.corpus.manifest import Manifest
from makna.corpus.reviewing.decisions import Decision
from makna.corpus.rewriting import groups, rewrite
from makna.corpus.store import Store

Progress = Callable[[str, int], None]  # (stage, rows done since the last call)
_PLACES = ("unit_id", "document_id", "start")
_PLACEHOLDER = regex.compile(r"⟦[^⟦⟧\n]*⟧")


@dataclass(frozen=True)
class Carried:
    """What one round of decisions changed."""

    decided: int = 0
    kept: int = 0  # words that came back
    masked: int = 0  # doubts that became a class
    elsewhere: int = 0  # further places that were masked because of "everywhere"
    batches: tuple[int, ...] = ()


class Batch:
    """The decisions about one batch, and what they make of it."""

    def __init__(self, store: Store, doubts: DoubtFiles, number: int) -> None:
        self._store, self._doubts, self.number = store, doubts, number
        self.manifest = store.manifest(number)
        kept = doubts.read(number, self.manifest.revision)
        self._decided = [d for d in kept if d.decided]
        self._open = [d for d in kept if not d.decided]
        self._classes: Counter[str] = Counter()
        self._edits: dict[int, list[Edit]] = defaultdict(list)
        for doubt in self._decided:
            decision = Decision.read(doubt.decided or "")
            self._edits[doubt.unit_id].append(Edit(doubt.start, doubt.end, decision.shown(doubt.span)))
            self._classes["?"] -= 1
            if not decision.keeps:
                self._classes[decision.label] += 1

    def mask(self, finder: Everywhere, progress: Progress) -> int:
        """Add what *finder* finds in this batch; returns in how many places."""
        found = 0
        for rows in groups(self._store, self.number, "units"):
            ids, texts = rows["unit_id"].to_pylist(), rows["text"].to_pylist()
            for row, edits in finder.find(texts):
                self._edits[ids[row]] += edits
                found += len(edits)
                self._classes.update(edit.new[1:-1] for edit in edits)
            progress("review", rows.num_rows)
        return found

    def texts_edited(self) -> dict[int, tuple[int, list[Edit]]]:
        """Document -> (its length then, the edits in it as a whole), for the documents that change."""
        if not self._edits:
            return {}
        edits: dict[int, list[Edit]] = defaultdict(list)
        for rows in groups(self._store, self.number, "units"):
            for unit, document, start in zip(*(rows[c].to_pylist() for c in _PLACES), strict=True):
                edits[document] += [
                    Edit(start + edit.start, start + edit.end, edit.new) for edit in self._edits.get(unit, ())
                ]
        lengths: dict[int, int] = {}
        for rows in groups(self._store, self.number, "documents"):
            lengths |= zip(rows["document_id"].to_pylist(), rows["length"].to_pylist(), strict=True)
        return {
            document: (lengths[document] + sum(edit.growth for edit in mine), sorted(mine))
            for document, mine in edits.items()
            if mine
        }

    def write(self) -> bool:
        """Write the batch anew where anything changes; returns whether it was."""
        edits = {unit: sorted(mine) for unit, mine in self._edits.items()}
        if not edits:
            return False
        grown: Counter[int] = Counter()
        for rows in groups(self._store, self.number, "units"):
            grown.update(growth_by_document(rows, edits))
        remaining = [_moved(doubt, edits.get(doubt.unit_id, ())) for doubt in self._open]
        self._doubts.keep(self.number, remaining, self.manifest.revision + 1)
        rewrite(self._store, self.number, Editing(edits, grown), restate=self._restated)
        return True

    def _restated(self, before: Manifest) -> Manifest:
        counted = Counter(before.disguised)
        counted.update(self._classes)
        disguised = {name: n for name, n in counted.items() if n > 0}
        return replace(before, counts={**before.counts, "doubts": len(self._open)}, disguised=disguised)


class Everywhere:
    """Finds words in disguised texts, however they are spelled, outside placeholders. *words*: word -> class."""

    def __init__(self, key: bytes, words: Mapping[str, str]) -> None:
        macs = Macs(key)
        self._hash = FoldHash(macs)
        by_class: dict[str, list[str]] = defaultdict(list)
        for word, label in words.items():
            by_class[label].append(word)
        self._finders = {
            label: KnownNames(macs, self._hash, Roster.empty(), mine) for label, mine in by_class.items()
        }

    def find(self, texts: Sequence[str]) -> Iterable[tuple[int, list[Edit]]]:
        """(row, disjoint edits) for each of *texts* that holds some."""
        if not texts:
            return
        stream = Stream(texts, self._hash)
        nowhere, silent = np.zeros(len(stream.starts), np.int64), np.zeros(len(stream.starts), np.uint32)
        found: dict[int, list[Edit]] = defaultdict(list)
        for label, finder in self._finders.items():
            hits, _entangled = finder.find(stream, texts, nowhere, silent)
            for row, mine in hits.items():
                found[row] += [Edit(hit.start, hit.end, f"⟦{label}⟧") for hit in mine]
        for row, edits in sorted(found.items()):
            taken = [match.span() for match in _PLACEHOLDER.finditer(texts[row])]
            if free := _disjoint(edits, taken):
                yield row, free


def _disjoint(edits: Iterable[Edit], taken: Sequence[tuple[int, int]]) -> list[Edit]:
    """The *edits* that touch neither a *taken* span nor an earlier, longer edit."""
    out: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
        apart = not out or edit.start >= out[-1].end
        if apart and all(edit.end <= start or end <= edit.start for start, end in taken):
            out.append(edit)
    return out


def _moved(doubt: KeptDoubt, edits: Sequence[Edit]) -> KeptDoubt:
    return replace(doubt, start=moved(doubt.start, edits), end=moved(doubt.end, edits))
