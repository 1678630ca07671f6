"""Spellings folded to one form, so that disguised and playful writings of a word count together.

Compatibility forms (mathematical and full-width letters) and look-alikes of other scripts are read by the door's table;
digits as letters, stretched letters and marks between letters by what else is written: a reading counts where it is
attested. How often a word needed it is itself a sign: nobody disguises an ordinary word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

import regex

from makna.analysis.lenses.general import general, zipf
from makna.corpus.characters import EMOJI, plain

_DIGITS = tuple(str.maketrans("0134567", letters) for letters in ("oieasgt", "oleasgt"))
_BETWEEN = regex.compile(r"(?<=\p{L})[._\-*'’]+(?=\p{L})")
_WITHIN = regex.compile(r"(?<=\p{L})[0134567]+(?=\p{L})")
_STRETCHED = regex.compile(r"(\p{L})\1{2,}")
_ENDING = regex.compile(r"(\p{L})\1+$")
_REDUPLICATED = regex.compile(r"(\p{L}{3,})2")
LISTED = 2.5  # Zipf's scale: a listed word that is not there by a slip alone


@cache
def readable(token: str) -> str:
    """*token* in plain letters and digits; as it is where it is an emoji, a placeholder or of another script."""
    if token.isascii() or token[0] == "⟦" or not any(c.isalnum() for c in token):
        return token.replace("_", "") or token
    word = plain(token).replace(EMOJI, "").strip("_-'").replace("_", "")
    return word if word.strip("#") and word.isascii() else token


@cache
def lettered(token: str) -> bool:
    """Whether *token* holds letters that had to be read as others: no accents, which are a spelling of their own."""
    if token.isascii() or token[0] == "⟦" or not readable(token).isascii():
        return False
    marks = 0
    for c in unicodedata.normalize("NFC", token):
        category = unicodedata.category(c)
        marks += category in ("Mn", "Me") and c not in "\ufe0f\u20e3"
        first = unicodedata.normalize("NFD", c)[0]
        if not c.isascii() and category[0] in "LNS" and not (first.isascii() and first.isalpha()):
            return True
    return marks > 1


@cache
def fold(token: str) -> str:
    """One token by itself: *sl0t*, *s.l.o.t* and *𝐬𝐥𝐨𝐭* are *slot*. Reduplication, prices and emoji stay."""
    word = readable(token.lower())
    if word[0] == "⟦" or not any(c.isalnum() for c in word):
        return word
    mark, word = ("#", word[1:]) if word[0] == "#" else ("", word)
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    if not _REDUPLICATED.fullmatch(word) and word[-1:].isalnum():
        word = next((q for q in digits(word) if q.isalpha() and word[0].isalpha()), word)
    if "-" not in word or len(word.replace("-", "")) <= 5 or "." in word:
        word = _BETWEEN.sub("", word)
    return mark + _STRETCHED.sub(r"\1", word)


def canonical(word: str, counts: Mapping[str, int]) -> tuple[str, str]:
    """The usual spelling of a readable *word*, and what was changed: digits, stretched, marks, or nothing.

    A reading is taken where the corpus itself (*counts*) or general language attests it.
    """
    found, kind = word, ""
    if not word.isalpha() and any(c.isdigit() for c in word) and not _REDUPLICATED.fullmatch(word):
        found = next((q for q in digits(word) if _attested(q, word, counts)), word)
        kind = "digits" if found != word else ""
    own = counts.get(found, 0)
    for q in _shortened(found):
        if (zipf(q) >= LISTED and general(q) > general(found)) or counts.get(q, 0) >= max(5, 5 * own):
            found, kind = q, kind or "stretched"
            break
    bare = found.replace("-", "").replace("'", "")
    if bare != found and zipf(found) < LISTED and counts.get(bare, 0) >= max(2, counts.get(found, 0)):
        found, kind = bare, kind or "marks"
    return found, kind


def _attested(reading: str, word: str, counts: Mapping[str, int]) -> bool:
    if reading.isalpha() and zipf(reading) >= LISTED:
        return True
    return counts.get(reading, 0) >= max(
        2, counts.get(word, 0) / 20 if reading.isalpha() else counts.get(word, 0)
    )


def digits(word: str) -> Iterator[str]:
    """Readings of digits as letters: those between letters, then all where letters are in the majority."""
    letters, figures = sum(c.isalpha() for c in word), sum(c.isdigit() for c in word)
    if not letters or not figures:
        return
    for table in _DIGITS:
        inner = _translated(word, table)
        if inner != word:
            yield inner
        if letters > figures or (letters == figures and word[0].isalpha()):
            yield word.translate(table)


def _translated(word: str, table: Mapping[int, int]) -> str:
    return _WITHIN.sub(lambda m: str(m[0].translate(table)), word)


def _shortened(word: str) -> Iterator[str]:
    if _STRETCHED.search(word):
        yield _STRETCHED.sub(r"\1", word)
        yield _STRETCHED.sub(r"\1\1", word)
    if len(word) > 3 and word.isalpha() and word[-1] == word[-2]:
        yield _ENDING.sub(r"\1", word)


def glued(word: str, counts: Mapping[str, int]) -> str:
    """The unlisted word that *word* holds beside ordinary ones stuck to it (*diaero88*, *agustotojika*); else *word*."""
    own, best = counts.get(word, 0), word
    if len(word) < 7 or zipf(word) >= 2:
        return word
    for i in range(min(8, len(word) - 4)):
        if i and (i < 2 or zipf(word[:i]) < 4):
            continue
        for j in range(len(word), i + 4, -1):
            inner, after = word[i:j], word[j:]
            enough = 3 if word[:i] in _CLITICS or after in _CLITICS else 5
            if (
                not (i or after)
                or counts.get(inner, 0) < max(5, enough * own)
                or zipf(inner) >= ORDINARY_INSIDE
            ):
                continue
            if (not after or (len(after) > 1 and zipf(after) >= 4)) and (
                best == word or counts[inner] > counts[best]
            ):
                best = inner
    return best


_CLITICS = ("di", "ke", "dari", "nya")
ORDINARY_INSIDE = 3.0  # an ordinary word within a longer one is a compound, not glue
