"""Words that stand for digits: figures, digit words, leet, drawn out or run together (o8tiga4, tigaaa, satudua)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from makna import wordlists
from makna.corpus.disguise.recognise.quantities import UNIT

_LEET = {
    "o": "0",
    "q": "0",
    "i": "1",
    "l": "1",
    "z": "2",
    "e": "3",
    "a": "4",
    "s": "5",
    "b": "8",
    "g": "9",
    "t": "7",
}
_FAINT = re.compile(r"[oils]{1,6}$")  # letters that are digits only between digits: OOOO in O834-OOOO-l234
_CLEAR = "oil0123456789"  # letters that hardly anything but a digit explains beside figures
_LONGEST_WORD, _LONGEST_NUMERAL = 160, 8


@cache
def values() -> dict[str, str]:
    """Word -> the digits it says, or how it repeats or joins others."""
    return wordlists.load("door_digits").entries


@cache
def _pieces() -> re.Pattern[str]:
    words = sorted((w for w, v in values().items() if v[-1].isdigit() and len(w) > 2), key=len, reverse=True)
    return re.compile("|".join([r"\d+", *words, r"x{2,8}|x$", "[oqilzeasbgt]"]))


@cache
def _run_together() -> re.Pattern[str]:
    words = sorted((w for w, v in values().items() if v.isdigit() and len(w) > 2), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(words)}|\d+(?!\d)){{2,}}$")


def read_mixed(word: str) -> tuple[str, bool] | None:
    """The digits of a word of figures, digit words or leet (o8tiga4 → 0834), and whether that is sure."""
    figures, spoken, repeat = 0, False, 1
    out: list[str] = []
    for piece in _cut(word):
        value = values().get(piece)
        if value in ("x2", "x3"):
            repeat = int(value[1])
            continue
        spoken |= value is not None
        figures += len(piece) if piece.isdigit() else 0
        out.append(_digits(piece, value) * repeat)
        repeat = 1
    digits = "".join(out)
    sure = figures * 2 >= len(digits) or spoken or not word.strip(_CLEAR)
    return (digits, sure) if digits else None


def _cut(word: str) -> list[str]:
    """The pieces a word is made of, digits and digit words, the longest first where that leads to its end; else none."""
    greedy, at = [], 0
    for piece in _pieces().finditer(word):
        if piece.start() != at:
            break
        greedy.append(piece[0])
        at = piece.end()
    if at == len(word):
        return greedy
    if len(word) > _LONGEST_WORD or not _run_together().match(word):
        return []
    steps: list[int | None] = [None] * len(word) + [0]
    for at in range(len(word) - 1, -1, -1):
        sizes = (n for n in range(min(_LONGEST_NUMERAL, len(word) - at), 0, -1) if steps[at + n] is not None)
        steps[at] = next((n for n in sizes if _is_piece(word[at : at + n])), None)
    greedy, at = [], 0
    while steps[at]:
        size = steps[at] or 0
        greedy.append(word[at : at + size])
        at += size
    return greedy


def _is_piece(part: str) -> bool:
    return part.isdecimal() or (len(part) > 2 and values().get(part, "").isdigit())


def _digits(piece: str, value: str | None) -> str:
    if piece.isdigit():
        return piece
    return value or _LEET.get(piece) or "x" * len(piece)


def weight(word: str) -> int:
    """How many digits a word of letters, or of letters and figures, stands for; 0 for other words."""
    atom = atom_of(word)
    return len(atom[1]) if atom and atom[0] in ("word", "leet", "faint") else 0


def stands_for_digits(word: str) -> bool:
    """Whether a word may be part of a number: figures, a digit word, letters that pass for digits."""
    return atom_of(word) is not None


def digit_of(word: str) -> str | None:
    """The digits that a word says or shows; None for any other word."""
    atom = atom_of(word)
    return atom[1] if atom and atom[0] in ("figures", "word") else None


@lru_cache(maxsize=1 << 13)
def atom_of(word: str) -> tuple[str, str] | None:
    """(kind, value) of a word that stands for digits: figures, word, leet, faint, or what repeats or joins; else None."""
    if word.isdecimal():
        return "figures", word
    value = values().get(word)
    if value is not None:
        return ("word" if value.isdigit() else value), value
    if len(word) > _SHORTEST_DRAWN and _DRAWN.search(word) and _squeeze(word) in _squeezed():
        return "word", _squeezed()[_squeeze(word)]
    if any(map(str.isdecimal, word)) or _run_together().match(word):
        return _mixed(word)
    return ("faint", "".join(_LEET[c] for c in word)) if _FAINT.match(word) else None


_DRAWN = re.compile(r"([a-z])\1")
_SHORTEST_DRAWN = 3


def _squeeze(word: str) -> str:
    """A drawn-out word at its shortest: tigaaa, tiga."""
    return _DRAWN.sub(r"\1", re.sub(r"([a-z])\1{2,}", r"\1\1", word))


@cache
def _squeezed() -> dict[str, str]:
    return {_squeeze(w): v for w, v in values().items() if v.isdigit() and len(w) > _SHORTEST_DRAWN - 1}


_MEASURE = re.compile(r"\d+" + UNIT)
_DOUBLED = re.compile(r"[a-z]{2,}2$")  # kupu2: a word said twice
_GLUED = re.compile(r"([a-z]{0,12})(\d[\d]{6,}x{0,4})([a-z]{0,12})$")


def _mixed(word: str) -> tuple[str, str] | None:
    if _MEASURE.fullmatch(word) and not word.endswith("x"):
        return None
    mixed = read_mixed(word) if not _DOUBLED.match(word) or _FAINT.match(word[:-1]) else None
    if mixed:
        return ("leet" if mixed[1] else "faint"), mixed[0]
    glued = _GLUED.match(word)
    return ("leet", glued[2]) if glued else None
