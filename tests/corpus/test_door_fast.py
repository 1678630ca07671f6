"""Every fast path of the door gives what the slow path gives."""

from __future__ import annotations

import re
from hashlib import blake2b

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makna.corpus.disguise import minors, signs
from makna.corpus.disguise.folding import _GONE, FoldHash, _value, fold_name
from makna.corpus.disguise.macs import KINDS, Macs
from makna.corpus.disguise.normalise import plain
from strategies import texts

KEY = bytes(range(32))
MACS = Macs(KEY)
_PIECES = re.split(
    " ",
    "umur usia umurku age im i'm i’m I am aku gue saya masih baru anak only cewek cwe girl boy abg siswi pelajar kelas"
    " kls sma smp sd smk mts stm slta smu sekolah dasar di bawah umur underage high school student minor grade th thn"
    " tahun taun y/o yo yrs old f m female male ) ( , / : = - sepuluh sebelas dua belas seventeen sixteen 5 9 10 15 17"
    " 18 21 350 １７ ①⑦ 1️⃣7️⃣ ѕmа 🔥 🙏 ❤️ • … “ ” \u200b \u200d \ufe0f \x00 \x1f \t \n ? . x dan karo",
)
_SPEECH = st.lists(st.sampled_from([*_PIECES, " ", " ", " ", "  "]), max_size=12)


@given(st.builds(str.join, st.sampled_from(["", " ", " 🔥 "]), _SPEECH) | texts())
@settings(max_examples=600)
def test_no_cue_of_age_is_passed_over(text: str) -> None:
    """What the quick look dismisses holds no cue."""
    if not minors._may_tell(text):
        assert not minors._CUE.search(" ".join(plain(text).split()))


@pytest.mark.parametrize(
    "text",
    ["17/f jakarta", "umurku sepuluh", "aku 16  tahun", "i  am 17", "im17 from here", "umur \t\t 15 kak"],
)
def test_a_cue_is_seen_however_it_is_set(text: str) -> None:
    """A slash, two blanks, a number in letters or none between hide no age."""
    assert minors.under_18_cue(text)


def test_symbols_hide_nothing() -> None:
    """What the quick look takes for a symbol has nothing of a letter, a digit or a mark that cues read."""
    for char in map(chr, range(128, 0x110000)):
        if minors._SYMBOLS.fullmatch(char):
            assert not any(c.isalnum() or c in "'/," for c in plain(char))


@given(st.text() | texts())
def test_a_name_folds_as_its_characters_do(name: str) -> None:
    """Folding by one table call is folding character by character."""
    assert fold_name(name) == "".join(chr(v) for v in map(_value, map(ord, name)) if v > _GONE)


@given(st.text())
def test_the_hash_of_a_name_is_its_polynomial(name: str) -> None:
    """Horner's rule gives the sum of letters times powers of the base."""
    hashing = FoldHash(MACS)
    total = sum(ord(char) * pow(hashing._base, i, 1 << 64) for i, char in enumerate(name))
    assert hashing.of(name) == total % (1 << 64)


@given(st.sampled_from(KINDS), st.text())
def test_a_mac_is_keyed_blake2b(kind: str, value: str) -> None:
    """A copied state gives what a fresh one gives."""
    data = value.encode("utf-8", "surrogatepass")
    digest = blake2b(data, digest_size=8, key=KEY, person=kind.encode()).digest()
    assert MACS.mac(kind, value) == (int.from_bytes(digest, "little") or 1)


@given(st.text(st.characters(max_codepoint=127)))
@settings(max_examples=300)
def test_parts_of_ascii_are_the_parts_of_any_text(name: str) -> None:
    """The pattern for ASCII finds what the pattern for all scripts finds."""
    assert signs._ASCII_PART.findall(name) == signs._PART.findall(name)
