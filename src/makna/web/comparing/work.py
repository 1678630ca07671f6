"""What takes long in comparing, for a process of its own, where Django need not be loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from makna.analysis import coder_agreement
from makna.library import Library

if TYPE_CHECKING:
    from makna.web.jobs import Told


def agreement(
    library: Path, study: str, told: Told, *, codings: list[coder_agreement.Coding]
) -> dict[str, coder_agreement.CodeAgreement]:
    """The agreement on each code that stands in documents which two coders coded."""
    there = Library(library).study(study)
    units = there.unit_places({coding[2] for coding in codings})
    return coder_agreement.by_code(units, codings)
