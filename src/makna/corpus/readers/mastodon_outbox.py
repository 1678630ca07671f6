"""The activities of ``outbox.json``, which an account's export of Mastodon holds.

Decisions: ids end in the number that the account's own server gives, so its API names the same posts; what other servers
hold goes by its address. The account goes by the name in its address.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from makna.corpus.model import Relation
from makna.corpus.readers.html_text import to_text
from makna.corpus.readers.linked import Linked
from makna.corpus.readers.times import iso_time
from makna.corpus.readers.x_common import Tally, language, plain, text_id
from makna.corpus.records import RawAccount, RawPost

Object = dict[str, Any]

EVERYBODY = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")
_POST = re.compile(r"https?://([^/]+)/.*?(?:statuses|@[^/]+)/(\d+)(?:/activity)?/?")
_ACTOR = re.compile(r"https?://([^/]+)/(?:users/|@)([\w.-]+)/?")
_MEDIA = {"image": "image", "video": "video", "audio": "voice"}


class Outbox:
    """Turns activities into posts. Raises what a value of an unexpected shape raises (``WRONG``)."""

    def __init__(self, tally: Tally) -> None:
        self._notices, self._fields = tally.notices, tally.level("object.")

    def post(self, where: int, value: Object) -> tuple[RawPost | None, bool]:
        """(the post of an activity or a bare note, whether it went to chosen people); no post where it makes none."""
        kind, inner = value["type"], value.get("object")
        if kind == "Announce":
            return self._boost(where, value), not _public(value)
        note: Any = inner if kind in ("Create", "Update") else value
        if not isinstance(note, dict) or note.get("type") not in ("Note", "Question", "Article"):
            self._notices[
                f"{kind} activity"[:40] if kind in ("Like", "Follow", "Delete", "Add") else "activity"
            ] += 1
            return None, False
        return self._note(where, note), not _public(note)

    def _boost(self, where: int, value: Object) -> RawPost:
        host, account = _person(value["actor"])
        original = value["object"]
        return RawPost(
            where,
            "",
            id=_id(value["id"], host) if value.get("id") else None,
            account=account,
            sent=iso_time(value.get("published")),
            parent_id=_id(original if isinstance(original, str) else original["id"], host),
            relation=Relation.REPOST,
        )

    def _note(self, where: int, note: Object) -> RawPost:
        self._fields[tuple([key for key, value in note.items() if value is not None])] += 1
        host, account = _person(note["attributedTo"])
        tags = [t for t in note.get("tag") or () if t.get("type") == "Mention" and t.get("name")]
        people = {t["href"]: t["name"].lstrip("@").removesuffix(f"@{host}") for t in tags if t.get("href")}
        linked = Linked()
        written = note.get("contentMap") or {}
        post = RawPost(
            where,
            _text(note, people, linked),
            id=_id(note["id"], host) if note.get("id") else None,
            account=account,
            sent=iso_time(note.get("published")),
            conversation_id=text_id(note.get("conversation") or note.get("context")),
            media=tuple(s for a in note.get("attachment") or () if (s := _medium(a.get("mediaType") or ""))),
            language=language(next(iter(written), None)),
        )
        answered, quoted = note.get("inReplyTo"), note.get("quote") or note.get("quoteUri")
        if answered or quoted:
            post.relation = Relation.REPLY if answered else Relation.QUOTE
            post.parent_id = _id(str(answered or quoted), host)
        for handle in people.values():
            linked.note(handle)
        post.links = linked.links
        post.mentions, post.mention_names = (
            tuple(dict.fromkeys([*linked.mentions, *people.values()])),
            tuple(linked.names),
        )
        return post


def _public(value: Object) -> bool:
    listed = [value.get("to") or (), value.get("cc") or ()]
    return any(one in EVERYBODY for part in listed for one in ([part] if isinstance(part, str) else part))


def _person(address: str) -> tuple[str, RawAccount]:
    """(server, account) of an actor's address."""
    match = _ACTOR.fullmatch(address)
    return urlsplit(address).netloc, RawAccount(id=address, handle=match[2] if match else None)


def _id(address: str, host: str) -> str:
    match = _POST.fullmatch(address)
    return match[2] if match and match[1] == host else address


def _medium(kind: str) -> str | None:
    return "animation" if kind == "image/gif" else _MEDIA.get(kind.split("/", maxsplit=1)[0])


def _text(note: Object, people: dict[str, str], linked: Linked) -> str:
    def anchor(shown: str, address: str, classes: frozenset[str]) -> str:
        if address in people:
            return linked.mention(people[address])
        return shown if "hashtag" in classes or "mention" in classes else linked.link(shown, address)

    content = to_text(note.get("content") or "", anchor, without=frozenset({"quote-inline"}))
    return plain("\n\n".join(part for part in ((note.get("summary") or "").strip(), content) if part))
