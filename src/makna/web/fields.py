"""Texts of a thing that are written in place, one by one."""

from __future__ import annotations

from typing import Any, NamedTuple


class Field(NamedTuple):
    """A column that is written in place. *hint* says what belongs there; a *line* is short."""

    name: str
    label: str
    hint: str
    line: bool = False

    def of(self, row: Any) -> str:
        """The text of the column; a list of words as one line."""
        value = getattr(row, self.name)
        return value if isinstance(value, str) else ", ".join(value)
