"""What a person noted by hand, made into the files that the door's readers know; sealed like an upload."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from django.http import QueryDict

from makna.corpus.readers.observed import POST, PROFILE
from makna.corpus.sealed_file import SealedFile, SealedWriter
from makna.errors import NothingToRead
from makna.i18n import N_, _
from makna.web.incoming.uploads import place

PROFILE_FIELDS = ("handle", "name", "bio", "location", "followers", "joined")
POST_FIELDS = (
    "date", "text", "media", "label", "reply_to", "quotes", "reposts_of", "replies_count", "reposts_count", "likes_count",
)  # fmt: skip
COLUMNS = ("observed", *PROFILE_FIELDS, *POST_FIELDS)
NOTES = {
    "descriptive": (N_("descriptive note"), N_("What you saw and heard: place, people, words, acts. Leave out what it means.")),
    "reflexive": (N_("reflexive note"), N_("What it did to you, what you expected, what you may have missed or wished to see.")),
    "session": (N_("note on a session"), N_("When you began and ended, what you watched, what you left out and why.")),
    "role": (N_("note on my role"), N_("Who you are to the people here, what they know of you, how near you came, and what that changed.")),
}  # fmt: skip
"""The kinds of field notes, each with what belongs there."""


def observed(post: QueryDict) -> SealedFile:
    """The form of a profile and its posts, as the reader of forms knows it. Raises :class:`NothingToRead`."""
    profile = {name: post.get(name, "").strip() for name in PROFILE_FIELDS}
    posts = [one for one in _posts(post) if any(one[name] for name in ("text", "media", "reposts_of"))]
    if not profile["handle"] and not profile["name"]:
        raise NothingToRead(_("Say which account it is: its name in the place, or its display name."))
    if not posts and not any(profile[name] for name in PROFILE_FIELDS[2:]):
        raise NothingToRead(_("Nothing was noted: fill in the profile, or write down a post."))
    out = io.StringIO(newline="")
    sheet = csv.DictWriter(out, COLUMNS)
    sheet.writeheader()
    sheet.writerow({"observed": PROFILE, **profile})
    for one in posts:
        sheet.writerow({"observed": POST, "handle": profile["handle"], "name": profile["name"], **one})
    return _sealed(out.getvalue(), "observed.csv")


def _posts(post: QueryDict) -> Iterator[Mapping[str, str]]:
    columns = {name: post.getlist(f"post_{name}") for name in POST_FIELDS}
    for n in range(max(map(len, columns.values()), default=0)):
        yield {name: (values[n].strip() if n < len(values) else "") for name, values in columns.items()}


def note(text: str) -> SealedFile:
    """A field note as a text. Raises :class:`NothingToRead`."""
    if not text.strip():
        raise NothingToRead(_("The note is empty: write it, then store it."))
    return _sealed(text.strip() + "\n", "note.txt")


def _sealed(text: str, name: str) -> SealedFile:
    writer = SealedWriter(place())
    writer.write(text.replace("\r\n", "\n").encode())
    return writer.finish(name)
