"""How is a promoting post built? Its moves, their order, the templates that repeat, and the rhythm of posting."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from makna.analysis.lenses import figures, intervals, say
from makna.analysis.lenses.base import LensInput, LensResult, Statistic
from makna.analysis.lenses.moves import Move, MoveReader, learn_moves
from makna.analysis.lenses.posts import Post
from makna.analysis.lenses.promoting import MOVES, SAMPLE, Part, promoters, recogniser
from makna.analysis.lenses.rows import Rows, passage
from makna.analysis.lenses.templates import Signatures, clusters, signature

NAME = "promotion"
NEEDS = frozenset({"account", "time", "text"})
ALL_MOVES = (*MOVES, "tag")
PASSAGES_A_ROW = 2_000  # options["passages"]
SEQUENCES, TEMPLATES = 12, 25
COLUMNS = (
    ("kind", pa.string()),  # move, sequence, template, weekday
    ("move", pa.string()),
    ("label", pa.string()),
    ("posts", pa.int64()),
    ("share", pa.float64()),
    ("low", pa.float64()),
    ("high", pa.float64()),
    ("accounts", pa.int64()),
    ("first", pa.float64()),  # share of the posts with this move that open with it
    ("by_cue", pa.float64()),  # share of these posts in which a listed cue says so, not the model
    ("harvest_keyword", pa.bool_()),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass
class _Seen:
    """What the pass over the promoting posts gathers."""

    cap: int
    keywords: frozenset[str]
    posts: int = 0
    days: set[Any] = field(default_factory=set)
    authors: Counter[int] = field(default_factory=Counter)
    of: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    accounts: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    passages: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    signatures: list[Signatures] = field(default_factory=list)
    places: list[tuple[int, int | None, int, str]] = field(
        default_factory=list
    )  # document, author, length, text

    def take(self, post: Post, moves: list[Move]) -> None:
        """Count one promoting post."""
        self.posts += 1
        if post.author_id is not None:
            self.authors[post.author_id] += 1
        order = tuple(dict.fromkeys(m.move for m in moves))
        for name in order:
            same = [m for m in moves if m.move == name]
            self._add(
                ("move", name),
                post,
                [passage(post.document_id, m.start, m.end, post.text[m.start : m.end], m.note) for m in same],
            )
            self.of["move", name]["first"] += name == order[0]
            self.of["move", name]["by_cue"] += any(m.sure for m in same)
            self.of["move", name]["keyword"] += any(
                k in post.text[m.start : m.end].lower() for m in same for k in self.keywords
            )
        self._add(("sequence", " → ".join(order)), post, [_whole(post)])
        if post.sent_on is not None:
            self.days.add(post.sent_on)
            self._add(("weekday", _DAYS[post.sent_on.weekday()]), post, [_whole(post)])
        self.signatures.append(signature([t[0] for t in post.tokens]))
        self.places.append((post.document_id, post.author_id, len(post.text), post.text))

    def _add(self, key: tuple[str, str], post: Post, found: list[dict[str, Any]]) -> None:
        self.of[key]["posts"] += 1
        self.of[key]["passages"] += len(found)
        if post.author_id is not None:
            self.accounts[key].add(post.author_id)
        if len(self.passages[key]) < self.cap:
            self.passages[key].extend(found)


def _whole(post: Post) -> dict[str, Any]:
    return passage(post.document_id, 0, len(post.text), post.text)


def run(data: LensInput) -> LensResult:
    """The promotion lens. Options: passages (most passages per row)."""
    promoting = recogniser(data)
    seen = _Seen(int(data.options.get("passages", PASSAGES_A_ROW)), data.harvest_keywords)
    reader: MoveReader | None = None
    waiting: list[tuple[Post, list[Part]]] = []
    for post, of in promoting.posts(data):
        if reader is not None:
            seen.take(post, reader.read(of))
            continue
        waiting.append((post, of))
        if len(waiting) == SAMPLE:
            reader = learn_moves([p for _post, p in waiting])
            _drain(waiting, reader, seen)
    if waiting:
        _drain(waiting, learn_moves([p for _post, p in waiting]), seen)
    return _result(data, seen)


def _drain(waiting: list[tuple[Post, list[Part]]], reader: MoveReader, seen: _Seen) -> None:
    for post, of in waiting:
        seen.take(post, reader.read(of))
    waiting.clear()


def _result(data: LensInput, seen: _Seen) -> LensResult:
    rows = Rows(COLUMNS, seen.cap)
    for move in ALL_MOVES if seen.posts else ():
        _row(rows, seen, ("move", move), move=move)
    sequences = sorted((k for k in seen.of if k[0] == "sequence"), key=lambda k: (-seen.of[k]["posts"], k))
    for key in sequences[:SEQUENCES]:
        _row(rows, seen, key)
    groups = clusters(seen.signatures) if seen.signatures else []
    for n, group in enumerate(groups[:TEMPLATES], 1):
        _template(rows, seen, n, group)
    for day in _DAYS if seen.days else ():
        _row(rows, seen, ("weekday", day))
    table = rows.table()
    statistics = _statistics(seen, groups, promoters(data, seen.authors))
    sentence = say.both(lambda language: _sentence(language, seen, statistics, len(groups)))
    return LensResult(
        NAME, table, rows.passages(), statistics, _figure(say.title(sentence), table), sentence, BLIND
    )


def _row(rows: Rows, seen: _Seen, key: tuple[str, str], *, move: str | None = None) -> None:
    counts = seen.of.get(key, Counter())
    posts = counts["posts"]
    of_move = move is not None and posts
    rows.add(
        {
            "kind": key[0],
            "move": move,
            "label": key[1],
            "posts": posts,
            **intervals.bounds(posts, seen.posts),
            "accounts": len(seen.accounts.get(key, ())),
            "first": counts["first"] / posts if of_move else None,
            "by_cue": counts["by_cue"] / posts if of_move else None,
            "harvest_keyword": counts["keyword"] > 0,
        },
        seen.passages.get(key, ()),
        total=counts["passages"],
    )


def _template(rows: Rows, seen: _Seen, number: int, group: list[int]) -> None:
    places = [seen.places[i] for i in group]
    rows.add(
        {
            "kind": "template",
            "label": f"T{number}",
            "posts": len(group),
            **intervals.bounds(len(group), seen.posts),
            "accounts": len({author for _d, author, _l, _t in places if author is not None}),
            "harvest_keyword": any(k in places[0][3].lower() for k in seen.keywords),
        },
        (passage(document, 0, length, text) for document, _a, length, text in places),
    )


def _statistics(seen: _Seen, groups: list[list[int]], accounts: frozenset[int]) -> tuple[Statistic, ...]:
    repeated = sum(map(len, groups))
    days = len(seen.days)
    return (
        intervals.count("promoting posts", seen.posts),
        intervals.count("promoting accounts", len(accounts)),
        *(intervals.share(f"share with {move}", seen.of["move", move]["posts"], seen.posts) for move in ALL_MOVES),
        intervals.share("share of posts that repeat a template", repeated, seen.posts),
        Statistic("promoting posts per day", seen.posts / days if days >= intervals.SENSIBLE else None, n=days, method="mean over days with a promoting post"),
    )  # fmt: skip


def _sentence(language: str, seen: _Seen, statistics: tuple[Statistic, ...], groups: int) -> str:
    if not seen.posts:
        return {"en": "No promoting post was found.", "id": "Tidak ditemukan unggahan promosi."}[language]
    if seen.posts < intervals.SENSIBLE:
        return {
            "en": f"Promoting posts found: {seen.posts}, {say.TOO_FEW['en']} any share.",
            "id": f"Unggahan promosi yang ditemukan: {seen.posts}, {say.TOO_FEW['id']} bagiannya.",
        }[language]
    by_move = {s.name: s for s in statistics}
    made = [m for m in ALL_MOVES if seen.of["move", m]["posts"]]
    ranked = sorted(made, key=lambda m: -seen.of["move", m]["posts"])[:3]
    said = [
        f"{say.name(m, language)} ({say.percent(by_move[f'share with {m}'].value, language)})" for m in ranked
    ]
    n, most = say.number(seen.posts, language), say.series(said, language)
    repeated = say.percent(by_move["share of posts that repeat a template"].value, language)
    of = say.number(groups, language)
    if language == "id":
        again = (
            f"{repeated} mengulang salah satu dari {of} pola" if groups else "tidak ada pola yang berulang"
        )
        return f"Dari {n} unggahan promosi, langkah yang paling sering ialah {most}; {again}."
    again = f"{repeated} repeat one of {of} templates" if groups else "no template repeats"
    return f"Of {n} promoting posts, the most frequent moves are {most}; {again}."


def _figure(title: figures.Text, table: pa.Table) -> Mapping[str, Any]:
    shown = [r for r in table.to_pylist() if r["kind"] == "move" and r["share"] is not None]
    shown.sort(key=lambda r: -r["share"])
    rows = [
        {"label": say.pair(r["move"]), "share": r["share"], "low": r["low"], "high": r["high"], "note": f"{r['posts']:,}", "small": r["accounts"] < 5}
        for r in shown
    ]  # fmt: skip
    return figures.shares(title, rows, axis=("share of promoting posts", "bagian dari unggahan promosi"))


BLIND = say.blinds(
    (
        "Promotion inside pictures, in stories or in private is not seen.",
        "Promosi di dalam gambar, di cerita atau di ruang pribadi tidak terlihat.",
    ),
    (
        "A post that promotes in one plain sentence, without a list of parts, is easily missed.",
        "Unggahan yang berpromosi dalam satu kalimat biasa, tanpa daftar bagian, mudah terlewat.",
    ),
    (
        "Moves without a listed cue are labelled by a model; each passage says which words decided.",
        "Langkah tanpa penanda dalam daftar diberi label oleh model; setiap kutipan menyebut kata yang menentukan.",
    ),
    (
        "Days are known, hours are not: rhythm within a day cannot be seen.",
        "Hari diketahui, jam tidak: irama dalam sehari tidak terlihat.",
    ),
)
