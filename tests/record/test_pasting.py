"""Cells pasted from a spreadsheet."""

from __future__ import annotations

import pytest

from makna.errors import RecordError
from makna.record.pasting import pasted


@pytest.mark.parametrize("mark", ["\t", ";", ","])
def test_cells_are_parted_as_the_spreadsheet_does(mark: str) -> None:
    """Rows that end early have empty cells; a cell in quotes may hold the mark."""
    found = pasted(
        f'kasus{mark}peran{mark}umur\r\nInforman 1{mark}"a{mark}b"{mark}31\r\n\r\nInforman 2{mark}penjual\r\n'
    )
    assert found.attributes == ("peran", "umur")
    assert found.cells == (("Informan 1", (f"a{mark}b", "31")), ("Informan 2", ("penjual", "")))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("kasus\tperan", "for each case"), ("kasus\nInforman 1", "names the attributes"),
        ("k\tperan\tPeran\nInforman 1\tx\ty", "each once"), ("k\tperan\nA 1\tx\na 1\ty", "more than one row"),
        ("k\tperan\nA 1\tx\ty", "Row 2 has more cells"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(text: str, why: str) -> None:
    """With the reason."""
    with pytest.raises(RecordError, match=why):
        pasted(text)
