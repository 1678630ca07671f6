"""The steps of the caret."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makna.web.reading.sentences import LONGEST, sentences


def said(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        ["Karena bebas saja, dan dari dulu memang tempatnya di situ.", "terus dia bilang iya.", "Oh ya?"],
        ["Ya... gitu deh.", "Bpk. Sutrisno, M.Si. datang jam 10.30.", "Harga Rp. 3.000 ya."],
        ["Open malam ini 🔥🔥", "Yang minat DM ya 🙏"],
        ["Hubungi ⟦wa⟧ atau ⟦link:telegram⟧.", "OK!!", '"Serius?" kata dia.'],
        ["Lihat hlm. 12 (Goffman 1959).", "See e.g. Blumer.", "A. B. Smith said so."],
        ["Dia lulus S.Sos.", "Lalu bekerja."],
        ["Apa?!", "Iya.", "(Tertawa.)", "Lanjut…", "Besok ya"],
        ["Satu 👩‍👩‍👧 keluarga."],
        ["¿Qué?", "مرحبا؟", "نعم."],
        ["Kirim ke a.n. Toko Melati, dst. sampai selesai."],
    ],
)
def test_sentences_as_a_reader_sees_them(whole: list[str]) -> None:
    """Sentences of speech, posts and prose in Indonesian and English begin and end where a reader would pause."""
    assert said(" ".join(whole)) == whole


def test_a_line_is_a_sentence_of_its_own() -> None:
    """Line breaks end a sentence, as in lists and posts."""
    assert said("Syarat:\n1. dp dulu\n\n  2. no cod  ") == ["Syarat:", "1. dp dulu", "2. no cod"]


def test_offsets_count_code_points_from_where_the_text_begins() -> None:
    """Emoji and combining marks count by code points, from the offset given."""
    text = "E\u0301 👩‍👩‍👧! Lalu."
    first = text.index("!") + 1
    assert sentences(text, offset=100) == [(100, 100 + first), (101 + first, 100 + len(text))]


def test_a_placeholder_with_a_full_stop_in_it_stays_whole() -> None:
    """What the door put in is never cut."""
    assert said("Lihat ⟦link:t.me? a. b⟧ ya. Ok.") == ["Lihat ⟦link:t.me? a. b⟧ ya.", "Ok."]


def test_speech_without_a_full_stop_is_cut_at_commas() -> None:
    """No step is longer than a few lines, and none cuts a word or a placeholder."""
    text = ", ".join(["dan dari dulu memang begitu ⟦nama panjang sekali⟧ ya"] * 60)
    steps = said(text)
    assert max(map(len, steps)) <= LONGEST
    assert all(step.count("⟦") == step.count("⟧") for step in steps)
    assert all(step.endswith((",", "ya")) for step in steps)


@given(
    st.text(st.one_of(st.sampled_from("a A.!?…\n 🔥⟦⟧\"'1,\u0301"), st.characters(exclude_categories=["Cs"])))
)
def test_every_letter_stands_in_exactly_one_sentence(text: str) -> None:
    """Sentences follow each other, none empty, with clean ends; what lies between them is blank."""
    at = 0
    for start, end in sentences(text):
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()
