"""Coarsening, signs, cues of minors, and the guess at a language."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makna.corpus.disguise import coarsen, signs
from makna.corpus.disguise.minors import under_18_cue
from makna.corpus.language import guess

YEAR = 365.25 * 86_400


@pytest.mark.parametrize(
    ("n", "band"),
    [(None, None), (-1, None), (0, "0"), (1, "1-9"), (9, "1-9"), (10, "10-99"), (99, "10-99"), (100, "100-999"), (999, "100-999"),
     (1000, "1k-9k"), (9999, "1k-9k"), (10_000, "10k-99k"), (99_999, "10k-99k"), (100_000, "100k+"), (10**9, "100k+")],
)  # fmt: skip
def test_a_count_becomes_a_band(n: int | None, band: str | None) -> None:
    """Bands join at powers of ten; an unknown count stays unknown."""
    assert coarsen.count_bucket(n) == band


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_bands_keep_the_order(a: int, b: int) -> None:
    """A larger count is never in a lower band."""
    bands = ["0", "1-9", "10-99", "100-999", "1k-9k", "10k-99k", "100k+"]
    low, high = sorted((a, b))
    assert bands.index(coarsen.count_bucket(low) or "") <= bands.index(coarsen.count_bucket(high) or "")


@pytest.mark.parametrize(
    ("years", "band"), [(0, "<1y"), (0.99, "<1y"), (1, "1-3y"), (3, "3-10y"), (10, ">10y"), (-1, None)]
)
def test_an_age_becomes_a_band(years: float, band: str | None) -> None:
    """An account's age is kept in four bands; one from the future is unknown."""
    assert coarsen.age_bucket(2e9 - years * YEAR, 2e9) == band
    assert coarsen.age_bucket(None, 2e9) is None


def test_a_moment_becomes_its_day() -> None:
    """The day in UTC, before and after the epoch."""
    assert coarsen.day(0) == date(1970, 1, 1)
    assert coarsen.day(86_399.9) == date(1970, 1, 1)
    assert coarsen.day(-1) == date(1969, 12, 31)


@pytest.mark.parametrize(
    ("text", "place"),
    [("Kota Bandung, Jawa Barat", "Bandung"), ("🌸 jaksel 🌸", "Jakarta Selatan"), ("ｓｕｂ", "Surabaya"), ("West Java, Indonesia", "Jawa Barat"),
     ("Jl. Melati 12, Depok 16415", "Depok"), ("di hatimu", None), ("", None), (None, None), ("solotrip", None)],
)  # fmt: skip
def test_a_place_becomes_its_regency(text: str | None, place: str | None) -> None:
    """The regency, however decorated; never the street; unknown places go."""
    assert coarsen.place(text) == place


def test_parts_are_words_emoji_and_number_shapes() -> None:
    """Humps, separators and digits part a handle; long numbers keep only their shape."""
    assert signs.parts("OpenBO_Bandung19", "Mawar 🌸 18+ 24/7 0834") == {
        "openbo", "open", "bo", "bandung", "19", "mawar", "🌸", "18+", "24/7", "####",
    }  # fmt: skip
    assert signs.parts(None, None) == frozenset()
    assert "1️⃣" in signs.parts(None, "1️⃣ aku")


@pytest.mark.parametrize(
    ("handle", "shape"),
    [
        ("mawar", "1-5"),
        ("mawar_22", "6-10, 2 digits, _"),
        ("a.b-c_d_123456", "11-15, 5+ digits, -._"),
        ("x" * 16, ">15"),
    ],
)
def test_the_shape_of_a_handle_tells_no_letter(handle: str, shape: str) -> None:
    """Length band, digits, separators: nothing that identifies."""
    assert signs.name_shape(handle) == shape


MINORS = """umur 16|aku 17 tahun|16yo|masih sma kak|anak SMA open|kelas 11|kls 12|siswi smk|im 15|i'm 16 f|cewek 17 th
di bawah umur ready|umurku baru enam belas|ｕｍｕｒ １６|usia 17 tahun|im still in high school|saya pelajar|aku masih sekolah
17 yo girl|anak smp|aku anak sma kak|masih kelas 10""".replace("\n", "|").split("|")
ADULTS = """guru SMA|SMA tahun 2005|umur 26|16 tahun penjara|lulus sma 2010|halo|anakku kelas 4 SD|waktu sma dulu|dulu umur 16 aku kabur
no under 18|18+ only|minimal 17 tahun ke atas|jam 16|16 jam|lantai 12|sudah 12 tahun kerja|12 tahun lalu|kelas menengah
stop kekerasan anak di bawah umur|age 25|im 21|i am 5 minutes away|umur 30 tahun|teman sma|reuni smp|kelas atas|16rb aja
anak saya umur 7 tahun|the 12 of us|season 8|no minors please|open 1 jam 300rb""".replace("\n", "|").split(
    "|"
)


@pytest.mark.parametrize("text", MINORS)
def test_a_cue_of_a_minor_is_seen(text: str) -> None:
    """A stated age under 18, or a school cue about the author or the person offered."""
    assert under_18_cue(text)


@pytest.mark.parametrize("text", ADULTS)
def test_a_counter_cue_takes_it_back(text: str) -> None:
    """Teachers, graduates, durations, rules, somebody's children and prices are no minors."""
    assert not under_18_cue(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [("aku mau makan nasi yang enak", "id"), ("i am not the one you want", "en"), ("aku mau the best one for you dan kamu juga", "mixed"),
     ("🔥🔥", "und"), ("", "und"), ("bandung", "und")],
)  # fmt: skip
def test_the_language_is_guessed_by_stop_words(text: str, language: str) -> None:
    """Stop words of one language, of both, or of none."""
    assert guess(text.split()) == language
