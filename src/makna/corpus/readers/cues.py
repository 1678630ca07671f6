"""Caption files taken apart into cues: WebVTT and SubRip with one tolerant parser.

The maintained parsers were tried on damaged files: webvtt-py skips a cue with a bad time without saying so, drops cues
without text and keeps entities; srt leaves WebVTT aside. A researcher must learn what was lost and where, so the
parser is small and our own. It follows the time lines: a bad time keeps its text, because times do not enter a study
anyway; words without any time line are reported with their line.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from makna.corpus.readers import dates

_STAMP = regex.compile(r"(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?(?![\w:])")
_TAG = regex.compile(
    r"</?(?:c|i|b|u|s|v|ruby|rt|lang|font|span|p|br|em|strong)(?:[.\s][^<>]*)?/?>|<\d[\d:.,]*>|\{\\[^{}]*\}",
    regex.IGNORECASE,
)
_VOICE = regex.compile(r"<v(?:\.[^\s<>]*)*\s+([^<>]*)>", regex.IGNORECASE)
_INLINE_TIME = regex.compile(r"<\d[\d:.,]*>")
_ASIDE = {"NOTE": "note", "STYLE": "style", "REGION": "style"}


@dataclass
class Cue:
    """A caption: its line in the file, its times in seconds (None where they cannot be read), its lines of text."""

    where: int
    start: float | None
    end: float | None
    lines: list[tuple[str | None, str]]  # (voice, text without tags)
    inline: bool = False  # words carry times of their own, as in captions made by machine


@dataclass
class Cues:
    """What a caption file holds."""

    cues: list[Cue] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)  # lines of text that no time line introduces
    dropped: Counter[str] = field(default_factory=Counter)
    date: str | None = None  # stated in the header, a note, or above the first caption


def is_webvtt(text: str) -> bool:
    """Whether *text* begins as WebVTT."""
    return regex.match(r"\s*WEBVTT(?:\s|$)", text) is not None


def parse(text: str) -> Cues:
    """The cues of *text* (line ends as ``\\n``), in the order of the file."""
    found, webvtt = Cues(), is_webvtt(text)
    for where, block in _blocks(text):
        times = [n for n, line in enumerate(block) if "-->" in line]
        word = block[0].split(maxsplit=1)[0].rstrip(":") if block[0].strip() else ""
        if webvtt and word == "WEBVTT" and not found.cues:
            found.dropped["header"] += 1
            _date(found, block[: min(times, default=len(block))])
            times = [n for n in times if n > 0]
        if webvtt and word in _ASIDE and not times:
            found.dropped[_ASIDE[word]] += 1
            _date(found, block)
        elif times:
            _take(found, where, block, times)
        elif not found.cues and _date(found, block):
            found.dropped["header"] += 1
        elif word != "WEBVTT":
            _orphan(found, where, block, webvtt)
    return found


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines between empty ones, with the line number of the first. A line of spaces is not empty: captions that roll use it."""
    block: list[str] = []
    for where, line in enumerate(text.split("\n"), 1):
        if line:
            block.append(line)
        elif block:
            yield where - len(block), block
            block = []
    if block:
        yield text.count("\n") + 2 - len(block), block


def _date(found: Cues, lines: Sequence[str]) -> bool:
    """Note the day that *lines* beside the captions state; says whether they state one."""
    stated = dates.iso(" ".join(lines))
    found.date = found.date or stated
    return stated is not None


def _take(found: Cues, where: int, block: Sequence[str], times: Sequence[int]) -> None:
    """The cues of one block; where the empty line between two is missing, there are several."""
    before = [line for line in block[: times[0]] if line.strip()]
    header = before[:1] and before[0].startswith("WEBVTT")
    if (
        len(before) > 1 and found.cues and not header
    ):  # the last line is the cue's identifier, the others are text
        found.cues[-1].lines += _voices(before[:-1])
    for n, at in enumerate(times):
        stop = times[n + 1] if n + 1 < len(times) else len(block)
        text = list(block[at + 1 : stop])
        if n + 1 < len(times) and text and text[-1].strip().isdigit():
            text.pop()
        stamps = [_seconds(part) for part in block[at].split("-->")[:2]]
        inline = any(_INLINE_TIME.search(line) for line in text)
        found.cues.append(Cue(where + at, stamps[0], stamps[1], _voices(text), inline))


def _orphan(found: Cues, where: int, block: Sequence[str], webvtt: bool) -> None:
    """Text without a time line: in SubRip the rest of a cue with an empty line in it; in WebVTT it is lost."""
    if all(line.strip().isdigit() or not line.strip() for line in block):
        return
    if webvtt or not found.cues:
        found.lost.append(where)
    else:
        found.cues[-1].lines += _voices(block)


def _seconds(stamp: str) -> float | None:
    match = _STAMP.search(stamp)
    if match is None:
        return None
    hours, minutes, seconds, rest = (int(g or 0) for g in match.groups())
    return hours * 3600 + minutes * 60 + seconds + rest / 10 ** len(match[4] or "0")


def _voices(lines: Sequence[str]) -> list[tuple[str | None, str]]:
    """Lines without tags, each under the voice that speaks it; a voice lasts to the next within a cue."""
    voice: str | None = None
    found: list[tuple[str | None, str]] = []
    for line in lines:
        pieces = _VOICE.split(line)
        spoken = [(voice, pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]
        for name, text in spoken:
            voice = html.unescape(name).strip() or None if name else None
            plain = html.unescape(_TAG.sub("", text)).replace("\u200e", "").replace("\u200f", "")
            plain = " ".join(plain.split())
            if plain:
                found.append((voice, plain))
    return found


def unrolled(cues: Sequence[Cue]) -> list[Cue]:
    """*cues* without the lines that rolling captions show again, where the file's captions roll."""
    if not _rolls(cues):
        return list(cues)
    kept: list[Cue] = []
    shown: list[tuple[str | None, str]] = []
    for cue in cues:
        again = next(
            (n for n in range(min(len(shown), len(cue.lines)), 0, -1) if shown[-n:] == cue.lines[:n]), 0
        )
        fresh = cue.lines[again:]
        if not again and len(shown) == 1 and fresh and fresh[0][1].startswith(shown[0][1] + " "):
            fresh = [
                (fresh[0][0], fresh[0][1][len(shown[0][1]) + 1 :]),
                *fresh[1:],
            ]  # a caption that grows word by word
        if cue.lines:
            shown = cue.lines
        if fresh:
            kept.append(Cue(cue.where, cue.start, cue.end, fresh, cue.inline))
    return kept


def _rolls(cues: Sequence[Cue]) -> bool:
    """Words with times of their own, or a third of the cues (and three) that begin with what the last one showed."""
    if any(cue.inline for cue in cues):
        return True
    pairs = [(a.lines, b.lines) for a, b in pairwise(cues) if a.lines and b.lines]
    again = sum(
        (len(b) > 1 and a[-1] == b[0]) or (len(a) == 1 and b[0][1].startswith(a[0][1] + " "))
        for a, b in pairs
    )
    return again >= 3 and 3 * again >= len(pairs)
