"""Labels: which are known, and what role they mean."""

from __future__ import annotations

import pytest

from makna.corpus.readers import dates, speakers
from makna.corpus.records import RawTurn


@pytest.mark.parametrize(
    ("label", "known"),
    [
        ("P", "p"), ("P1", "p"), ("Informan 3", "informan"), ("INFORMAN KUNCI II", "informan"), ("Responden A", "responden"),
        ("Peneliti (Rina)", "peneliti"), ("Informan Melati", "informan"), ("participant-4", "participant"),
        ("Jadi gini", None), ("Responden bilang", None), ("Bu Melati", None), ("A Kasih", None), ("", None),
    ],
)  # fmt: skip
def test_known_labels(label: str, known: str | None) -> None:
    """Role words with a number, a letter, a qualifier or a name are known; sentences that begin with one are not."""
    assert speakers.base(label) == known


@pytest.mark.parametrize(
    ("labels", "researcher"),
    [
        (["P", "I"], "P"), (["P", "N"], "P"), (["T", "J"], "T"), (["Q", "A"], "Q"), (["Interviewer", "P"], "Interviewer"),
        (["I", "Participant 4"], "I"), (["P", "Informan 3"], "P"), (["I", "P1", "P2"], "I"), (["P", "I1", "I2"], "P"),
        (["P", "R"], "P"), (["R", "Informan"], "R"), (["M", "P1", "P2"], "M"), (["Rina", "Informan"], "Rina"),
        (["Peneliti", "Melati", "Kenanga"], "Peneliti"), (["Int", "Resp"], "Int"),
    ],
)  # fmt: skip
def test_roles_of_a_pair(labels: list[str], researcher: str) -> None:
    """One side asks, all others take part, in either language and whatever the pairing."""
    expected = {label: "researcher" if label == researcher else "participant" for label in labels}
    assert speakers.roles(labels) == expected


def test_who_asks_settles_two_letters() -> None:
    """Where I asks and P answers, I is the interviewer."""
    turns = [
        RawTurn("Since when?", "I"),
        RawTurn("2019.", "P"),
        RawTurn("Why?", "I"),
        RawTurn("Freedom.", "P"),
    ]
    assert speakers.roles(["I", "P"], turns=turns) == {"I": "researcher", "P": "participant"}


def test_names_stay_open_until_something_tells() -> None:
    """Two names alone are "other"; who asks in most turns is the researcher."""
    assert speakers.roles(["Rina", "Melati"]) == {"Rina": "other", "Melati": "other"}
    turns = [
        RawTurn("Kapan?", "Rina"),
        RawTurn("Dulu.", "Melati"),
        RawTurn("Kenapa?", "Rina"),
        RawTurn("Iseng.", "Melati"),
    ]
    assert speakers.roles(["Rina", "Melati"], turns=turns) == {"Rina": "researcher", "Melati": "participant"}


def test_what_the_researcher_states_outranks_all() -> None:
    """Participants' labels and overrides hold against the list, the legend and the turns."""
    assert speakers.roles(["P", "I"], {"p": "Informan 1"}) == {"P": "participant", "I": "researcher"}
    found = speakers.roles(
        ["Peneliti", "Informan"], overrides={"informan": "researcher", "Peneliti": "Informan 2"}
    )
    assert found == {"Peneliti": "participant", "Informan": "researcher"}


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Senin, 3 Maret 2021", "2021-03-03"), ("3-3-2021", "2021-03-03"), ("13/12/2020 pukul 10.00", "2020-12-13"),
        ("2021-03-04", "2021-03-04"), ("March 3rd, 2021", "2021-03-03"), ("Agustus 2020", "2020-08"), ("2021", "2021"),
        ("31 Februari 2021", "2021-02"), ("31/02/2021", None), ("pukul 10.30", None), ("nomor 2021003", None), ("17 Agt 2020", "2020-08-17"),
    ],
)  # fmt: skip
def test_dates(text: str, iso: str | None) -> None:
    """Dates in both languages, the day first; a day that does not exist is left out."""
    assert dates.iso(text) == iso


@pytest.mark.parametrize("text", ["nul" * 60, "a b " * 60, "P (x) " * 40, "A&" * 100, "Informan " * 40 + ":"])
def test_a_line_is_read_one_way(text: str) -> None:
    """Long words and long runs of words are looked at once, not in every way they could be parted."""
    found = speakers.candidates(speakers.Line(f"Teks {text} akhir", 1))
    assert all(len(label.label.split()) <= 5 for label in found)


def test_signs_stand_against_a_word() -> None:
    """A number in brackets or behind a hash may touch the word of a label; two words need a blank."""
    labels = [
        speakers.candidates(speakers.Line(f"{label}: halo", 1))[0].label for label in ("P(1)", "Informan#2")
    ]
    assert labels == ["P(1)", "Informan#2"]
