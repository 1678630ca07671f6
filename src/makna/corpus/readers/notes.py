"""Field notes in TXT, Markdown and DOCX: paragraphs as units.

Date, session and type are taken where the note states them: in a front matter, in ``Tanggal:``-like lines at its head,
or in headings. Other lines of the head are counted and left out; headings further down stay as paragraphs. One that
states another type of note (*Reflektif*) begins a document of its own and is counted with the head.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import regex

from makna.corpus.model import SourceKind
from makna.corpus.readers import dates, docx_text, header, plain_text
from makna.corpus.readers.base import Block, Head, Options
from makna.corpus.readers.header import Header
from makna.corpus.readers.speakers import Line, words
from makna.corpus.readers.transcript import Pieces, pieces
from makna.corpus.records import Dropped, RawDocument, RawRecord, RawTurn, Rejection
from makna.errors import ReadError
from makna.i18n import _

_TYPES = {
    "descriptive": words("descriptive deskriptif deskripsi description"),
    "reflexive": words("reflexive reflective reflektif refleksi reflexion reflection"),
    "methodological": words("methodological metodologis metodologi"),
    "theoretical": words("theoretical teoretis teoritis analytic analitis analitik"),
}
_HEADING = regex.compile(r"^\s*(#{1,6})\s+(.+?)\s*#*\s*$")
_UNDERLINE = regex.compile(r"^\s*(?:={3,}|-{3,}|\*{3,}|_{3,})\s*$")
_TITLES = 12  # words of a heading at most


@dataclass
class _Note:
    """A part of a note: its type, and its paragraphs as they grow."""

    type: str | None
    where: int
    paragraphs: list[str] = field(default_factory=list)


class FieldNotes:
    """Field notes."""

    name = "field-notes"
    title = "Field notes (TXT, Markdown, DOCX)"
    kinds: tuple[SourceKind, ...] = (SourceKind.FIELD_NOTE,)
    provides = frozenset({"text"})
    parallel = False

    def sniff(self, head: Head) -> float:
        """Any prose may be a note; surer where the head says so."""
        if head.suffix == ".docx" or (head.data.startswith(b"PK") and b"word/" in head.data):
            return 0.92 if head.whole and _names_itself(_start_of_word(head)) else 0.5
        if not head.text.strip() or head.suffix not in ("", ".txt", ".md", ".markdown", ".text"):
            return 0.0
        start = plain_text.tidy(head.text)[:600]
        said = regex.search(
            r"\b(?:catatan lapangan|catatan observasi|field ?notes?|memo lapangan)\b", start, regex.I
        )
        return 0.92 if said else 0.4

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """The whole file as one block. Raises a ReadError that names the file and the remedy."""
        yield Block(1, path.stat().st_size, pieces(path))

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """A document for each type of note in the file, and what stayed outside."""
        yield from notes(block.payload, options)


def _names_itself(start: str) -> bool:
    named = regex.compile(r"\b(?:catatan lapangan|catatan observasi|field ?notes?|memo lapangan)\b", regex.I)
    return named.search(start) is not None


def _start_of_word(head: Head) -> str:
    try:
        blocks = docx_text.parse(head.data, "").blocks[:8]
    except ReadError:
        return ""  # reading it says what is wrong with it
    return "\n".join(b.text for b in blocks if isinstance(b, docx_text.Paragraph))


def notes(source: Pieces, options: Options) -> Iterator[RawRecord]:
    """The notes in *source*, in order; a Rejection where nothing stands below the head."""
    lines = _flat(source)
    head = _head(lines)
    dropped = Counter(source.dropped) + head.dropped
    parts = _split(lines[head.end :], _type(head), dropped, wrapped=source.wrapped)
    found = [n for n in parts if n.paragraphs]
    kind = options.kind or SourceKind.FIELD_NOTE
    for note in found:
        turns = [RawTurn(p) for p in note.paragraphs]
        yield RawDocument(
            note.where, kind, turns, title=options.title, date=head.date, session=_session(head, note)
        )
    if not found:
        yield Rejection(
            1,
            _(
                "The note holds no paragraph below its head: write the note below the lines that state its date."
            ),
        )
    if dropped:
        yield Dropped(dict(dropped))


def _flat(source: Pieces) -> list[Line]:
    """All lines; a table row by row, its cells parted by tabs."""
    found: list[Line] = []
    for piece in source.found:
        if isinstance(piece, docx_text.Table):
            where = found[-1].where if found else 1
            found += [
                Line("\t".join(c.replace("\n", " ") for c in row if c.strip()), where) for row in piece.rows
            ]
        else:
            found.append(piece)
    return found


def _head(lines: Sequence[Line]) -> Header:
    """Front matter, then ``Key: value`` lines and headings up to the first prose."""
    head = header.front_matter(lines)
    while head.end < len(lines):
        text = lines[head.end].text
        found = header.entry(text)
        if found is not None and found[2] is not None and len(found[1].split()) <= _TITLES:
            header.take(head, *found)
        elif _is_title(text):
            head.stated.setdefault("heading", "")
            head.stated["heading"] += f" {text}"
            head.date = head.date or dates.iso(text)
            head.dropped["title"] += 1
        elif text.strip() and not _UNDERLINE.match(text):
            break
        head.end += 1
    return head


def _is_title(text: str) -> bool:
    """A heading by its mark, or a short line that says what the file is or when it was written, and no sentence."""
    plain = text.strip()
    if not plain or len(plain.split()) > _TITLES or plain[-1] in ".!?":
        return False
    named = regex.search(r"(?:catatan|observasi|lapangan|field ?notes?|memo|transkrip)", plain, regex.I)
    dated = dates.iso(plain) is not None and len(plain.split()) <= 7
    says = bool(named) or dated
    return says or (_HEADING.match(text) is not None and _stated_type(plain) is not None)


def _stated_type(text: str) -> str | None:
    spoken = set(regex.findall(r"\p{L}+", text.casefold()))
    return next((name for name, known in _TYPES.items() if spoken & known), None)


def _type(head: Header) -> str | None:
    fields = [
        v
        for k, v in head.stated.items()
        if regex.match(r"(?:jenis|tipe|type|catatan|heading|kategori|tags)", k)
    ]
    return next((found for value in fields if (found := _stated_type(value))), None)


def _session(head: Header, note: _Note) -> str | None:
    """ "Sesi 2, reflexive": the session and the type, as far as they are stated."""
    number = next(
        (v for k, v in head.stated.items() if regex.match(r"(?:sesi|session|pertemuan)", k) and v), None
    )
    return ", ".join(part for part in (number, note.type) if part) or None


def _split(lines: Sequence[Line], first: str | None, dropped: Counter[str], *, wrapped: bool) -> list[_Note]:
    """Paragraphs, in a new note wherever a heading states another type."""
    found = [_Note(first, lines[0].where if lines else 1)]
    fresh = True
    for line in lines:
        text = line.text.strip()
        if not text or _UNDERLINE.match(text):
            fresh = True
            continue
        stated = _stated_type(text) if _heads(line) else None
        if stated is not None:
            if stated != found[-1].type and found[-1].paragraphs:
                found.append(_Note(stated, line.where))
            found[-1].type = stated
            dropped["title"] += 1
            fresh = True
            continue
        heading = _HEADING.match(text)
        if wrapped and not fresh and not heading and not regex.match(r"(?:[-*+•]|\d{1,3}[.)])\s", text):
            found[-1].paragraphs[-1] += f" {text}"
        else:
            found[-1].paragraphs.append(heading[2] if heading else text)
        fresh = heading is not None
    return found


def _heads(line: Line) -> bool:
    """A heading of a part: marked, bold as a whole, or a few words without a full stop."""
    text = line.text.strip()
    return bool(_HEADING.match(text)) or (len(text.split()) <= 4 and text[-1] not in ".!?,;")
