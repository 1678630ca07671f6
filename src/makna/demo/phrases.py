"""Phrases with slots, compiled once and rendered fast.

A phrase is a text with ``{slots}``. A slot names a deck of further phrases, a term of the argot (each rendering
chooses one of its spellings), or something that the speaker brings along (``{at}``, ``{city}``, ``{phone}``).
Decks are stacked by a Zipf-like law: the first phrases of a list are heard often, the last rarely, as in life.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

Rand = Callable[[], float]
Part = str | tuple[str]  # a literal, or the name of a slot
_SLOT = re.compile(r"\{(\w+)\}")
_DECK = 512


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text cut into literals and slots. *source* is the phrase as written."""

    source: str
    parts: tuple[Part, ...]
    terms: tuple[str, ...]  # argot terms among the slots


class Book:
    """All phrases of the demo, by file and list."""

    def __init__(self) -> None:
        self.argot: dict[str, dict[str, Any]] = load("argot")
        self.talk = load("talk")
        self._spellings = {term: deck(spec["variants"], flat=True) for term, spec in self.argot.items()}
        self._short: dict[str, str] = self.talk["short"]
        self._shortens = re.compile(rf"\b(?:{'|'.join(self._short)})\b")
        self._slots = {name: deck(words) for name, words in self.talk["slot"].items()}

    @cache  # noqa: B019 - one book lives as long as the program
    def deck(self, file: str, name: str) -> tuple[Phrase, ...]:
        """The list *name* of a data file as a deck of phrases to draw from."""
        return deck([self.compile(text) for text in load(file)[name]])

    def compile(self, text: str) -> Phrase:
        """*text* cut at its slots."""
        pieces = _SLOT.split(text)
        parts: list[Part] = [(p,) if n % 2 else p for n, p in enumerate(pieces) if p]
        return Phrase(text, tuple(parts), tuple(p for p in pieces[1::2] if p in self.argot))

    def render(self, phrase: Phrase, rand: Rand, bring: Mapping[str, str]) -> str:
        """*phrase* with its slots filled; *bring* is what the speaker brings along. Raises KeyError for an unknown slot."""
        out = []
        for part in phrase.parts:
            if type(part) is str:
                out.append(part)
            else:
                out.append(self._fill(part[0], rand, bring))
        return "".join(out)

    def shortened(self, text: str) -> str:
        """*text* as those write it who shorten everyday words."""
        return self._shortens.sub(lambda word: self._short[word[0]], text)

    def _fill(self, slot: str, rand: Rand, bring: Mapping[str, str]) -> str:
        if slot in bring:
            return bring[slot]
        stack = self._spellings.get(slot) or self._slots[slot]
        return str(stack[int(rand() * len(stack))])


@cache
def book() -> Book:
    """The one book of phrases."""
    return Book()


@cache
def load(name: str) -> dict[str, Any]:
    """The data file ``data/<name>.toml``."""
    return tomllib.loads(read(f"{name}.toml"))


def read(name: str) -> str:
    """The text of a data file."""
    return (resources.files(__package__) / "data" / name).read_text(encoding="utf-8")


def deck(items: Sequence[Any], *, flat: bool = False) -> tuple[Any, ...]:
    """*items* stacked so that a uniform draw follows a Zipf-like law, 1/(rank + 3); with *flat*, as they are."""
    if flat:
        return tuple(items)
    weights = [1 / (rank + 3) for rank in range(len(items))]
    total = sum(weights)
    copies = [max(1, round(_DECK * w / total)) for w in weights]
    return tuple(item for item, n in zip(items, copies, strict=True) for _each in range(n))


def pick(stack: Sequence[Any], rand: Rand) -> Any:
    """One of *stack*, drawn uniformly."""
    return stack[int(rand() * len(stack))]
