"""What the words around a number announce: a messenger, a bank, a document, a contact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from makna import wordlists
from makna.corpus.disguise.folding import fold_name
from makna.corpus.disguise.normalise import BARRIER
from makna.corpus.disguise.recognise.base import Reading
from makna.corpus.disguise.words import SUFFIXES, folded_triggers, triggers

_BEFORE, _AFTER, _BESIDE = 5, 3, 2
_ENDS = re.compile(r"[.,!?]\s|\n")
_DOCUMENTS = {"kk": "kk", "npwp": "npwp", "ktp": "nik", "nik": "nik"}


@dataclass(frozen=True, slots=True)
class Near:
    """What stands near: labels, or None."""

    messenger: str | None = None
    bank: str | None = None
    document: str | None = None
    contact: bool = False


@cache
def words(category: str) -> frozenset[str]:
    return wordlists.load("door_cues").words(category)


@lru_cache(maxsize=1 << 13)
def stem(word: str) -> str:
    """A cue without the suffix of possession: nomorku, telenya."""
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            return word[: -len(suffix)]
    return word


@lru_cache(maxsize=1 << 13)
def messenger(word: str) -> str | None:
    """The messenger that a word names, with or without a suffix of possession; leet is read where it has figures."""
    if word.isalpha():
        named = triggers().get(word) or triggers().get(stem(word))
        return named or (triggers().get(word[2:]) if word.startswith("id") else None)
    if word.isdecimal():
        return None
    folded = fold_name(word)
    return folded_triggers().get(folded) or folded_triggers().get(stem(folded))


def around(reading: Reading, first: int, last: int) -> Near:
    """What the words before *first* and after *last* announce; the nearest wins, before counts before after."""
    text, spans = reading.text, reading.spans
    before: list[int] = []
    for i in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
        gap = text[spans[i][1] : spans[i + 1][0]]
        if BARRIER in gap or ("\n" in gap and before):
            break
        before.append(i)
    after = []
    for i in range(last + 1, min(len(spans), last + 1 + _AFTER)):
        gap = text[spans[i - 1][1] : spans[i][0]]
        if BARRIER in gap or _ENDS.search(gap):
            break
        after.append(i)
    return _near(reading, before, after)


def _near(reading: Reading, before: list[int], after: list[int]) -> Near:
    document = bank = app = None
    contact = False
    for i in before + after:
        word = reading.words[i]
        short = stem(word)
        app = app or (messenger(word) if i in before or i in after[:_BESIDE] else None)
        contact = contact or word in words("contact") or short in words("contact")
        if i in before:
            bank = bank or ("bank" if word in words("bank") or short in words("bank") else None)
            if document is None and (word in words("document") or short in words("document")):
                document = _DOCUMENTS.get(short, _DOCUMENTS.get(word, "document"))
        elif word in ("nik", "ktp"):
            document = document or "nik"
    return Near(app, bank, document, contact)
