"""One language of a report: months, bands, numbers, codes, and a catalogue without holes."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

import makna.report
from makna.report.words import Words

EN = Words("en")
ID = Words("id", gettext=lambda message: message)


def test_days_months_and_quarters() -> None:
    """Dates are written as each language writes them; a post is placed no closer than its quarter."""
    assert (ID.day(dt.date(2021, 5, 4)), EN.day(dt.date(2021, 5, 4))) == ("4 Mei 2021", "4 May 2021")
    assert ID.month((2021, 3)) == "Maret 2021"
    assert ID.month(None) == ""
    assert [EN.band((2021, m)) for m in (1, 3, 4, 12)] == [
        "January–March 2021", "January–March 2021", "April–June 2021", "October–December 2021",
    ]  # fmt: skip
    assert EN.days(None, None) == "–"


@pytest.mark.parametrize(
    ("value", "english", "indonesian"),
    [(3120, "3,120", "3.120"), (0.125, "0.12", "0,12"), (-1234.5, "−1,234.50", "−1.234,50"), (None, "–", "–"), (float("nan"), "–", "–")],
)  # fmt: skip
def test_numbers(value: float | None, english: str, indonesian: str) -> None:
    """Thousands and decimals are set apart the right way round."""
    assert (EN.number(value), ID.number(value)) == (english, indonesian)


def test_codes_of_informants() -> None:
    """The word of a code is translated, its number kept; a code of the study's own stays."""
    assert (EN.code("Informan 2"), ID.code("Informant 2")) == ("Informant 2", "Informan 2")
    assert EN.code("Penyedia 3") == "Penyedia 3"


def messages() -> set[str]:
    """Every message that the report asks a catalogue for, from its source."""
    found = set()
    for file in Path(makna.report.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in ("gettext", "_", "N_") and isinstance(node.args[0].value, str):
                    found.add(node.args[0].value)
    return found


def test_no_message_is_without_indonesian(gettexts: dict[str, Callable[[str], str]]) -> None:
    """The report speaks Indonesian throughout, its placeholders kept."""
    asked = messages()
    assert len(asked) > 150
    same_in_both = {"n", "recall", "slot", "keyness", "video", "interval", "Skripsi"}
    left = {m for m in asked if gettexts["id"](m) == m} - same_in_both
    assert left == set()
    for message in asked:
        assert set(_names(message)) == set(_names(gettexts["id"](message))), message


def _names(message: str) -> list[str]:
    return [part.partition("}")[0] for part in message.split("{")[1:]]
