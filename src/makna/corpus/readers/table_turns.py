"""Tables of question and answer: by the header of their columns, or by labels in their cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from makna.corpus.readers.speakers import base, fold, words
from makna.corpus.records import RawTurn

_SPEAKER = words("pembicara penutur speaker nama name aktor subjek pelaku label")
_SPEECH = words("ucapan transkrip transcript percakapan dialog isi text teks ujaran tuturan verbatim speech")
_ASIDE = {
    "no": "number", "nomor": "number", "number": "number", "#": "number",
    "waktu": "time", "time": "time", "menit": "time", "durasi": "time", "timestamp": "time",
}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """What the columns of a table hold: speech under a label, or a column of labels beside one of speech."""

    speech: tuple[tuple[int, str], ...] = ()  # (column, label)
    speaker: int | None = None
    aside: tuple[tuple[int, str], ...] = ()  # columns that never enter, with their names


def columns(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a table whose first row is a header of question and answer; None where it is not."""
    header = [cell.strip() for cell in rows[0]]
    names = [fold(cell) for cell in header]
    first = [regex.split(r"[\s/(]+", n)[0] if n else "" for n in names]
    aside = tuple((n, _ASIDE.get(f, "other")) for n, f in enumerate(first) if f and not base(header[n]))
    speaker = next((n for n, f in enumerate(first) if f in _SPEAKER), None)
    spoken = next((n for n, f in enumerate(first) if f in _SPEECH), None)
    if speaker is not None and spoken is not None:
        kept = (speaker, spoken)
        return Columns(((spoken, ""),), speaker, tuple((n, what) for n, what in aside if n not in kept))
    speech = tuple((n, cell) for n, cell in enumerate(header) if cell and _heads_speech(cell))
    return Columns(speech, None, aside) if len(speech) > 1 else None


def _heads_speech(cell: str) -> bool:
    """Whether a header cell says who speaks below it ("Pertanyaan", "Jawaban informan", "P", "Informan 3")."""
    first = cell.split(maxsplit=1)[0].strip(":.")
    return len(cell) <= 40 and (
        base(cell.strip(":. ")) is not None or (len(first) > 3 and base(first) is not None)
    )


def turns(rows: Sequence[Sequence[str]], found: Columns, dropped: Counter[str]) -> Iterator[RawTurn]:
    """The turns of a table, row by row; *dropped* takes the count of cells that stay outside."""
    speaker = ""
    for row in rows[1:]:
        cells = dict(enumerate(cell.strip() for cell in row))
        dropped.update(what for n, what in found.aside if cells.get(n))
        if found.speaker is not None:
            speaker = (
                cells.get(found.speaker, "").rstrip(" :") or speaker
            )  # a merged cell means: still the same
        for n, label in found.speech:
            if cells.get(n):
                yield RawTurn(cells[n], label.strip(" :.") or speaker or None)


def as_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table without such a header as lines: ``label<tab>speech`` where cells hold labels, else cell by cell."""
    for row in rows:
        cells = [cell.strip().strip(":").strip() if n else cell.strip() for n, cell in enumerate(row)]
        cells = [cell for cell in cells if cell]
        if len(cells) > 2 and regex.fullmatch(r"\d{1,4}[.)]?", cells[0]):
            cells = cells[1:]
        if len(cells) == 2 and len(cells[0]) <= 40 and "\n" not in cells[0]:
            yield f"{cells[0].rstrip(' :')}: {cells[1]}"
        else:
            yield from cells
