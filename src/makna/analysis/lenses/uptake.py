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
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from makna.analysis.lenses.argot_posts import SIDES, Ints
from makna.analysis.lenses.base import LensInput
from makna.analysis.lenses.cues import Cues, listed
from makna.analysis.lenses.posts import observed
from makna.analysis.lenses.vocabulary import Vocabulary

ROLES = dict(zip(SIDES, ("promoting account", "the other party", "somebody else"), strict=True))
MOST = 200_000  # posts with a word of meaning that are read
ANSWERS = ("taken up", "carried on", "asked", "explained")
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
    uses = np.unique(known[words.number[at]] * len(tokens.documents) + tokens.post[at])
    term, post = np.divmod(uses, max(len(tokens.documents), 1))
    place = posts.of(tokens.documents[post])
    role = _roles(posts, place, tokens.sides[post], roles)
    acts = _acts(data, words, posts, place)
    users: list[dict[int, str]] = [{} for _ in best]
    for t, p, r in zip(term.tolist(), place.tolist(), role, strict=True):
        users[t][p] = r
    children = _children(posts)
    return [_uptake(posts, used, children, acts) for used in users]


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


def _roles(posts: Posts, place: Ints, sides: Any, roles: Mapping[int, str] | None) -> list[str]:
    if roles is None:
        return [ROLES[SIDES[s]] for s in sides.tolist()]
    return [roles.get(a, "no role") for a in posts.author[place].tolist()]


def _children(posts: Posts) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for child in np.flatnonzero(posts.parent >= 0).tolist():
        found[int(posts.parent[child])].append(child)
    return found


def _uptake(
    posts: Posts, used: Mapping[int, str], children: Mapping[int, Sequence[int]], acts: Mapping[int, str]
) -> Uptake:
    found = Uptake()
    for place, role in sorted(used.items()):
        act = acts.get(place)
        found.posts[role] += 1
        found.accounts[role].add(int(posts.author[place]))
        found.asked += act == "asked"
        found.explained += act == "explained"
        if act:
            found.passages.append((int(posts.ids[place]), act))
        _answered(found, posts, place, used, children, acts)
    _conversations(found, posts, used)
    days = posts.day[list(used)]
    days = days[days != NOBODY].tolist()
    found.seen = [min(days), max(days)] if days else []
    found.months = Counter((_EPOCH + dt.timedelta(days=day)).strftime("%Y-%m") for day in days)
    found.passages = list(dict(reversed(found.passages)).items())[
        ::-1
    ]  # each post once, by what it does first
    return found


def _answered(
    found: Uptake, posts: Posts, place: int, used: Mapping[int, str], children: Mapping[int, Sequence[int]],
    acts: Mapping[int, str],
) -> None:  # fmt: skip
    """What others answer to one use of the term: to a question for its meaning, or to a use proper."""
    asks = acts.get(place) == "asked"
    for child in children.get(place, ()):
        if posts.author[child] == posts.author[place]:
            continue
        act = acts.get(child)
        if asks:
            found.explained += act == "explained" and child not in used
            found.unexplained += act != "explained"
            name = "explained" if act == "explained" else "answered without explanation"
        else:
            name = act if act and child in used else "taken up" if child in used else "carried on"
            found.answers[name] += 1
        if name != "carried on":
            found.passages.append((int(posts.ids[child]), name))


def _conversations(found: Uptake, posts: Posts, used: Mapping[int, str]) -> None:
    """Who is the first to use the term in each conversation, by position in it."""
    first: dict[int, tuple[int, int]] = {}
    for place in used:
        talk = int(posts.conversation[place])
        if talk != NOBODY:
            here = (int(posts.position[place]), place)
            first[talk] = min(first.get(talk, here), here)
    for _position, place in first.values():
        found.first[used[place]] += 1
        found.opening += posts.parent[place] < 0


def _acts(data: LensInput, words: Vocabulary, posts: Posts, uses: Ints) -> dict[int, str]:
    """Place → what the post does: asks for a meaning, or gives one. Only uses and the answers to them are read."""
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
    found = {}
    for row in rows.to_pylist():
        labels = {h.label for h in cues.find([t["token"] for t in row["tokens"]])}
        place = int(posts.of(np.array([row["document_id"]], np.int64))[0])
        if "meaning" in labels and "?" in row["text"]:
            found[place] = "asked"
        elif labels:
            found[place] = "explained"
    return found
