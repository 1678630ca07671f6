"""Bluesky: feeds, threads, searches, profiles and records of ``app.bsky``, from its API, a repository or Jetstream.

Decisions: a post goes by its ``at://`` address, an account by its ``did``. Of a thread every post is one that was
collected; what a feed shows above a post, and what is quoted or reposted, came along as context. A profile record that
does not say whose it is is an account of its own. Likes, follows and the like are counted and stay out.
"""

from __future__ import annotations

import re
from typing import Any

from makna.corpus.readers.base import Head
from makna.corpus.readers.bluesky_posts import BlueskyPosts
from makna.corpus.readers.bluesky_text import of
from makna.corpus.readers.json_posts import JsonPosts
from makna.corpus.readers.x_common import WRONG, Tally, no_post, shaped_wrong
from makna.corpus.records import RawRecord

Object = dict[str, Any]

LISTS = ("feed", "posts", "records", "actors", "profiles", "followers", "follows", "repostedBy", "quotes")
_KEPT = (  # fields that are read
    "uri author record embed embeds value replyCount repostCount likeCount quoteCount indexedAt reply_count repost_count "
    "like_count quote_count indexed_at record.text record.createdAt record.created_at record.facets record.reply "
    "record.embed record.langs record.$type record.py_type author.did author.handle author.displayName "
    "author.display_name author.description author.createdAt author.created_at author.followersCount "
    "author.followers_count author.$type author.py_type $type py_type"
)
_NAMED = (  # fields that are known and never enter
    "cid viewer labels threadgate bookmarkCount debug record.labels record.tags record.entities record.via author.avatar "
    "author.banner author.associated author.labels author.viewer author.indexedAt author.followsCount author.postsCount "
    "author.pinnedPost author.joinedViaStarterPack author.verification author.status author.pronouns author.website"
)
_MARK = re.compile(r'app\.bsky\.(?:feed|actor|embed|richtext)|"did"\s*:\s*"did:')
_KEYS = re.compile(r'"([\w$]+)"\s*:')


class Bluesky(JsonPosts):
    """Bluesky JSON."""

    name = "bluesky"
    title = "Bluesky JSON (app.bsky)"
    provides = frozenset({"account", "handle", "name", "bio", "time", "replies", "counts", "media", "text"})
    lists = LISTS
    kept, named = _KEPT, _NAMED

    def sniff(self, head: Head) -> float:
        """Sure where Bluesky's own names stand in the head, and no other program's around them."""
        if head.text.lstrip()[:1] not in ("{", "[") or not _MARK.search(head.text):
            return 0.0
        return 0.0 if "objectType" in frozenset(_KEYS.findall(head.text)) else 0.95

    def parser(self, tally: Tally) -> _Parser:
        """The parser of one block."""
        return _Parser(tally)


class _Parser:
    """Turns the objects of one block into records."""

    def __init__(self, tally: Tally) -> None:
        self._notices = tally.notices
        self._posts = BlueskyPosts(tally)

    def records(self, where: int, value: Object) -> list[RawRecord]:
        """The records of one value: a view, a thread, a page, a record or an event."""
        try:
            return self._records(where, value)
        except WRONG:
            return [shaped_wrong(where)]

    def _records(self, where: int, value: Object) -> list[RawRecord]:
        if isinstance(value.get("thread"), dict):
            value = value["thread"]
        if lists := [name for name in LISTS if isinstance(value.get(name), list)]:
            return [r for name in lists for item in value[name] for r in self._item(where, item)]
        if isinstance(value.get("post"), dict):
            return self._thread(where, value)
        if "kind" in value and "did" in value:
            return self._event(where, value)
        return self._one(where, value)

    def _item(self, where: int, item: Any) -> list[RawRecord]:
        return self.records(where, item) if isinstance(item, dict) else [no_post(where)]

    def _thread(self, where: int, value: Object) -> list[RawRecord]:
        """A post of a feed or a thread: what stands above it, itself, what answers it, in this order."""
        above: list[Object] = []
        parent = value.get("parent")
        while isinstance(parent, dict):
            above.insert(0, parent)
            parent = parent.get("parent")
        made: list[RawRecord] = []
        waiting: list[Any] = [value, *reversed(above)]
        while waiting:
            item = waiting.pop()
            if not isinstance(item, dict) or not isinstance(item.get("post"), dict):
                made += self._without_post(where, item)
                continue
            try:
                made += self._posts.feed(where, item)
            except WRONG:
                made.append(shaped_wrong(where))
            replies = item.get("replies")
            waiting += reversed(replies) if isinstance(replies, list) and item not in above else []
        return made

    def _one(self, where: int, value: Object) -> list[RawRecord]:
        """A post, a profile or a record by itself."""
        record = value.get("record")
        if isinstance(record, dict) and "uri" in value:
            return self._posts.with_context(where, value)
        if isinstance(value.get("value"), dict) and "uri" in value:
            return self._record(where, value["value"], value["uri"])
        if "did" in value and "handle" in value:
            return [self._posts.account(value, where)]
        if "text" in value or of(value, "$type") is not None:
            return self._record(where, value, None)
        return self._without_post(where, value)

    def _record(self, where: int, record: Object, uri: str | None) -> list[RawRecord]:
        """A record as a repository holds it."""
        kind = str(of(record, "$type") or "app.bsky.feed.post")
        if kind == "app.bsky.feed.post":
            return self._posts.with_context(where, {"uri": uri, "record": record})
        if kind == "app.bsky.feed.repost":
            return [self._posts.repost(where, record, uri)]
        if kind == "app.bsky.actor.profile":
            return [self._posts.profile(where, record, uri)]
        return self._without_post(where, record)

    def _event(self, where: int, value: Object) -> list[RawRecord]:
        """An event of Jetstream."""
        commit = value.get("commit")
        record = commit.get("record") if isinstance(commit, dict) else None
        if not isinstance(commit, dict) or not isinstance(record, dict):
            self._notices["event without a record"] += 1
            return []
        uri = f"at://{value['did']}/{commit['collection']}/{commit['rkey']}"
        return self._record(where, record, uri)

    def _without_post(self, where: int, value: Any) -> list[RawRecord]:
        """What Bluesky gives in place of a post, or what is none, counted; a rejection for what is neither."""
        kind = str(of(value, "$type") or "") if isinstance(value, dict) else ""
        if isinstance(value, dict) and any(of(value, name) for name in ("notFound", "blocked")):
            self._notices["unavailable post"] += 1
            return []
        if kind.startswith(("app.bsky.", "com.atproto.")):
            self._notices["other record"] += 1
            return []
        return [no_post(where)]
