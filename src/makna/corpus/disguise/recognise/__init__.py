"""Recognisers: one small module per class of identifier, each with its own table of examples in the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, reduce
from operator import or_

from makna.corpus.disguise import words
from makna.corpus.disguise.normalise import collapse
from makna.corpus.disguise.recognise import (
    account,
    address,
    birth,
    capital,
    email,
    link,
    mention,
    messenger,
    name,
    number,
    plate,
)
from makna.corpus.disguise.recognise.base import Hit, Reading

AT, DOTTED, MANY, LOW_LINE, BRACKET, COUNTED = 1 << 16, 1 << 17, 1 << 18, 1 << 19, 1 << 20, 1 << 21
MIXED, SPACED, PLATED = 1 << 22, 1 << 23, 1 << 24
"""What a text shows besides announcing words: @; a dot or slash within words; five digits and more; _; a bracket;
a digit beside a word of addresses; a word of letters and figures; single letters in a row; the cut of a plate."""

_Find = Callable[[Reading], Iterator[Hit]]
_CALLED_BY: tuple[tuple[int, _Find], ...] = (
    (DOTTED | BRACKET | words.LINK, link.find),
    (AT | BRACKET | words.AT_WORD, email.find),
    (AT | LOW_LINE | BRACKET, mention.find),
    (MIXED | LOW_LINE | DOTTED | words.USER, account.find),
    (MANY, number.find),
    (words.MESSENGER, messenger.find),
    (words.HONORIFIC | words.SELF | words.GIVEN | words.BANK, name.find),
    (words.RELATION, capital.find),
    (COUNTED | words.STREET | words.DWELLING, address.find),
    (MANY, address.coordinates),
    (words.BIRTH, birth.find),
    (PLATED | words.PLATE, plate.find),
)
"""Each recogniser with the bits of a glance that call for it: any of them is enough, none means there is nothing."""


CALLING = reduce(or_, (call for call, _find in _CALLED_BY), SPACED)
"""The bits of which a text needs at least one before any recogniser reads it."""


def all_hits(reading: Reading, bits: int) -> list[Hit]:
    """Every hit of every recogniser that the *bits* of a glance call for."""
    return [hit for find in _called(bits) for hit in find(reading)]


@lru_cache(maxsize=1 << 12)
def _called(bits: int) -> tuple[_Find, ...]:
    called = tuple(find for call, find in _CALLED_BY if bits & call)
    return (*called, _unspaced) if bits & SPACED else called


def _unspaced(reading: Reading) -> Iterator[Hit]:
    """What letters with blanks between them hide: read again with the blanks taken out."""
    closed = collapse(reading.view)
    if closed is None:
        return
    again = Reading(closed, reading.source)
    for find in (link.find, email.find, mention.find, messenger.find, name.find, capital.find, plate.find):
        for hit in find(again):
            start, end = closed.source(hit.start, hit.end)
            yield Hit(*reading.view.locate(start, end), hit.label)
