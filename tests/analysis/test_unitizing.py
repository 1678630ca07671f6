"""Krippendorff's alpha for unitizing, against the published example and against its own definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from makna.analysis.unitizing import Continuum, Section, observed, unitizing_alpha

# Krippendorff (2004), Content Analysis, 2nd ed., p. 254: a continuum from 150 to 450, two observers, categories c and k.
C = Continuum(300, (((75, 145), (220, 250)), ((70, 150), (205, 225), (250, 270))))
K = Continuum(300, (((30, 90), (150, 200)), ((30, 90), (150, 200))))
SECTIONS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: (pair[0], sum(pair))), max_size=6
)


def test_the_published_example() -> None:
    """Observed disagreement .0144, alpha .7286 for c; k is marked alike."""
    assert 2 * observed(*C.sections) / (2 * 300**2) == pytest.approx(0.0144, abs=0.0001)
    found = unitizing_alpha([C])
    assert found.value == pytest.approx(0.7286, abs=0.0001)
    assert (found.low, found.high, found.units, found.values) == (None, None, 1, 5)
    assert unitizing_alpha([K]).value == 1.0


def test_the_published_differences() -> None:
    """50, 850 and 400 of the same example."""
    assert observed([(225, 295)], [(220, 300)]) == 50
    assert observed([(370, 400)], [(355, 375)]) == 850
    assert observed([], [(400, 420)]) == 400


def defined(first: list[Section], second: list[Section], length: int) -> int:
    """The definition, section by section and gap by gap."""

    def gaps(sections: list[Section]) -> list[Section]:
        ends = [0, *(end for pair in sections for end in pair), length]
        return [(ends[n], ends[n + 1]) for n in range(0, len(ends), 2) if ends[n] < ends[n + 1]]

    total = sum((a - c) ** 2 + (b - d) ** 2 for a, b in first for c, d in second if a < d and c < b)
    for mine, theirs in ((first, gaps(second)), (second, gaps(first))):
        total += sum((b - a) ** 2 for a, b in mine for c, d in theirs if c <= a and b <= d)
    return total


@given(SECTIONS, SECTIONS)
def test_differences_are_those_of_the_definition(one: list[Section], other: list[Section]) -> None:
    """For any sections that do not overlap within a coder."""
    apart: list[list[Section]] = []
    for sections in (one, other):
        kept: list[Section] = []
        for start, end in sorted(sections):
            if not kept or start > kept[-1][1]:
                kept.append((start, end))
        apart.append(kept)
    assert observed(*apart) == defined(apart[0], apart[1], 60)


def test_overlapping_sections_of_one_coder_are_one() -> None:
    """The same words coded twice say nothing more."""
    plain = Continuum(100, (((10, 30),), ((12, 30),)))
    twice = Continuum(100, (((10, 25), (20, 30)), ((12, 30),)))
    assert unitizing_alpha([plain]).value == unitizing_alpha([twice]).value


def test_the_interval_comes_from_texts() -> None:
    """Same seed, same interval; it holds the value; one text has none; nothing marked is too little."""
    texts = [Continuum(100, (((n, n + 20),), ((n + n % 3, n + 20),))) for n in range(20)]
    texts += [Continuum(100, (((5, 15),), ()))] * 3
    found = unitizing_alpha(texts)
    assert found == unitizing_alpha(texts)
    assert found.low is not None and found.high is not None and found.value is not None
    assert found.low < found.value < found.high
    assert unitizing_alpha([Continuum(100, ((), ()))]).value is None
    assert unitizing_alpha([Continuum(50, (((0, 50),), ((0, 50),)))] * 2).value == 1.0


def test_chance_gives_none() -> None:
    """Sections thrown at random agree about as chance would."""
    chance = np.random.default_rng(3)

    def thrown() -> tuple[Section, ...]:
        starts = chance.choice(48, size=6, replace=False) * 20
        return tuple((int(s), int(s + chance.integers(5, 18))) for s in sorted(starts))

    found = unitizing_alpha([Continuum(1000, (thrown(), thrown())) for _text in range(60)])
    assert found.value is not None and abs(found.value) < 0.1
