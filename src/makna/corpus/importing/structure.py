"""Who wrote what, what repeats, what answers what: the structure of a batch, from MACs alone.

The survey reads the file once and keeps eight numbers a post. From these and the links of earlier batches this
module decides which posts are kept, numbers documents, authors and conversations, resolves parents whichever side
arrived first, and orders each conversation by exact time before the time is coarsened. No text, id or handle is in
sight here. Self-parents, cycles and missing parents are normal.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from makna.corpus.importing.groups import Authors, Conversations
from makna.corpus.importing.ids import NONE, Ids
from makna.corpus.importing.memory import give_back
from makna.corpus.importing.surveyed import CONTEXT, MINOR
from makna.corpus.links import Links
from makna.corpus.model import BATCH_SHIFT
from makna.corpus.sorting import distinct, places

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]
Mask = NDArray[np.bool_]
NOBODY = np.empty(0, np.uint64)


@dataclass(frozen=True)
class Structure:
    """The structure of one batch. Arrays run over all surveyed posts in input order."""

    kept: Mask  # the kept posts are numbered in their order, from the first document of the batch
    author: Ids
    conversation: Ids
    parent: Ids
    parent_missing: Mask
    position: NDArray[np.int32]
    authors: I64  # author ids of this batch, in the order of first appearance (posts, then profiles)
    author_first: (
        I64  # where each gets its profile: a row of posts, or the number of posts + a row of profiles
    )
    author_name: U64  # the MAC each pseudonym rests on
    repeated: int
    minors: int
    erased: int
    conversations: int
    joins: list[tuple[str, int, int]] = field(default_factory=list)
    links: dict[str, NDArray[np.generic]] = field(default_factory=dict)


def resolve(
    posts: NDArray[np.void],
    accounts: NDArray[np.void],
    profiles: U64,
    links: Links,
    batch: int,
    erased: U64 = NOBODY,
) -> Structure:
    """The structure of the surveyed *posts* (dtype POST), given all *accounts* rows (dtype ACCOUNT).

    *profiles* are the keys of accounts that came as records of their own, *erased* those of accounts and posts that
    stay out (:func:`staying_out`).
    """
    minors = (posts["flags"] & MINOR) > 0
    gone = _any_of(posts, erased) & ~minors
    out = minors | gone
    profiles = np.where(np.isin(profiles, erased), np.uint64(0), profiles)
    kept, earlier, promoted = _keep(posts, out, links)
    base = batch << BATCH_SHIFT
    document = np.where(kept, base + np.cumsum(kept) - 1, NONE)
    give_back()
    owner = _owner(posts, kept, document, earlier)
    parent, missing = _parents(posts, kept, document, owner, links)
    who = Authors.of(posts, kept, accounts, profiles, links, base)
    give_back()
    talk = Conversations.of(posts, kept, out, links, base)
    give_back()
    joins = [("context", int(d), 0) for d in promoted]
    joins += _arrivals(owner, links) + talk.joins + who.joins
    position = _positions(posts, kept, talk.of_post, links)
    return Structure(
        kept=kept,
        author=Ids.of(who.of_post, base),
        conversation=Ids.of(talk.of_post, base),
        parent=Ids.of(parent, base),
        parent_missing=missing,
        position=position,
        authors=who.ids,
        author_first=who.first,
        author_name=who.name,
        repeated=int((~kept & ~out).sum()),
        minors=int(minors.sum()),
        erased=int(gone.sum()),
        conversations=len(distinct(talk.of_post[kept])),
        joins=joins,
        links=_links(posts, kept, document, missing, talk, who),
    )


def staying_out(erased: U64, accounts: NDArray[np.void]) -> U64:
    """*erased* with every other key that one of its accounts goes by in this source."""
    while len(erased):
        known = np.isin(accounts["account"], erased) | np.isin(accounts["handle"], erased)
        names = np.concatenate([accounts[known][c] for c in ("account", "handle")])
        more = np.setdiff1d(names[names > 0], erased)
        if not len(more):
            break
        erased = np.concatenate([erased, more])
    return erased


def _any_of(posts: NDArray[np.void], erased: U64) -> Mask:
    """The posts that are erased ones, or by erased accounts."""
    found = np.zeros(len(posts), bool)
    for column in ("account", "post", "content") if len(erased) else ():
        found |= np.isin(posts[column], erased)
    return found


def mistrust_rounded_ids(posts: NDArray[np.void]) -> int:
    """Take the ids away, in place, that several different posts share: a spreadsheet rounded them.

    Returns the number of posts that lost their id. For readers of tables only: an API repeats an id for one post.
    """
    ids, contents = posts["post"], posts["content"]
    pairs = (
        np.unique(np.stack([ids, contents], 1)[ids > 0], axis=0)
        if (ids > 0).any()
        else np.empty((0, 2), np.uint64)
    )
    shared, counts = np.unique(pairs[:, 0], return_counts=True)
    rounded = shared[counts > 1]
    for column in ("parent", "conversation"):
        posts[column][np.isin(posts[column], rounded)] = 0
    lost = np.isin(ids, rounded)
    posts["post"][lost] = 0
    return int(lost.sum())


def _keep(posts: NDArray[np.void], minors: Mask, links: Links) -> tuple[Mask, tuple[U64, I64], I64]:
    """(kept, post keys with their documents of earlier batches, earlier context documents that are now posts)."""
    context = (posts["flags"] & CONTEXT) > 0
    intact = posts["post"] > 0
    key = np.where(intact, posts["post"], posts["content"])
    order = np.lexsort((np.arange(len(posts)), context, minors, key))
    first = np.ones(len(posts), bool)
    first[order[1:]] = key[order[1:]] != key[order[:-1]]
    kept = first & ~minors
    # a post without an id repeats any post of the same author, time and text, with or without one
    loose = np.flatnonzero(~intact)
    kept[loose] &= ~np.isin(posts["content"][loose], posts["content"][kept & intact])
    by_id = links.find("posts", posts["post"])
    by_content = links.find("contents", posts["content"])
    same = (by_content.values[1] == 0) | ~intact[by_content.at]
    known = np.concatenate([by_id.at, by_content.at[same]])
    documents = np.concatenate([by_id.values[0], by_content.values[0][same]])
    was_context = by_id.values[1].astype(bool)
    promoted = by_id.values[0][was_context & ~context[by_id.at] & kept[by_id.at]]
    kept[known] = False
    named = posts["post"][known] > 0
    return kept, (posts["post"][known][named], documents[named]), np.unique(promoted)


@dataclass(frozen=True)
class _Owner:
    """Post key -> document, over this batch and the earlier documents that it repeats."""

    keys: U64
    documents: I64
    new_keys: U64
    new_documents: I64

    def find(self, keys: U64) -> I64:
        if not len(self.keys):
            return np.full(len(keys), NONE, np.int64)
        at = np.minimum(places(self.keys, keys), len(self.keys) - 1)
        return np.where((self.keys[at] == keys) & (keys > 0), self.documents[at], NONE)


def _owner(posts: NDArray[np.void], kept: Mask, document: I64, earlier: tuple[U64, I64]) -> _Owner:
    mine = kept & (posts["post"] > 0)
    new_keys, new_documents = posts["post"][mine], document[mine]
    keys = np.concatenate([new_keys, earlier[0]])
    documents = np.concatenate([new_documents, earlier[1]])
    order = np.argsort(keys, kind="stable")
    return _Owner(keys[order], documents[order], new_keys, new_documents)


def _parents(
    posts: NDArray[np.void], kept: Mask, document: I64, owner: _Owner, links: Links
) -> tuple[I64, Mask]:
    parent = owner.find(posts["parent"])
    unknown = np.nonzero((parent == NONE) & (posts["parent"] > 0))[0]
    found = links.find("posts", posts["parent"][unknown])
    parent[unknown[found.at]] = found.values[0]
    itself = (posts["parent"] > 0) & (posts["parent"] == posts["post"])
    parent[itself | ~kept] = NONE
    missing = kept & (posts["parent"] > 0) & (parent == NONE) & ~itself
    return parent, missing


def _arrivals(owner: _Owner, links: Links) -> list[tuple[str, int, int]]:
    """Earlier documents whose parent stands in this batch."""
    found = links.find("waiting", owner.new_keys)
    return [
        ("parent", int(d), int(owner.new_documents[at]))
        for at, d in zip(found.at, found.values[0], strict=True)
    ]


def _positions(posts: NDArray[np.void], kept: Mask, conversation: I64, links: Links) -> NDArray[np.int32]:
    """Order by exact time within the conversation; a conversation that goes on continues its count."""
    position = np.full(len(posts), NONE, np.int64)
    rows = np.nonzero(kept)[0]
    order = rows[np.lexsort((rows, posts["sent"][rows], conversation[rows]))]
    talk = conversation[order]
    starts = np.r_[True, talk[1:] != talk[:-1]] if len(talk) else np.empty(0, bool)
    begin = np.maximum.accumulate(np.where(starts, np.arange(len(talk)), 0))
    position[order] = np.arange(len(talk)) - begin
    found = links.find("sizes", conversation[rows])
    np.add.at(position, rows[found.at], found.values[0].astype(np.int64))
    return position.astype(np.int32)


def _links(
    posts: NDArray[np.void], kept: Mask, document: I64, missing: Mask, talk: Conversations, who: Authors
) -> dict[str, NDArray[np.generic]]:
    mine = kept & (posts["post"] > 0)
    conversations, sizes = np.unique(talk.of_post[kept], return_counts=True)
    return {
        "posts": posts["post"][mine],
        "posts_document": document[mine],
        "posts_context": posts["flags"][mine] & CONTEXT,
        "contents": posts["content"][kept],
        "contents_document": document[kept],
        "contents_intact": (posts["post"][kept] > 0).astype(np.uint8),
        "nodes": talk.nodes,
        "nodes_conversation": talk.node_conversation,
        "waiting": posts["parent"][missing],
        "waiting_document": document[missing],
        "accounts": who.keys,
        "accounts_author": who.key_author,
        "accounts_name": who.key_name,
        "sizes": conversations,
        "sizes_count": sizes,
    }
