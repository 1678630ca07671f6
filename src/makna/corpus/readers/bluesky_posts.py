"""A post and an account of Bluesky, as records."""

from __future__ import annotations

import re
from typing import Any

from makna.corpus.model import Relation
from makna.corpus.readers.bluesky_text import media_of, of, text_of, with_card
from makna.corpus.readers.linked import Linked
from makna.corpus.readers.times import iso_time
from makna.corpus.readers.x_common import (
    WRONG,
    Tally,
    count,
    filled,
    language,
    shaped_wrong,
    sound,
    text_id,
)
from makna.corpus.records import RawAccount, RawPost, RawRecord, Rejection
from makna.i18n import _

Object = dict[str, Any]

DEEPEST = 4  # posts within posts
_POST = re.compile(r"at://[^/]+/app\.bsky\.feed\.post/[^/]+")


class BlueskyPosts:
    """Turns views and records into records of ours. Raises what a value of an unexpected shape raises (``WRONG``)."""

    def __init__(self, tally: Tally) -> None:
        self._fields, self._record_fields = tally.level(""), tally.level("record.")
        self._author_fields = tally.level("author.")

    def feed(self, where: int, item: Object) -> list[RawRecord]:
        """An item of a feed or a thread: a post, or its repost; what it shows above the post is context."""
        post, reason, reply = item["post"], item.get("reason"), item.get("reply")
        by = reason.get("by") if isinstance(reason, dict) else None
        made = self.with_context(where, post, context=by is not None)
        if by is not None and reason is not None:
            made.insert(0, self._boost(where, post, reason))
        if isinstance(reply, dict):
            self._above(where, made, reply)
        return made

    def _above(self, where: int, made: list[RawRecord], reply: Object) -> None:
        """The posts that a feed shows above one, and whom it answers."""
        parent = reply.get("parent")
        first = next((r for r in made if isinstance(r, RawPost) and r.relation is Relation.REPLY), None)
        if first and isinstance(parent, dict):
            first.parent_handle = filled((parent.get("author") or {}).get("handle"))
        met = {r.id for r in made if isinstance(r, RawPost)}
        for name in ("root", "parent"):
            view = reply.get(name)
            if isinstance(view, dict) and isinstance(view.get("record"), dict) and view.get("uri") not in met:
                met.add(view.get("uri"))
                made.append(self._post_or_not(where, view))

    def _boost(self, where: int, post: Object, reason: Object) -> RawPost:
        return sound(
            RawPost(
                where,
                "",
                id=text_id(reason.get("uri")),
                account=self.account(reason["by"]),
                sent=iso_time(of(reason, "indexedAt")),
                parent_id=text_id(post.get("uri")),
                parent_handle=filled((post.get("author") or {}).get("handle")),
                relation=Relation.REPOST,
            )
        )

    def repost(self, where: int, record: Object, uri: str | None) -> RawPost:
        """A repost as a repository holds it."""
        return RawPost(
            where,
            "",
            id=text_id(uri),
            account=_owner(uri),
            sent=iso_time(of(record, "createdAt")),
            parent_id=text_id(record["subject"]["uri"]),
            relation=Relation.REPOST,
        )

    def with_context(self, where: int, view: Object, *, context: bool = False) -> list[RawRecord]:
        """A post, and the posts it quotes, as far as they come along."""
        made: list[RawRecord] = [self._post(where, view, context=context)]
        quoted, depth = _quoted(view), 0
        while quoted and depth < DEEPEST:
            depth += 1
            made.append(self._post_or_not(where, quoted))
            quoted = _quoted(quoted)
        return made

    def _post_or_not(self, where: int, view: Object) -> RawRecord:
        try:
            return self._post(where, view, context=True)
        except WRONG:
            return shaped_wrong(where)

    def _post(self, where: int, view: Object, *, context: bool) -> RawPost:
        record: Object = view["record"]
        self._fields[tuple([key for key, value in view.items() if value is not None])] += 1
        self._record_fields[tuple([key for key, value in record.items() if value is not None])] += 1
        author, uri = view.get("author"), text_id(view.get("uri"))
        account = self.account(author) if author else _owner(uri)
        linked = Linked()
        if account and account.handle:
            linked.note(account.handle)
        post = RawPost(
            where,
            text_of(record, linked),
            id=uri,
            account=account,
            sent=iso_time(of(record, "createdAt")) or iso_time(of(view, "indexedAt")),
            language=_language(record.get("langs")),
            replies=count(of(view, "replyCount")),
            reposts=count(of(view, "repostCount")),
            likes=count(of(view, "likeCount")),
            quotes=count(of(view, "quoteCount")),
            context=context,
        )
        self._relate(post, record)
        for embed in (view.get("embed"), record.get("embed")):
            if isinstance(embed, dict) and (shown := media_of(embed)):
                post.media = shown
                break
        post.text = with_card(post.text, record.get("embed") or view.get("embed"))
        post.mentions, post.mention_names = tuple(linked.mentions), tuple(dict.fromkeys(linked.names))
        post.links = linked.links
        return sound(post)

    def _relate(self, post: RawPost, record: Object) -> None:
        if reply := record.get("reply"):
            post.relation, post.parent_id = Relation.REPLY, text_id(reply["parent"]["uri"])
            root = reply.get("root") or {}
            post.conversation_id = text_id(root.get("uri"))
        elif quoted := _quoted_uri(record.get("embed")):
            post.relation, post.parent_id = Relation.QUOTE, quoted

    def account(self, a: Object, where: int = 0) -> RawAccount:
        """An account; a record of its own where *where* is its position."""
        self._author_fields[tuple([key for key, value in a.items() if value is not None])] += 1
        handle = filled(a.get("handle"))
        return RawAccount(
            id=text_id(a["did"]),
            handle=None if handle == "handle.invalid" else handle,
            name=filled(of(a, "displayName")),
            bio=filled(a.get("description")),
            created=iso_time(of(a, "createdAt")),
            followers=count(of(a, "followersCount")),
            where=where,
        )

    def profile(self, where: int, record: Object, uri: str | None) -> RawRecord:
        """A profile as a repository holds it: without its account where the address is not beside it."""
        name, bio = filled(of(record, "displayName")), filled(record.get("description"))
        owner = _owner(uri) or RawAccount()
        if owner.id is None and not name and not bio:
            return Rejection(
                where,
                _("This profile says neither whose it is nor anything else: look what the file was made by."),
            )
        self._author_fields[tuple([key for key, value in record.items() if value is not None])] += 1
        owner.id = owner.id or f"whoever says: {name} {bio}"
        owner.name, owner.bio, owner.where = name, bio, where
        return owner


def _owner(uri: str | None) -> RawAccount | None:
    """The account in whose repository an address lies."""
    parts = uri.split("/") if uri else []
    if len(parts) < 3 or not parts[2]:
        return None
    return RawAccount(id=parts[2]) if parts[2].startswith("did:") else RawAccount(handle=parts[2])


def _quoted_uri(embed: Any) -> str | None:
    """The address of the post that an embed quotes; lists, feeds and starter packs are none."""
    held = embed.get("record") if isinstance(embed, dict) else None
    if isinstance(held, dict) and isinstance(held.get("record"), dict):
        held = held["record"]
    uri = held.get("uri") if isinstance(held, dict) else None
    return uri if isinstance(uri, str) and _POST.fullmatch(uri) else None


def _quoted(view: Object) -> Object | None:
    """The quoted post in the shape of a view, where it comes along whole."""
    embed = view.get("embed")
    held = embed.get("record") if isinstance(embed, dict) else None
    if isinstance(held, dict) and isinstance(held.get("record"), dict):
        held = held["record"]
    if (
        not isinstance(held, dict)
        or not isinstance(held.get("value"), dict)
        or not _POST.fullmatch(str(held.get("uri")))
    ):
        return None
    embeds = held.get("embeds")
    inner = embeds[0] if isinstance(embeds, list) and embeds else held.get("embed")
    return {
        **{key: value for key, value in held.items() if key not in ("value", "embeds")},
        "record": held["value"],
        "embed": inner,
    }


def _language(codes: Any) -> str | None:
    first = codes[0] if isinstance(codes, list) and codes else None
    return language(first.split("-")[0]) if isinstance(first, str) else None
