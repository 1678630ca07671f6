"""The lenses by name."""

from __future__ import annotations

from collections.abc import Callable

from makna.analysis.lenses import migration, promotion, testimony
from makna.analysis.lenses.base import LensInput, LensResult

LENSES: dict[str, Callable[[LensInput], LensResult]] = {
    "migration": migration.run,
    "promotion": promotion.run,
    "testimony": testimony.run,
}
