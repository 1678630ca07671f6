"""What the generator knows to be true of the demo, kept apart from the study.

A lens is measured against this. The ids in it are those of the invented source files; a study holds none, so the
way from a document to its truth is its place: document *n* of a batch is ``order[file][n]``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson


@dataclass(frozen=True)
class TermTruth:
    """An argot term: its spellings, the first the usual one, and how many posts of each role use it."""

    variants: tuple[str, ...]
    meaning: dict[str, str]  # language -> meaning
    users: dict[str, int] = field(default_factory=dict)  # role -> posts


@dataclass(frozen=True)
class Truth:
    """The ground truth of one generated study. JSON-serialisable."""

    seed: int
    posts: int
    roles: dict[str, str]  # handle -> role
    signs: dict[str, tuple[str, ...]]  # role -> emoji and words that at least five of its accounts carry
    argot: dict[str, TermTruth]
    testimonials: tuple[
        str, ...
    ]  # ids of posts that vouch for somebody, a provider's pictures of them included
    relays: tuple[str, ...]  # ids of reposts, quotations and thanks that pass a testimonial on
    invitations: dict[str, str]  # id of a post that leads out of the public place -> channel
    moves: dict[
        str, tuple[str, ...]
    ]  # id of a promoting post -> offer, terms, place, condition, contact, tag
    templates: dict[str, tuple[str, ...]]  # template -> ids of the posts that repeat it
    kinds: dict[str, str]  # id -> what the post does: promotion, ask, chat, ...
    authors: dict[str, str]  # id -> handle
    questions: dict[str, str]  # id of an outsider's question -> term
    motives: dict[str, tuple[str, ...]]  # informant -> motives, in the order of the interviews
    deviant: dict[str, str]  # finding -> the informant who contradicts it
    replies: dict[str, str]  # id -> id of the parent, where the same file holds it
    missing_parents: tuple[str, ...]
    self_parents: tuple[str, ...]
    repeated: dict[str, int]  # file -> rows that repeat an earlier one
    minors: dict[str, int]  # file -> records with an under-18 cue
    rejected: dict[str, int]  # file -> records that cannot be read
    contexts: tuple[str, ...]  # ids of posts that only came along
    order: dict[str, tuple[str, ...]]  # file -> ids of the posts kept, in the order of the source
    cues: dict[str, dict[str, int]]  # invitation, testimonial -> phrase as written -> posts

    def ordinals(self, file: str) -> dict[str, int]:
        """Id -> its place among the kept posts of *file*, from 0: the ordinal of its document."""
        return {post: n for n, post in enumerate(self.order[file])}

    def by_role(self, role: str) -> frozenset[str]:
        """The handles of one role."""
        return frozenset(handle for handle, of in self.roles.items() if of == role)

    def asdict(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    def write(self, path: Path) -> None:
        """Write as JSON. Keep it outside the folder of the source files."""
        path.write_bytes(orjson.dumps(self.asdict(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))


def read(path: Path) -> Truth:
    """The truth that :meth:`Truth.write` wrote."""
    data = orjson.loads(path.read_bytes())
    data["argot"] = {
        term: TermTruth(tuple(spec["variants"]), spec["meaning"], spec["users"])
        for term, spec in data["argot"].items()
    }
    for name, value in data.items():
        if isinstance(value, list):
            data[name] = tuple(value)
        elif name in ("signs", "moves", "templates", "motives", "order"):
            data[name] = {key: tuple(items) for key, items in value.items()}
    return Truth(**data)
