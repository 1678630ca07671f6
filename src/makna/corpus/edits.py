"""Texts changed in places, and what lies in them moved along: offsets of units, lengths of documents, tokens. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from makna.corpus.importing.rows import tokens_of


class Edit(NamedTuple):
    """In a unit's text, what stands from *start* to *end* (code points) becomes *new*."""

    start: int
    end: int
    new: str

    @property
    def growth(self) -> int:
        """By how many code points the text grows."""
        return len(self.new) - (self.end - self.start)


Edits = Mapping[int, Sequence[Edit]]  # unit id -> disjoint edits, in order


def edited(text: str, edits: Sequence[Edit]) -> str:
    """*text* with each edit made; raises ValueError where they overlap or reach beyond it."""
    pieces, at = [], 0
    for edit in edits:
        if edit.start < at or edit.end > len(text):
            raise ValueError("Edits overlap or do not fit the text.")
        pieces += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*pieces, text[at:]])


def moved(place: int, edits: Sequence[Edit]) -> int:
    """Where *place*, outside all edits, stands once they are made."""
    return place + sum(edit.growth for edit in edits if edit.end <= place)


def growth_by_document(units: pa.RecordBatch, edits: Edits) -> dict[int, int]:
    """Document -> by how many code points it grows by the *edits* of these *units*."""
    grown: dict[int, int] = {}
    pairs = zip(units["unit_id"].to_pylist(), units["document_id"].to_pylist(), strict=True)
    for unit, document in pairs:
        if unit in edits:
            grown[document] = grown.get(document, 0) + sum(edit.growth for edit in edits[unit])
    return grown


class Editing:
    """The change of a batch's tables by *edits*; *grown* is what every document grows by."""

    def __init__(self, edits: Edits, grown: Mapping[int, int]) -> None:
        self._edits, self._grown = edits, grown
        self._shift: dict[int, int] = {}  # document -> by how much its next unit has moved

    def __call__(self, table: str, rows: pa.RecordBatch) -> pa.RecordBatch:
        """The rows of *table* with the edits made; tables that hold no text stay as they are."""
        if table == "documents":
            return self._documents(rows)
        return self._units(rows) if table == "units" else rows

    def _documents(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        grown = pa.array(list(self._grown), pa.int64())
        at = pc.index_in(rows["document_id"], value_set=grown)
        more = pc.fill_null(pc.take(pa.array(list(self._grown.values()), pa.int32()), at), 0)
        return _with(rows, {"length": pc.add(rows["length"], more)})

    def _units(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        documents = rows["document_id"].to_pylist()
        touched = [i for i, document in enumerate(documents) if document in self._grown]
        if not touched:
            return rows
        ids, texts = rows["unit_id"].to_pylist(), rows["text"].to_pylist()
        starts, ends = (rows[c].to_numpy(zero_copy_only=False).copy() for c in ("start", "end"))
        changed = []
        for i in touched:
            mine, shift = self._edits.get(ids[i], ()), self._shift.get(documents[i], 0)
            starts[i] += shift
            if mine:
                texts[i] = edited(texts[i], mine)
                changed.append(i)
                shift += sum(edit.growth for edit in mine)
            ends[i] += shift
            self._shift[documents[i]] = shift
        columns = {"start": pa.array(starts), "end": pa.array(ends), "text": pa.array(texts, pa.string())}
        return _with(rows, {**columns, "tokens": _retokenised(rows["tokens"], texts, changed)})


def _retokenised(tokens: pa.ListArray, texts: Sequence[str], changed: Sequence[int]) -> pa.Array:
    """*tokens* with those of the *changed* rows made anew."""
    made = tokens_of([texts[i] for i in changed])[0]
    source = np.arange(len(tokens))
    source[list(changed)] = len(tokens) + np.arange(len(changed))
    return pa.concat_arrays([tokens, made.cast(tokens.type)]).take(pa.array(source))


def _with(rows: pa.RecordBatch, columns: Mapping[str, pa.Array]) -> pa.RecordBatch:
    arrays = [columns.get(name, column) for name, column in zip(rows.schema.names, rows.columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=rows.schema)
