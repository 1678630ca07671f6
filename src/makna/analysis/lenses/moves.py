"""The moves of a promoting post: what each of its parts does.

A part whose cues name one move teaches the model; a part without a cue gets the move that its words and its place
in the post make most likely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from makna.analysis.lenses.learning import UNKNOWN, Model, bags, learn
from makna.analysis.lenses.promoting import MOVES, Part
from makna.analysis.lenses.segments import features

FEWEST = 20  # parts with one plain move, before a model is learned from them


@dataclass(frozen=True, slots=True)
class Move:
    """A move, where it stands in the post's text, and why it is taken for one."""

    move: str
    start: int
    end: int
    note: str
    sure: bool  # by a cue, not by the model


@dataclass(frozen=True)
class MoveReader:
    """Labels parts with moves; made by :func:`learn_moves`."""

    model: Model | None

    def read(self, of: Sequence[Part]) -> list[Move]:
        """The moves of one post, in reading order; a part may make several."""
        return [move for moves in self.by_part(of) for move in moves]

    def by_part(self, of: Sequence[Part]) -> list[list[Move]]:
        """The moves of each part."""
        return [self._of(part, shown(of, n)) for n, part in enumerate(of)]

    def chances(self, of: Sequence[Part], move: str) -> list[float]:
        """How likely each part makes *move*, by its words and its place."""
        if self.model is None:
            return [0.0] * len(of)
        return [self.model.probability(shown(of, n), MOVES.index(move)) for n in range(len(of))]

    def _of(self, part: Part, signs: list[str]) -> list[Move]:
        segment = part.segment
        found: dict[str, Move] = {}
        for hit in part.hits:
            found.setdefault(hit.label, Move(hit.label, segment.start, segment.end, f"“{hit.cue}”", True))
        if "tag" not in found and self.model is not None:
            chances = self.model.probabilities(signs)
            best = max(range(len(chances)), key=chances.__getitem__)
            words = self.model.reasons(signs, best)
            note = "≈ " + ", ".join(f"“{w}”" for w in words)
            found.setdefault(MOVES[best], Move(MOVES[best], segment.start, segment.end, note, False))
        return list(found.values())


def shown(post: Sequence[Part], n: int) -> list[str]:
    """What part *n* of a post shows: its words, its shape, and the plain moves beside it."""
    beside = [f"·after {m}" for m in sorted(post[n - 1].moves)] if n else []
    beside += [f"·before {m}" for m in sorted(post[n + 1].moves)] if n + 1 < len(post) else []
    return features(post[n].segment) + beside


def learn_moves(posts: Sequence[Sequence[Part]]) -> MoveReader:
    """Learn the moves from the parts of promoting posts."""
    of = [(part, shown(post, n)) for post in posts for n, part in enumerate(post) if part.moves != {"tag"}]
    seeds = [
        MOVES.index(next(iter(p.moves))) if len(p.moves) == 1 and p.moves <= {*MOVES} else UNKNOWN
        for p, _ in of
    ]
    if sum(seed != UNKNOWN for seed in seeds) < FEWEST:
        return MoveReader(None)
    signs = bags([signs for _, signs in of])
    return MoveReader(learn(signs, np.array(seeds, dtype=np.int64), MOVES, weight=0.1))
