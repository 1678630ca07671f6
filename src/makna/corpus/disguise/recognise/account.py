"""Handles without @ after a word that announces an account: "akun baru: x", "follow x99", "username x"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from makna.corpus.disguise.normalise import BARRIER
from makna.corpus.disguise.recognise import cues
from makna.corpus.disguise.recognise.base import Hit, Reading
from makna.corpus.disguise.recognise.messenger import is_filler, shaped
from makna.corpus.disguise.words import SUFFIXES, is_common

_TOKEN = re.compile(r"[^\W_][\w.]*")


def find(reading: Reading) -> Iterator[Hit]:
    """A word of a handle's make after "akun", "follow"; any uncommon word after "username" or "akun:"."""
    known = _cues()
    for i, word in enumerate(reading.words):
        if word in known:
            yield from _called(reading, i, known[word])


@cache
def _cues() -> dict[str, bool]:
    """Cue, with every suffix -> whether it surely announces a handle."""
    both = [(word, kind == "user") for kind in ("account", "user") for word in cues.words(kind)]
    return {word + suffix: sure for word, sure in both for suffix in ("", *SUFFIXES)}


def _called(reading: Reading, cue: int, strong: bool) -> Iterator[Hit]:
    for i in range(cue + 1, min(cue + 4, len(reading.words))):
        gap = reading.gap(i - 1)
        strong |= ":" in gap or "=" in gap
        if BARRIER in gap or len(gap) > 3 or gap.endswith(("#", "@")):
            return
        token = _TOKEN.match(reading.text, reading.spans[i][0])
        handle = token[0].rstrip(".") if token else ""
        if (len(handle) >= 6 and shaped(handle)) or (strong and len(handle) >= 5 and _rare(handle)):
            yield Hit(reading.spans[i][0], reading.spans[i][0] + len(handle), "@" + handle)
            return


def _rare(word: str) -> bool:
    return word.isalpha() and not is_common(word) and cues.messenger(word) is None and not is_filler(word)
