"""Cues and counter-cues of minors: a table of both, and the cheap test before it."""

from __future__ import annotations

import time
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from makna.corpus.disguise import minors
from makna.corpus.disguise.minors import under_18_cue, under_18_cues

KEPT_OUT = """umur 16|umurku 15 tahun|aku 17 thn|usia: 14|masih 16|msh 16 thn|gw masih kelas 11|aku kelas 2 sma|kelas xi ips|kelas 9 smp
anak sma|anak smk nih|siswi sma ready|siswa smp|cewek sma ready|abg sma|adek smp|masih sekolah|msh sklh|pelajar sma|masih pelajar
im 16|i'm 15 years old|i am 17|16 f|16f here|17/f/jkt|17yo|16 y.o.|sixteen years old|i'm in 10th grade|high school student
high schooler here|i'm a minor|underage girl|still in high school|umur enam belas|umur lima belas tahun|belum 18 tahun|belum genap 18
blm 17|kelas sepuluh|kelas sebelas|anak kelas 12|cewe 16 tahun ready|umur gue 16|age: 15|aged 14|usiaku baru 13|baru 16 taun
umurnya baru 15|stock anak smp|sma kelas 1|kelas 3 smp|bentar lagi 17 tahun|turning 16 next month|aku lahir 2010|anak di bawah umur
16thn|16 tahunan|grade 9 student|freshman in high school|UMUR 16|ｕｍｕｒ １６|umur １６|𝐤𝐞𝐥𝐚𝐬 𝟏𝟏""".replace(
    "\n", "|"
).split("|")
LET_IN = """guru SMA|SMA tahun 2005|lulus SMA|adik saya kelas 11|anak saya kelas 3 sd|umur 26|waktu kelas 11 dulu|aku guru smp
kepala sekolah sma|alumni sma 3|reuni sma|lulusan smk 2015|tamat sma langsung kerja|cuma lulusan smp|ijazah sma|teman sma aku
dulu pas sma|jaman sma|pas umur 16 aku kabur dari rumah|waktu umur 15 bapak meninggal|sejak umur 17 kerja|sudah kerja 16 tahun
nikah 15 tahun|pengalaman 10 tahun|anakku 2 umur 7 dan 5|anak pertama kelas 1 smp|ponakan umur 12|adikku masih sekolah|adik kelas 10
tetangga anaknya umur 14|jam 16|kamar 16|lantai 17|16 ribu|17 agustus|level 16|skor 16|bab 16|pasal 17|ayat 16|no 17|16 orang|16 kg
ukuran 16|iphone 16|kelas ekonomi|kelas menengah|kelas 1 rumah sakit|bpjs kelas 3|kelas karyawan|my daughter is 7
my son is in 9th grade|when i was 16|back in high school|high school teacher|no under 18|18+|must be 18|minors dni|not for minors
age 25|i'm 30|i am 5 minutes away|im 17 minutes late|17 years ago|for 16 years|16 years of experience|16 hari lagi|rated 17+
kekerasan terhadap anak di bawah umur|kasus pelajar sma tawuran|berita siswi smp hilang|stop pernikahan anak|uu perlindungan anak
seragam sma|gedung sma 1|depan sma 5|kos dekat smk|guru les anak sd|ngajar anak sma|ngajar kelas 11|jual buku kelas 11
murid saya kelas 9|umur kucingku 16 tahun|mobil umur 10 tahun|umur pernikahan 15 tahun|16 tahun lalu|di usia 16 tahun dia wafat
cicilan 15 tahun|kontrak 10 tahun|1 jam 300rb|vonis 17 tahun|lulus sd langsung nikah|putus sekolah sejak sd|anak sma jaman now
i'm 6 feet tall|16 of us|masih 16 orang lagi|belum 15 menit|anakku lahir 2012|born in 1990""".replace(
    "\n", "|"
).split("|")


@pytest.mark.parametrize("text", KEPT_OUT)
@pytest.mark.parametrize("around", ["{}", "halo semua, {} ya kak", "🔥 {}\nopen malam ini"])
def test_a_cue_keeps_a_record_out(text: str, around: str) -> None:
    """A stated age under 18 or a school cue, about the author or the person offered, wherever it stands."""
    assert under_18_cue(around.format(text))


@pytest.mark.parametrize("text", LET_IN)
def test_a_counter_cue_lets_it_in(text: str) -> None:
    """Teachers, graduates, one's own past, somebody's children, the news, rules, durations and things are no minors."""
    assert not under_18_cue(text)


_PIECES = [
    *KEPT_OUT,
    *LET_IN,
    *[
        "umur",
        "usia",
        "kelas",
        "sma",
        "sd",
        "masih",
        "belum",
        "im",
        "age",
        "16",
        "17",
        "8",
        "18",
        "2010",
        "f",
        "y.o.",
        "th",
        "tahun",
        "lahir",
        "½",
        "⑯",
        "１",
        "🔥",
    ],
    "\n",
    "\u200b",
]


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=6), st.sampled_from([" ", "", ", "]))
@settings(max_examples=400, deadline=None)
@example(["belum genap", "18"], " ")
def test_the_cheap_test_misses_no_cue(pieces: list[str], between: str) -> None:
    """A text that the quick look passes over has no cue."""
    text = between.join(pieces)
    told = under_18_cue(text)
    with patch.object(minors, "_may_tell", return_value=True):
        assert under_18_cue(text) == told


TEXTS = st.builds(
    lambda pieces, between: between.join(pieces),
    st.lists(
        st.sampled_from([*_PIECES, "\ufe0f", "\u200d", "\x01", "?", "’", "\ud83d"]) | st.text(max_size=3),
        max_size=6,
    ),
    st.sampled_from([" ", "", ", "]),
)


@given(st.lists(TEXTS, max_size=8))
@settings(max_examples=400, deadline=None)
@example(["anak s\u200dma", "umur 1\ufe0f6", "x" * 19_980 + " kelas 11 anak sma 165", "\ud83d umur 16"])
def test_many_texts_are_told_as_each_is(texts: list[str]) -> None:
    """One scan over many texts finds the same ones."""
    with patch.object(minors, "_may_tell", return_value=True):
        alone = [i for i, text in enumerate(texts) if under_18_cue(text)]
    assert under_18_cues(texts) == alone


@pytest.mark.parametrize(
    "piece",
    [
        "umur ",
        "kelas 1 anak sma ",
        "dulu waktu ",
        "anakku ",
        "1",
        " ",
        "no ",
        "i'm in ",
        "masih 1",
        "kasus anak ",
    ],
)
def test_hostile_repetition_is_read_in_time(piece: str) -> None:
    """A text of nothing but half a cue takes less than a second."""
    start = time.process_time()
    under_18_cue(piece * (20_000 // len(piece)))
    assert time.process_time() - start < 1
