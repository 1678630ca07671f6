"""Who of two invented coders gives which passage which code: they agree on most, and where they differ the seed decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import Any

from makna.demo.passages import Passage, Texts, wider

CODERS = ("laras", "galih")
Coded = dict[str, dict[str, list[Passage]]]  # coder → code → passages

_APART = (0.14, 0.24)  # share of the turns and paragraphs with a code that only one coder gives it
_POSTS_APART = (0.14, 0.24)
_OTHERWISE = 0.75  # of those on posts: the share that the other gives a near code instead of none
_WIDER = 0.3  # share of passages that the second coder marks by whole sentences


def spoken(texts: Texts, codes: Sequence[dict[str, Any]], seed: int) -> Coded:
    """The codings on interviews, notes and literature."""
    made = _empty()
    for code in codes:
        rng = Random(f"{seed} {code['id']} said")
        found = [place for said in code.get("said", ()) if (place := texts.words(said))]
        units = list(dict.fromkeys(unit for unit, _start, _end in found))
        alone = _alone(len(units), _APART, rng)
        for unit, start, end in found:
            for coder in CODERS:
                if alone.get(units.index(unit), coder) != coder:
                    continue
                broad = coder == CODERS[1] and rng.random() < _WIDER
                made[coder][code["id"]].append(
                    unit.at(*(wider(unit.text, start, end) if broad else (start, end)))
                )
    return made


def observed(texts: Texts, codes: Sequence[dict[str, Any]], seed: int) -> Coded:
    """The codings on posts: a sample of each code, on which one coder now and then reads something near."""
    made = _empty()
    for code in codes:
        if "posts" not in code:
            continue
        rng, found = Random(f"{seed} {code['id']} posts"), texts.observed(code["posts"])
        found = sorted(rng.sample(found, min(len(found), code["posts"]["most"])))
        alone = _alone(len(found), _POSTS_APART, rng)
        for n, passage in enumerate(found):
            for coder in CODERS:
                if alone.get(n, coder) == coder:
                    made[coder][code["id"]].append(passage)
                elif "near" in code and rng.random() < _OTHERWISE:
                    made[coder][code["near"]].append(passage)
    return made


def _alone(n: int, between: tuple[float, float], rng: Random) -> dict[int, str]:
    """Which of *n* passages one coder alone gives the code, and who; one at least."""
    few = max(1, round(n * rng.uniform(*between))) if n > 2 else 0
    return {one: rng.choice(CODERS) for one in sorted(rng.sample(range(n), few))}


def _empty() -> Coded:
    return {coder: defaultdict(list) for coder in CODERS}
