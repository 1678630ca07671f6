"""One post of the demo, before it takes the form of a file."""

from __future__ import annotations

from dataclasses import dataclass

from makna.demo.people import Person
from makna.demo.speech import Said


@dataclass(slots=True, eq=False)
class Post:
    """One post before it takes the form of a file."""

    id: str
    ms: int
    author: Person
    said: Said
    kind: str  # promotion, invitation, testimonial, shown, relay, repost, ask, what, chat, ...
    conversation: str
    parent: Post | None = None
    relation: str = "none"  # replied_to, quoted, retweeted
    missing: str | None = None  # id of a parent that the file does not hold
    mentions: tuple[Person, ...] = ()
    link: str | None = None
    about: str | None = None  # the term an outsider asks about
    minor: bool = False
    context: Post | None = None  # an original that only comes along
