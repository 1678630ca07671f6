"""tweet-harvest CSV in the shapes that circulate: comma (2.5), quoted with empty usernames (2.6), semicolon with
undoubled inner quotes (2.2), and what is left of them after Excel.

Decisions: an id or a username that is missing or damaged is taken from ``tweet_url`` where that still holds it. A
reply names only whom it answers, not which post: it has a ``parent_handle`` and no ``parent_id``. Where even that
column is missing, a post that begins with @name answers that account, as X itself counts it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from makna.corpus.model import Relation
from makna.corpus.readers import layout, mapping
from makna.corpus.readers.base import Head
from makna.corpus.readers.table import Row, Table
from makna.corpus.records import RawAccount, RawPost, Rejection

COLUMNS = {  # role -> names of the column in the versions seen
    "text": ("full_text", "tweet", "text"),
    "id": ("id_str", "id"),
    "author": ("user_id_str",),
    "handle": ("username",),
    "location": ("location",),
    "time": ("created_at", "date"),
    "conversation": ("conversation_id_str",),
    "parent_handle": ("in_reply_to_screen_name",),
    "replies": ("reply_count",),
    "reposts": ("retweet_count",),
    "likes": ("favorite_count",),
    "quotes": ("quote_count",),
    "language": ("lang",),
    "media": ("image_url",),
    "address": ("tweet_url",),  # for what it says of id and username; it never enters
}
_ADDRESS = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w+)/status/(\d+)")
_ADDRESSED = re.compile(r"@(\w{1,15})\b")
_OLD_DATE = re.compile(r"\d{1,2}-[A-Z][a-z]{2}-\d{4} \(\d\d:\d\d:\d\d\)")


class TweetHarvest(Table):
    """tweet-harvest CSV."""

    name = "tweet-harvest"
    title = "tweet-harvest CSV"
    reported: Mapping[str, str] = {"media": "image_url", "address": "tweet_url"}
    provides = frozenset({"account", "handle", "location", "time", "replies", "counts", "media", "text"})

    def sniff(self, head: Head) -> float:
        """Sure of its header; nearly sure of ``id, date, tweet`` with its old form of dates."""
        if head.encoding == "binary" or head.text.lstrip()[:1] in ("{", "[", "<"):
            return 0.0
        start = head.text[:4096].lower()
        if "tweet" not in start and "full_text" not in start:
            return 0.0
        found = layout.of(head)
        names = {mapping.fold(column) for column in found.columns} if found else set()
        if "full_text" in names and len(names & {"id_str", "tweet_url", "user_id_str", "favorite_count"}) > 1:
            return 0.97
        return 0.9 if {"id", "date", "tweet"} <= names and _OLD_DATE.search(head.text) else 0.0

    def propose(self, names: Sequence[str], sample: Sequence[Sequence[str]]) -> dict[str, str]:
        """The mapping of this format's own columns."""
        folded = {mapping.fold(column): column for column in reversed(names)}
        found = {
            role: next((folded[n] for n in known if n in folded), None) for role, known in COLUMNS.items()
        }
        return {role: column for role, column in found.items() if column is not None}

    def _post(self, where: int, row: Row) -> RawPost | Rejection:
        post = super()._post(where, row)
        if isinstance(post, RawPost):
            self._mend(post, row.get("address"))
            self._answer(post, row)
        return post

    def _mend(self, post: RawPost, address: str) -> None:
        """What the address of the post knows better than damaged cells."""
        match = _ADDRESS.match(address)
        if not match:
            return
        post.id = match[2]
        if match[1].lower() not in ("undefined", "i"):
            post.account = post.account or RawAccount()
            post.account.handle = post.account.handle or match[1]

    def _answer(self, post: RawPost, row: Row) -> None:
        if post.relation is Relation.REPOST or row.has("parent_handle"):
            return
        said = _ADDRESSED.match(post.text)
        if said and (post.relation is Relation.REPLY or not row.has("conversation")):
            post.relation, post.parent_handle = Relation.REPLY, said[1]
