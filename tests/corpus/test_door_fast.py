"""Every fast path of the door gives what the slow path gives."""

from __future__ import annotations

import pickle
import re
from hashlib import blake2b

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makna import wordlists
from makna.corpus.disguise import minors, second_scan, signs
from makna.corpus.disguise.door import Door, DoorSettings
from makna.corpus.disguise.folding import _GONE, FoldHash, Stream, _value, fold_name
from makna.corpus.disguise.macs import KINDS, Macs
from makna.corpus.disguise.normalise import plain, view
from makna.corpus.disguise.plain_mentions import NOTHING
from makna.corpus.disguise.plain_texts import plain_texts
from makna.corpus.disguise.pseudonyms import Pseudonyms
from makna.corpus.disguise.roster import RosterBuilder
from makna.corpus.records import RawAccount
from strategies import texts

KEY = bytes(range(32))
MACS = Macs(KEY)


def _words(line: str) -> list[str]:
    return line.split(" ")


_PIECES = _words(
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


_HANDLES = _words(
    "kopi_susu9 mawarmel a_b_c_d wa_mawar x0834123456 kopi kopisusu tono1657 dewi_99 susu_ lol_0834 te le line mel__x"
    " gue_77 akunq bolos9912345 Kopi_Susu9 baru_08 satuduatiga_x"
)
_ROSTER = ["kopi_susu9", "kopisusu", "kopi", "mawarmel", "tono1657", "wa_mawar", "x0834123456", "susu"]
_AROUND = [
    *_words(
        "kak te le add ad mawar melati gmail com dot titik punto wa line di jalan no 5 08 34 12 satu dua solo lol"
    ),
    *_words(
        "akunq akun: username rahasia99 B 1234 xyz m a w a r susu baru 5678 9012 nol delapan https www gmaill"
    ),
    *[
        "proton com",
        "a t",
        "a.b.co",
        "@",
        "@ ",
        ".",
        ",",
        "(",
        ")",
        "\n",
        "_x",
        "⑧",
        "🔥",
        "❤️",
        "\u200b",
        "oh",
        ":",
    ],
]
_MARKED = re.compile(r"[@.]|://|www", re.IGNORECASE)


def _posts() -> st.SearchStrategy[str]:
    mention = st.builds(
        "".join, st.tuples(st.sampled_from(["@", "@", "@", " @", "＠"]), st.sampled_from(_HANDLES))
    )
    pieces = st.lists(mention | st.sampled_from(_AROUND), max_size=9)
    return st.builds(str.join, st.sampled_from([" ", " ", " ", "  ", "", "\n"]), pieces)


def _door() -> Door:
    builder = RosterBuilder(MACS)
    accounts = [RawAccount(handle=h) for h in _ROSTER] + [RawAccount(handle="z1", name="Tono Susu")]
    rows = [row for account in accounts for row in builder.entries(account)]
    settings_ = DoorSettings(KEY, masked_names=("mawar baru", "melati"))
    return Door(settings_, builder.build(np.array(rows, np.uint64)), Pseudonyms(MACS))


DOOR = _door()


@given(st.lists(_posts(), max_size=5))
@settings(max_examples=400, deadline=None)
def test_plain_mentions_change_no_disguise(posts: list[str]) -> None:
    """Taking plain mentions out beforehand gives what the recognisers give."""
    slow = pickle.loads(pickle.dumps(DOOR))
    slow._gate._plain.find = lambda stream: NOTHING
    assert DOOR.disguise(posts) == slow.disguise(posts)


def test_plain_mentions_are_taken_out() -> None:
    """A post of a plain mention and speech calls no recogniser."""
    (glance,) = DOOR._gate.look(["@kopi_susu9 nanti malam ya 🔥"])
    assert glance is not None
    assert (glance.bits, glance.names, len(glance.mentions)) == (0, (), 1)


def test_every_spoken_figure_of_the_second_scan_is_counted_by_the_gate() -> None:
    """What the second scan weighs as a figure, the gate counts, or a text of digit words would never be scanned."""
    assert second_scan._WORDS.keys() <= wordlists.load("door_digits").entries.keys()


@given(st.lists(st.text() | texts(), max_size=5))
@settings(deadline=None)
def test_normal_forms_at_once_are_those_of_each_text(many: list[str]) -> None:
    """The table gives the view of a text, or says that the view needs a map."""
    for text, form in zip(many, plain_texts(Stream(many, FoldHash(MACS))), strict=True):
        seen = view(text)
        assert (
            form == seen.text if form is not None else (seen.starts is not None or max(text) > "\U0001fffe")
        )


@given(_posts() | texts() | st.text("0123456789０①² oh satu.-🔥\u20e3İ"))
@settings(deadline=None, max_examples=400)
def test_only_what_cannot_weigh_is_passed_over(text: str) -> None:
    """The quick count of figures dismisses no stretch that the second scan would find."""
    stream = text if text.isascii() else text.translate(second_scan._FIGURES)
    if not second_scan._heavy(text):
        figures, _back = second_scan._spoken(stream)
        assert sum(map(figures.count, "0123456789")) < second_scan._HEAVY
    if "@" not in text and not second_scan._may_link(text):
        assert not (_MARKED.search(stream) and second_scan._CONTACT.search(stream))
