"""Who uses a term, who brings it into a conversation, and whether the other party understands it without explanation.

What is looked at is the next turn. Who does not understand asks, and asking stands beside what it asks about (repair:
Schegloff, Jefferson & Sacks 1977, Language 53, pp. 361–382); a fitting next turn is evidence that the term was understood
(grounding: Clark & Brennan 1991, in Perspectives on Socially Shared Cognition, pp. 127–149). So *understood* is the share of
answers to a use, by somebody else, that do not ask what it means, with Wilson's interval. It is an upper bound: who does
not understand may also say nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from makna.analysis.lenses.argot_posts import SIDES, Ints
from makna.analysis.lenses.base import LensInput
from makna.analysis.lenses.cues import Cues, listed
from makna.analysis.lenses.posts import observed
from makna.analysis.lenses.vocabulary import Vocabulary, distinct

ROLES = dict(zip(SIDES, ("promoting account", "the other party", "somebody else"), strict=True))
MOST = 200_000  # posts with a word of meaning that are read
ACTS = ("", "asked", "explained", "taken up", "carried on", "answered without explanation")
ASKED, EXPLAINED, TAKEN, CARRIED, SILENT = range(1, len(ACTS))
ANSWERS = (ACTS[TAKEN], ACTS[CARRIED], ACTS[ASKED], ACTS[EXPLAINED])
NOBODY = -1
_EPOCH = dt.date(1970, 1, 1)


@dataclass
class Uptake:
    """Of one term: posts and accounts by role, conversations by who used it first, answers by what they do, passages."""

    posts: Counter[str] = field(default_factory=Counter)
    accounts: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    first: Counter[str] = field(default_factory=Counter)
    opening: int = 0  # conversations whose opening post uses it
    answers: Counter[str] = field(default_factory=Counter)
    asked: int = 0  # posts that ask what it means
    explained: int = 0  # posts that say what it means
    unexplained: int = 0  # questions that somebody answers without saying it
    months: Counter[str] = field(default_factory=Counter)  # posts by month
    seen: list[int] = field(default_factory=list)  # the first and the last day, since 1970
    passages: list[tuple[int, str]] = field(default_factory=list)  # document, what it does

    @property
    def word(self) -> str:
        """explained, asked or unexplained."""
        return "explained" if self.explained else "asked" if self.asked else "unexplained"

    @property
    def understood(self) -> int:
        """Answers that do not ask."""
        return sum(self.answers.values()) - self.answers["asked"]


@dataclass(frozen=True)
class Posts:
    """Observed posts in the order of their ids, with the place of each one's parent (-1: none here)."""

    ids: Ints
    author: Ints
    parent: Ints
    conversation: Ints
    position: Ints
    day: Ints  # since 1970; NOBODY where none is known

    def of(self, documents: Ints) -> Ints:
        """The places of *documents*."""
        return np.searchsorted(self.ids, documents)


def uptakes(
    data: LensInput, words: Vocabulary, posts: Posts, best: Sequence[int], roles: Mapping[int, str] | None
) -> list[Uptake]:
    """The uptake of each of the terms *best*. *roles* gives the role of an account; without it, parties are told by position."""
    tokens = words.tokens
    known = np.full(len(words.terms) + 1, -1, np.int64)
    known[list(best)] = np.arange(len(best))
    at = np.flatnonzero(known[words.number] >= 0)
    uses = distinct(known[words.number[at]] * len(tokens.documents) + tokens.post[at])
    term, post = np.divmod(uses, max(len(tokens.documents), 1))
    place = posts.of(tokens.documents[post])
    names, role = _roles(posts, place, tokens.sides[post], roles)
    turns = Turns(posts, _acts(data, words, posts, place), names)
    order = np.lexsort((place, term))
    edges = np.searchsorted(term, np.arange(len(best) + 1))
    return [turns.uptake(place[order[a:b]], role[order[a:b]]) for a, b in pairwise(edges.tolist())]


def read_posts(data: LensInput) -> Posts:
    """All observed posts, without their texts."""
    names = ("document_id", "author_id", "parent_id", "conversation_id", "position", "sent_on")
    table = observed(data).select(*names).order_by("document_id").to_pyarrow()
    days = table["sent_on"].cast(pa.date32()).cast(pa.int32())
    table = table.set_column(len(names) - 1, "sent_on", days)
    columns = {name: table[name].fill_null(NOBODY).to_numpy().astype(np.int64) for name in names}
    ids, parents = columns["document_id"], columns["parent_id"]
    place = np.minimum(np.searchsorted(ids, parents), max(len(ids) - 1, 0))
    here = (ids[place] == parents) & (parents != ids) if len(ids) else np.zeros(0, bool)
    return Posts(
        ids, columns["author_id"], np.where(here, place, -1), columns["conversation_id"], columns["position"],
        columns["sent_on"],
    )  # fmt: skip


def _roles(
    posts: Posts, place: Ints, sides: NDArray[np.int8], roles: Mapping[int, str] | None
) -> tuple[tuple[str, ...], Ints]:
    """The names of the roles, and for each place the number of its author's."""
    if roles is None:
        return tuple(ROLES[side] for side in SIDES), sides.astype(np.int64)
    names = tuple(sorted({"no role", *roles.values()}))
    accounts, account = np.unique(posts.author[place], return_inverse=True)
    own = np.array([names.index(roles.get(a, "no role")) for a in accounts.tolist()], np.int64)
    return names, own[account.reshape(-1)]


class Turns:
    """Posts with what each does (of ACTS) and what answers it; reads the uptake of a term off them."""

    def __init__(self, posts: Posts, acts: NDArray[np.int8], roles: Sequence[str]) -> None:
        self._posts, self._acts, self._roles = posts, acts, roles
        answers = np.flatnonzero(posts.parent >= 0)
        self._answers = answers[np.argsort(posts.parent[answers], kind="stable")]
        self._answered = posts.parent[self._answers]
        self._used = np.zeros(len(posts.ids), bool)

    def uptake(self, places: Ints, roles: Ints) -> Uptake:
        """Of a term used at *places*, in their order, by these *roles*."""
        posts, acts = self._posts, self._acts[places]
        accounts = {
            name: set(posts.author[places[roles == n]].tolist()) for n, name in enumerate(self._roles)
        }
        found = Uptake(
            posts=self._by_role(roles), accounts=defaultdict(set, accounts),
            asked=int((acts == ASKED).sum()), explained=int((acts == EXPLAINED).sum()),
        )  # fmt: skip
        self._answering(found, places)
        self._conversations(found, places, roles)
        days, many = np.unique(posts.day[places], return_counts=True)
        for day, n in zip(days.tolist(), many.tolist(), strict=True):
            if day != NOBODY:
                found.months[(_EPOCH + dt.timedelta(days=day)).strftime("%Y-%m")] += n
        days = days[days != NOBODY]
        found.seen = [int(days[0]), int(days[-1])] if len(days) else []
        return found

    def _by_role(self, roles: Ints) -> Counter[str]:
        many = np.bincount(roles, minlength=len(self._roles)).tolist()
        return Counter({name: n for name, n in zip(self._roles, many, strict=True) if n})

    def _answering(self, found: Uptake, places: Ints) -> None:
        """What others answer to each use: to a question for its meaning, or to a use proper."""
        first, last = (np.searchsorted(self._answered, places, side) for side in ("left", "right"))
        use = np.repeat(np.arange(len(places)), last - first)
        nth = np.arange(len(use)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
        answer = self._answers[first[use] + nth]
        others = self._posts.author[answer] != self._posts.author[places[use]]
        use, answer = use[others], answer[others]
        act, asks = self._acts[answer], self._acts[places[use]] == ASKED
        self._used[places] = True
        uses = self._used[answer]
        self._used[places] = False
        told = np.where(
            asks,
            np.where(act == EXPLAINED, EXPLAINED, SILENT),
            np.where(uses & (act > 0), act, np.where(uses, TAKEN, CARRIED)),
        )
        found.explained += int((asks & (act == EXPLAINED) & ~uses).sum())
        found.unexplained = int((asks & (act != EXPLAINED)).sum())
        many = np.bincount(told[~asks], minlength=len(ACTS)).tolist()
        found.answers = Counter({name: n for name, n in zip(ACTS, many, strict=True) if n})
        own = np.flatnonzero(self._acts[places] > 0)
        shown = told != CARRIED
        self._passages(
            found, np.concatenate([own, use[shown]]), np.concatenate([places[own], answer[shown]]),
            np.concatenate([self._acts[places[own]], told[shown]]),
        )  # fmt: skip

    def _passages(self, found: Uptake, use: Ints, place: Ints, act: Ints) -> None:
        """A use before its answers; each post once, by what it does first."""
        order = np.argsort(use, kind="stable")
        ids = self._posts.ids[place[order]].tolist()
        listed = list(zip(ids, (ACTS[n] for n in act[order].tolist()), strict=True))
        found.passages = list(dict(reversed(listed)).items())[::-1]

    def _conversations(self, found: Uptake, places: Ints, roles: Ints) -> None:
        """Who is the first to use the term in each conversation, by position in it."""
        talk = self._posts.conversation[places]
        order = np.lexsort((places, self._posts.position[places], talk))
        order = order[talk[order] != NOBODY]
        first = order[np.diff(talk[order], prepend=NOBODY) != 0]
        found.first = self._by_role(roles[first])
        found.opening = int((self._posts.parent[places[first]] < 0).sum())


def _acts(data: LensInput, words: Vocabulary, posts: Posts, uses: Ints) -> NDArray[np.int8]:
    """Of each post what it does: asks for a meaning, or gives one. Only uses and the answers to them are read."""
    cues = Cues(
        [e for e in listed(data.wordlist, {"question_cues": None}) if e[1] in ("meaning", "explaining")]
    )
    tokens = words.tokens
    firsts = cues.words("meaning") | cues.words("explaining")
    telling = np.array([w in firsts for w in tokens.words], bool)
    marked = posts.of(tokens.documents[np.unique(tokens.post[telling[tokens.code]])])
    used = np.zeros(len(posts.ids) + 1, bool)
    used[uses] = True
    read = marked[used[marked] | used[posts.parent[marked]]][:MOST]
    ids = ibis.memtable(pa.table({"document_id": pa.array(posts.ids[read], pa.int64())}))
    rows = data.units.semi_join(ids, "document_id").select("document_id", "text", "tokens").to_pyarrow()
    found = np.zeros(len(posts.ids), np.int8)
    for row in rows.to_pylist():
        labels = {h.label for h in cues.find([t["token"] for t in row["tokens"]])}
        place = int(posts.of(np.array([row["document_id"]], np.int64))[0])
        if "meaning" in labels and "?" in row["text"]:
            found[place] = ASKED
        elif labels:
            found[place] = EXPLAINED
    return found
