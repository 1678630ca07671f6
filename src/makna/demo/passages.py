"""Where the codes of the demo stand in a study, after the door: found by what the generator wrote, and by what it knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from makna.corpus.model import BATCH_SHIFT, SourceKind
from makna.demo.phrases import load
from makna.demo.sources import HARVEST, POSTS, STATUSES

if TYPE_CHECKING:
    from makna.demo.truth import Truth
    from makna.library import Study

Passage = tuple[int, int, int]  # document, start, end
_SLOT = re.compile(r"\{\w+\}")
_ADDRESSED = re.compile(r"(?:\s*⟦@[^⟦⟧]*⟧)+\s*")
_SENTENCE = re.compile(r"[^.!?…\n]*(?:[.!?…]+|\n|$)")


@dataclass(frozen=True)
class Unit:
    """A unit of a text: where it begins in its document, and what it says."""

    document: int
    start: int
    text: str

    def at(self, start: int, end: int) -> Passage:
        """A span of this unit as a passage of its document."""
        return self.document, self.start + start, self.start + end


class Texts:
    """The texts of a demo as its study holds them, and the truth about its posts."""

    def __init__(self, study: Study, truth: Truth) -> None:
        self._study, self._truth = study, truth

    @cached_property
    def spoken(self) -> dict[str, list[Unit]]:
        """Kind of source → the units of interviews, notes and literature, in order."""
        found: dict[str, list[Unit]] = {}
        for kind in (SourceKind.INTERVIEW, SourceKind.FIELD_NOTE, SourceKind.LITERATURE):
            found[kind] = list(self._units(kind))
        return found

    @cached_property
    def posts(self) -> dict[str, Unit]:
        """Id of a post in its source → the post, in the order of the study."""
        held = {unit.document: unit for unit in self._units(SourceKind.OBSERVATION)}
        found = {}
        for batch, file in enumerate((POSTS, HARVEST, STATUSES), 1):
            for post, ordinal in self._truth.ordinals(file).items():
                unit = held.get((batch << BATCH_SHIFT) + ordinal)
                if unit is not None and unit.text.strip():
                    found[post] = unit
        return found

    def _units(self, kind: str) -> Iterator[Unit]:
        documents, units = self._study.documents, self._study.units
        wanted = units.semi_join(documents.filter(documents.kind == str(kind)), "document_id")
        rows = self._study.run(wanted.select("document_id", "start", "text").order_by("document_id", "start"))
        for row in rows.to_pylist():
            yield Unit(row["document_id"], row["start"], row["text"])

    def words(self, said: str) -> tuple[Unit, int, int] | None:
        """Where these words of an interview, a note or a work stand; None where the seed left them out."""
        pattern = re.compile(r"\s+".join(map(re.escape, said.split())))
        for units in self.spoken.values():
            for unit in units:
                match = pattern.search(unit.text)
                if match:
                    return unit, match.start(), match.end()
        return None

    def passage(self, said: str) -> Passage | None:
        """The passage of these words."""
        found = self.words(said)
        return found[0].at(found[1], found[2]) if found else None

    def observed(self, told: Mapping[str, Any]) -> list[Passage]:
        """The posts that a code stands on, as the codebook tells: by kind, by phrase, by term, by cue."""
        phrases = [spelled(phrase) for phrase in told.get("phrases", ())]
        if words := told.get("words"):
            phrases.append(any_of([v for term in words for v in load("argot")[term]["variants"]]))
        kinds, found = set(told["kinds"]), []
        for post, unit in self.posts.items():
            if self._truth.kinds.get(post) in kinds:
                if told.get("cue"):
                    phrases = self._cues(self._truth.invitations.get(post, ""))
                span = _first(phrases, unit.text)
                if span is None and phrases and not told.get("cue"):
                    continue
                found.append(unit.at(*(span if span and not words else whole(unit.text))))
        return found

    def using(self, term: str, kinds: Iterable[str]) -> list[Passage]:
        """Where posts of these kinds use a term of the argot, in any spelling."""
        pattern, wanted = any_of(load("argot")[term]["variants"]), set(kinds)
        matches = (
            (unit, pattern.search(unit.text))
            for post, unit in self.posts.items()
            if self._truth.kinds.get(post) in wanted
        )
        return [unit.at(*match.span()) for unit, match in matches if match]

    def asking(self, term: str) -> list[Passage]:
        """Posts in which an outsider asks what a term means."""
        asked = [post for post, about in self._truth.questions.items() if about == term]
        return [self.posts[post].at(*whole(self.posts[post].text)) for post in asked if post in self.posts]

    def _cues(self, channel: str) -> list[re.Pattern[str]]:
        lists = load("contact")
        said = [*lists.get(channel, ()), *lists["request_dm"], *lists["request_private"]]
        return [spelled(phrase) for phrase in sorted(said, key=len, reverse=True)]


def spelled(phrase: str) -> re.Pattern[str]:
    """A phrase of the data as it stands in a post: anything may fill its slots.

    A pseudonym counts as one character there: how long it is differs from study to study.
    """
    pieces = [piece.strip() for piece in _SLOT.split(phrase) if piece.strip()]
    return re.compile("(?:⟦[^⟦⟧]*⟧|.){1,40}?".join(map(re.escape, pieces)), re.IGNORECASE)


def any_of(words: Sequence[str]) -> re.Pattern[str]:
    """Any of these words, standing alone."""
    choice = "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
    return re.compile(rf"(?<![^\W_])(?:{choice})(?![^\W_])", re.IGNORECASE)


def _first(patterns: Iterable[re.Pattern[str]], text: str) -> tuple[int, int] | None:
    return next((match.span() for pattern in patterns if (match := pattern.search(text))), None)


def whole(text: str) -> tuple[int, int]:
    """A post without those it is addressed to and the blanks at its end."""
    addressed = _ADDRESSED.match(text)
    start, end = addressed.end() if addressed else 0, len(text.rstrip())
    return (start, end) if start < end else (0, len(text))


def wider(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences that a span stands in."""
    spans = [m.span() for m in _SENTENCE.finditer(text) if m[0].strip()]
    inside = [(a, b) for a, b in spans if b > start and a < end] or [(start, end)]
    begin, stop = inside[0][0], inside[-1][1]
    said = text[begin:stop]
    begin += len(said) - len(said.lstrip())
    return begin, begin + len(said.strip())
