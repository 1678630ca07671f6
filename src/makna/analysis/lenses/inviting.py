"""Invitations out of the public place: who asks whom to go on where nobody watches.

Plain cases name a channel (a number that the door replaced, *dm*, *japri*) in a post that promotes or in an answer between
a promoting account and somebody else. What promoting accounts write elsewhere, and what others say among themselves,
are the contrast. A model over words and word pairs learned from both finds the invitations that name nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np

from makna.analysis.lenses.base import LensInput
from makna.analysis.lenses.learning import UNKNOWN, Model, bags, learn
from makna.analysis.lenses.moves import MoveReader, learn_moves
from makna.analysis.lenses.posts import Post, observed, ordered, stream, with_sides
from makna.analysis.lenses.promoting import SAMPLE, Part, Promoting, parts, promoting_accounts, recogniser
from makna.analysis.lenses.segments import Segment, features
from makna.analysis.tokens import tokens_of

LIKELY, DOUBLE, ANSWER, SURE = 0.7, 0.99, 0.95, 0.99  # see _limit
FEWEST = 10
PLACED = 0.9
BESIDE = frozenset(
    {"offer", "condition"}
)  # moves that share a part with an invitation: "serious people only, …"
_INSIDE_DIGIT = r"\p{L}[0-9]\p{L}"


@dataclass(frozen=True, slots=True)
class Invitation:
    """One inviting post: its best segment, its channel, who writes it, and why it counts."""

    post: Post
    segment: Segment
    channel: str
    role: str  # own post, answer, request
    note: str


@dataclass(frozen=True)
class Inviting:
    """Recognises invitations; made by :func:`learn_invitations`."""

    promoting: Promoting
    accounts: frozenset[int]
    model: Model | None
    moves: MoveReader
    idle: frozenset[str]  # words that say nothing alone: forms of address

    def find(self, data: LensInput) -> Iterator[Invitation]:
        """Every invitation among the harvested posts."""
        for post, of in self.promoting.posts(data):
            found = self._best(post, of, "own post")
            if found:
                yield found
        for post in stream(self._candidates(data)):
            role = self._role(post)
            found = self._best(post, parts(post, self.promoting.cues), role) if role else None
            if found:
                yield found

    def _role(self, post: Post) -> str | None:
        if post.relation == "none":
            return None
        if post.author_id in self.accounts:
            return "answer"
        return "request" if post.parent_author in self.accounts else None

    def _best(self, post: Post, of: Sequence[Part], role: str) -> Invitation | None:
        for part in of:
            hit = next((h for h in part.hits if h.label == "contact"), None)
            if hit:
                return Invitation(post, part.segment, _channel(of), role, f"“{hit.cue}”")
        if self.model is None or (role == "answer" and post.author_id == post.parent_author):
            return None
        for part in of:
            signs = _signs(part, post, self.idle)
            if self.model.probability(signs, 1) > _limit(role, part):
                words = ", ".join(f"“{w}”" for w in self.model.reasons(signs, 1))
                return Invitation(post, part.segment, "unnamed", role, f"≈ {words}")
        return self._by_place(post, of) if role == "own post" else None

    def _by_place(self, post: Post, of: Sequence[Part]) -> Invitation | None:
        """A part that stands where promoting posts have their contact, and says no other move."""
        for part, moves in zip(of, self.moves.by_part(of), strict=True):
            contact = next((m for m in moves if m.move == "contact"), None)
            if contact and not part.hits:
                return Invitation(post, part.segment, "unnamed", "own post", contact.note)
        return None

    def _candidates(self, data: LensInput) -> ir.Table:
        """Answers and quotations between promoting accounts and others that hold a word of an invitation."""
        posts = with_sides(observed(data), self.accounts)
        near = posts.filter(posts.relation.isin(["reply", "quote"]) & (posts.inside | posts.answered))
        units = data.units.semi_join(near, "document_id")
        tokens = tokens_of(units)
        known = tokens.token.isin(self._words()) | tokens.token.startswith("⟦")
        marked = tokens.filter(known | tokens.token.re_search(_INSIDE_DIGIT)).select("document_id").distinct()
        return near.semi_join(marked, "document_id")

    def _words(self) -> list[str]:
        """Single words that may stand in an invitation: those of the lists, and those that speak for one."""
        listed = self.promoting.cues.words("contact")
        learned: set[str] = set()
        if self.model is not None:
            gain = self.model.weights[:, 1] - self.model.weights[:, 0]
            kept = (n for n, g in zip(self.model.names, gain, strict=True) if g > 0 and n[0] != "·")
            learned = {word for name in kept for word in name.split(" ")}
        return sorted(listed | learned)


def learn_invitations(data: LensInput) -> Inviting:
    """Learn what an invitation looks like in *data*."""
    promoting = recogniser(data)
    accounts = promoting_accounts(data, promoting)
    idle = data.wordlist("question_cues").words("address")
    read = [(post, promoting.decide(post)) for post in ordered(observed(data), SAMPLE)]
    moves = learn_moves([own for _post, own in read if own])
    signs, seeds = [], []
    for post, own in read:
        of = own or parts(post, promoting.cues)
        placed = moves.chances(own, "contact") if own else [0.0] * len(of)
        for part, chance in zip(of, placed, strict=True):
            signs.append(_signs(part, post, idle))
            seeds.append(_seed(post, part, accounts, promotes=own is not None, placed=chance))
    seen = np.array(seeds, dtype=np.int64)
    if min((seen == 0).sum(), (seen == 1).sum()) < FEWEST:
        return Inviting(promoting, accounts, None, moves, idle)
    model = learn(bags(signs), seen, ("other", "invitation"), weight=0.0)
    return Inviting(promoting, accounts, model, moves, idle)


def _limit(role: str, part: Part) -> float:
    """How likely a part must be an invitation: more so where it says something else, or where others may only ask."""
    if role == "own post":
        return LIKELY if not part.hits else DOUBLE if part.moves <= BESIDE else 1.0
    return SURE if role == "request" else ANSWER


def _seed(post: Post, part: Part, accounts: frozenset[int], *, promotes: bool, placed: float) -> int:
    """1 an invitation, 0 none. *placed*: how likely the part stands where promoting posts have their contact.

    A part of a list shows by its place what an answer elsewhere can only show by its words; so the first teaches the second.
    """
    inside, answered = post.author_id in accounts, post.parent_author in accounts
    answer = post.relation != "none"
    if "contact" in part.moves:
        return 1 if promotes or (answer and (inside or answered)) else UNKNOWN
    if promotes:
        if not part.hits and placed > PLACED:
            return 1
        return UNKNOWN if part.moves <= BESIDE else 0
    alone = post.author_id == post.parent_author
    return 0 if not answer or alone or not (inside or answered) else UNKNOWN


def _signs(part: Part, post: Post, idle: frozenset[str]) -> list[str]:
    """Words that say something, all word pairs, and whether the post asks."""
    shown = (f for f in features(part.segment) if not f.startswith(("·length", "·first", "·last")))
    return [f for f in shown if f not in idle] + (["·?"] if "?" in post.text else [])


def _channel(of: Sequence[Part]) -> str:
    """The channel that a post names, a definite one before a vague one."""
    named = [h.category for p in of for h in p.hits if h.label == "contact"]
    vague = ("private", "profile", "unnamed")
    return min(named, key=lambda c: (c in vague, vague.index(c) if c in vague else 0))
