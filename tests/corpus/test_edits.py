"""Texts changed in places: offsets, lengths and tokens go along."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makna.corpus.edits import Edit, Editing, edited, growth_by_document, moved
from makna.corpus.importing.rows import tokens_of
from makna.corpus.model import UNITS


def units(*texts: tuple[int, int, str]) -> pa.RecordBatch:
    """Units (id, document, text) of documents whose units are joined by two line ends."""
    rows, begin = [], {}
    for unit, document, text in texts:
        start = begin.get(document, 0)
        begin[document] = start + len(text) + 2
        rows.append(
            {"unit_id": unit, "document_id": document, "ordinal": 0, "start": start, "end": start + len(text)}
            | {"text": text}
        )
    made = pa.RecordBatch.from_pylist(rows, UNITS)
    return made.set_column(
        UNITS.get_field_index("tokens"), UNITS.field("tokens"), tokens_of([t for *_x, t in texts])[0]
    )


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and disjoint edits of it."""
    text = draw(st.text("ab ⟦?⟧c", max_size=40))
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(places[::2], places[1::2], strict=False)
    return text, [Edit(a, b, draw(st.text("xyz", max_size=5))) for a, b in pairs]


@given(texts_with_edits())
def test_what_is_outside_the_edits_is_found_where_it_moved(case: tuple[str, list[Edit]]) -> None:
    """Every character outside the edits stands at its moved place."""
    text, edits = case
    made = edited(text, edits)
    assert len(made) == len(text) + sum(edit.growth for edit in edits)
    for place, char in enumerate(text):
        if not any(edit.start <= place < edit.end for edit in edits):
            assert made[moved(place, [e for e in edits if e.end <= place])] == char


def test_later_units_of_a_document_move_and_others_stay() -> None:
    """Offsets count on within a document, also from one group of rows to the next."""
    first, second = units((1, 10, "halo ⟦?⟧ ya"), (2, 10, "dua"), (3, 11, "tiga")), units((4, 10, "empat"))
    edits = {1: [Edit(5, 8, "⟦phone⟧")], 4: [Edit(0, 1, "")]}
    grown = growth_by_document(first, edits)
    for document, more in growth_by_document(second, edits).items():
        grown[document] = grown.get(document, 0) + more
    assert grown == {10: 3}
    change = Editing(edits, grown)
    after = change("units", first)
    assert after["text"].to_pylist() == ["halo ⟦phone⟧ ya", "dua", "tiga"]
    assert list(zip(after["start"].to_pylist(), after["end"].to_pylist(), strict=True)) == [
        (0, 15),
        (17, 20),
        (0, 4),
    ]
    assert [t["token"] for t in after["tokens"].to_pylist()[0]] == ["halo", "⟦phone⟧", "ya"]
    assert after["tokens"].to_pylist()[1:] == first["tokens"].to_pylist()[1:]
    last = change("units", second)
    assert (last["start"][0].as_py(), last["end"][0].as_py()) == (4, 8)


def test_lengths_of_documents_follow() -> None:
    """Only the documents that grew have another length."""
    rows = pa.RecordBatch.from_pydict({"document_id": [10, 11], "length": pa.array([20, 4], pa.int32())})
    assert Editing({}, {10: -3})("documents", rows)["length"].to_pylist() == [17, 4]


@pytest.mark.parametrize("edits", [[Edit(0, 3, ""), Edit(2, 4, "")], [Edit(1, 9, "")]])
def test_edits_that_do_not_fit_are_refused(edits: list[Edit]) -> None:
    """They would lose text silently."""
    with pytest.raises(ValueError, match="Edits"):
        edited("abcde", edits)
