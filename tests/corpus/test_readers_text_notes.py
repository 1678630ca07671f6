"""Field notes: paragraphs, with date, session and type where the note states them."""

from __future__ import annotations

from pathlib import Path

import pytest

from makna.corpus.readers.base import Head, Options
from makna.corpus.readers.notes import FieldNotes
from makna.corpus.records import Dropped, RawDocument, RawRecord, Rejection

HEAD = Head(".md", b"", "", "utf-8", True)


def records(folder: Path, text: str, name: str = "catatan.md") -> list[RawRecord]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return [r for b in FieldNotes().blocks(path, HEAD, Options()) for r in FieldNotes().parse(b, Options())]


def notes(found: list[RawRecord]) -> list[tuple[str | None, str | None, list[str]]]:
    return [(r.date, r.session, [t.text for t in r.turns]) for r in found if isinstance(r, RawDocument)]


def test_front_matter_states_date_session_and_type(tmp_path: Path) -> None:
    """Front matter gives the three; paragraphs are units, wrapped lines joined."""
    text = "---\ndate: 2021-04-05\nsession: 2\ntype: reflektif\nobserver: Rina\n---\n\nSaya ragu\nbertanya.\n\nBesok lagi.\n"
    found = records(tmp_path, text)
    assert notes(found) == [("2021-04-05", "2, reflexive", ["Saya ragu bertanya.", "Besok lagi."])]
    assert "Rina" not in repr(found)
    assert next(r.fields for r in found if isinstance(r, Dropped)) == {"transcriber": 1}


def test_a_head_of_lines_and_headings(tmp_path: Path) -> None:
    """A title, ``Tanggal:`` and ``Tempat:`` are the head; the note begins below."""
    text = "# Catatan Lapangan Deskriptif\n\nTanggal: 5 April 2021\nTempat: grup jastip\n\nPagi ini ramai.\n"
    assert notes(records(tmp_path, text)) == [("2021-04-05", "descriptive", ["Pagi ini ramai."])]


def test_headings_of_parts_part_the_note(tmp_path: Path) -> None:
    """Descriptive and reflexive parts of one file are documents of their own, with the same date."""
    text = "Catatan lapangan, 5 April 2021\n\n## Deskriptif\nRamai sekali.\n\n## Suasana\nTenang.\n\n## Reflektif\nSaya kaget.\n"
    assert notes(records(tmp_path, text)) == [
        ("2021-04-05", "descriptive", ["Ramai sekali.", "Suasana", "Tenang."]),
        ("2021-04-05", "reflexive", ["Saya kaget."]),
    ]


def test_plain_prose_is_kept_whole(tmp_path: Path) -> None:
    """A note without any head loses nothing; list items stay apart."""
    text = "Pagi ini grup ramai: dua penjual\nbertukar foto.\n\n- sepatu\n- tas\n"
    found = records(tmp_path, text, "catatan.txt")
    assert notes(found) == [
        (None, None, ["Pagi ini grup ramai: dua penjual bertukar foto.", "- sepatu", "- tas"])
    ]
    assert not [r for r in found if isinstance(r, Dropped)]


def test_speaker_like_lines_are_prose_in_a_note(tmp_path: Path) -> None:
    """A note that quotes talk keeps it in its paragraph."""
    assert notes(records(tmp_path, "Di grup:\nP: ada?\nI: ada.\n"))[0][2] == ["Di grup: P: ada? I: ada."]


def test_a_head_alone_is_rejected(tmp_path: Path) -> None:
    """A note without any paragraph is one rejection with the remedy."""
    found = records(tmp_path, "Tanggal: 5 April 2021\nTempat: rumah\n")
    assert [type(r) for r in found] == [Rejection, Dropped]


@pytest.mark.parametrize(
    ("text", "least"), [("Catatan lapangan 1\nRamai.", 0.9), ("Ramai sekali hari ini.", 0.3), ("", 0.0)]
)
def test_sniffing(text: str, least: float) -> None:
    """A note that names itself is surer than prose; an empty file is nothing."""
    assert FieldNotes().sniff(Head(".txt", text.encode(), text, "utf-8", True)) >= least
    assert FieldNotes().sniff(Head(".csv", b"", text, "utf-8", True)) == 0.0
