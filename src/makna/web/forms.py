"""What forms send, as actions take it."""

from __future__ import annotations

from django.http import QueryDict

_SEEN = "seen_"


def text(post: QueryDict, name: str) -> str | None:
    """A text with the line ends of the record; None where the form has no such field."""
    value = post.get(name)
    return None if value is None else value.replace("\r\n", "\n")


def whole_number(post: QueryDict, name: str) -> int | None:
    """A number; None where none was given."""
    value = post.get(name, "")
    return int(value) if value.isdigit() else None


def kept(post: QueryDict) -> list[str]:
    """Words that look like identifiers and were looked at."""
    return post.getlist("kept")


def seen(post: QueryDict) -> dict[str, str]:
    """What whoever sends saw before, by column: fields named ``seen_…``."""
    return {
        name.removeprefix(_SEEN): value.replace("\r\n", "\n")
        for name, value in post.items()
        if name.startswith(_SEEN)
    }
