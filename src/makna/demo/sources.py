"""The source files of the demo in their native formats, and the ground truth that goes with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random

from makna.demo import other_forms, x_objects
from makna.demo.interviews import MOTIVES, write_interviews
from makna.demo.people import Crowd
from makna.demo.phrases import book, load, read
from makna.demo.posts import Post
from makna.demo.speech import Said
from makna.demo.threads import Talk
from makna.demo.truth import TermTruth, Truth

POSTS, HARVEST, STATUSES, NAMES = (
    "posts.jsonl",
    "tweet-harvest.csv",
    "statuses-v1.1.jsonl",
    "names-to-mask.txt",
)
HARVESTED, STATED, OVERLAP = (
    160,
    40,
    6,
)  # posts of the two smaller files, and how many of the CSV stand in posts.jsonl
_PER_ACCOUNT, _FEWEST = 15, 60
_REPEAT_EVERY = 600  # lines after which one line of the file stands a second time
_NOTES = ("sesi-1.md", "sesi-2.txt", "sesi-3.md", "sesi-4.txt", "sesi-5.md", "sesi-6.md", "sesi-7.txt")
_COPIED = ("references.ris", "references.bib", "participants.toml", "study.toml", "findings.toml", NAMES)
_YOUNG = (
    "aku masih 16 tahun, besok ujian matematika, doain ya",
    "aku siswi sma, besok upacara lagi, malas banget",
)
_DEVIANT = {
    "motives": "Informan 7",
    "presentation": "Informan 6",
    "testimony": "Informan 8",
    "migration": "Informan 7",
    "argot": "Informan 5",
}
_TESTIMONIALS, _RELAYS = ("testimonial", "shown"), ("relay", "repost", "thanks")


def accounts_for(posts: int) -> int:
    """How many accounts write *posts* posts."""
    return max(_FEWEST, posts // _PER_ACCOUNT)


def generate(folder: Path, *, seed: int = 2021, posts: int = 3000, accounts: int | None = None) -> Truth:
    """Write all source files of the demo into *folder*; returns what is true of them. Same arguments, same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    notes = _Notes(seed, posts)
    crowd = Crowd(accounts or accounts_for(posts), posts + HARVESTED + STATED, seed)
    talk = Talk(crowd, posts + HARVESTED + STATED, seed).stream()
    with (folder / POSTS).open("wb") as out:
        for row in _lines(islice(talk, posts), posts, seed, notes):
            out.write(row)
    _smaller_files(folder, talk, notes)
    write_interviews(folder, seed)
    for name in _NOTES:
        (folder / f"catatan-{name}").write_text(read(f"notes/{name}"), encoding="utf-8", newline="\n")
    for name in _COPIED:
        (folder / name).write_text(read(name), encoding="utf-8", newline="\n")
    return notes.truth()


def generate_posts(path: Path, *, posts: int, seed: int = 2021, accounts: int | None = None) -> int:
    """Stream *posts* posts (and the few damaged and repeated lines that real files hold) into *path*; returns the lines.

    Memory is flat: authors come and go, and nothing is remembered of what was written.
    """
    talk = Talk(Crowd(accounts or accounts_for(posts), posts, seed), posts, seed)
    lines = 0
    with path.open("wb", buffering=1 << 20) as out:
        for row in _lines(talk.stream(), posts, seed, None):
            out.write(row)
            lines += 1
    return lines


def _lines(stream: Iterator[Post], posts: int, seed: int, notes: _Notes | None) -> Iterator[bytes]:
    """Lines of JSON: posts, now and then one a second time, two of minors, one cut short."""
    rng = Random(seed + 1)
    young = {posts // 3: _YOUNG[0], 2 * posts // 3: _YOUNG[1]}
    for n, post in enumerate(stream, 1):
        row = x_objects.line(post)
        yield row
        if notes:
            notes.take(POSTS, post)
        if n % _REPEAT_EVERY == 0:
            yield row
            if notes:
                notes.repeated[POSTS] += 1
        if n in young:
            yield x_objects.line(_of_minor(post, young[n], rng))
            if notes:
                notes.minors[POSTS] += 1
        if n == posts // 2:
            yield row[: len(row) // 2] + b"\n"
            if notes:
                notes.rejected[POSTS] += 1


def _of_minor(near: Post, text: str, rng: Random) -> Post:
    """A record about school by somebody who is under 18: everyday talk that the door must keep out."""
    author = Crowd(1, 1, rng.randrange(1 << 20) + 77).one_of_all()
    author.bio = ""
    made = str(int(near.id) + 4_194_304 * 13)
    return Post(made, near.ms + 13, author, Said(text), "chat", made, minor=True)


def _smaller_files(folder: Path, talk: Iterator[Post], notes: _Notes) -> None:
    """A tweet-harvest CSV that overlaps with and continues the large file, and a few posts of X API v1.1."""
    fresh = [p for p in islice(talk, HARVESTED) if p.relation in ("none", "replied_to") and p.parent is not p]
    stated = [p for p in talk if p.relation in ("none", "replied_to") and p.parent is not p]
    for post in fresh:
        notes.take(HARVEST, post)
    for post in stated:
        notes.take(STATUSES, post)
    again = [p for p in notes.last if p.relation == "none"][:OVERLAP]
    notes.repeated[HARVEST] += len(again)
    (folder / HARVEST).write_bytes(other_forms.tweet_harvest([*again, *fresh]))
    (folder / STATUSES).write_bytes(other_forms.v11(stated))


@dataclass
class _Notes:
    """Takes the truth down while posts are written."""

    seed: int
    posts: int
    kept: dict[str, list[Post]] = field(default_factory=lambda: defaultdict(list))
    order: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    contexts: list[str] = field(default_factory=list)
    repeated: Counter[str] = field(default_factory=Counter)
    minors: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)

    def take(self, file: str, post: Post) -> None:
        self.kept[file].append(post)
        self.order[file].append(post.id)
        if post.context is not None:
            self.order[file].append(post.context.id)
            self.contexts.append(post.context.id)

    @property
    def last(self) -> list[Post]:
        return self.kept[POSTS][-200:]

    def truth(self) -> Truth:
        every = [post for posts in self.kept.values() for post in posts]
        people = {p.author.handle: p.author for p in every}
        files = {p.id: file for file, posts in self.kept.items() for p in posts}
        held = [p for p in every if p.parent and p.parent is not p and files.get(p.parent.id) == files[p.id]]
        clusters: dict[str, list[str]] = defaultdict(list)
        for p in every:
            if p.said.template:
                clusters[p.said.template].append(p.id)
        return Truth(
            seed=self.seed,
            posts=len(every),
            roles={handle: who.role for handle, who in sorted(people.items())},
            signs=_shared_signs(
                [who.role for who in people.values()], [who.signs for who in people.values()]
            ),
            argot=_argot(every),
            testimonials=tuple(p.id for p in every if p.kind in _TESTIMONIALS),
            relays=tuple(p.id for p in every if p.kind in _RELAYS),
            invitations={p.id: p.said.channel for p in every if p.said.channel},
            moves={p.id: p.said.moves for p in every if p.kind == "promotion"},
            templates={name: tuple(ids) for name, ids in sorted(clusters.items()) if len(ids) > 1},
            kinds={p.id: p.kind for p in every},
            authors={p.id: p.author.handle for p in every},
            questions={p.id: p.about for p in every if p.about},
            motives={code: tuple(found) for code, found in MOTIVES.items()},
            deviant=dict(_DEVIANT),
            replies={p.id: p.parent.id for p in held if p.parent},
            missing_parents=tuple(p.id for p in every if p.missing),
            self_parents=tuple(p.id for p in every if p.parent is p),
            repeated=dict(self.repeated),
            minors=dict(self.minors),
            rejected=dict(self.rejected),
            contexts=tuple(self.contexts),
            order={file: tuple(ids) for file, ids in self.order.items()},
            cues=_cues(every),
        )


def _shared_signs(roles: list[str], signs: list[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for role, carried in zip(roles, signs, strict=True):
        counts[role].update(carried)
    return {
        role: tuple(sorted(s for s, n in found.items() if n >= 5)) for role, found in sorted(counts.items())
    }


def _argot(every: list[Post]) -> dict[str, TermTruth]:
    users: dict[str, Counter[str]] = {term: Counter() for term in book().argot}
    for post in every:
        for term in set(post.said.terms):
            users[term][post.author.role] += 1
    return {
        term: TermTruth(
            tuple(dict.fromkeys(spec["variants"])), {"id": spec["id"], "en": spec["en"]}, dict(users[term])
        )
        for term, spec in load("argot").items()
    }


def _cues(every: list[Post]) -> dict[str, dict[str, int]]:
    """The phrases that made posts invitations and testimonials, with how many posts each made."""
    found: dict[str, Counter[str]] = {"invitation": Counter(), "testimonial": Counter()}
    for post in every:
        if post.said.cue and post.said.channel:
            found["invitation"][post.said.cue] += 1
        elif post.said.cue and post.kind in _TESTIMONIALS:
            found["testimonial"][post.said.cue] += 1
    return {kind: dict(sorted(counts.items())) for kind, counts in found.items()}
