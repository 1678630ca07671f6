"""CSV as 4CAT writes it: the forty columns for X, and the columns its other sources share with them.

Decisions: for X a row names whom it answers and in which conversation, but not which post: it has a ``parent_handle``
and no ``parent_id``. A quoted post whose text the row holds is a context post. ``RT @name:`` makes a repost that keeps
its text. Chats of Telegram are places and no conversations. ``link`` is not read: 4CAT makes it from a number that may
have lost digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from makna.corpus.model import Relation
from makna.corpus.readers import cells, layout, mapping
from makna.corpus.readers.base import Head
from makna.corpus.readers.table import Row, Table, in_thread
from makna.corpus.readers.x_common import clean
from makna.corpus.records import RawAccount, RawPost, RawRecord, Rejection

COLUMNS = {  # role -> names of the column, the better first
    "text": "body",
    "id": "id",
    "author": "author_id",
    "handle": "author_username author",
    "name": "author_fullname author_full author_name author_display_name author_nickname",
    "bio": "author_bio author_description author_signature",
    "time": "unix_timestamp timestamp created_at",
    "conversation": "thread_id",
    "parent": "reply_to parent_id parent_comment_id",
    "parent_handle": "replied_author replied_user replied_to_user",
    "replies": "reply_count num_comments comments num_replies",
    "reposts": "retweet_count repost_count shares num_shares",
    "likes": "like_count num_likes likes favorite_count",
    "quotes": "quote_count",
    "language": "language_guess languages",
    "media": "attachment_type media_type",
    "followers": "author_followers",
    "mentions": "mentions usertags",
    "is_reply": "is_reply",
    "is_repost": "is_retweet is_repost",
    "reposted_handle": "retweeted_user",
    "is_quote": "is_quote_tweet",
    "quote_id": "quote_tweet_id",
    "quote_handle": "quote_author quoted_user",
    "quote_text": "quote_body",
    "links": "urls links",
    "images": "images",
    "videos": "videos",
    "chat": "chat",
}
_EXTRA = (
    "followers", "mentions", "is_reply", "is_repost", "reposted_handle", "is_quote", "quote_id", "quote_handle", "quote_text",
)  # fmt: skip
_DROPPED = frozenset(  # known, and never enter
    [
        "collected_from_url",
        "timestamp",
        "link",
        "source",
        "author_avatar_url",
        "author_banner_url",
        "author_avatar",
        "author_profile",
        "verified",
        "possibly_sensitive",
        "impression_count",
        "quote_images",
        "quote_videos",
        "is_quote_withheld",
        "is_withheld",
        "hashtags",
        "long_lat",
        "place_name",
        "views",
        "url",
        "image_url",
        "media_url",
        "image_urls",
        "media_urls",
        "location_name",
        "location_latlong",
        "location_city",
        "location_id",
        "num_media",
        "collected_at",
        "query",
        "rank",
        "tags",
        "labels",
    ]
)
_MARKS = frozenset({"id", "thread_id", "author", "body"})
_TIMES = frozenset({"timestamp", "unix_timestamp", "created_at"})
_SHORT = re.compile(r"https?://t\.co/\w+")
_YES = frozenset({"yes", "true", "1"})


class FourCat(Table):
    """CSV of 4CAT."""

    name = "4cat"
    title = "4CAT CSV"
    extra = _EXTRA
    reported: Mapping[str, str] = {role: role for role in ("links", "images", "videos", "media", "chat")}
    provides = frozenset({"account", "handle", "name", "time", "replies", "counts", "media", "text"})

    def sniff(self, head: Head) -> float:
        """Sure where id, thread, author, text and time bear 4CAT's names."""
        if head.encoding == "binary" or "thread_id" not in head.text[:4096].lower():
            return 0.0
        if head.text.lstrip()[:1] in ("{", "[", "<"):
            return 0.0
        found = layout.of(head)
        names = {mapping.fold(column) for column in found.columns} if found else set()
        return 0.96 if names >= _MARKS and names & _TIMES else 0.0

    def propose(self, names: Sequence[str], sample: Sequence[Sequence[str]]) -> dict[str, str]:
        """The mapping of 4CAT's own columns."""
        folded = {mapping.fold(column): column for column in reversed(names)}
        found: dict[str, str] = {}
        for role, known in COLUMNS.items():
            column = next((folded[n] for n in known.split() if n in folded), None)
            if column is not None:
                found[role] = column
        if found.get("handle") != folded.get("author") and "author" not in found:
            found["author"] = folded["author"]  # Telegram: an id beside the handle
        return found

    def _known(self, name: str) -> str:
        folded = mapping.fold(name)
        return folded if folded in _DROPPED else "other"

    def _records(self, where: int, row: Row) -> Iterable[RawRecord]:
        post = self._post(where, row)
        if not isinstance(post, RawPost):
            return (post,)
        quoted = _quoted(where, row) if post.relation is not Relation.REPOST else None
        return (post, quoted) if quoted else (post,)

    def _post(self, where: int, row: Row) -> RawPost | Rejection:
        post = super()._post(where, row)
        if isinstance(post, RawPost):
            if post.account:
                post.account.followers = cells.number(row.get("followers"))
            post.mentions = tuple(h for cell in _list(row, "mentions") if (h := cells.handle(cell)))
            post.media = _media(row) or post.media
            post.links = _links(post.text, _list(row, "links"), media=bool(post.media))
        return post

    def _relate(self, post: RawPost, row: Row) -> None:
        if row.get("chat"):
            _in_chat(post, row.get("chat"))
        if post.parent_id == post.id:
            post.parent_id = None
        if row.has("is_reply") and not _yes(row, "is_reply"):
            post.parent_id = post.parent_handle = None
            answers = False
        else:
            answers = bool(post.parent_id or post.parent_handle or in_thread(post))
        if _yes(row, "is_repost"):
            post.relation = Relation.REPOST
            post.parent_id, post.parent_handle = None, cells.handle(row.get("reposted_handle"))
        elif answers:
            post.relation = Relation.REPLY
        elif _yes(row, "is_quote") or row.get("quote_id"):
            post.relation = Relation.QUOTE
            post.parent_id = cells.post_id(row.get("quote_id"))
            post.parent_handle = cells.handle(row.get("quote_handle"))


def _yes(row: Row, role: str) -> bool:
    return row.get(role).strip().lower() in _YES


def _list(row: Row, role: str) -> list[str]:
    return [part for cell in row.get(role).split(",") if (part := cell.strip())]


def _in_chat(post: RawPost, chat: str) -> None:
    """Messages are numbered within their chat, which is a place and no conversation."""
    post.conversation_id = None
    if post.id and post.id.isdigit():
        post.id = f"{chat}-{post.id}"
    if post.parent_id and post.parent_id.isdigit():
        post.parent_id = f"{chat}-{post.parent_id}"


def _quoted(where: int, row: Row) -> RawPost | None:
    """The quoted post, where the row holds its text."""
    text = clean(row.get("quote_text"))
    writer = cells.handle(row.get("quote_handle"))
    if not text.strip():
        return None
    account = RawAccount(handle=writer) if writer else None
    return RawPost(where, text, id=cells.post_id(row.get("quote_id")), account=account, context=True)


def _media(row: Row) -> tuple[str, ...]:
    """A sign for each picture and video that a row names."""
    return tuple(
        sign for role in ("images", "videos") for address in _list(row, role) for sign in _sign(role, address)
    )


def _sign(role: str, address: str) -> tuple[str, ...]:
    sign = cells.media(address)
    return ("video",) if role == "videos" and sign == ("image",) else sign


def _links(text: str, targets: Sequence[str], *, media: bool) -> dict[str, str]:
    """What the short links of *text* lead to, which 4CAT lists in their order; those left over are the pictures."""
    short = list(dict.fromkeys(_SHORT.findall(text)))
    if len(short) < len(targets):
        return {}
    rest = dict.fromkeys(short[len(targets) :], "media") if media else {}
    return {**dict(zip(short, targets, strict=False)), **rest}
