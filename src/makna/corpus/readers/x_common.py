"""What the two JSON forms of X's posts share: text, counts, languages, links, the tally of what never enters."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from makna.corpus.records import Dropped, RawPost, Rejection
from makna.i18n import _

MEDIA = {"photo": "image", "video": "video", "animated_gif": "animation", "audio": "voice"}
WRONG = (
    TypeError,
    AttributeError,
    KeyError,
    ValueError,
    IndexError,
)  # what a value of an unexpected shape raises
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,24});")
_COMMON = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}
_BEYOND = 1 << 63
_NO_LANGUAGE = frozenset({"und", "zxx", "art", ""})


def _decoded(entity: re.Match[str]) -> str:
    return _COMMON.get(entity[0]) or html.unescape(entity[0])


def clean(text: str) -> str:
    """*text* with HTML entities decoded once, line ends as ``\\n``, without NULs."""
    if "&" in text:
        text = _ENTITY.sub(_decoded, text)
    return plain(text)


def plain(text: str) -> str:
    """*text* with line ends as ``\\n``, without NULs."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x00", "") if "\x00" in text else text


def filled(text: Any) -> str | None:
    """A clean string, or None where the source has none. Raises TypeError where it is something else."""
    return clean(text).strip() or None if text else None


def text_id(value: Any) -> str | None:
    """An id as text; None where there is none or where it became a float, which has lost digits.

    Raises TypeError where it is something else.
    """
    if type(value) is str:
        return value or None
    if type(value) is int:
        return str(value) if value else None
    if value is None or type(value) is float:
        return None
    raise TypeError(type(value))


def sound(post: RawPost) -> RawPost:
    """*post*, where every text in it is one. Raises TypeError where the source put something else in its place."""
    post.parent_handle = post.parent_handle or None
    join = "".join  # the fastest test of many strings
    join((post.text, post.parent_handle or ""))
    if post.mentions:
        join(post.mentions)
        join(post.mention_names)
    if post.links:
        join(post.links)
        join(post.links.values())
    return post


def count(value: Any) -> int | None:
    """A count; None where it is absent, a placeholder such as -1, or no count that could be."""
    return value if type(value) is int and 0 <= value < _BEYOND else None


def language(code: Any) -> str | None:
    """The language as others write it: X says ``in`` for Indonesian, and ``qht`` or ``und`` for none."""
    if code == "in":
        return "id"
    if not isinstance(code, str) or code in _NO_LANGUAGE or (len(code) == 3 and code[0] == "q"):
        return None
    return code


def shaped_wrong(where: int) -> Rejection:
    """The rejection of a record whose fields do not have the shape that the format documents."""
    return Rejection(
        where, _("A field does not have the shape that this format documents: collect the record again.")
    )


def no_post(where: int) -> Rejection:
    """The rejection of a JSON value that holds no post of this format."""
    return Rejection(
        where, _("This is JSON, but no post or account of this format: look what the file was made by.")
    )


class Tally:
    """Counts the fields that records held; names those that never enter."""

    def __init__(self, kept: str, named: str) -> None:
        """*kept* and *named*: paths of fields with spaces between; every other is "other"."""
        self._kept, self._named = frozenset(kept.split()), frozenset(named.split())
        self.seen: dict[str, Counter[tuple[str, ...]]] = {}
        self.notices: Counter[str] = Counter()

    def level(self, prefix: str) -> Counter[tuple[str, ...]]:
        """The counter for what stands below *prefix* ("", "entities.", "author."), by the names a record holds there.

        Records have few different sets of fields: counting the sets is faster than counting each field.
        """
        return self.seen.setdefault(prefix, Counter())

    def dropped(self) -> Iterator[Dropped]:
        """What was seen and never enters, if anything."""
        total = Counter(self.notices)
        for prefix, sets in self.seen.items():
            for field, n in ((field, n) for fields, n in sets.items() for field in fields):
                path = prefix + field
                if path not in self._kept:
                    total[path if path in self._named else "other"] += n
        if total:
            yield Dropped(dict(total))
