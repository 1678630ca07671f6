"""The posts of an X account archive, by the account that ``account.js`` and ``profile.js`` name.

Decisions: the text of a long post is in ``note-tweet.js``, which says when it was written and not which post it is: it
goes to the post of that moment that begins alike, else it stands as a post of its own. An edited post goes by the id of
its latest version. ``RT @name:`` makes a repost that keeps its text, because the original is not in an archive. A post
whose last link leads to another post is a quote, as X shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from makna.corpus.model import Relation, SourceKind
from makna.corpus.readers import json_lines, jsonl, source, x_archive_files
from makna.corpus.readers.base import BLOCK_BYTES, Block, Head, Options
from makna.corpus.readers.json_scan import Scanner, Slice
from makna.corpus.readers.times import iso_time
from makna.corpus.readers.x_archive_files import Archive
from makna.corpus.readers.x_archive_notes import Waiting, first, text_of
from makna.corpus.readers.x_common import WRONG, Tally, clean, filled, no_post, shaped_wrong, text_id
from makna.corpus.readers.x_status import Statuses
from makna.corpus.records import RawAccount, RawPost, RawRecord, Rejection

Object = dict[str, Any]

_KEPT = (  # fields that are read
    "id id_str full_text text created_at lang entities extended_entities display_text_range conversation_id_str "
    "in_reply_to_screen_name in_reply_to_status_id in_reply_to_status_id_str in_reply_to_user_id in_reply_to_user_id_str "
    "quoted_status_id_str retweet_count favorite_count edit_info extended_tweet"
)
_NAMED = (  # fields that are known and never enter
    "retweeted source truncated possibly_sensitive favorited coordinates geo place withheld_copyright withheld_in_countries "
    "withheld_scope contributors scopes"
)
_ASSIGNED = re.compile(rb"\A[^\[{=]{0,100}=\s*")
_ID = re.compile(rb'"id(?:_str)?"\s*:\s*"(\d{1,20})"')
_PLAIN = re.compile(r'\s*\[\s*\{\s*"tweet"\s*:\s*\{')
_REPOST = re.compile(r"RT @(\w{1,30}): ?")
_POST_ADDRESS = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w+)/status/(\d+)/?(?:\?[^/]*)?")


@dataclass(frozen=True)
class Posts:
    """Posts still to be parsed, each with the long text that belongs to it, and who wrote them."""

    posts: tuple[tuple[Slice, Object | None], ...]
    encoding: str
    owner: RawAccount | None


@dataclass(frozen=True)
class Notes:
    """Long texts to which no post was found."""

    notes: tuple[Object, ...]
    owner: RawAccount | None


class XArchive:
    """X account archive: folder, ZIP, or its file of posts."""

    name = "x-archive"
    title = "X account archive (folder, ZIP, tweets.js)"
    kinds: tuple[SourceKind, ...] = (SourceKind.OBSERVATION,)
    provides = frozenset(
        {"account", "handle", "name", "bio", "location", "time", "replies", "counts", "media", "text"}
    )
    parallel = False  # every block leans on the same long texts; an archive is one person's posts

    def sniff(self, head: Head) -> float:
        """Sure of the assignment that X sets before the posts; nearly sure where somebody took it away."""
        if x_archive_files.holds_posts(head.text):
            return 0.97
        return 0.85 if _PLAIN.match(head.text) else 0.0

    def blocks(self, path: Path, head: Head, options: Options) -> Iterator[Block]:
        """Blocks of about 2 MiB, part by part. Raises a ReadError that names the file and the remedy."""
        archive = x_archive_files.at(path)
        if archive is None:
            return
        owner, alone = _owner(archive), not (archive.packed or path.is_dir())
        only_notes = alone and "note_tweet" in head.text[:60]
        notes = Waiting.of(archive.whole(path.name if only_notes else "note-tweet.js"))
        for name in () if only_notes else archive.posts:
            with archive.opened(name) as stream:
                pieces = _unwrapped(source.pieces_of(stream, head.encoding))
                yield from _blocks(Scanner(limit=json_lines.LIMIT).scan(pieces), head.encoding, owner, notes)
        if notes.left:
            yield Block(1, 1, Notes(tuple(notes.left), owner))

    def parse(self, block: Block, options: Options) -> Iterator[RawRecord]:
        """Posts and rejections; last what never enters."""
        tally = Tally(_KEPT, _NAMED)
        payload: Posts | Notes = block.payload
        if isinstance(payload, Notes):
            for where, note in enumerate(payload.notes, 1):
                yield RawPost(
                    where, clean(text_of(note)), account=payload.owner, sent=iso_time(note.get("createdAt"))
                )
            return
        parser = _Parser(tally, payload.owner)
        for one, long in payload.posts:
            for where, value in jsonl.objects(
                Block(one.where, 0, json_lines.Slices((one,), payload.encoding))
            ):
                if isinstance(value, Rejection):
                    yield value
                else:
                    yield parser.record(where, value, long)
        yield from tally.dropped()


class _Parser:
    """Turns the objects of one block into posts."""

    def __init__(self, tally: Tally, owner: RawAccount | None) -> None:
        self._statuses, self._owner = Statuses(tally), owner

    def record(self, where: int, value: Any, note: Object | None) -> RawRecord:
        """The post of one value, with or without the wrapping that came in 2019."""
        tweet: Any = value.get("tweet", value) if isinstance(value, dict) else None
        if not isinstance(tweet, dict) or not ("full_text" in tweet or "text" in tweet):
            return no_post(where)
        try:
            status = _status(tweet, note)
            (post,) = (r for r in self._statuses.with_context(where, status) if isinstance(r, RawPost))
            post.account = self._owner
            _relate(post, tweet)
        except WRONG:
            return shaped_wrong(where)
        return post


def _status(tweet: Object, note: Object | None) -> Object:
    """The post in the shape of v1.1: an archive writes numbers as text and knows no other post or person."""
    left_out = ("user", "retweeted_status", "quoted_status", "conversation_id")
    status = {key: value for key, value in tweet.items() if key not in left_out}
    edited: Object = tweet.get("edit_info") or {}
    versions = (edited.get("initial") or (edited.get("edit") or {}).get("editControlInitial") or {}).get(
        "editTweetIds"
    )
    if versions:
        status["id_str"] = text_id(versions[-1])
    for name in ("favorite_count", "retweet_count"):
        said = tweet.get(name)
        status[name] = int(said) if isinstance(said, str) and said.isdecimal() and len(said) < 19 else said
    if shown := tweet.get("display_text_range"):
        status["display_text_range"] = [int(place) for place in shown]
    if note is not None:
        entities: Object = tweet.get("entities") or {}
        core: Object = note["core"]
        urls = [
            {"url": u.get("shortUrl"), "expanded_url": u.get("expandedUrl")} for u in core.get("urls") or ()
        ]
        status["extended_tweet"] = {
            "full_text": text_of(note),
            "entities": {**entities, "urls": [*(entities.get("urls") or ()), *urls]},
            "extended_entities": tweet.get("extended_entities"),
        }
    return status


def _relate(post: RawPost, tweet: Object) -> None:
    """Reposts, which an archive tells by their text alone, and quotes, which it tells by their last link."""
    repost = _REPOST.match(post.text)
    if repost:
        attached = (tweet.get("extended_entities") or {}).get("media") or ()
        original = next((m["source_status_id_str"] for m in attached if m.get("source_status_id_str")), None)
        post.relation, post.parent_id, post.parent_handle = Relation.REPOST, text_id(original), repost[1]
        return
    leads = [_POST_ADDRESS.fullmatch(to) for to in post.links.values() if to != "media"]
    if post.relation is Relation.NONE and leads and leads[-1]:
        post.relation, post.parent_handle, post.parent_id = Relation.QUOTE, leads[-1][1], leads[-1][2]


def _owner(archive: Archive) -> RawAccount | None:
    """The account whose archive it is; None where the archive does not say."""
    account = first(archive.whole("account.js"), "account")
    profile = first(archive.whole("profile.js"), "profile").get("description")
    about = profile if isinstance(profile, dict) else {}
    try:
        found = RawAccount(
            id=text_id(account.get("accountId")),
            handle=filled(account.get("username")),
            name=filled(account.get("accountDisplayName")),
            bio=filled(about.get("bio")),
            location=filled(about.get("location")),
            created=iso_time(account.get("createdAt")),
        )
    except WRONG:
        return None
    return found if found.id or found.handle else None


def _nameless(first: Slice) -> RawAccount | None:
    """The one account behind posts that come without ``account.js``: known by its first post alone."""
    match = _ID.search(first.data)
    return RawAccount(id=f"whoever wrote {match[1].decode()}") if match else None


def _unwrapped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The JSON behind the assignment."""
    begin = next(pieces, b"")
    yield _ASSIGNED.sub(b"", begin, count=1)
    yield from pieces


def _blocks(
    slices: Iterable[Slice], encoding: str, owner: RawAccount | None, notes: Waiting
) -> Iterator[Block]:
    taken: list[tuple[Slice, Object | None]] = []
    size = 0
    for one in slices:
        if one.broken_off and not one.data.strip(b"]; \r\n\t"):
            continue  # the end of the assignment
        owner = owner or _nameless(one)
        taken.append((one, notes.take(one)))
        size += len(one.data)
        if size >= BLOCK_BYTES:
            yield Block(taken[0][0].where, size, Posts(tuple(taken), encoding, owner))
            taken, size = [], 0
    if taken:
        yield Block(taken[0][0].where, size, Posts(tuple(taken), encoding, owner))
