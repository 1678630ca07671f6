"""Which posts promote, and which accounts do: the ground that several lenses stand on.

A promoting post is a list of moves: several parts, of different kinds. Where a post plainly is one and where it
plainly is none, cues say so; between the two a model learned from the plain cases decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import regex

from makna.analysis.lenses.base import LensInput
from makna.analysis.lenses.cues import Hit, MoveCues
from makna.analysis.lenses.learning import UNKNOWN, Model, bags, learn
from makna.analysis.lenses.posts import Post, observed, ordered, stream
from makna.analysis.lenses.segments import Segment, features, segments

MOVES = ("offer", "terms", "place", "condition", "contact")  # and tag, which its sign gives away
SAMPLE = 20_000  # posts a model learns from, at most
PLAIN_SEGMENTS, PLAIN_MOVES, MANY_MOVES = 3, 2, 4
SURE = 0.5
# At least one break that lists use, or a hashtag; the engine looks for it before anything is read.
# A post that names a way to its author may promote in one sentence, without any break.
LISTING = r"[\n|•·▪●◦★☆✦;,#]|[.!?…]\s|\s[-–—~/+]\s|\p{So}|⟦(?:wa|phone|line|telegram|link:|email|bigo)"
FEWEST, OWN_SHARE = 2, 0.1  # promoting posts of an account, and their share of what it writes unprompted
_TAIL = regex.compile(r"(?<=\?)[^?\p{L}\d⟦]*$")  # emoji after the question mark


@dataclass(frozen=True, slots=True)
class Part:
    """A segment with the cues in it, and the moves they stand for."""

    segment: Segment
    hits: tuple[Hit, ...]
    moves: frozenset[str]


def parts(post: Post, cues: MoveCues) -> list[Part]:
    """The parts of a post."""
    return [_part(s, cues.find(s.tokens)) for s in segments(post.text, post.tokens)]


def _part(segment: Segment, hits: tuple[Hit, ...]) -> Part:
    return Part(segment, hits, frozenset(h.label for h in hits))


def plainly(post: Post, of: Sequence[Part]) -> bool | None:
    """Whether a post plainly promotes, plainly does not, or may (None)."""
    made = frozenset().union(*(p.moves for p in of))
    moves = len(made)
    if post.text.startswith("⟦@") or moves == 0 or (moves == 1 and len(of) < PLAIN_SEGMENTS):
        return False
    if len(of) < PLAIN_SEGMENTS and _TAIL.search(post.text):
        return False  # who asks does not offer
    if moves > PLAIN_MOVES and (len(of) >= PLAIN_SEGMENTS or "contact" in made):
        return True
    if moves >= MANY_MOVES:
        return True
    return None


@dataclass(frozen=True)
class Promoting:
    """Recognises promoting posts; made by :func:`recogniser`."""

    cues: MoveCues
    model: Model | None

    def decide(self, post: Post) -> list[Part] | None:
        """The parts of *post* where it promotes, else None."""
        if post.relation != "none":
            return None
        of = parts(post, self.cues)
        plain = plainly(post, of)
        if plain is None:
            plain = self._learned(of)
        return of if plain else None

    def _learned(self, of: Sequence[Part]) -> bool:
        if self.model is None:
            return len(of) >= PLAIN_SEGMENTS
        return self.model.probability(_shows(of), 1) > SURE

    def posts(self, data: LensInput) -> Iterator[tuple[Post, list[Part]]]:
        """Every promoting post of *data* with its parts."""
        for post in self.possible(_candidates(data)):
            of = self.decide(post)
            if of is not None:
                yield post, of

    def possible(self, posts: ir.Table) -> Iterator[Post]:
        """The posts of *posts* that may promote: they begin with nobody's name and hold what may be a move."""
        return stream(posts.filter(~posts.text.startswith("⟦@")), self.cues.possible)


def recogniser(data: LensInput) -> Promoting:
    """Learn what promotion looks like in *data*."""
    cues = MoveCues(data.wordlist)
    shown, seeds = [], []
    for post in ordered(_candidates(data), SAMPLE):
        of = parts(post, cues)
        plain = plainly(post, of)
        shown.append(_shows(of))
        seeds.append(UNKNOWN if plain is None else int(plain))
    seen = np.array(seeds, dtype=np.int64)
    if min((seen == 0).sum(), (seen == 1).sum()) < 5:
        return Promoting(cues, None)
    return Promoting(cues, learn(bags(shown), seen, ("other", "promotion")))


def promoting_accounts(data: LensInput, promoting: Promoting) -> frozenset[int]:
    """The accounts of *data* that promote (see :func:`promoters`). Of an account as many posts are read as decide it."""
    own = _unprompted(data)
    lists = own.text.re_search(LISTING)
    counts = own.group_by("author_id").agg(own=own.count(), lists=lists.sum()).to_pyarrow().to_pylist()
    least = {c["author_id"]: _least(c["own"]) for c in counts if c["lists"] >= _least(c["own"])}
    known = ibis.memtable(pa.table({"author_id": pa.array(sorted(least), pa.int64())}))
    found: Counter[int] = Counter()
    for post in promoting.possible(_candidates(data).semi_join(known, "author_id")):
        author = post.author_id
        if author is not None and found[author] < least[author] and promoting.decide(post) is not None:
            found[author] += 1
    return frozenset(a for a, n in found.items() if n >= least[a])


def promoters(data: LensInput, found: Counter[int]) -> frozenset[int]:
    """Accounts with at least two promoting posts that make a tenth of what they write unprompted.

    One list may be anybody's, and who writes a hundred posts has written two lists among them.
    """
    several = pa.table({"author_id": pa.array([a for a, n in found.items() if n >= FEWEST], pa.int64())})
    posts = _unprompted(data).semi_join(ibis.memtable(several), "author_id")
    counts = posts.group_by("author_id").agg(own=posts.count()).to_pyarrow().to_pylist()
    return frozenset(c["author_id"] for c in counts if found[c["author_id"]] >= _least(c["own"]))


def _unprompted(data: LensInput) -> ir.Table:
    posts = observed(data)
    return posts.filter((posts.relation == "none") & posts.author_id.notnull())


def _least(own: int) -> float:
    """How many posts of *own* unprompted ones must promote."""
    return max(FEWEST, OWN_SHARE * own)


def _candidates(data: LensInput) -> ir.Table:
    posts = observed(data)
    return posts.filter((posts.relation == "none") & posts.text.re_search(LISTING))


def _shows(of: Sequence[Part]) -> list[str]:
    """What a post shows as a whole: its moves, how many parts it has, its words."""
    moves = sorted(frozenset().union(*(p.moves for p in of))) if of else []
    found = [f"·{move}" for move in moves] + [f"·parts {min(len(of), 5)}"] * 2
    return found + [f for p in of for f in features(p.segment) if not f.startswith("·")]
