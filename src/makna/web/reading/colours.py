"""The stylesheet of a study's codes: each code's colour, in the light and the dark theme, for marks, stripes and names.

``c-7`` sets ``--c`` to the colour of code 7; a stretch with more codes names the second by ``d-9`` and the third by
``e-4``, so that each colour can be drawn apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from makna.record import palette

_LAYERS = "cde"


def stylesheet(codes: Iterable[tuple[int, int]]) -> str:
    """The rules for *codes*: (code, slot of the palette) each."""
    of_slot: dict[int, list[int]] = {}
    for code, slot in codes:
        of_slot.setdefault(slot % palette.SLOTS, []).append(code)
    rules = [_rule(layer, slot, ids) for layer in _LAYERS for slot, ids in sorted(of_slot.items())]
    return "\n".join(rules) + "\n"


@lru_cache(maxsize=16)
def _told(codes: tuple[tuple[int, int], ...]) -> tuple[str, str]:
    rules = stylesheet(codes)
    return rules, sha256(rules.encode()).hexdigest()[:12]


def told(codebook: Iterable[Mapping[str, Any]]) -> tuple[str, str]:
    """The stylesheet of a codebook's rows, and its name: another as soon as a code or a colour is."""
    return _told(tuple((row["id"], row["slot"]) for row in codebook))


def _rule(layer: str, slot: int, codes: Iterable[int]) -> str:
    names = ",".join(f".{layer}-{code}" for code in sorted(codes))
    return f"{names}{{--{layer}:{both(slot)}}}"


def both(slot: int) -> str:
    """A slot's colour for whichever theme the page is in."""
    return f"light-dark({palette.css(slot, 'light')},{palette.css(slot, 'dark')})"
