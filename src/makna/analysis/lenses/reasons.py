"""Reasons in interviews: sentences in which a participant says why, and the motives they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import regex

from makna.analysis.lenses.base import LensInput
from makna.analysis.lenses.cues import Cues
from makna.corpus.model import SourceKind

FOLLOWING = 2  # answers after the one to the question why: an interviewer probes before the topic changes
REACH = 4  # tokens before a cue in which a negation turns it round
_NOT = "not "
_END = regex.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence that names a motive; *against* where it says that this is none."""

    informant: int
    document_id: int
    motive: str
    start: int  # into the document's text
    end: int
    text: str
    note: str
    against: bool
    spelled_out: bool = False  # with a connective: "not because it is free" outweighs a mention of freedom


@dataclass(frozen=True)
class _Lists:
    motives: Cues
    turned: Cues  # cues that count only after a negation
    reasons: frozenset[str]
    negations: frozenset[str]
    why: Cues
    medium: Cues


def lists(wordlist: Callable[[str], Any]) -> _Lists:
    """The word lists as cues."""
    entries = wordlist("motives").entries.items()
    plain = [(w, m, m) for w, m in entries if not w.startswith(_NOT)]
    turned = [(w.removeprefix(_NOT), m, m) for w, m in entries if w.startswith(_NOT)]
    reasons = wordlist("reason_cues")
    why = [(w, "why", "why") for w in wordlist("question_cues").words("why")]
    medium = [(w, "medium", c) for w, c in wordlist("medium_words").entries.items()]
    return _Lists(
        Cues(plain), Cues(turned), reasons.words("reason") | reasons.words("purpose"), reasons.words("negation"),
        Cues(why), Cues(medium),
    )  # fmt: skip


def turns(data: LensInput) -> pa.Table:
    """The turns of all interviews in reading order: document_id, ordinal, start, author_id, role, text, tokens."""
    interviews = data.documents.filter(data.documents.kind == SourceKind.INTERVIEW.value)
    units = data.units.semi_join(interviews, "document_id")
    columns = ["document_id", "ordinal", "start", "author_id", "role", "text", "tokens"]
    return units.select(columns).order_by(["document_id", "ordinal"]).to_pyarrow()


def reasons(table: pa.Table, words: _Lists) -> Iterator[Reason]:
    """Every sentence of a participant that gives a reason for the medium.

    Those are the answers to a question why that names the medium (to the first question that names it, where none asks
    why), the answers to the probes that follow it, and elsewhere any sentence that names both the medium and a reason.
    """
    by_document: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for turn in table.to_pylist():
        by_document[turn["document_id"]].append(turn)
    for document in by_document.values():
        asking = _asking(document, words)
        left = 0
        for n, turn in enumerate(document):
            if turn["role"] != "participant":
                left = FOLLOWING + 1 if n in asking else left
            elif turn["author_id"] is not None:
                yield from _in_turn(turn, words, asked=left > 0)
                left -= 1


def _asking(document: Sequence[dict[str, Any]], words: _Lists) -> set[int]:
    """The places of the questions that ask why this medium."""
    named, both = [], []
    for n, turn in enumerate(document):
        tokens = [t["token"] for t in turn["tokens"] or ()]
        if turn["role"] != "participant" and words.medium.find(tokens):
            named.append(n)
            both += [n] if words.why.find(tokens) else []
    return set(both or named[:1])


def _in_turn(turn: dict[str, Any], words: _Lists, *, asked: bool) -> Iterator[Reason]:
    tokens = turn["tokens"] or ()
    for start, end in _sentences(turn["text"]):
        inside = [t["token"] for t in tokens if start <= t["start"] < end]
        if not asked and not (words.reasons & set(inside) and words.medium.find(inside)):
            continue
        for motive, cue, against in _named(inside, words):
            yield Reason(
                turn["author_id"], turn["document_id"], motive, turn["start"] + start, turn["start"] + end,
                turn["text"][start:end], f"“{cue}”", against, bool(words.reasons & set(inside)),
            )  # fmt: skip


def _named(tokens: Sequence[str], words: _Lists) -> list[tuple[str, str, bool]]:
    """(motive, cue, against) of a sentence, each motive once: what is affirmed goes before what is denied."""
    found: dict[str, tuple[str, bool]] = {}
    for hit in words.turned.find(tokens):
        if _negated(tokens, hit.first, words):
            found.setdefault(hit.label, (hit.cue, False))
    for hit in words.motives.find(tokens):
        against = _negated(tokens, hit.first, words)
        if hit.label not in found or (found[hit.label][1] and not against):
            found[hit.label] = (hit.cue, against)
    return [(motive, cue, against) for motive, (cue, against) in found.items()]


def _negated(tokens: Sequence[str], at: int, words: _Lists) -> bool:
    return bool(words.negations & set(tokens[max(0, at - REACH) : at]))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in (*(m.start() for m in _END.finditer(text)), len(text)):
        while start < end and text[start].isspace():
            start += 1
        if end > start:
            yield start, end
        start = end
