"""Recognisers: one small module per class of identifier, each with its own table of examples in the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from makna.corpus.disguise import words
from makna.corpus.disguise.recognise import (
    address,
    birth,
    email,
    link,
    mention,
    messenger,
    name,
    number,
    plate,
)
from makna.corpus.disguise.recognise.base import Hit, Reading

AT, DOTTED, MANY, LOW_LINE, BRACKET = 1 << 16, 1 << 17, 1 << 18, 1 << 19, 1 << 20
"""What a text shows besides announcing words: @; a dot or slash within words; five digits and more; _; a bracket."""

_Find = Callable[[Reading], Iterator[Hit]]
_CALLED_BY: tuple[tuple[int, _Find], ...] = (
    (DOTTED | BRACKET | words.LINK, link.find),
    (AT | BRACKET | words.AT_WORD, email.find),
    (AT | LOW_LINE, mention.find),
    (MANY, number.find),
    (words.MESSENGER, messenger.find),
    (words.HONORIFIC | words.SELF | words.GIVEN | words.BANK, name.find),
    (MANY | words.ADDRESS, address.find),
    (words.BIRTH, birth.find),
    (MANY | words.PLATE, plate.find),
)
"""Each recogniser with the bits of a glance that call for it: any of them is enough, none means there is nothing."""


def all_hits(reading: Reading, bits: int) -> Iterator[Hit]:
    """Every hit of every recogniser that the *bits* of a glance call for."""
    for call, find in _CALLED_BY:
        if bits & call:
            yield from find(reading)
