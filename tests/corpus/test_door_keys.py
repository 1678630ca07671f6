"""Keyed MACs and the pseudonyms drawn from them."""

from __future__ import annotations

import pickle
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makna import wordlists
from makna.corpus.disguise.macs import KINDS, Macs
from makna.corpus.disguise.pseudonyms import Pseudonyms

KEY = bytes(range(32))
MACS = Macs(KEY)
MANY = np.unique(np.array([MACS.mac("handle", f"akun{i}") for i in range(3000)], np.uint64))


@given(st.sampled_from(KINDS), st.text())
def test_a_mac_is_a_number_of_64_bits_and_never_0(kind: str, value: str) -> None:
    """A MAC fits an unsigned 64-bit column, and 0 stays free for "none"."""
    assert 0 < MACS.mac(kind, value) < 1 << 64
    assert MACS.mac(kind, value) == Macs(KEY).mac(kind, value)


def test_a_mac_depends_on_key_and_kind() -> None:
    """Neither another key nor another kind gives the same MAC."""
    assert len({MACS.mac(kind, "x") for kind in KINDS}) == len(KINDS)
    assert MACS.mac("post", "x") != Macs(bytes(32)).mac("post", "x")


def test_a_mac_takes_a_lone_surrogate() -> None:
    """Broken JSON escapes leave half an emoji in a text; it still has a MAC."""
    assert MACS.mac("content", "\ud83d") != MACS.mac("content", "\ud83e")


@pytest.mark.parametrize("size", [0, 15, 65])
def test_a_key_of_another_length_is_refused(size: int) -> None:
    """A key too short to protect, or too long for BLAKE2b, is no key."""
    with pytest.raises(ValueError, match="16 to 64"):
        Macs(bytes(size))


def test_an_unknown_kind_is_refused() -> None:
    """A kind that nobody named is a mistake in the program."""
    with pytest.raises(KeyError):
        MACS.mac("phone", "1")


def test_macs_and_pseudonyms_pickle() -> None:
    """Workers get both."""
    names = Pseudonyms(MACS, long=MANY[:5])
    again = pickle.loads(pickle.dumps(names))
    assert [again.of(int(m)) for m in MANY[:20]] == [names.of(int(m)) for m in MANY[:20]]
    assert pickle.loads(pickle.dumps(MACS)).mac("post", "1") == MACS.mac("post", "1")


def test_a_pseudonym_is_a_neutral_word_and_three_digits() -> None:
    """A pseudonym carries a word of the shipped list and nothing of the account."""
    words = {w.capitalize() for w in wordlists.load("pseudonyms").entries}
    for mac in MANY[:200]:
        match = re.fullmatch(r"(\w+)-(\d{3})", Pseudonyms(MACS).of(int(mac)))
        assert match
        assert match[1] in words


def test_the_word_list_holds_hundreds_of_words_and_no_sure_name() -> None:
    """A few hundred words, none of which is a person's name wherever it stands."""
    words = set(wordlists.load("pseudonyms").entries)
    assert len(words) >= 300
    assert not words & wordlists.load("door_names").words("sure")


def test_collisions_are_exactly_the_accounts_that_share_a_pseudonym() -> None:
    """Whoever shares a three-digit pseudonym is named, nobody else."""
    names = Pseudonyms(MACS)
    shown = [names.of(int(m)) for m in MANY]
    shared = {m for m, s in zip(MANY.tolist(), shown, strict=True) if shown.count(s) > 1}
    assert shared
    assert set(names.collisions(MANY).tolist()) == shared


def test_with_six_digits_the_accounts_that_clashed_are_told_apart() -> None:
    """Giving the clashing accounts six digits leaves no two alike, and no further clash to report."""
    long = Pseudonyms(MACS).collisions(MANY)
    names = Pseudonyms(MACS, long=long)
    assert len({names.of(int(m)) for m in MANY}) == len(MANY)
    assert len(names.collisions(MANY)) == 0


def test_two_studies_share_hardly_a_pseudonym() -> None:
    """The same accounts under another key get other pseudonyms: equal ones are chance."""
    mine, other = Pseudonyms(MACS), Pseudonyms(Macs(bytes(32)))
    same = sum(mine.of(int(m)) == other.of(int(m)) for m in MANY)
    assert same < 10
