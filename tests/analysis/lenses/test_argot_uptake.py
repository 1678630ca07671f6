"""Labels, uptake and senses of argot on an invented market."""

from __future__ import annotations

import numpy as np
import pytest

from makna.analysis.lenses.argot_rows import capital
from makna.analysis.lenses.general import elsewhere
from makna.analysis.lenses.senses import _split


@pytest.mark.parametrize(
    ("text", "word", "told"),
    [
        ("kemarin ke Zorbal lagi", "Zorbal", True), ("kemarin zorbal lagi", "zorbal", False), ("Zorbal lagi", "Zorbal", None),
        ("lagi. Zorbal", "Zorbal", None), ("lagi di ZORBAL", "ZORBAL", None),
    ],
)  # fmt: skip
def test_capitals_tell_names_where_they_say_something(text: str, word: str, told: bool | None) -> None:
    """First in a sentence or all in capitals, they say nothing."""
    start = text.index(word)
    assert capital(text, start, start + len(word)) is told


def test_foreign_words_are_told_by_their_language() -> None:
    """A word of neither language that another knows well; an invented one is of none."""
    assert elsewhere("gelukkig") == "nl"
    assert elsewhere("zorbalina") == "" == elsewhere("rumah")


def test_senses_split_where_company_differs() -> None:
    """Two directions are two senses; one direction with noise is one."""
    chance = np.random.default_rng(1)
    noise = chance.normal(0, 0.1, (40, 5))
    two = np.vstack([np.tile([1.0, 0, 0, 0, 0], (20, 1)), np.tile([0, 1.0, 0, 0, 0], (20, 1))]) + noise
    one = np.tile([1.0, 0, 0, 0, 0], (40, 1)) + noise
    assert sorted(map(len, _split(_unit(two)))) == [20, 20]
    assert [len(group) for group in _split(_unit(one))] == [40]


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
