"""A status and an account of Mastodon's API, as records."""

from __future__ import annotations

from typing import Any

from makna.corpus.model import Relation
from makna.corpus.readers.html_text import to_text
from makna.corpus.readers.linked import Linked
from makna.corpus.readers.times import iso_time
from makna.corpus.readers.x_common import Tally, count, filled, language, plain, sound, text_id
from makna.corpus.records import RawAccount, RawPost

Object = dict[str, Any]

_MEDIA = {"image": "image", "video": "video", "gifv": "animation", "audio": "voice"}


class MastodonPosts:
    """Turns statuses and accounts into records. Raises what a value of an unexpected shape raises (``WRONG``)."""

    def __init__(self, tally: Tally) -> None:
        self._fields, self._account_fields = tally.level(""), tally.level("account.")

    def post(self, where: int, o: Object, *, context: bool) -> RawPost:
        """A post, without what it boosts or quotes."""
        self._fields[tuple([key for key, value in o.items() if value is not None])] += 1
        account = self.account(o["account"]) if o.get("account") else None
        mentioned = {str(m["id"]): m["acct"] for m in o.get("mentions") or ()}
        linked = Linked(mentions=list(mentioned.values()))
        post = RawPost(
            where,
            "",
            id=text_id(o.get("id")),
            account=account,
            sent=iso_time(o.get("created_at")),
            language=language(o.get("language")),
            context=context,
        )
        self._relate(post, o, mentioned)
        if post.relation is not Relation.REPOST:
            post.text = _text(o, linked)
            post.media = tuple(
                s for m in o.get("media_attachments") or () if (s := _MEDIA.get(m.get("type") or ""))
            )
            post.links = linked.links
            post.replies, post.reposts = count(o.get("replies_count")), count(o.get("reblogs_count"))
            post.likes, post.quotes = count(o.get("favourites_count")), count(o.get("quotes_count"))
        for handle in (*mentioned.values(), *((account.handle,) if account and account.handle else ())):
            linked.note(handle)
        post.mentions, post.mention_names = (
            tuple(dict.fromkeys(linked.mentions)),
            tuple(dict.fromkeys(linked.names)),
        )
        return sound(post)

    def _relate(self, post: RawPost, o: Object, mentioned: dict[str, str]) -> None:
        original, quote = o.get("reblog"), o.get("quote")
        if original:
            post.relation, post.parent_id = Relation.REPOST, text_id(original.get("id"))
            post.parent_handle = filled((original.get("account") or {}).get("acct"))
        elif o.get("in_reply_to_id") or o.get("in_reply_to_account_id"):
            post.relation, post.parent_id = Relation.REPLY, text_id(o.get("in_reply_to_id"))
            writer = o.get("in_reply_to_account_id")
            own = o.get("account") or {}
            post.parent_handle = own.get("acct") if own.get("id") == writer else mentioned.get(str(writer))
        elif quote:
            post.relation = Relation.QUOTE
            quoted = quote.get("quoted_status") or (quote if "content" in quote else {})
            post.parent_id = text_id(quoted.get("id") or quote.get("quoted_status_id"))
            post.parent_handle = filled((quoted.get("account") or {}).get("acct"))

    def account(self, a: Object, where: int = 0) -> RawAccount:
        """An account; a record of its own where *where* is its position."""
        self._account_fields[tuple([key for key, value in a.items() if value is not None])] += 1
        note = a.get("note")
        return RawAccount(
            id=filled(a.get("url")) or text_id(a.get("id")),
            handle=filled(a["acct"]),
            name=filled(a.get("display_name")),
            bio=to_text(note, _as_bio) or None if note else None,
            created=iso_time(a.get("created_at")),
            followers=count(a.get("followers_count")),
            where=where,
        )


def _as_bio(shown: str, address: str, classes: frozenset[str]) -> str:
    return shown if classes & {"hashtag", "mention"} else Linked().link(shown, address)


def _text(o: Object, linked: Linked) -> str:
    """Content warning and content as text; a deleted post has its text as it was typed."""
    pages = {m["url"]: m["acct"] for m in o.get("mentions") or () if m.get("url")}

    def anchor(shown: str, address: str, classes: frozenset[str]) -> str:
        if address in pages:
            return linked.mention(pages[address])
        return shown if "hashtag" in classes or "mention" in classes else linked.link(shown, address)

    warning, content = o.get("spoiler_text") or "", o.get("content")
    body = to_text(content, anchor, without=frozenset({"quote-inline"})) if content else o.get("text") or ""
    return plain("\n\n".join(part for part in (warning.strip(), body) if part))
