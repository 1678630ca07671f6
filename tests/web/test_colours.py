"""The colours of codes, beside an independent library of colours."""

from __future__ import annotations

import itertools

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from makna.record.palette import SLOTS, apart, choose, colour, css
from makna.web.reading.colours import stylesheet

PAGES = {"light": "#ffffff", "dark": "#1d1e20"}
ALL = [(slot, theme) for slot in range(SLOTS) for theme in PAGES]


def _difference(one: Color, other: Color) -> float:
    """Distance in OKLab, as coloraide has it."""
    return float(one.distance(other, space="oklab"))


def _least(one: int, other: int) -> float:
    """The distance of two slots to the eyes and in the theme that tell them apart least, as coloraide simulates it."""
    found = []
    for theme in PAGES:
        a, b = Color(css(one, theme)), Color(css(other, theme))
        found.append(_difference(a, b))
        for kind in ("protan", "deutan", "tritan"):
            seen = (c.convert("srgb").filter(kind, method="machado") for c in (a, b))
            found.append(_difference(*seen))
    return min(found)


@pytest.mark.parametrize("slot,theme", ALL)
def test_every_colour_is_seen_on_the_page(slot: int, theme: str) -> None:
    """A colour exists in sRGB and stands out from its page by 3:1 at least."""
    shown = Color(css(slot, theme))
    assert shown.in_gamut("srgb", tolerance=0.001)
    assert shown.contrast(PAGES[theme]) >= 3


def test_hues_are_evenly_spaced_and_lightness_alternates() -> None:
    """Neighbours in hue never have the same lightness."""
    for theme in PAGES:
        hues = [colour(slot, theme)[2] for slot in range(SLOTS)]
        assert sorted((b - a) % 360 for a, b in itertools.pairwise(hues)) == [360 / SLOTS] * (SLOTS - 1)
        light = [colour(slot, theme)[0] for slot in range(SLOTS)]
        assert all(a != b for a, b in itertools.pairwise([*light, light[0]]))


@pytest.mark.parametrize("one,other", list(itertools.combinations(range(0, SLOTS, 5), 2)))
def test_distances_are_those_of_the_published_simulation(one: int, other: int) -> None:
    """Own arithmetic and coloraide's agree on how far two colours are apart for colour-blind readers."""
    assert apart(one, other) == pytest.approx(_least(one, other), abs=2e-3)


@pytest.mark.parametrize("first", range(SLOTS))
def test_six_codes_of_a_branch_stay_distinct_to_all_eyes(first: int) -> None:
    """The first six siblings differ by 0.08 in OKLab for every kind of vision, the first eight by 0.03.

    A difference of 0.02 is just seen (Ottosson 2020 scales OKLab like CIEDE2000 / 100).
    """
    branch = [first]
    while len(branch) < 8:
        branch.append(choose(branch, branch))
    assert min(_least(a, b) for a, b in itertools.combinations(branch[:6], 2)) >= 0.08
    assert min(_least(a, b) for a, b in itertools.combinations(branch, 2)) >= 0.03


@given(st.lists(st.integers(0, 40), max_size=60))
def test_a_slot_is_chosen_however_many_codes_there_are(used: list[int]) -> None:
    """A slot of the palette comes out, and a used one of the branch only where all are used."""
    slot = choose(used, used)
    assert 0 <= slot < SLOTS
    assert slot not in {u % SLOTS for u in used} or len({u % SLOTS for u in used}) == SLOTS


def test_codes_without_a_branch_go_round_the_palette() -> None:
    """A first code below another takes what the study uses least."""
    used: list[int] = []
    for _ in range(SLOTS):
        used.append(choose([], used))
    assert sorted(used) == list(range(SLOTS))


def test_the_stylesheet_names_each_code_three_times() -> None:
    """A code's colour is set for the first, second and third of a stretch, in both themes."""
    rules = stylesheet([(7, 3), (9, 3), (4, 27)])
    light, dark = css(3, "light"), css(3, "dark")
    assert f".c-4,.c-7,.c-9{{--c:light-dark({light},{dark})}}" in rules
    assert rules.count("--d:") == rules.count("--e:") == 1
