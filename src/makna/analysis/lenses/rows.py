"""The table of a lens and the passages behind its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from makna.analysis.lenses.base import PASSAGES


@dataclass
class Rows:
    """Rows with their passages. At most *cap* passages are kept per row; ``passages`` in the table counts all."""

    columns: Sequence[tuple[str, pa.DataType]]
    cap: int = 200
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _passages: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self, row: Mapping[str, Any], passages: Iterable[Mapping[str, Any]] = (), *, total: int | None = None
    ) -> int:
        """Add *row* with its *passages* (document_id, start, end, text, note); returns its number.

        *total* is how many passages there are where the caller hands over only the first ones.
        """
        number = len(self._rows)
        seen = 0
        for passage in passages:
            if seen < self.cap:
                self._passages.append({"row": number, **passage})
            seen += 1
        self._rows.append({"row": number, **row, "passages": seen if total is None else total})
        return number

    def table(self) -> pa.Table:
        """The rows, ``row`` first and ``passages`` last."""
        schema = pa.schema([("row", pa.int64()), *self.columns, ("passages", pa.int64())])
        return pa.Table.from_pylist(self._rows, schema)

    def passages(self) -> pa.Table:
        """The passages, in the order of the rows."""
        return pa.Table.from_pylist(self._passages, PASSAGES)


def passage(document: int, start: int, end: int, text: str, note: str | None = None) -> dict[str, Any]:
    """A passage of a document; *text* is the document's whole text or the unit's, cut by the caller."""
    return {"document_id": document, "start": start, "end": end, "text": text, "note": note}
