"""Captions as interviews: SubRip and WebVTT with voice tags or ``Nama:`` labels, into speaker turns.

Successive cues of one speaker are one turn. Without speakers, cues become paragraphs: a new one after a pause of two
seconds, at a sentence end once the paragraph is long enough, or where it grows too long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import regex

from makna.corpus.model import SourceKind
from makna.corpus.readers import cues as cue_files
from makna.corpus.readers import plain_text, speakers
from makna.corpus.readers.base import Block, Head, Options
from makna.corpus.readers.cues import Cue, Cues
from makna.corpus.readers.speakers import Line
from makna.corpus.readers.transcript import without_codes
from makna.corpus.records import Dropped, RawDocument, RawRecord, RawTurn, Rejection
from makna.errors import NothingToRead
from makna.i18n import _

_PAUSE = 2.0  # seconds
_ENOUGH, _TOO_LONG = 200, 1000  # characters of a paragraph
_SENTENCE_END = regex.compile(r"[.?!…][\"'”’)]*$")
_DASH = regex.compile(r"[-–—]\s*\S")  # two voices in one caption, as subtitlers write it
_SUBRIP = regex.compile(r"^\s*(?:\d+[ \t]*\n)?\s*\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}[ \t]*-->", regex.MULTILINE)


class Captions:
    """SubRip and WebVTT."""

    name = "captions"
    title = "Captions (SRT, WebVTT)"
    kinds: tuple[SourceKind, ...] = (SourceKind.INTERVIEW,)
    provides = frozenset({"text"})
    parallel = False

    def sniff(self, head: Head) -> float:
        """Sure of ``WEBVTT``, nearly sure of a first SubRip time line."""
        text = plain_text.tidy(head.text)
        if cue_files.is_webvtt(text):
            return 1.0
        if _SUBRIP.match(text):
            return 0.95
        return 0.8 if head.suffix in (".srt", ".vtt") and "-->" in text else 0.0

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """The whole file as one block. Raises a ReadError that names the file and the remedy."""
        found = cue_files.parse(plain_text.read_text(path))
        if not any(cue.lines for cue in found.cues):
            message = _(
                "{name} holds no caption with a time line and text: export it again as SRT or WebVTT."
            )
            raise NothingToRead(message.format(name=path.name))
        yield Block(1, path.stat().st_size, found)

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """One document, a Rejection for each text without a time line, and what stayed outside."""
        found: Cues = block.payload
        turns = list(_turns(cue_files.unrolled(found.cues), options))
        meant = speakers.roles(
            [t.speaker for t in turns if t.speaker], overrides=options.speakers, turns=turns
        )
        kind = options.kind or SourceKind.INTERVIEW
        yield RawDocument(1, kind, turns, title=options.title, date=found.date, roles=meant)
        reason = _(
            "This text has no time line above it: add one (00:00:01.000 --> 00:00:02.000), or delete the text."
        )
        yield from (Rejection(where, reason) for where in found.lost)
        empty = sum(not cue.lines for cue in found.cues)
        dropped = {**found.dropped, "time": len(found.cues), "empty cue": empty}
        yield Dropped({name: n for name, n in dropped.items() if n})


@dataclass
class _Said:
    """A stretch of one speaker's captions."""

    speaker: str | None
    parts: list[str] = field(default_factory=list)
    end: float | None = None

    def text(self) -> str:
        return "".join(("\n" if _DASH.match(p) else " ") + p for p in self.parts)[1:]


def _turns(found: Sequence[Cue], options: Options) -> Iterator[RawTurn]:
    """Cues merged into turns, or into paragraphs where nobody is named."""
    named = any(voice for cue in found for voice, _text in cue.lines)
    said: list[_Said] = []
    for cue, speaker, text in _labelled(found, options):
        last = said[-1] if said else None
        stays = last is not None and (speaker == last.speaker if named else speaker in (None, last.speaker))
        if last is None or not stays or (last.speaker is None and _breaks(last, cue)):
            last = _Said(speaker)
            said.append(last)
        last.parts.append(without_codes(text)[0])
        last.end = cue.end
    yield from (RawTurn(one.text(), one.speaker) for one in said if one.text())


def _labelled(found: Sequence[Cue], options: Options) -> Iterator[tuple[Cue, str | None, str]]:
    """(cue, speaker, text) of each caption line: the speaker by its voice tag, else by a label at its start."""
    lines = [(cue, voice, Line(text, cue.where)) for cue in found for voice, text in cue.lines]
    unvoiced = [n for n, (_cue, voice, _line) in enumerate(lines) if voice is None]
    chosen = speakers.choose([lines[n][2] for n in unvoiced], named=options.speakers)
    begun = {unvoiced[n]: turn for n, turn in chosen.items() if turn.form in ("colon", "bold")}
    for n, (cue, voice, line) in enumerate(lines):
        turn = begun.get(n)
        yield cue, turn.label if turn else voice, turn.speech if turn else line.text


def _breaks(last: _Said, cue: Cue) -> bool:
    """Whether *cue* begins a new paragraph after *last*."""
    if last.end is not None and cue.start is not None and cue.start - last.end >= _PAUSE:
        return True
    length = len(last.text())
    return length >= _TOO_LONG or (length >= _ENOUGH and _SENTENCE_END.search(last.parts[-1]) is not None)
