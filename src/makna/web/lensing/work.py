"""What a lens does in a process of its own, where Django need not be loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from makna.analysis.lenses.base import LensResult
from makna.library import Library

if TYPE_CHECKING:
    from makna.web.jobs import Told


def answer(
    library: Path, study: str, told: Told, *, lens: str, options: dict[str, Any], given: list[dict[str, Any]]
) -> LensResult:  # fmt: skip
    """The work of the job: runs in a process of its own."""
    told("reads", 0, 0)
    there = Library(library).study(study)
    asked_for = {name: value for name, value in options.items() if name != "under"}
    if lens == "triangulation" and given:
        asked_for["findings"] = given
    if "under" in options:
        return there.lens(lens, codings=pa.Table.from_pylist(given, _CODINGS), **asked_for)
    return there.lens(lens, **asked_for)


_CODINGS = pa.schema(
    [
        ("code", pa.string()), ("document_id", pa.int64()), ("start", pa.int64()), ("end", pa.int64()),
        ("coder", pa.string()),
    ]
)  # fmt: skip
