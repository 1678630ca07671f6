"""What stands in a post of Bluesky beside its text: facets, cards and what is attached."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from makna.corpus.readers.linked import Linked
from makna.corpus.readers.x_common import plain

Object = dict[str, Any]

_HANDLE = re.compile(r"@?([\w-]+(?:\.[\w-]+)+)")
_MOVING = re.compile(r"https?://(?:media\d*\.)?(?:tenor|giphy)\.com/", re.IGNORECASE)


@lru_cache(maxsize=64)
def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", lambda m: f"_{m[1].lower()}", name).replace("$type", "py_type")


def of(o: Object, name: str) -> Any:
    """The value of *name* in an object of the API, also where a Python program wrote ``displayName`` as ``display_name``."""
    value = o.get(name)
    return o.get(_snake(name)) if value is None else value


def text_of(record: Object, linked: Linked) -> str:
    """The text with its links and mentions, which facets point out by their bytes."""
    text: str = record["text"]
    data = text.encode("utf-8", "replace")
    out: list[str] = []
    at = 0
    for start, end, feature in sorted(_facets(record.get("facets")), key=lambda facet: facet[0]):
        if not at <= start < end <= len(data):
            continue
        try:
            before, shown = data[at:start].decode(), data[start:end].decode()
        except UnicodeDecodeError:
            continue  # it cuts a character: what it means is lost
        piece = _shown(shown, feature, linked)
        joined = piece != shown and not piece[-1:].isspace() and data[end : end + 1].isalnum()
        out += (before, f"{piece} " if joined else piece)
        at = end
    out.append(data[at:].decode())
    return plain("".join(out))


def _facets(facets: Any) -> list[tuple[int, int, Object]]:
    """(first byte, byte after the last, feature) of each facet that is one."""
    found: list[tuple[int, int, Object]] = []
    for facet in facets if isinstance(facets, list) else ():
        index = facet.get("index") if isinstance(facet, dict) else None
        features = facet.get("features") if isinstance(facet, dict) else None
        if not isinstance(index, dict) or not isinstance(features, list) or not features:
            continue
        start, end = of(index, "byteStart"), of(index, "byteEnd")
        if type(start) is int and type(end) is int and isinstance(features[0], dict):
            found.append((start, end, features[0]))
    return found


def _shown(shown: str, feature: Object, linked: Linked) -> str:
    handle = _HANDLE.fullmatch(shown)
    if isinstance(feature.get("did"), str):
        if handle:
            return linked.mention(handle[1])
        linked.mentions += [shown.removeprefix("@")] if re.fullmatch(r"@[\w-]+", shown) else []
        return shown
    uri = feature.get("uri")
    return linked.link(shown, uri) if isinstance(uri, str) else shown


def media_of(embed: Object) -> tuple[str, ...]:
    """The signs of what is attached."""
    if isinstance(embed.get("media"), dict):
        embed = embed["media"]
    if isinstance(embed.get("images"), list):
        return ("image",) * len(embed["images"])
    if "video" in embed or "playlist" in embed:
        return ("video",)
    return ("animation",) if _MOVING.match(_card(embed)) else ()


def _card(embed: Any) -> str:
    """The address of a link's card."""
    if isinstance(embed, dict) and isinstance(embed.get("media"), dict):
        embed = embed["media"]
    external = embed.get("external") if isinstance(embed, dict) else None
    uri = external.get("uri") if isinstance(external, dict) else None
    return uri if isinstance(uri, str) else ""


def with_card(text: str, embed: Any) -> str:
    """*text*, with the address of its card where it does not stand in it: readers of the post see that link."""
    uri = _card(embed)
    if not uri or uri in text or _MOVING.match(uri):
        return text
    return Linked().link(text, uri) if text.strip() else uri
