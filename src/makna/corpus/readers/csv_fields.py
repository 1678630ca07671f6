"""One CSV record to its fields, also where the program that wrote it forgot to double its inner quotes."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from makna.corpus.readers.times import any_time

_DIGITS = re.compile(r"\d{5,}")
_SMALL = re.compile(r"-?\d{1,9}(?:[.,]\d+)?")
_SCIENTIFIC = re.compile(r"\d[.,]?\d*[eE][+]?\d+")
_ADDRESS = re.compile(r"https?://\S+")
ONE_COLUMN = "\x1f"  # the delimiter of a file that has none


def _is_time(cell: str) -> bool:
    """No stamp is longer: what somebody wrote is not searched for a date."""
    return 8 <= len(cell) <= 64 and any(c.isdigit() for c in cell) and any_time(cell) is not None


_SHAPES: Mapping[str, Callable[[str], bool]] = {
    "id": lambda cell: bool(_DIGITS.fullmatch(cell) or _SCIENTIFIC.fullmatch(cell)),
    "time": _is_time,
    "address": lambda cell: bool(_ADDRESS.fullmatch(cell)),
    "number": lambda cell: bool(_SMALL.fullmatch(cell)),
}


@dataclass(frozen=True)
class Shape:
    """What a whole record looks like: the delimiter, how many fields, and the columns of a telling form."""

    delimiter: str
    width: int
    anchors: tuple[tuple[int, str], ...] = ()  # (column, "id" | "time" | "address" | "number")

    @cached_property
    def _lenient(self) -> tuple[re.Pattern[str], ...]:
        """A quote closes only before a delimiter or the end; a doubled one is an inner quote, or (second) is not."""
        d = re.escape(self.delimiter)
        plain = f'(?!")[^{d}]*'
        return tuple(
            re.compile(rf'(?:"({inner})"(?={d}|$)|({plain}))({d}|$)', re.DOTALL)
            for inner in (
                rf'[^"]*(?:(?:"+(?!"|{d}|$)|(?:"")+(?!")(?={d}|$))[^"]*)*"*',  # a run of quotes is read one way
                rf'[^"]*(?:"(?!{d}|$)[^"]*)*',
            )
        )

    def fields(self, record: str, *, pad: bool = True) -> list[str] | None:
        """The fields of *record*; None where no reading gives the right number of them.

        *pad*: a record may have left out its last, empty fields, as Excel writes them.
        """
        strict = self.strictly(record)
        if strict is not None and len(strict) == self.width:
            return strict
        for pattern in self._lenient:
            found = _split(pattern, record)
            if found is not None and len(found) == self.width:
                return found
        return (self._padded(strict) if pad else None) or self._around_text(record)

    def strictly(self, record: str) -> list[str] | None:
        """The fields by the letter of RFC 4180; None where a quote stands wrong or stays open."""
        try:
            return next(csv.reader([record], delimiter=self.delimiter, strict=True), None)
        except csv.Error:
            return None

    def whole(self, record: str) -> bool:
        """Whether *record* can stand alone and is no line of someone's text: right width, telling columns."""
        kinds = [kind for _n, kind in self.anchors]
        telling = self.width >= 6 or len(kinds) >= 3 or any(kind != "number" for kind in kinds)
        if not telling or record.count(self.delimiter) < self.width - 1:
            return False
        found = self.strictly(record)
        return found is not None and len(found) == self.width and self.fits(found, enough=True)

    def fits(self, fields: Sequence[str], *, enough: bool = False) -> bool:
        """Whether the columns of a telling form hold it, one of them at least (*enough*: or there are none)."""
        cells = [(fields[n].strip(), kind) for n, kind in self.anchors if n < len(fields)]
        filled = [(cell, kind) for cell, kind in cells if cell]
        if not filled:
            return enough and not self.anchors
        return all(_SHAPES[kind](cell) for cell, kind in filled)

    def _padded(self, fields: list[str] | None) -> list[str] | None:
        """A record whose last, empty fields were left out."""
        if fields is None or not 1 < len(fields) < self.width or not self.fits(fields):
            return None
        return fields + [""] * (self.width - len(fields))

    def _around_text(self, record: str) -> list[str] | None:
        """A record with a delimiter too many in its one column of free text: cut from both ends."""
        parts = record.split(self.delimiter)
        extra = len(parts) - self.width
        if extra < 1 or self.width < 3 or not self.anchors:
            return None
        readings = []
        for column in sorted(set(range(self.width)) - {n for n, _kind in self.anchors}):
            text = self.delimiter.join(parts[column : column + extra + 1])
            reading = [*parts[:column], text, *parts[column + extra + 1 :]]
            if all(map(_closed, reading)) and f'"{self.delimiter}"' not in text:  # else it holds fields
                plain = [_unquoted(cell) for cell in reading]
                readings += [plain] if self.fits(plain) else []
        return readings[0] if len(readings) == 1 else None


def _closed(cell: str) -> bool:
    """Whether quotes stand at both ends of a cell or at neither."""
    return (cell[:1] != '"' and cell[-1:] != '"') or (len(cell) > 1 and cell[:1] == cell[-1:] == '"')


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell[:1] == '"' else cell


def _split(pattern: re.Pattern[str], record: str) -> list[str] | None:
    fields: list[str] = []
    at = 0
    while True:
        match = pattern.match(record, at)
        if match is None:
            return None
        quoted = match[1]
        fields.append(match[2] if quoted is None else quoted.replace('""', '"'))
        if not match[3]:
            return fields if match.end() == len(record) else None
        at = match.end()


def anchors(rows: Sequence[Sequence[str]], width: int) -> tuple[tuple[int, str], ...]:
    """The columns of *rows* whose filled cells all have one telling form."""
    found = []
    for n in range(width):
        cells = [cell for row in rows if (cell := row[n].strip())]
        if len(cells) < max(1, len(rows) // 10):
            continue
        for kind, test in _SHAPES.items():
            if sum(map(test, cells)) == len(cells):
                found.append((n, kind))
                break
    return tuple(found)
