"""What the two parsers of X API v2 share: relations, where links lead, the signs of what is attached, answers without a post."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from makna.corpus.model import Relation
from makna.corpus.readers.x_common import MEDIA, no_post
from makna.corpus.records import RawRecord, Rejection
from makna.i18n import _

RELATIONS = (("retweeted", Relation.REPOST), ("replied_to", Relation.REPLY), ("quoted", Relation.QUOTE))
_KEY_MEDIA = {"3": "image", "7": "video", "13": "video", "16": "animation"}  # what a media key begins with
_IN_MEDIA = re.compile(r"/status/\d+/(?:photo|video)/\d")


def in_media(shown: str, target: str) -> bool:
    """Whether a link, by what is shown of it and where it leads, stands for a picture or video of the post."""
    return shown.startswith("pic.") or _IN_MEDIA.search(target) is not None


def signs(keys: Iterable[object], types: Mapping[Any, str]) -> tuple[str, ...]:
    """The signs of what is attached under these *keys*, by its type, else by its key."""
    found = (
        MEDIA.get(types.get(key) or "") or _KEY_MEDIA.get(str(key).split("_", maxsplit=1)[0]) for key in keys
    )
    return tuple(sign for sign in found if sign)


def without_post(where: int, value: Mapping[str, Any]) -> list[RawRecord]:
    """The answer of X where it is no post: nothing for an empty page, a rejection for an error."""
    if "errors" in value or {"title", "detail"} <= value.keys():
        reason = _("X answered with an error in place of posts: collect this part again.")
        return [Rejection(where, reason)]
    if "meta" in value:
        return []
    return [no_post(where)]


def leads_to(url: Mapping[str, Any]) -> str:
    """Where a short link leads; ``media`` where it stands for a picture or video of the post."""
    if "media_key" in url or in_media(url.get("display_url", ""), url.get("expanded_url", "")):
        return "media"
    return str(url.get("unwound_url") or url.get("expanded_url") or url["url"])


def attached_signs(attached: Mapping[str, Any], known: Mapping[str, str]) -> tuple[str, ...]:
    """The signs of what is attached, by its type there or in *known* (media key -> type), else by its key."""
    embedded = {medium.get("media_key"): medium.get("type", "") for medium in attached.get("media") or ()}
    keys = attached.get("media_keys") or list(embedded)
    return signs(keys, {key: embedded.get(key) or known.get(key) or "" for key in keys})
