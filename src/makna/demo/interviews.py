"""The interviews of the demo: hand-written exchanges, put together by the seed, in the forms students keep them.

In a text, exchanges stand between empty lines. A line that begins with ``?`` belongs to an exchange that is left out
in some interviews; `` || `` parts alternatives of one turn. Everything else is the same whatever the seed, so the
passages that findings cite are always there.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import docx

from makna.demo.phrases import load, read

Turn = tuple[str, str]  # ("P", what the researcher said) or ("I", what the informant said)
_KEPT = 0.7  # chance of an exchange that may be left out
_THEN = (1980, 1, 1, 0, 0, 0)  # a fixed date for archive members: same seed, same bytes

INFORMANTS: tuple[dict[str, Any], ...] = tuple(load("interviews")["informant"])
MOTIVES: dict[str, list[str]] = {one["code"]: one["motives"] for one in INFORMANTS}


def turns(text: str, rng: Random) -> list[Turn]:
    """The turns of one interview, from its hand-written *text*."""
    made: list[Turn] = []
    for exchange in text.strip().split("\n\n"):
        lines = exchange.split("\n")
        if lines[0].startswith("? ") and rng.random() > _KEPT:
            continue
        for line in lines:
            label, _colon, speech = line.removeprefix("? ").partition(": ")
            made.append((label, rng.choice(speech.split(" || "))))
    return made


def write_interviews(folder: Path, seed: int) -> None:
    """Write all transcripts into *folder*, each in its own form."""
    for number, one in enumerate(INFORMANTS):
        spoken = turns(read(f"interviews/{one['text']}"), Random(seed * 31 + number))
        (folder / one["file"]).write_bytes(_FORMS[one["form"]](one, spoken))


def _head(one: dict[str, Any]) -> list[str]:
    return ["Transkrip Wawancara", f"Tanggal: {one['date']}", "Tempat: disamarkan", "Durasi: 58 menit"]


def _txt(one: dict[str, Any], spoken: Sequence[Turn]) -> bytes:
    lines = [*_head(one), "Keterangan:", "P: Peneliti", "I: Informan", ""]
    lines += [f"{label}: {speech}" for label, speech in spoken]
    return ("\n".join(lines) + "\n").encode()


def _txt_long(one: dict[str, Any], spoken: Sequence[Turn]) -> bytes:
    names = {"P": "Peneliti", "I": one["code"]}
    body = [f"{names[label]}: {speech}" for label, speech in spoken]
    return ("\r\n".join([*_head(one), "", *body]) + "\r\n").encode()


def _md(one: dict[str, Any], spoken: Sequence[Turn]) -> bytes:
    names = {"P": "Peneliti", "I": one["code"]}
    front = ["---", f"tanggal: {one['date']}", "jenis: wawancara", "---", ""]
    return "\n".join([*front, *(f"**{names[label]}:** {speech}\n" for label, speech in spoken)]).encode()


def _captions(one: dict[str, Any], spoken: Sequence[Turn], *, voice: bool) -> bytes:
    """Cues of a sentence or two; a speaker's name stands at the first cue of a turn, or in every voice tag."""
    names, at, out, number = {"P": "Peneliti", "I": one["code"]}, 1.0, [], 0
    for label, speech in spoken:
        for first, piece in enumerate(_pieces(speech)):
            number, end = number + 1, at + 1.2 + len(piece) / 15
            times = f"{_clock(at, voice)} --> {_clock(end, voice)}"
            named = (
                f"<v {names[label]}>{piece}" if voice else (piece if first else f"{names[label]}: {piece}")
            )
            out.append(f"{times}\n{named}\n" if voice else f"{number}\n{times}\n{named}\n")
            at = end + 0.3
    return ("WEBVTT\n\n" * voice + "\n".join(out)).encode()


def _pieces(speech: str) -> list[str]:
    """A turn cut after its sentences, as captions are."""
    found = [""]
    for word in speech.split():
        if len(found[-1]) > 60 and found[-1][-1] in ".,?":
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    return found


def _clock(seconds: float, dot: bool) -> str:
    whole, part = int(seconds), round(seconds % 1 * 1000) % 1000
    return f"{whole // 3600:02d}:{whole % 3600 // 60:02d}:{whole % 60:02d}{'.' if dot else ','}{part:03d}"


def _docx(one: dict[str, Any], spoken: Sequence[Turn]) -> bytes:
    document = docx.Document()
    for line in _head(one):
        document.add_paragraph(line)
    for label, speech in spoken:
        document.add_paragraph().add_run(f"{label}: ").bold = True
        document.paragraphs[-1].add_run(speech)
    return _saved(document)


def _docx_table(one: dict[str, Any], spoken: Sequence[Turn]) -> bytes:
    document = docx.Document()
    for line in _head(one):
        document.add_paragraph(line)
    asked = [speech for label, speech in spoken if label == "P"]
    answered = [speech for label, speech in spoken if label == "I"]
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ("No", "Pertanyaan", "Jawaban"), strict=True):
        cell.text = text
    for number, pair in enumerate(zip(asked, answered, strict=True), 1):
        for cell, text in zip(table.add_row().cells, (str(number), *pair), strict=True):
            cell.text = text
    return _saved(document)


def _saved(document: Any) -> bytes:
    """A Word file with fixed dates in its archive."""
    made, fixed = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for member in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            target.writestr(zipfile.ZipInfo(member, _THEN), source.read(member), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


_FORMS: dict[str, Callable[[dict[str, Any], Sequence[Turn]], bytes]] = {
    "txt": _txt,
    "txt_long": _txt_long,
    "md": _md,
    "srt": lambda one, spoken: _captions(one, spoken, voice=False),
    "vtt": lambda one, spoken: _captions(one, spoken, voice=True),
    "docx": _docx,
    "docx_table": _docx_table,
}
