"""The seven lenses, by name, and what each needs from a source."""

from __future__ import annotations

from collections.abc import Callable

from makna.analysis.lenses import argot, migration, motives, presentation, promotion, testimony, triangulation
from makna.analysis.lenses.base import LensInput, LensResult
from makna.analysis.lenses.ground import grounded

_MODULES = (presentation, promotion, testimony, migration, argot, motives, triangulation)

# lens -> its function
LENSES: dict[str, Callable[[LensInput], LensResult]] = {m.NAME: grounded(m.run, m.NEEDS) for m in _MODULES}
# lens -> what a source must provide for it: of account, name, bio, replies, time, media, text
NEEDS: dict[str, frozenset[str]] = {m.NAME: m.NEEDS for m in _MODULES}

__all__ = ["LENSES", "NEEDS"]
