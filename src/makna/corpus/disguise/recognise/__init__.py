"""Recognisers: one small module per class of identifier, each with its own table of examples in the tests."""

from __future__ import annotations

from collections.abc import Iterator

from makna.corpus.disguise.recognise import email, link, mention, messenger, number
from makna.corpus.disguise.recognise.base import Hit, Reading


def all_hits(reading: Reading, bits: int) -> Iterator[Hit]:
    """Every hit of every recogniser that the *bits* of a glance call for."""
    yield from link.find(reading)
    yield from email.find(reading)
    yield from mention.find(reading)
    yield from number.find(reading)
    yield from messenger.find(reading)
