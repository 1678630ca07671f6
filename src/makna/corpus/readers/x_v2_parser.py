"""The records that a value of X API v2 holds, whatever of the format's many shapes it has: page, post or account.

The decisions are told in :mod:`~makna.corpus.readers.x_v2`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from makna.corpus.model import Relation
from makna.corpus.readers.times import iso_time
from makna.corpus.readers.x_common import (
    WRONG,
    Tally,
    clean,
    count,
    filled,
    language,
    no_post,
    shaped_wrong,
    sound,
    text_id,
)
from makna.corpus.readers.x_v2_parts import RELATIONS, attached_signs, leads_to, without_post
from makna.corpus.records import RawAccount, RawPost, RawRecord

Object = dict[str, Any]


@dataclass(slots=True)
class _Page:
    """What the posts of one page refer to."""

    users: dict[str, RawAccount] = field(default_factory=dict)  # by id
    handles: dict[str, RawAccount] = field(default_factory=dict)  # by folded handle
    media: dict[str, str] = field(default_factory=dict)  # media key -> type
    latest: dict[str, str] = field(default_factory=dict)  # id of a version -> id of the latest one
    writers: dict[str, str] = field(default_factory=dict)  # id of a post -> id of its author


_NO_PAGE = _Page()


class Parser:
    """Turns the objects of one block into records."""

    def __init__(self, tally: Tally) -> None:
        self._notices = tally.notices
        self._post_fields: Counter[tuple[str, ...]] = tally.level("")
        self._entity_fields: Counter[tuple[str, ...]] = tally.level("entities.")
        self._author_fields: Counter[tuple[str, ...]] = tally.level("author.")
        self._include_fields: Counter[tuple[str, ...]] = tally.level("includes.")

    def records(self, where: int, value: Object) -> list[RawRecord]:
        """The records of one line: a page, a flat post or an account."""
        try:
            if "data" in value or "includes" in value:
                return self._page(where, value)
            if "id" in value and "text" in value:
                return self._with_context(where, value, _NO_PAGE)
            if "id" in value and "username" in value:
                return [self._account(value, where)]
        except WRONG:
            return [shaped_wrong(where)]
        return without_post(where, value)

    def _page(self, where: int, value: Object) -> list[RawRecord]:
        data = value.get("data") or []
        items: list[Object] = [data] if isinstance(data, dict) else data
        included = value.get("includes") or {}
        self._post_fields[tuple(value.keys())] += 1
        self._include_fields[tuple(name for name in included if name in ("places", "polls", "topics"))] += 1
        page = self._references(items, included)
        made: list[RawRecord] = []
        for item in items:
            made += self._item(where, item, page)
        ids = [str(item.get("id")) for item in items if isinstance(item, dict)]
        here = {page.latest.get(one, one) for one in ids}
        made += self._context(where, included.get("tweets") or [], page, here)
        return made or (without_post(where, value) if "errors" in value else [])

    def _item(self, where: int, item: Object, page: _Page) -> list[RawRecord]:
        """One element of ``data``; a bad one costs no other."""
        try:
            if "text" in item:
                return self._with_context(where, item, page)
            if "username" in item:
                known = page.users[str(item["id"])]
                known.where = where
                return [known]
        except WRONG:
            return [shaped_wrong(where)]
        return [no_post(where)]

    def _references(self, items: list[Object], included: Object) -> _Page:
        page = _Page()
        people = [
            item for item in items if isinstance(item, dict) and "username" in item and "text" not in item
        ]
        for user in [*people, *(included.get("users") or [])]:
            try:
                account = self._account(user)
            except WRONG:
                self._notices["damaged account"] += 1  # its posts stay, under its id alone
                continue
            page.users[str(account.id)] = account
            page.handles[str(account.handle).casefold()] = account
        for medium in included.get("media") or []:
            if isinstance(medium, dict):
                page.media[str(medium.get("media_key"))] = medium.get("type", "")
        for post in [*items, *(included.get("tweets") or [])]:
            if isinstance(post, dict) and "author_id" in post:
                page.writers[str(post.get("id"))] = str(post["author_id"])
                versions: list[str] = post.get("edit_history_tweet_ids") or []
                if len(versions) > 1:
                    page.latest.update(dict.fromkeys(versions, versions[-1]))
        return page

    def _context(self, where: int, tweets: list[Object], page: _Page, here: set[str]) -> list[RawRecord]:
        """Included posts that are not themselves on the page, the latest version of each."""
        made: list[RawRecord] = []
        ids = [str(tweet.get("id")) if isinstance(tweet, dict) else "" for tweet in tweets]
        latest = [page.latest.get(one, one) for one in ids]
        for n in sorted(range(len(tweets)), key=lambda n: latest[n] != ids[n]):
            if latest[n] not in here:
                here.add(latest[n])
                made.append(self._post_or_not(where, tweets[n], page))
        return made

    def _post_or_not(self, where: int, tweet: Object, page: _Page) -> RawRecord:
        """A context post; a bad one costs nothing but itself."""
        try:
            return self._post(where, tweet, page, context=True)
        except WRONG:
            return shaped_wrong(where)

    def _with_context(self, where: int, post: Object, page: _Page) -> list[RawRecord]:
        """A post and, where twarc2 flattened it, the posts embedded in it, each once."""
        made: list[RawRecord] = [self._post(where, post, page)]
        referenced = post.get("referenced_tweets")
        if not referenced:
            return made
        waiting, met = list(referenced), {post["id"]}
        while waiting:
            other = waiting.pop(0)
            if "text" in other and other["id"] not in met:
                met.add(other["id"])
                made.append(self._post_or_not(where, other, page))
                waiting += other.get("referenced_tweets") or ()
        return made

    def _post(self, where: int, o: Object, page: _Page, *, context: bool = False) -> RawPost:
        self._post_fields[tuple(o.keys())] += 1
        author = o.get("author")
        author_id = o.get("author_id")
        account = self._account(author) if author else page.users.get(str(author_id))
        if account is None and author_id:
            account = RawAccount(id=text_id(author_id))
        versions = o.get("edit_history_tweet_ids")
        post = RawPost(
            where,
            "",
            id=text_id(versions[-1] if versions else o["id"]),
            account=account,
            sent=iso_time(o.get("created_at")),
            conversation_id=text_id(o.get("conversation_id")),
            language=language(o.get("lang")),
            context=context,
        )
        if page.latest and post.conversation_id:
            post.conversation_id = page.latest.get(post.conversation_id, post.conversation_id)
        self._relate(post, o, page)
        long = o.get("note_tweet") or o
        entities = long.get("entities") or o.get("entities")
        if entities:
            self._entity_fields[tuple(entities.keys())] += 1
            self._mention(post, entities.get("mentions") or (), page)
        if post.relation is not Relation.REPOST:
            self._own(post, o, long.get("text") or o["text"], entities, page)
        return sound(post)

    def _own(self, post: RawPost, o: Object, text: str, entities: Object | None, page: _Page) -> None:
        """What only a post has that is no pure repost: text, links, media, counts."""
        post.text = clean(text)
        if entities and (urls := entities.get("urls")):
            post.links = {u["url"]: leads_to(u) for u in urls}
        if attached := o.get("attachments"):
            post.media = attached_signs(attached, page.media)
        if metrics := o.get("public_metrics"):
            post.replies = count(metrics.get("reply_count"))
            post.reposts = count(metrics.get("retweet_count"))
            post.likes = count(metrics.get("like_count"))
            post.quotes = count(metrics.get("quote_count"))

    def _relate(self, post: RawPost, o: Object, page: _Page) -> None:
        if referenced := o.get("referenced_tweets"):
            by_type = {other["type"]: other for other in referenced}
            for kind, relation in RELATIONS:
                if kind in by_type:
                    self._answer(post, by_type[kind], relation, page)
                    break
        answered = o.get("in_reply_to_user_id")
        if answered and not post.parent_id:
            post.relation = Relation.REPLY  # to a person: what it answered is not named
        if answered and post.relation is Relation.REPLY and not post.parent_handle:
            known = page.users.get(str(answered))
            post.parent_handle = known.handle if known else (o.get("in_reply_to_user") or {}).get("username")

    def _answer(self, post: RawPost, parent: Object, relation: Relation, page: _Page) -> None:
        post.relation = relation
        versions = parent.get("edit_history_tweet_ids")
        post.parent_id = text_id(versions[-1] if versions else page.latest.get(parent["id"], parent["id"]))
        writer = parent.get("author")
        if writer:
            post.parent_handle = writer.get("username")
        elif parent["id"] in page.writers:
            known = page.users.get(page.writers[parent["id"]])
            post.parent_handle = known.handle if known else None

    def _mention(self, post: RawPost, mentions: Sequence[Object], page: _Page) -> None:
        if not mentions:
            return
        post.mentions = tuple(m["username"] for m in mentions)
        names = [m.get("name") for m in mentions]
        if page.handles:
            known = [page.handles.get(handle.casefold()) for handle in post.mentions]
            names += [account.name for account in known if account]
        post.mention_names = tuple(clean(name) for name in names if name)

    def _account(self, user: Object, where: int = 0) -> RawAccount:
        self._author_fields[tuple(user.keys())] += 1
        metrics = user.get("public_metrics")
        return RawAccount(
            id=text_id(user["id"]),
            handle=filled(user.get("username")),
            name=filled(user.get("name")),
            bio=filled(user.get("description")),
            location=filled(user.get("location")),
            created=iso_time(user.get("created_at")),
            followers=count(metrics.get("followers_count")) if metrics else None,
            where=where,
        )
