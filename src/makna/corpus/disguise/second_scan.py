"""The second scan: independent of the recognisers, high recall; what it alone sees is masked in doubt.

It reads the disguised text by mass instead of grammar. Characters are classed by Unicode's own tables, words become
figures by a table of its own, and the whole becomes a stream of figures with what stands between them. A stretch
heavy with figures is a hit unless it falls apart into plain quantities; so is what still has the form of a contact.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from makna.corpus.disguise.normalise import BAR

Found = tuple[int, int, str]
Spans = Sequence[tuple[int, int]]

_BAR, _MARK = "\x00", "·"
_WORDS = {
    "nol": "0", "kosong": "0", "zero": "0", "oh": "0", "satu": "1", "one": "1", "dua": "2", "two": "2", "tiga": "3",
    "three": "3", "empat": "4", "four": "4", "lima": "5", "five": "5", "enam": "6", "six": "6", "tujuh": "7",
    "seven": "7", "delapan": "8", "lapan": "8", "eight": "8", "sembilan": "9", "nine": "9",
}  # fmt: skip
_HEAVY = 8  # figures in one stretch from which it weighs
_SPOKEN = re.compile(r"(?<![^\W_])(?:" + "|".join(_WORDS) + r")(?![^\W_])")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"[^\W_]+")
_STRETCH = re.compile(r"(?<![^\W\d_])(?:\d[^\w\x00]{0,3}){7,}\d|(?:\d[^\w\x00]{0,3}){9,}\d")
_QUANTITIES = (
    re.compile(
        r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[/.\-](?:0?[1-9]|1[0-2])[/.\-](?:(?:19|20)\d\d|\d\d)(?!\d)"
    ),  # dates
    re.compile(r"(?<!\d)(?:19|20)\d\d[/.\-](?:0?[1-9]|1[0-2])[/.\-](?:0?[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)"),  # money and large counts
    re.compile(r"(?<![\d.,])\d[.,]\d{4,}(?!\d)"),
    re.compile(r"(?<!\d)[1-9]\d{0,5}000(?!\d)"),
    re.compile(
        r"(?<!\d)(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d|[0-3]\d(?:0[1-9]|1[0-2])(?:19|20)\d\d)(?!\d)"
    ),
    re.compile(r"(?<!\d)(?:[01]?\d|2[0-4])[.:][0-5]\d(?!\d)"),  # times
    re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)"),  # years
    re.compile(r"(?<!\d)[1-9]\d{0,3}(?:0|5)(?!\d)"),  # round prices
    re.compile(r"(?<!\d)(?:\d|[1-9]\d)(?!\d)"),  # small counts, scores; see _falls_apart
    re.compile(r"(?<!\d)[1-9]\d{1,2}(?!\d)"),
)
_LEADING_NOUGHT = re.compile(r"(?<!\d)0\d")
_FEW = 5  # so many figures beside quantities are enough to weigh
_SCALE = "1234567"
_CONTACT = re.compile(
    r"[\w.+\-]{1,64}@[a-z\d\-]+\.[a-z]|(?<![\w@])@[a-z_]\w{3,}|https?:|www\.\w|\bt\.me\b|\bwa\.me\b",
    re.IGNORECASE,
)


def scan(text: str, placed: Spans, *, figures: bool = True) -> list[Found]:
    """Spans of *text* outside the placeholders (*placed*) that still look like an identifier, disjoint, in order.

    *figures* is False where the text is known to hold too few digits and digit words to weigh.
    """
    if not figures and text.count("@") == text.count("⟦@") and not _may_link(text):
        return []  # every sign is a placeholder's own, and nothing else marks a contact
    bare = _barred(text, placed)
    heavy = figures and _heavy(bare)
    if not heavy and "@" not in bare and not _may_link(bare):
        return []
    stream = bare if bare.isascii() else bare.translate(_FIGURES)
    found = (list(_numbers(stream)) if heavy else []) + list(_contacts(stream))
    if not found:
        return []
    out: list[Found] = []
    for start, end, reason in sorted(found):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]), out[-1][2])
        else:
            out.append((start, end, reason))
    return out


def _barred(text: str, placed: Spans) -> str:
    """*text* with bars where placeholders stand. Same length."""
    pieces, at = [], 0
    for start, end in placed:
        pieces += [text[at:start], _BAR * (end - start)]
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


class _Figures(dict[int, str]):
    """Code point beyond ASCII -> its ASCII digit, a mark for what only decorates, else itself."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        value = unicodedata.digit(char, None)
        kept = char if unicodedata.category(char)[0] in "LN" else _MARK
        self[code] = kept if value is None else str(value)
        return self[code]


_FIGURES = _Figures({ord(BAR): _BAR, **{code: chr(code) for code in range(128)}})


def _numbers(stream: str) -> Iterator[Found]:
    figures, back = _spoken(stream)
    for match in _STRETCH.finditer(figures):
        if not _falls_apart(match[0]):
            end = match.end()
            while end < len(figures) and figures[end] == _MARK:
                end += 1
            yield back[match.start()], back[end], "many digits"


def _heavy(bare: str) -> bool:
    """Whether figures of any script and digit words are enough to weigh at all."""
    stream = bare if bare.isascii() else _BEYOND_ASCII.sub(lambda m: m[0].translate(_FIGURES), bare)
    digits = sum(map(stream.count, "0123456789"))
    return digits + sum(map(_WORDS.__contains__, _WORD.findall(stream.lower()))) >= _HEAVY


def _spoken(stream: str) -> tuple[str, Sequence[int]]:
    """The stream with digit words as figures, and per position where it stood; the end included."""
    lower = stream.lower()
    if len(lower) != len(stream):
        lower = stream
    pieces: list[str] = []
    back: list[int] = []
    at = 0
    for word in _SPOKEN.finditer(lower):
        pieces += [lower[at : word.start()], _WORDS[word[0]]]
        back += [*range(at, word.start()), word.start()]
        at = word.end()
    if not pieces:
        return lower, range(len(lower) + 1)
    pieces.append(lower[at:])
    back += range(at, len(lower) + 1)
    return "".join(pieces), back


def _falls_apart(written: str) -> bool:
    """Whether nothing but quantities stands here, each by itself: prices, times, dates, counts."""
    pieces = re.findall(r"\d+", written)
    if len(pieces) >= _HEAVY - 2 and all(len(piece) == 1 for piece in pieces):
        row = "".join(pieces)
        return row == "".join(sorted(row)) or len(set(row)) == 1 or row.startswith(_SCALE)
    rest = written
    for quantity in _QUANTITIES:
        rest = quantity.sub(" ", rest)
    count = sum(map(str.isdigit, rest))
    return not count or (count < _FEW and _LEADING_NOUGHT.search(rest) is None)


def _may_link(text: str) -> bool:
    """Whether anything in a text has the mark of a web address, and the words of the contacts looked for."""
    if "." not in text and "://" not in text and "ww" not in text and "W" not in text:
        return False
    lower = text.lower()
    return ("http" in lower and ("." in text or "://" in text)) or "www" in lower or ".me" in lower


def _contacts(stream: str) -> Iterator[Found]:
    if "@" in stream or _may_link(stream):
        for match in _CONTACT.finditer(stream):
            end = re.compile(r"[^\s\x00]*").match(stream, match.end())
            yield match.start(), end.end() if end else match.end(), "form of a contact"
