"""Cues of the word lists, found in the tokens of a segment in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from makna.analysis.lenses.segments import unleet
from makna.corpus.tokens import tokenise

_PRICE = regex.compile(
    r"\d+(?:[.,]\d+)*(?:k|rb|rbu|ribu|jt|juta)|[1-9]\d{0,2}(?:(?:[.,]\d00)+|00|50)"
)  # 500k, 1,2jt, 1.500, 750
_AGE = regex.compile(r"[12]\d\+")
_SHORT_PLACE = 3  # shorter names of places are ordinary words too often
TALKING = frozenset({"whatsapp", "telegram", "line", "instagram", "discord", "signal", "messenger", "michat"})
PLACED = {"⟦address⟧": "place", "⟦bank⟧": "terms"}
UNTOLD = frozenset(
    {
        "⟦account⟧",
        "⟦turn withheld⟧",
        "⟦image⟧",
        "⟦video⟧",
        "⟦voice⟧",
        "⟦?⟧",
        "⟦name⟧",
        "⟦link⟧",
        "⟦nik⟧",
        "⟦plate⟧",
        "⟦birthdate⟧",
    }
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue: its label and finer category, and the tokens it covers (half-open)."""

    label: str
    category: str
    first: int
    last: int
    cue: str


class Cues:
    """Phrases by their first token. Entries are cut by Makna's own tokeniser, so they meet its tokens."""

    def __init__(self, entries: Iterable[tuple[str, str, str]]) -> None:
        """*entries*: (phrase, label, category)."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str, str]]] = defaultdict(list)
        for phrase, label, category in entries:
            words = tuple(t for t, _start, _end in tokenise(phrase))
            if words and phrase[-1] == "+":
                words = (*words[:-1], words[-1] + "+")
            if words:
                self._by_first[words[0]].append((words, label, category, phrase))

    def words(self, label: str) -> frozenset[str]:
        """The first words of all phrases of *label*."""
        return frozenset(w for w, all_ in self._by_first.items() if any(entry[1] == label for entry in all_))

    def begins(self, word: str) -> bool:
        """Whether a phrase begins with *word*."""
        return word in self._by_first

    def find(self, tokens: Sequence[str]) -> list[Hit]:
        """Every cue that stands in *tokens*, in order of place; cues may overlap."""
        found = []
        for n, token in enumerate(tokens):
            for words, label, category, phrase in self._by_first.get(token, ()):
                if tuple(tokens[n : n + len(words)]) == words:
                    found.append(Hit(label, category, n, n + len(words), phrase))
        return found


def listed(wordlist: Callable[[str], Any], lists: Mapping[str, str | None]) -> list[tuple[str, str, str]]:
    """Entries of word *lists* (name -> label, or None: the category is the label) for :class:`Cues`."""
    return [
        (word, label or category, category)
        for name, label in lists.items()
        for word, category in wordlist(name).entries.items()
    ]


class MoveCues:
    """The plain cues of each move of a promoting post: words, and the shapes of prices, ages and placeholders."""

    def __init__(self, wordlist: Callable[[str], Any]) -> None:
        lists = {
            "contact_cues": "contact",
            "price_cues": "terms",
            "place_cues": "place",
            "promotion_moves": None,
        }
        places = [
            (word, "place", "city") for word in wordlist("door_places").words() if len(word) > _SHORT_PLACE
        ]
        self._cues = Cues([*listed(wordlist, lists), *places])
        self.find = lru_cache(maxsize=1 << 16)(self._find)
        self.words = self._cues.words

    def possible(self, token: str) -> bool:
        """Whether a cue may begin with *token*; where none does, :meth:`find` finds none."""
        forms = (token, token + "+") if token.isdigit() else (token,)
        return token[0] == "#" or any(self._cues.begins(unleet(f)) or _shape(0, f) for f in forms)

    def _find(self, tokens: tuple[str, ...]) -> tuple[Hit, ...]:
        """All cues of a segment's tokens, best known first by place."""
        if tokens[0].startswith("#"):
            return (Hit("tag", "tag", 0, len(tokens), tokens[0]),)
        words = [unleet(t) for t in tokens]
        shaped = (_shape(n, token) for n, token in enumerate(tokens))
        return (*self._cues.find(words), *(hit for hit in shaped if hit))


def _shape(n: int, token: str) -> Hit | None:
    if token[0] == "⟦":
        if token in PLACED:
            return Hit(PLACED[token], "placeholder", n, n + 1, token)
        if token in UNTOLD or token.startswith("⟦@") or _elsewhere(token):
            return None
        return Hit("contact", channel(token), n, n + 1, token)
    if _PRICE.fullmatch(token):
        return Hit("terms", "price", n, n + 1, token)
    if _AGE.fullmatch(token):
        return Hit("condition", "age", n, n + 1, token)
    return None


def _elsewhere(placeholder: str) -> bool:
    """Whether a link leads to something to see, not to somebody to talk to."""
    return placeholder.startswith("⟦link:") and placeholder[6:-1] not in TALKING


def channel(placeholder: str) -> str:
    """The channel a placeholder stands for: ``⟦wa⟧`` and ``⟦link:whatsapp⟧`` are wa; phone, telegram, line, …"""
    inner = placeholder.strip("⟦⟧").removeprefix("link:")
    return {"whatsapp": "wa", "phone": "phone"}.get(inner, inner)
