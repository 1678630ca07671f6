"""The normalised view of a text: what an eye reads, in plain lower-case characters, with a way back.

Zero-width and bidirectional controls and combining marks go; compatibility forms, full-width, circled, superscript
and mathematical characters, look-alike letters of other scripts and every kind of digit become ASCII; emoji become
a blank. Recognisers work on the view; a span of the view maps back to source characters that always cover it.
Digit words, leet and spaced letters depend on their neighbours and are read by the recognisers themselves.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from makna.corpus.disguise.lookalikes import LOOKALIKES

EMOJI = "\x1f"  # stands for an emoji or symbol; counts as a blank to regular expressions
BARRIER = "\x00"  # stands in the view for a placeholder of the door; no recogniser reads across it
BAR = "\ufdd0"  # stands in the source for each character of such a placeholder: a code point that is no character


@dataclass(frozen=True, slots=True)
class View:
    """A normalised text. *starts* and *ends* are source offsets per character; None where they are the same."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The half-open source span that covers the non-empty span [start, end) of the view."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """The span of the view that covers the source span [start, end)."""
        if self.starts is None or self.ends is None:
            return start, end
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


_SPACED = re.compile(
    r"(?<![^\W_])(?:_[ \-.*~|])?(?:[^\W_][ ._\-*~|](?:[@./:#_?=&\-][ ._\-*~|]?){0,4}){3,}[^\W_](?![^\W_])(?:[ \-.*~|]_){0,3}"
)


def collapse(seen: View) -> View | None:
    """The view with single characters in a row (m a w a r) closed up; None where there is no such row."""
    pieces: list[str] = []
    kept: list[int] = []
    at = 0
    for row in _SPACED.finditer(seen.text):
        closed = _closed(seen.text, *row.span())
        pieces += [seen.text[at : row.start()], "".join(seen.text[i] for i in closed)]
        kept += [*range(at, row.start()), *closed]
        at = row.end()
    if not at:
        return None
    pieces.append(seen.text[at:])
    kept += range(at, len(seen.text))
    spans = [seen.source(i, i + 1) for i in kept]
    return View("".join(pieces), tuple(s for s, _e in spans), tuple(e for _s, e in spans))


def _closed(text: str, start: int, end: int) -> list[int]:
    """What stays of a row: all but blanks and the mark that only parts letters (m.a.w.a.r, g m a i l . c o m)."""
    parting = next((text[i + 1] for i in range(start, end - 1) if text[i].isalnum()), " ")
    return [i for i in range(start, end) if text[i] not in " *~|" and not _only_parts(text, i, parting)]


def _only_parts(text: str, i: int, parting: str) -> bool:
    """Whether a mark is the one that parts the letters, and does not stand between two of its kind."""
    return text[i] == parting and not (text[i - 1] == parting == text[i + 1 : i + 2])


class _Table(dict[int, str]):
    """Code point -> its plain form, made when first met; remembers those that are not one character."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        char = chr(code)
        form = self[code] = _plain(char)
        if len(form) != 1:
            self.uneven.add(char)
        return form


def view(text: str) -> View:
    """The normalised view of *text*, in time linear in its length."""
    plain = text.translate(_TABLE)
    if text.isascii() or _TABLE.uneven.isdisjoint(text):
        return View(plain)
    starts: list[int] = []
    ends: list[int] = []
    for at, char in enumerate(text):
        width = len(_TABLE[ord(char)])
        if width == 0 and ends:
            _extend(ends, at)
        starts += [at] * width
        ends += [at + 1] * width
    return View(plain, tuple(starts), tuple(ends))


def plain(text: str) -> str:
    """The normalised text alone. Normalising it again changes nothing."""
    return text.translate(_TABLE)


def _extend(ends: list[int], at: int) -> None:
    """A mark that vanishes belongs to the character before it: the keycap around a digit goes with the digit."""
    last = ends[-1]
    if last != at:
        return
    for i in range(len(ends) - 1, -1, -1):
        if ends[i] != last:
            break
        ends[i] = at + 1


def _plain(char: str) -> str:
    """The plain form of one character: a fixpoint, so that normalising is idempotent."""
    form = _step(char)
    for _round in range(4):
        again = "".join(_step(c) for c in form)
        if again == form:
            break
        form = again
    return form


def _step(char: str) -> str:
    if char.isascii():
        return _ascii(char)
    if char in LOOKALIKES or char == BAR:
        return LOOKALIKES.get(char, BARRIER)
    category = unicodedata.category(char)
    if category in _VANISHING:
        return ""
    digit = unicodedata.digit(char, None)
    return _compatible(char, category) if digit is None else str(digit)


_VANISHING = ("Cf", "Mn", "Me")


def _compatible(char: str, category: str) -> str:
    wider = unicodedata.normalize("NFKD", char)
    if wider != char:
        return "".join(c for c in wider.casefold() if unicodedata.category(c) not in _VANISHING)
    return _symbol(char, category)


def _ascii(char: str) -> str:
    if char >= " " or char in "\n" + EMOJI + BARRIER:
        return char.lower()
    return " "


_BY_CATEGORY = {
    "Pd": "-", "Ps": "(", "Pe": ")", "Pi": '"', "Pf": '"', "Zs": " ", "Zl": "\n", "Zp": "\n", "Cc": " ",
    "So": EMOJI, "Sk": EMOJI, "Sm": EMOJI, "Co": EMOJI, "Cn": EMOJI, "Cs": EMOJI, "Po": EMOJI, "Pc": "_",
}  # fmt: skip


def _symbol(char: str, category: str) -> str:
    return _BY_CATEGORY.get(category) or char.casefold()


_TABLE = _Table()
