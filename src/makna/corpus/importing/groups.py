"""Which posts are one conversation and which accounts one author: connected components, numbered across batches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from makna.corpus.importing.ids import NONE
from makna.corpus.links import Links
from makna.corpus.sorting import distinct, places

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]
Mask = NDArray[np.bool_]


def _components(n: int, left: NDArray[np.integer], right: NDArray[np.integer]) -> NDArray[np.int32]:
    graph = coo_array((np.ones(len(left), np.int8), (left, right)), shape=(n, n))
    labels: NDArray[np.int32] = connected_components(graph, directed=False)[1]
    return labels


def _number(
    groups: NDArray[np.int32],
    known_group: NDArray[np.int32],
    known_id: I64,
    base: int,
    wanted: NDArray[np.int32],
) -> tuple[I64, list[tuple[int, int]]]:
    """An id for every group in *wanted* (in that order of first appearance): the smallest known one, else a new one.

    Returns (group -> id, joins: pairs of (larger known id, smallest known id) that turned out to be one).
    """
    ids = np.full(int(groups.max(initial=-1)) + 1, NONE, np.int64)
    order = np.argsort(-known_id, kind="stable")
    ids[known_group[order]] = known_id[order]
    pairs = {(int(old), int(ids[g])) for g, old in zip(known_group, known_id, strict=True) if old != ids[g]}
    unique, first = np.unique(wanted, return_index=True)
    ordered = unique[np.argsort(first, kind="stable")]
    fresh = ordered[ids[ordered] == NONE]
    ids[fresh] = base + np.arange(len(fresh))
    return ids, sorted(pairs)


def _own_nodes(ids: U64, minors: Mask, nodes: U64) -> tuple[NDArray[np.int32], int]:
    """(the node that each post is, number of nodes): that of its id; posts without one get nodes after those of ids."""
    lone = (ids == 0) | minors
    own = np.empty(len(ids), np.int32)
    own[~lone] = places(nodes, ids[~lone])
    own[lone] = len(nodes) + np.arange(lone.sum())
    return own, len(nodes) + int(lone.sum())


def _edges(own: NDArray[np.int32], nodes: U64, named: U64) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """From each post to the node of what it names, where that is another."""
    rows = np.nonzero(named)[0]
    there = places(nodes, named[rows]).astype(np.int32)
    other = own[rows] != there
    return own[rows][other], there[other]


@dataclass(frozen=True)
class Conversations:
    of_post: I64
    nodes: U64
    node_conversation: I64
    joins: list[tuple[str, int, int]]

    @classmethod
    def of(cls, posts: NDArray[np.void], kept: Mask, minors: Mask, links: Links, base: int) -> Conversations:
        """Connected components over reply, quote, repost and the source's own conversation ids."""
        columns = [posts[c][~minors] for c in ("post", "parent", "conversation")]
        nodes = distinct(np.concatenate(columns))
        nodes = nodes[nodes > 0]
        own, n = _own_nodes(posts["post"], minors, nodes)
        edges = [_edges(own, nodes, np.where(minors, 0, posts[c])) for c in ("parent", "conversation")]
        left, right = (np.concatenate(side) for side in zip(*edges, strict=True))
        found = links.find("nodes", nodes)
        old, old_index = np.unique(found.values[0].astype(np.int64), return_inverse=True)
        old_node = n + np.arange(len(old))
        left = np.concatenate([left, found.at])
        right = np.concatenate([right, old_node[old_index]])
        groups = _components(n + len(old), left, right)
        ids, pairs = _number(groups, groups[old_node], old, base, groups[own[kept]])
        of_post = np.where(kept, ids[groups[own]], NONE)
        of_node = ids[groups[: len(nodes)]]
        there = of_node != NONE
        return cls(of_post, nodes[there], of_node[there], [("conversation", a, b) for a, b in pairs])


@dataclass(frozen=True)
class Authors:
    of_post: I64
    ids: I64
    first: I64
    name: U64
    keys: U64
    key_author: I64
    key_name: U64
    joins: list[tuple[str, int, int]]

    @classmethod
    def of(
        cls,
        posts: NDArray[np.void],
        kept: Mask,
        accounts: NDArray[np.void],
        profiles: U64,
        links: Links,
        base: int,
    ) -> Authors:
        """One author per account, whatever mixture of ids and handles it goes by."""
        keys = distinct(np.concatenate([accounts["account"], accounts["handle"], posts["account"], profiles]))
        keys = keys[keys > 0]
        both = accounts[(accounts["handle"] > 0) & (accounts["account"] > 0)]
        left, right = places(keys, both["account"]), places(keys, both["handle"])
        found = links.find("accounts", keys)
        old, old_index = np.unique(found.values[0].astype(np.int64), return_inverse=True)
        old_node = len(keys) + np.arange(len(old))
        left, right = np.concatenate([left, found.at]), np.concatenate([right, old_node[old_index]])
        groups = _components(len(keys) + len(old), left, right)
        everyone = np.concatenate([np.where(kept, posts["account"], 0), profiles])
        rows = np.nonzero(everyone)[0]
        wanted = groups[places(keys, everyone[rows])]
        ids, pairs = _number(groups, groups[old_node], old, base, wanted)
        unique, first = np.unique(wanted, return_index=True)
        order = np.argsort(first, kind="stable")
        name = cls._names(groups, keys, accounts, found.at, found.values[1])
        at = np.where(posts["account"] > 0, places(keys, posts["account"]), 0)
        has = kept & (posts["account"] > 0)
        of_post = np.where(has, ids[groups[at]], NONE) if len(keys) else np.full(len(posts), NONE, np.int64)
        of_key = ids[groups[: len(keys)]]
        return cls(
            of_post=of_post,
            ids=ids[unique[order]],
            first=rows[first[order]],
            name=name[unique[order]],
            keys=keys[of_key != NONE],
            key_author=of_key[of_key != NONE],
            key_name=name[groups[: len(keys)]][of_key != NONE],
            joins=[("author", a, b) for a, b in pairs],
        )

    @staticmethod
    def _names(
        groups: NDArray[np.int32], keys: U64, accounts: NDArray[np.void], at: I64, known: NDArray[np.generic]
    ) -> U64:
        """Group -> the MAC its pseudonym rests on: the one of earlier batches, else its handle, else its id."""
        name = np.zeros(int(groups.max(initial=-1)) + 1, np.uint64)
        name[groups[: len(keys)][::-1]] = keys[::-1]
        handles = distinct(accounts["handle"][accounts["handle"] > 0])[::-1]
        name[groups[places(keys, handles)]] = handles
        name[groups[at[::-1]]] = known[::-1].astype(np.uint64)
        return name
