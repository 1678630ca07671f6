"""What is read together: the posts of a conversation around one of them, an account's posts, and the list of sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis

from makna.corpus.model import SourceKind
from makna.library import Study
from makna.web.reading.texts import SHELF, Leaf

BEFORE, AFTER = 60, 140  # posts of a long conversation that are shown around the opened one
PAGE = 50
POSTS = SourceKind.OBSERVATION.value


@dataclass(frozen=True)
class Shown:
    """A leaf on the page. *depth* is how far it is indented below what it answers."""

    leaf: Leaf
    depth: int = 0
    opened: bool = False


@dataclass(frozen=True)
class Thread:
    """Leaves in the order of reading, and the posts next to them: *earlier* and *later* lead on, None at the ends."""

    shown: tuple[Shown, ...]
    earlier: int | None = None
    later: int | None = None


def around(study: Study, leaf: Leaf) -> Thread:
    """A document by itself, or a post in its conversation: what it answers above, what answers it indented below."""
    conversation = leaf.about["conversation_id"]
    if leaf.kind != POSTS or conversation is None:
        return Thread((Shown(leaf, opened=True),))
    place = int(leaf.about["position"] or 0)
    rows = _conversation(study, conversation, place)
    earlier = next((row["document_id"] for row in rows if row["position"] < place - BEFORE), None)
    later = next((row["document_id"] for row in rows if row["position"] > place + AFTER), None)
    kept = [row for row in rows if row["document_id"] not in (earlier, later)]
    there = {one.document: one for one in SHELF.leaves(study, [row["document_id"] for row in kept])}
    shown = tuple(Shown(there[one], depth, one == leaf.document) for one, depth in tree(kept) if one in there)
    return Thread(shown, earlier, later)


def _conversation(study: Study, conversation: int, place: int) -> list[dict[str, Any]]:
    """The posts around *place*, and one more at either end where there are more."""
    table = study.documents
    near = table.filter(
        table.conversation_id == ibis.literal(conversation, "int64"),
        table.position >= ibis.literal(place - BEFORE - 1, "int32"),
        table.position <= ibis.literal(place + AFTER + 1, "int32"),
    )
    found: list[dict[str, Any]] = study.run(
        near.select("document_id", "parent_id", "position").order_by("position", "document_id")
    ).to_pylist()
    return found


def tree(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int]]:
    """(document, depth) of posts, each after what it answers, in the order of time; a circle begins where it is first met."""
    there = {row["document_id"] for row in rows}
    below: dict[int | None, list[int]] = {}
    for row in rows:
        parent = row["parent_id"] if row["parent_id"] in there else None
        below.setdefault(parent, []).append(row["document_id"])
    seen: set[int] = set()
    for root in [*below.get(None, []), *(row["document_id"] for row in rows)]:
        waiting = [(root, 0)]
        while waiting:
            document, depth = waiting.pop()
            if document in seen:
                continue
            seen.add(document)
            yield document, depth
            waiting += [(child, depth + 1) for child in reversed(below.get(document, []))]


def of_account(study: Study, author: int, page: int) -> tuple[list[Leaf], bool]:
    """A page of an account's posts, the oldest first, and whether there are more."""
    table = study.documents
    mine = table.filter(table.author_id == ibis.literal(author, "int64"), table.kind == POSTS)
    ordered = mine.order_by("sent_on", "document_id").select("document_id", "sent_on")
    ids = study.run(ordered.limit(PAGE + 1, offset=page * PAGE))["document_id"].to_pylist()
    return SHELF.leaves(study, ids[:PAGE]), len(ids) > PAGE


_kept: dict[str, tuple[object, dict[str, Any]]] = {}
_MANY = 40  # pages of a study's list in memory


def _once(study: Study, what: str, make: Callable[[], Any]) -> Any:
    """What *make* finds in the corpus, once as long as it stands as it is."""
    standing = study.standing()
    held = _kept.get(study.id)
    if held is None or held[0] != standing or len(held[1]) > _MANY:
        held = _kept[study.id] = (standing, {})
    if what not in held[1]:
        held[1][what] = make()
    return held[1][what]


def documents(study: Study) -> Sequence[Mapping[str, Any]]:
    """Every document but posts: its id, kind, title, day and length, by kind and in the order of import."""
    found: Sequence[Mapping[str, Any]] = _once(study, "documents", lambda: _documents(study))
    return found


def _documents(study: Study) -> list[dict[str, Any]]:
    table = study.documents
    rest = table.filter(table.kind != POSTS).select("document_id", "kind", "title", "sent_on", "length")
    found: list[dict[str, Any]] = study.run(rest.order_by("kind", "document_id")).to_pylist()
    return found


def conversations(study: Study, page: int) -> tuple[list[dict[str, Any]], bool]:
    """A page of the conversations observed: the post each begins with, its first words, how many posts; and whether more are."""
    found: tuple[list[dict[str, Any]], bool] = _once(
        study, f"page {page}", lambda: _conversations(study, page)
    )
    return found


def _conversations(study: Study, page: int) -> tuple[list[dict[str, Any]], bool]:
    table = study.documents
    posts = table.filter(table.kind == POSTS).mutate(
        whole=ibis.coalesce(table.conversation_id, -table.document_id)
    )
    grouped = (
        posts.group_by("whole").agg(first=posts.document_id.min(), posts=posts.count()).order_by("first")
    )
    rows = study.run(grouped.limit(PAGE + 1, offset=page * PAGE)).to_pylist()
    leaves = {leaf.document: leaf for leaf in SHELF.leaves(study, [row["first"] for row in rows[:PAGE]])}
    found = [
        {"document_id": row["first"], "words": leaves[row["first"]].text[:80], "posts": row["posts"]}
        for row in rows[:PAGE] if row["first"] in leaves
    ]  # fmt: skip
    return found, len(rows) > PAGE
