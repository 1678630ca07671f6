"""What the two parsers of X API v2 share: relations, links to media, the signs of what is attached."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from makna.corpus.model import Relation
from makna.corpus.readers.x_common import MEDIA

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
