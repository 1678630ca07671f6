"""Writings of one term are brought together by their form, where both are used alike."""

from __future__ import annotations

import pytest

from makna.analysis.lenses.groups import relation


@pytest.mark.parametrize(
    ("a", "b", "how"),
    [
        ("zt", "zette", "spelled out"), ("depe", "dp", "spelled out"), ("vrf", "verif", "respelled"), ("ekspo", "expo", "respelled"),
        ("inkol", "incall", "respelled"), ("jlp", "jalpri", "shortened"), ("turbu", "turbulensi", "shortened"),
        ("hnr", "h1tnrun", "shortened"), ("mint", "lemon", ""), ("pu", "pulauwin", ""), ("kotak", "kotaknya", ""),
    ],
)  # fmt: skip
def test_relations_of_form(a: str, b: str, how: str) -> None:
    """Letters spelled out, vowels left out or sounds respelled, clippings; never an inflection or a bare beginning."""
    assert relation(a, b) == relation(b, a) == how
