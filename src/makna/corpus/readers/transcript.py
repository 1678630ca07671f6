"""Interview transcripts in TXT, Markdown and DOCX: running text with speaker labels, or tables of question and answer.

A turn begins at a label (:mod:`makna.corpus.readers.speakers`); lines that follow belong to it. Lines that a text
editor wrapped are joined by a space, paragraphs by a line end. What stands before the first turn is not speech: its
date enters, the rest is counted. Time codes stay outside. Where nothing is labelled, paragraphs are units of no
named speaker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from makna.corpus.model import SourceKind
from makna.corpus.readers import docx_text, header, plain_text, speakers, table_turns
from makna.corpus.readers.base import Block, Head, Options
from makna.corpus.readers.speakers import Labelled, Line
from makna.corpus.records import Dropped, RawDocument, RawRecord, RawTurn, Rejection
from makna.errors import ReadError
from makna.i18n import _

_CODES = regex.compile(rf"[\[<({{]\s*{speakers.CLOCK}(?:\s*(?:-->|[-–—])\s*{speakers.CLOCK})?\s*[\]>)}}]\s?")
_ONLY_TIME = regex.compile(rf"^\s*(?:{speakers.TIME}\s*)+$")
_LEADING = regex.compile(r"^\s*\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?\s+")
_PIPES = regex.compile(r"^\s*\|(.+)\|\s*$")
_RULE = regex.compile(r"^[\s|:\-]+$")
LONG = 120  # a file with longer lines was not wrapped by an editor: each line is a paragraph

Piece = Line | docx_text.Table


class Transcript:
    """Interview transcripts with speaker labels."""

    name = "transcript"
    title = "Interview transcript (TXT, Markdown, DOCX)"
    kinds: tuple[SourceKind, ...] = (SourceKind.INTERVIEW,)
    provides = frozenset({"text"})
    parallel = False

    def sniff(self, head: Head) -> float:
        """Sure where labels recur; a Word document too long to look into may always be one."""
        if head.suffix == ".docx" or (head.data.startswith(b"PK") and b"word/" in head.data):
            return _sniff_docx(head)
        if not head.text or head.suffix not in ("", ".txt", ".md", ".markdown", ".text"):
            return 0.0
        return _sureness(list(_lines(plain_text.tidy(head.text))))

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """The whole file as one block. Raises a ReadError that names the file and the remedy."""
        yield Block(1, path.stat().st_size, pieces(path))

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """One document, and what stayed outside it."""
        found: Pieces = block.payload
        yield from document(found, options)


@dataclass(frozen=True)
class Pieces:
    """The lines and tables of a file, what its format held beside them, and whether an editor wrapped its lines."""

    found: list[Piece]
    dropped: dict[str, int]
    wrapped: bool


def pieces(path: Path) -> Pieces:
    """The lines and tables of a TXT, Markdown or DOCX file. Raises a ReadError that names the file and the remedy."""
    data = plain_text.read_bytes(path)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        read = docx_text.parse(data, path.name)
        return Pieces(list(_docx_pieces(read)), dict(read.dropped), False)
    text = plain_text.read_text(path)
    return Pieces(list(_lines(text)), {}, max(map(len, text.split("\n"))) <= LONG)


def _docx_pieces(read: docx_text.Docx) -> Iterator[Piece]:
    """Paragraphs with their place; a soft line end that begins with a label begins a line of its own."""
    for where, block in enumerate(read.blocks, 1):
        if isinstance(block, docx_text.Table):
            yield block
            continue
        start = 0
        for text in block.text.split("\n"):
            yield Line(text, where, max(0, min(len(text), block.bold - start)))
            start += len(text) + 1


def _lines(text: str) -> Iterator[Piece]:
    """Lines, with Markdown tables (``| P | I |``) taken together."""
    table: list[tuple[str, ...]] = []
    for where, line in enumerate(text.split("\n"), 1):
        row = _PIPES.match(line)
        if row:
            if not _RULE.match(line):
                table.append(tuple(cell.strip().replace("<br>", "\n") for cell in row[1].split("|")))
            continue
        if table:
            yield docx_text.Table(tuple(table))
            table = []
        yield Line(line, where)
    if table:
        yield docx_text.Table(tuple(table))


def _sniff_docx(head: Head) -> float:
    if not head.whole:
        return 0.6
    try:
        return _sureness(list(_docx_pieces(docx_text.parse(head.data, ""))))
    except ReadError:
        return 0.6  # reading it says what is wrong with it


def _sureness(found: Sequence[Piece]) -> float:
    tables = [p for p in found if isinstance(p, docx_text.Table) and table_turns.columns(p.rows)]
    lines = [p for p in found if isinstance(p, Line) and p.text.strip()]
    chosen = speakers.choose(lines)
    chosen = {n: t for n, t in chosen.items() if n >= header.of_transcript(lines, chosen).end}
    labels = Counter(speakers.fold(t.label) for t in chosen.values())
    if tables or (len(labels) > 1 and len(chosen) >= 3):
        return 0.9
    return 0.55 if labels else 0.2


def document(source: Pieces, options: Options) -> Iterator[RawRecord]:
    """The transcript in *source*; a Rejection where it holds nothing that was said."""
    dropped = Counter(source.dropped)
    lines = list(_all_lines(source.found))
    spoken = [line for line in lines if isinstance(line, Line)]
    chosen = speakers.choose(spoken, named=options.speakers)
    head = (
        header.of_transcript(spoken, chosen)
        if chosen or len(spoken) < len(lines)
        else header.front_matter(spoken)
    )
    turns = _turns(lines, source.wrapped, chosen, head.end, dropped)
    dropped += head.dropped
    if not turns:
        reason = _(
            "No turn was found: begin each turn with a label such as P: or I:, then import the file again."
        )
        yield Rejection(1, reason)
    else:
        labels = [t.speaker for t in turns if t.speaker]
        meant = speakers.roles(labels, overrides=options.speakers, turns=turns, legend=head.legend)
        kind = options.kind or SourceKind.INTERVIEW
        yield RawDocument(1, kind, turns, title=options.title, date=head.date, roles=meant)
    if dropped:
        yield Dropped(dict(dropped))


def _all_lines(found: Iterable[Piece]) -> Iterator[Line | docx_text.Table]:
    """Tables of question and answer stay; other tables become lines at their place."""
    where = 1
    for piece in found:
        if isinstance(piece, Line):
            where = piece.where
            yield piece
        elif table_turns.columns(piece.rows):
            yield piece
        else:
            for text in table_turns.as_lines(piece.rows):
                yield from (Line(part, where) for part in text.split("\n"))


def _turns(
    lines: Sequence[Line | docx_text.Table],
    wrapped: bool,
    chosen: dict[int, Labelled],
    head: int,
    dropped: Counter[str],
) -> list[RawTurn]:
    """Lines after the *head* joined into turns, tables at their place."""
    spoken = [line for line in lines if isinstance(line, Line)]
    begun = {id(spoken[n]): turn for n, turn in chosen.items() if n >= head}
    outside = {id(line) for line in spoken[:head]}
    made: list[_Turn] = []
    for line in lines:
        if isinstance(line, docx_text.Table):
            found = table_turns.columns(line.rows)
            made += (
                [
                    _Turn(t.speaker, [_untimed(t.text, dropped)])
                    for t in table_turns.turns(line.rows, found, dropped)
                ]
                if found
                else []
            )
            made.append(_Turn(None, []))
        elif id(line) in outside:
            continue
        elif id(line) in begun:
            turn = begun[id(line)]
            if turn.timed:
                dropped["time"] += 1
            made.append(_Turn(turn.label, [_untimed(_without_emphasis(line.text, turn.speech), dropped)]))
        else:
            if not made or (not begun and not line.text.strip()):
                made.append(_Turn(None, []))
            plain = _untimed(line.text, dropped)
            if plain or not line.text.strip():
                made[-1].add(plain, wrapped)
    return [RawTurn(text, turn.speaker) for turn in made if (text := turn.text())]


class _Turn:
    """A turn as it grows: paragraphs of wrapped lines."""

    def __init__(self, speaker: str | None, paragraphs: list[str]) -> None:
        self.speaker, self._paragraphs, self._fresh = speaker, paragraphs, False

    def add(self, line: str, wrapped: bool) -> None:
        if not line.strip():
            self._fresh = True
            return
        if self._paragraphs and wrapped and not self._fresh:
            self._paragraphs[-1] = f"{self._paragraphs[-1]} {line.strip()}"
        else:
            self._paragraphs.append(line)
        self._fresh = False

    def text(self) -> str:
        return "\n".join(p.strip() for p in self._paragraphs if p.strip())


def _without_emphasis(line: str, speech: str) -> str:
    """*speech* without the closing mark of an emphasis that spans the whole line (``*I: ya*``)."""
    match = regex.match(r"^\s*([*_]{1,3})", line)
    if match and speech.endswith(match[1]) and match[1] not in speech[: -len(match[1])]:
        return speech[: -len(match[1])]
    return speech


def without_codes(text: str) -> tuple[str, int]:
    """*text* without the time codes that stand in brackets, and how many there were."""
    plain, codes = _CODES.subn("", text)
    return plain, codes


def _untimed(text: str, dropped: Counter[str]) -> str:
    """*text* without time codes: in brackets anywhere, alone on a line, or h:mm:ss at a line's start."""
    lines = []
    for line in text.split("\n"):
        plain, codes = without_codes(line)
        plain, leading = _LEADING.subn("", plain)
        alone = bool(_ONLY_TIME.match(plain))
        if codes or leading or alone:
            dropped["time"] += codes + leading + alone
        lines += [] if alone or not plain.strip() else [plain.strip()]
    return "\n".join(lines)
