"""Standard words are proposed by how a spelling came about, not from a list of slang."""

from __future__ import annotations

import pytest

from makna.analysis.lenses.lexicon import changes
from makna.analysis.lenses.respelling import proposals
from makna.analysis.lenses.standard import likelihoods, standard, standards

INDONESIAN = (
    ("bgt", "banget"), ("karna", "karena"), ("jngn", "jangan"), ("capek2", "capek-capek"), ("kerumah", "ke rumah"),
    ("nanyain", "menanyakan"), ("dibikinin", "dibikinkan"), ("rameee", "rame"), ("klrga", "keluarga"), ("15 kg", "15 kilogram"),
    ("kesian", "kasihan"), ("ngeliat", "melihat"), ("temennya", "temannya"), ("kebawah", "ke bawah"), ("tetiba", "tiba-tiba"),
    ("nyicil", "menyicil"), ("orangorang", "orang-orang"), ("org orng", "orang orang"),
)  # fmt: skip
ENGLISH = (("ppl", "people"), ("thankss", "thanks"), ("becuz", "because"), ("frnds", "friends"))


@pytest.mark.parametrize(("written", "meant"), INDONESIAN)
def test_indonesian(written: str, meant: str) -> None:
    """Vowels left out, letters stretched and exchanged, affixes, doubling, words run together, units."""
    assert meant in standards(written)[:3]


@pytest.mark.parametrize(("written", "meant"), ENGLISH)
def test_english(written: str, meant: str) -> None:
    """English has its own words; no Indonesian affix is read into it."""
    assert meant in standards(written, language="en")[:3]


def test_blends_are_proposed_from_common_words() -> None:
    """Two words cut to their first syllables; a spelling of five letters has one place to cut for each size."""
    found = proposals("nasgor", "id")
    assert found["nasi goreng"]["blend_closed"] == 2 and "blend" not in found.get("nasgor", {})


def test_spellings_longer_than_any_word_are_read() -> None:
    """They are near to no word, alone or as a part."""
    long = "hahahahahahahahahahahahaha"
    assert likelihoods(f"{long} iya", "id") == likelihoods(long, "id") == ()


def test_never_itself_and_a_share_of_one() -> None:
    """The spelling itself is never proposed; the likelihoods of all proposals add up to one."""
    found = dict(likelihoods("sampe", "id"))
    assert "sampe" not in found
    assert sum(found.values()) == pytest.approx(1)


def test_a_common_word_stands_for_itself() -> None:
    """No standard word is proposed for a word that is one, nor for an emoji."""
    assert standard("rumah") is None
    assert standard("🎫") is None


def test_changes_name_what_was_done() -> None:
    """*bnyk* leaves out two vowels, *lohh* says its last letter again, *sampel* for *sambal* exchanges two."""
    assert +changes("bnyk", "banyak") == {"-v": 2}
    assert +changes("lohh", "loh") == {"+again": 1, "+end": 1}
    assert +changes("sampel", "sambal") == {"s:c": 1, "s:e<a": 1}
