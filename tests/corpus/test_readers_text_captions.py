"""Captions: cues into turns, tolerant of damaged files, and honest about what was lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from makna.corpus.readers import cues
from makna.corpus.readers.base import Head, Options
from makna.corpus.readers.captions import Captions
from makna.corpus.records import Dropped, RawDocument, RawRecord, Rejection
from makna.errors import NothingToRead

HEAD = Head(".vtt", b"", "", "utf-8", True)


def records(folder: Path, text: str | bytes, *, options: Options | None = None) -> list[RawRecord]:
    path = folder / "wawancara.vtt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    asked = options or Options()
    return [r for b in Captions().blocks(path, HEAD, asked) for r in Captions().parse(b, asked)]


def said(found: list[RawRecord]) -> list[tuple[str | None, str]]:
    return [(t.speaker, t.text) for r in found if isinstance(r, RawDocument) for t in r.turns]


def vtt(*texts: str, gap: float = 0.0) -> str:
    lines, at = ["WEBVTT", ""], 0.0
    for text in texts:
        lines += [f"00:00:{at:06.3f} --> 00:00:{at + 1:06.3f}", text, ""]
        at += 1 + gap
    return "\n".join(lines)


def test_voices_become_turns(tmp_path: Path) -> None:
    """Voice tags name the speaker, other tags go, entities are decoded, what only looks like a tag stays."""
    text = vtt(
        "<v Bu Melati>Halo &amp; <i>selamat</i> siang</v>",
        "<v.loud Bu Melati>lagi",
        "<v P>Ya <tertawa> 3 < 4",
    )
    assert said(records(tmp_path, text)) == [
        ("Bu Melati", "Halo & selamat siang lagi"),
        ("P", "Ya <tertawa> 3 < 4"),
    ]


def test_two_voices_in_one_cue(tmp_path: Path) -> None:
    """A cue may hold two speakers; a cue without voice belongs to nobody."""
    found = records(tmp_path, vtt("<v P>Kapan?</v> <v I>Dulu.</v>", "musik"))
    assert said(found) == [("P", "Kapan?"), ("I", "Dulu."), (None, "musik")]


def test_labels_in_the_text_become_turns(tmp_path: Path) -> None:
    """``P:`` begins a turn that lasts until the next label; roles follow the labels."""
    found = records(tmp_path, vtt("P: Sejak kapan?", "I: Sejak 2019,", "jadi gini: iseng.", "P: Oke."))
    assert said(found) == [("P", "Sejak kapan?"), ("I", "Sejak 2019, jadi gini: iseng."), ("P", "Oke.")]
    assert next(r.roles for r in found if isinstance(r, RawDocument)) == {
        "P": "researcher",
        "I": "participant",
    }


def test_without_speakers_a_pause_parts_paragraphs(tmp_path: Path) -> None:
    """Two seconds of silence begin a new paragraph; less does not."""
    assert len(said(records(tmp_path, vtt("satu", "dua", gap=1.9)))) == 1
    assert len(said(records(tmp_path, vtt("satu", "dua", gap=2.1)))) == 2


def test_without_speakers_a_long_paragraph_ends_with_a_sentence(tmp_path: Path) -> None:
    """Past two hundred characters a sentence end closes the paragraph, past a thousand anything does."""
    assert len(said(records(tmp_path, vtt("kata " * 45 + "selesai.", "lagi")))) == 2
    assert len(said(records(tmp_path, vtt("kata " * 45, "lagi")))) == 1
    assert len(said(records(tmp_path, vtt("kata " * 210, "lagi")))) == 2


def test_notes_styles_and_times_stay_outside(tmp_path: Path) -> None:
    """Comments, style sheets and the header are counted and never read as speech."""
    text = (
        "WEBVTT - judul kenari\nKind: captions\n\nNOTE kenari\n\nSTYLE\n::cue { color: kenari }\n\nREGION\nid:kenari\n\n"
        + vtt("halo")[8:]
    )
    found = records(tmp_path, text)
    assert said(found) == [(None, "halo")]
    assert "kenari" not in repr(found)
    assert next(r.fields for r in found if isinstance(r, Dropped)) == {
        "header": 1,
        "note": 1,
        "style": 2,
        "time": 1,
    }


def test_rolling_captions_are_read_once(tmp_path: Path) -> None:
    """Machine captions that show each line twice, and grow word by word, give each word once."""
    text = vtt(
        " \nhalo<00:00:00.500><c> semua</c>",
        "halo semua\n ",
        "halo semua\napa<00:00:02.500><c> kabar</c>",
        "apa kabar\n ",
    )
    assert said(records(tmp_path, text)) == [(None, "halo semua apa kabar")]
    growing = vtt("saya", "saya titip", "saya titip sepatu", "saya titip sepatu baru")
    assert said(records(tmp_path, growing)) == [(None, "saya titip sepatu baru")]


def test_what_people_repeat_is_kept(tmp_path: Path) -> None:
    """In captions made by hand, the same words twice were said twice."""
    assert said(records(tmp_path, vtt("ya", "ya", "ya"))) == [(None, "ya ya ya")]


def test_a_damaged_time_keeps_its_text_and_a_missing_one_is_reported(tmp_path: Path) -> None:
    """Times do not enter a study, so a bad one costs nothing; text without one is rejected at its line."""
    text = "WEBVTT\n\n00:01.000 --> 00:0x.000\nsatu\n\ntanpa waktu\n\n00:03.000 --> 00:04.000\ndua\n"
    found = records(tmp_path, text)
    assert said(found) == [(None, "satu dua")]
    assert [r.where for r in found if isinstance(r, Rejection)] == [6]
    assert "tanpa waktu" not in repr([r for r in found if isinstance(r, Rejection)])


def test_subrip_with_its_usual_faults(tmp_path: Path) -> None:
    """Empty lines in a cue, a missing line between cues, dots for commas, hours left out and ASS tags."""
    text = (
        '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="red">satu</font>\n\nlanjut\n\n'
        "2\n00:00:02.000-->00:00:03.000\ndua\n3\n00:03,000 --> 00:04,000\ntiga\n\n4\n00:00:05,000 --> 00:00:06,000\n\n"
    )
    found = records(tmp_path, text)
    assert said(found) == [(None, "satu lanjut dua tiga")]
    assert next(r.fields for r in found if isinstance(r, Dropped)) == {"time": 4, "empty cue": 1}


def test_positions_are_lines_of_the_file() -> None:
    """A cue knows the line of its time, whatever stands above it."""
    found = cues.parse("WEBVTT\n\nNOTE a\nb\n\nid\n00:01.000 --> 00:02.000\nhalo\n").cues
    assert [(c.where, c.start, c.end) for c in found] == [(7, 1.0, 2.0)]


@pytest.mark.parametrize(
    "text", ["WEBVTT\n", "WEBVTT\n\nNOTE only\n", "1\n00:00:01,000 --> 00:00:02,000\n\n"]
)
def test_files_without_speech_are_refused(tmp_path: Path, text: str) -> None:
    """A file of captions without any text names itself and the remedy."""
    with pytest.raises(NothingToRead, match=r"wawancara\.vtt holds no caption.*export"):
        records(tmp_path, text)


def test_sniffing() -> None:
    """The signature of WebVTT and a first SubRip time line tell, with and without BOM; prose does not."""

    def sure(text: str, suffix: str = ".txt") -> float:
        return Captions().sniff(Head(suffix, text.encode(), text, "utf-8", True))

    assert sure("\ufeffWEBVTT\n\n") == 1.0
    assert sure("1\r\n00:00:01,000 --> 00:00:02,000\r\nhalo") > 0.9
    assert sure("P: halo\nI: halo") == 0.0
    assert sure("x\n1\n00:01 --> 00:02\n", ".srt") == 0.8
