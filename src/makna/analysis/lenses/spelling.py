"""Spellings folded to one form, so that disguised and playful writings of a word count together.

Compatibility forms (mathematical and full-width letters), look-alikes of other scripts, digits inside words, marks between
letters, accents and stretched letters. How often a word needed it is itself a sign: nobody disguises an ordinary word.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import regex
import wordfreq

_LOOKALIKES = str.maketrans(
    "авеіјкмнопрстухѕԁɡɩʏᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡᴢαβεικνορτυχγωø",
    "abeijkmhonpctyxsdgiyabcdefghijklmnoprstuvwzabeiknoptuxywo",
)
_DIGITS = str.maketrans("0134578@$!", "oieastbasi")
_BETWEEN = regex.compile(r"(?<=\p{L})[._\-*'’]+(?=\p{L})")
_STRETCHED = regex.compile(r"(\p{L})\1{2,}")
_MIXED = regex.compile(r"(?=.*\p{L})(?=.*\d)[\p{L}\d]+")
_REDUPLICATED = regex.compile(r"(\p{L}{3,})2")


@cache
def fold(token: str) -> str:
    """The canonical form of a lower-case token: *sl0t*, *s.l.o.t* and *𝐬𝐥𝐨𝐭* are *slot*. Reduplication stays."""
    if token.isascii() and token.isalpha() and not _STRETCHED.search(token):
        return token
    if token[0] == "⟦" or not any(c.isalnum() for c in token):
        return token
    mark, word = ("#", token[1:]) if token[0] == "#" else ("", token)
    word = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word))
    word = "".join(c for c in word if not unicodedata.combining(c)).lower().translate(_LOOKALIKES)
    if not _REDUPLICATED.fullmatch(word) and _MIXED.fullmatch(word) and _wordlike(word):
        word = word.translate(_DIGITS)
    if "-" not in word or len(word.replace("-", "")) <= 5 or "." in word:
        word = _BETWEEN.sub("", word)
    return mark + _STRETCHED.sub(r"\1", word)


def _wordlike(word: str) -> bool:
    letters, digits = _letters(word), _digits(word)
    return letters > digits or (letters == digits and word[0].isalpha())


def _letters(word: str) -> int:
    return sum(c.isalpha() for c in word)


def _digits(word: str) -> int:
    return sum(c.isdigit() for c in word)


@cache
def general(word: str) -> float:
    """How common *word* is in general Indonesian or English, the greater of the two: a share of all words (wordfreq)."""
    plain = word.lstrip("#")
    return max(wordfreq.word_frequency(plain, "id"), wordfreq.word_frequency(plain, "en"))
