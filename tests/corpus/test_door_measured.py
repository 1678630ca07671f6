"""The door's figures as they ship: every class is measured, and each count of the door finds its own."""

from __future__ import annotations

import datetime as dt

import pytest

from makna import wordlists
from makna.corpus.disguise.measured import CLASSES, Measured, last, measured_class


def test_every_class_is_measured_on_many() -> None:
    """The shipped figures hold each class in clear and obfuscated form, and meet what the door promises."""
    figures = last()
    assert set(figures.classes) == set(CLASSES)
    assert figures.measured_on <= dt.date.today()
    assert figures.identifiers == sum(row["identifiers"] for row in figures.rows())  # type: ignore[misc]
    assert figures.identifiers >= 20_000
    touched, harmless = figures.harmless
    assert harmless >= 20_000
    assert touched / harmless <= 0.02
    for kind in set(CLASSES) - {"name"}:
        assert figures.share(kind, "clear") == 1
    hidden = [figures.classes[kind]["obfuscated"] for kind in set(CLASSES) - {"name"}]
    assert sum(hit for hit, _of in hidden) / sum(of for _hit, of in hidden) >= 0.95
    assert (figures.share("name") or 0) >= 0.85


@pytest.mark.parametrize(
    ("counted", "measured"),
    [
        ("wa", "phone"),
        ("link:telegram", "link"),
        ("telegram", "messenger"),
        ("line", "messenger"),
        ("⟦email⟧", "email"),
        ("@", "account"),
        ("account", "account"),
        ("?", "?"),
    ],
)
def test_what_the_door_counts_finds_its_figure(counted: str, measured: str) -> None:
    """Messengers are one class; a WhatsApp number is a phone number; a doubt has no figure."""
    assert measured_class(counted) == measured


def test_every_trigger_belongs_to_a_class() -> None:
    """No label of a messenger goes without a figure."""
    labels = set(wordlists.load("door_triggers").entries.values())
    assert {measured_class(label) for label in labels} <= set(CLASSES)


def test_what_was_not_measured_has_no_share() -> None:
    """Neither an unknown class nor a form without examples becomes a number."""
    figures = Measured(dt.date(2021, 3, 4), 2, (0, 1), {"phone": {"clear": (1, 2)}})
    assert figures.share("phone") == 0.5
    assert figures.share("phone", "obfuscated") is None
    assert figures.shares(["wa", "?", "name"]) == {"wa": 0.5}
    assert [row["class"] for row in figures.rows()] == ["phone"]
