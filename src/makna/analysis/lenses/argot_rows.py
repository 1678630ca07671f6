"""A candidate for argot as a row: what its score is made of, what else it may be, and both in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from makna.analysis.lenses import general, say
from makna.analysis.lenses.general import ORDINARY, shares, stems, with_inflections, zipf
from makna.analysis.lenses.ranking import RARE, Ranking, is_word
from makna.analysis.lenses.standard import standard
from makna.analysis.lenses.vocabulary import Vocabulary

ALIKE = 0.35  # cosine from which a term is said to be used like another
NEIGHBOURS = 3
OFTEN = 20  # a word that is so much commoner than another one letter away may be what was meant
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Label:
    """What a candidate may be beside argot (name, place, slip, slang, english, foreign, …), and a word that shows it."""

    kind: str
    witness: str = ""

    def reason(self, language: str) -> str:
        """Why, in one clause."""
        named = (
            general.LANGUAGES.get(self.witness, (self.witness,) * 2)
            if self.kind == "elsewhere"
            else (self.witness,) * 2
        )
        return _REASONS[self.kind][language == "id"].format(word=named[language == "id"])


_REASONS: Mapping[str, tuple[str, str]] = {
    "platform": ("a word of the platforms themselves; counts half", "kata dari platform itu sendiri; dihitung separuh"),
    "capital": ("nearly always written with a capital, as names are", "hampir selalu ditulis dengan huruf besar, seperti nama"),
    "elsewhere": ("a common word of {word}", "kata lazim bahasa {word}"),
    "name": ("stands in a list of personal names", "ada dalam daftar nama orang"),
    "place": ("stands in a list of places", "ada dalam daftar nama tempat"),
    "slip": ("one letter away from the much commoner “{word}”", "berbeda satu huruf dari “{word}” yang jauh lebih sering"),
    "slang": ("may be “{word}” in everyday writing", "mungkin “{word}” dalam tulisan sehari-hari"),
    "english": ("an ordinary English word", "kata biasa bahasa Inggris"),
    "foreign": ("written in another script", "ditulis dengan aksara lain"),
    "inflected": ("may be a form of the ordinary “{word}”", "mungkin bentukan dari kata biasa “{word}”"),
    "ordinary": ("an ordinary word; only a second sense makes it argot", "kata biasa; hanya makna kedua menjadikannya argot"),
}  # fmt: skip


class Labels:
    """Tells names, places, slips, foreign and ordinary words from argot: labels with their reasons, never filters."""

    def __init__(self, wordlist: Callable[[str], Any], words: Vocabulary) -> None:
        self._names = wordlist("door_names").words()
        self._places = wordlist("door_places").words()
        self._platform = wordlist("platform_words").words()
        self._counts = dict(zip(words.terms, words.count.tolist(), strict=True))
        self._disguised = dict(zip(words.terms, words.disguised.tolist(), strict=True))
        self._language = spoken(wordlist, words)

    def of(self, term: str, *, capital: bool = False) -> tuple[Label, ...]:
        """The labels of *term*; none where nothing but argot explains it. *capital*: it is written as names are."""
        if not is_word(term) or term[0] == "#":
            return ()
        found = [Label("platform")] if term in self._platform else []
        found += [Label("name")] if term in self._names else [Label("capital")] if capital else []
        found += [Label("place")] if term in self._places else []
        if not term.isascii():
            return (*found, Label("foreign"))
        return (*found, *self._commonness(term))

    def _commonness(self, term: str) -> tuple[Label, ...]:
        if zipf(term) >= ORDINARY + 1:
            english = shares("en").get(term, 0.0) > 5 * shares("id").get(term, 0.0)
            return (Label("english") if english else Label("ordinary"),)
        language = general.elsewhere(term)
        if language:
            return (Label("elsewhere", language),)
        if general.general(term) or not term.isalpha():
            return ()
        stem = max(stems(term), key=lambda s: (general.general(s), s), default="")
        if zipf(stem) >= ORDINARY:
            return (Label("inflected", stem),)
        meant = self._meant(term)
        if meant:
            return (Label("slip", meant),)
        plain = self.standard(term)
        return (Label("slang", plain),) if plain else ()

    def standard(self, term: str) -> str | None:
        """The ordinary word that *term* may be written for."""
        return standard(term, language=self._language) if is_word(term) and term[0] != "#" else None

    def _meant(self, term: str) -> str:
        """The commonest listed word one letter away, where it is far commoner here."""
        if len(term) < 5 or self._disguised.get(term):
            return ""
        least = OFTEN * self._counts.get(term, 1)
        near = [w for w in _one_away(term) if self._counts.get(w, 0) >= least and zipf(w) >= ORDINARY]
        return max(near, key=lambda w: (self._counts[w], w), default="")


def spoken(wordlist: Callable[[str], Any], words: Vocabulary) -> str:
    """The language most written here, by its function words: id or en."""
    number = {word: n for n, word in enumerate(words.tokens.words)}
    often = words.tokens.counts()
    found = {
        language: sum(int(often[number[w]]) for w in wordlist(f"stopwords_{language}").words() if w in number)
        for language in ("id", "en")
    }
    return "en" if found["en"] > found["id"] else "id"


def capital(text: str, start: int, end: int) -> bool | None:
    """Whether the word there is written with a capital; None where that says nothing: first in a sentence, or all capitals."""
    word, before = text[start:end], text[:start].rstrip()
    if not before or before[-1] in ".!?\n:⟧" or word.isupper() or not word[:1].isalpha():
        return None
    return word[0].isupper()


def _one_away(word: str) -> set[str]:
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    for c in _LETTERS:
        found |= {a + c + b[1:] for a, b in cuts if b} | {a + c + b for a, b in cuts}
    return found - {word}


def neighbours(words: Vocabulary, ranking: Ranking, best: Sequence[int]) -> list[tuple[str, ...]]:
    """Of each term of *best* the terms used most like it, best first."""
    found: list[tuple[str, ...]] = []
    for n in best:
        alike = ranking.space @ ranking.space[n]
        alike[n] = -1.0
        near = np.flatnonzero(alike >= ALIKE)
        order = near[np.lexsort((near, -np.round(alike[near], 9)))][:NEIGHBOURS]
        found.append(tuple(words.terms[k] for k in order))
    return found


def rarer(words: Vocabulary, n: int) -> float:
    """How many times commoner the term is here than in general language."""
    whole = max(float(words.totals[:3].sum()), 1.0)
    return float(words.count[n]) / whole / max(with_inflections(words.terms[n]), RARE)


def said(words: Vocabulary, n: int, near: Sequence[str], labels: Sequence[Label], language: str) -> str:
    """The parts of a score in plain words: rare outside: 40×; written in 7 disguises; used like …"""
    indonesian = language == "id"
    clauses = []
    if is_word(words.terms[n]):
        times = rarer(words, n)
        number = say.number(times, language, decimals=0 if times >= 10 else 1)
        clauses.append(f"jarang di luar: {number}×" if indonesian else f"rare outside: {number}×")
    if words.disguised[n]:
        ways, hidden = say.number(int(words.ways[n]), language), say.number(int(words.disguised[n]), language)
        whole = say.number(int(words.count[n]), language)
        clauses.append(
            f"disamarkan dengan {ways} cara, {hidden} dari {whole} kali" if indonesian
            else f"disguised in {ways} {'way' if words.ways[n] == 1 else 'ways'}, {hidden} of {whole} times"
        )  # fmt: skip
    if near:
        quoted = say.series([f"“{w}”" for w in near], language)
        clauses.append(f"dipakai seperti {quoted}" if indonesian else f"used like {quoted}")
    return "; ".join([*clauses, *(label.reason(language) for label in labels)])
