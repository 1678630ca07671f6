"""Every action can be told in words."""

from __future__ import annotations

from pathlib import Path

from makna.record import action_words, actions

BEGINNINGS = {"__init__", "begin_study"}  # a study's first row is no event


def test_no_action_is_without_words() -> None:
    """Lists of activities and the report's audit trail speak of each in words, and of nothing that is not there."""
    there = {file.stem for file in Path(actions.__file__).parent.glob("*.py")} - BEGINNINGS
    assert there - set(action_words.WORDS) == set()
    assert set(action_words.WORDS) - there == {"restore", "erase"}


def test_an_unknown_action_is_told_by_its_name() -> None:
    """What an older or newer program did is not lost."""
    assert action_words.of("fold_paper") == "fold paper"
