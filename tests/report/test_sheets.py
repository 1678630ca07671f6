"""Tables as CSV: what a spreadsheet takes for a formula is text, and nothing else changes."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from makna.report.sheets import as_csv

CELLS = st.text(alphabet="=+-@\t\r\n'\"ab1,;|＝ 🙂", max_size=12)


def read(content: bytes) -> list[list[str]]:
    """The cells as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=4))
def test_no_cell_begins_a_formula_and_none_loses_a_character(rows: list[list[str]]) -> None:
    """An apostrophe at most comes before it."""
    found = read(as_csv(["a", "b"], rows))[1:]
    for told, said in zip([c for r in rows for c in r], [c for r in found for c in r], strict=True):
        assert said in (told, f"'{told}")
        assert not said or said[0] not in "=+-@\t\r\n＝＋－＠"


def test_figures_stay_figures() -> None:
    """A negative one too; what is not there is empty."""
    assert read(as_csv(["n"], [[-1.5], [None], ["-1.5"]])) == [["n"], ["-1.5"], [""], ["'-1.5"]]
