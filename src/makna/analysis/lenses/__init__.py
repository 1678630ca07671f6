"""The lenses by name."""

from __future__ import annotations

from collections.abc import Callable

from makna.analysis.lenses.base import LensInput, LensResult

LENSES: dict[str, Callable[[LensInput], LensResult]] = {}
