"""Tokens: the scan of many texts gives what each text gives alone."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from makna.corpus import tokens
from makna.corpus.tokens import index_line, index_lines, tokenise, tokenise_all
from strategies import texts

_PIECES = [
    *["kupu", "Kupu2", "don", "'t", "’T", "-", "--", "#", "#tag", "1", "1.5", "12:30a", "_", " ", "\n", "⟦wa⟧", "⟦@Melati-042⟧"],
    *["⟦", "⟧", "❤", "\ufe0f", "👩", "\u200d", "👧", "🏽", "🇮🇩", "1\ufe0f\u20e3", "©", "É", "İ", "ΑΣ", "①", "½", "👍🏽", "…", "\ud83d"],
]  # fmt: skip
_TEXTS = st.lists(
    st.text() | texts() | st.builds("".join, st.lists(st.sampled_from(_PIECES), max_size=9)), max_size=6
)


@given(_TEXTS)
@example([])
@example(["", ""])
@settings(max_examples=500, deadline=None)
def test_many_texts_at_once_give_what_each_gives_alone(many: list[str]) -> None:
    """Words, starts and ends are the same, whatever stands before and after a text."""
    words, starts, ends, offsets = tokenise_all(many)
    found = list(zip(words, starts.tolist(), ends.tolist(), strict=True))
    assert [found[a:b] for a, b in pairwise(offsets)] == list(map(tokenise, many))


@given(_TEXTS)
@example(["", "halo ⟦turn withheld⟧ ya", "", "⟦a⟧", ""])
@settings(deadline=None)
def test_lines_of_many_texts_at_once(many: list[str]) -> None:
    """The index gets for each text the line that its tokens make alone, without a blank within a token."""
    words, _starts, _ends, offsets = tokenise_all(many)
    alone = [index_line(words[a:b]) for a, b in pairwise(offsets)]
    assert index_lines(words, offsets) == alone
    assert [line.split(" ") if line else [] for line in alone] == [
        [word.replace(" ", "_") for word in words[a:b]] for a, b in pairwise(offsets)
    ]


def test_usual_characters_are_classed_alike() -> None:
    """Each character that the quick scan reads is a letter, an emoji or neither for both patterns."""
    usual = [char for char in map(chr, range(0x20000)) if tokens._USUAL.fullmatch(char)]
    assert len(usual) > 1000
    for char in usual:
        alone = [(char.lower(), 0, 1)]
        assert (tokenise(char) == alone) == bool(tokens._SPLIT.fullmatch(char)), hex(ord(char))
        assert len(char.lower()) == 1
        assert not char.isdecimal() or re.fullmatch("[0-9]", char)
