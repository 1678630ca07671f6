"""Measure Makna beside named peers.

    python -m benchmarks --posts 100000 1000000 [--json FILE] [--peer-posts 100000] [--no-peers]

Peers that are slow run on fewer posts; a ratio compares seconds per post. Run it on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import house, peers
from benchmarks.measured import Figure, table
from makna.demo import generate_posts
from makna.library import Study

WORD = "testi"
PRESIDIO_POSTS = 1_000  # about a hundred a second


@dataclass(frozen=True)
class Run:
    """One size: its file, and how many posts the peers get."""

    posts: int
    folder: Path
    peer_posts: int  # 0: no peers

    @property
    def source(self) -> Path:
        """The generated file."""
        return self.folder / "posts.jsonl"


def figures(run: Run) -> Iterator[Figure]:
    """Every figure of one size, as it is measured."""
    lines = generate_posts(run.source, posts=run.posts)
    line = f"lines of {run.source.stat().st_size / lines / 1000:.1f} kB"
    study, seconds, peak = house.import_posts(run.source, run.folder)
    peer_posts = min(run.posts, run.peer_posts)
    rows = list(house.token_lists(study, peer_posts))
    few = house.texts(study, min(peer_posts, PRESIDIO_POSTS))
    yield Figure(
        "import: file to committed batch, with door and index", run.posts, seconds, peak, note=line,
        peer="Presidio (door alone)", peer_posts=len(few), peer_seconds=_peer(few, lambda: peers.presidio(few)),
    )  # fmt: skip
    yield Figure(
        "import: conversations", run.posts, seconds, peer="ConvoKit (loading alone)", peer_posts=peer_posts,
        peer_seconds=_peer(rows, lambda: peers.convokit(run.source, peer_posts)),
    )  # fmt: skip
    yield Figure(
        "keyness", run.posts, house.key_words(study), peer="NLTK", peer_posts=peer_posts,
        peer_seconds=_peer(rows, lambda: peers.nltk_key_words(rows)),
    )  # fmt: skip
    yield Figure(
        "collocates", run.posts, house.company(study, WORD), peer="NLTK", peer_posts=peer_posts,
        peer_seconds=_peer(rows, lambda: peers.nltk_company(rows, WORD)),
    )  # fmt: skip
    yield from _searches(study, run)


def _searches(study: Study, run: Run) -> Iterator[Figure]:
    """The index and its pages, beside SQLite FTS5 over all posts."""
    built = house.build_index(study)
    index = peers.Fts5(run.folder / "fts5.sqlite")
    given = bool(run.peer_posts)
    yield Figure(
        "index build", run.posts, built, peer="SQLite FTS5", peer_posts=run.posts,
        peer_seconds=index.build(house.token_lists(study, run.posts)) if given else None,
    )  # fmt: skip
    for case, (query, share) in house.words_by_share(study).items():
        yield Figure(
            "ranked search", run.posts, house.page(study, query, ranked=True), fixed=True,
            note=f"{case}, {100 * share:.2g} %", peer="SQLite FTS5", peer_posts=run.posts,
            peer_seconds=index.page(query) if given else None,
        )  # fmt: skip
        seconds = house.page(study, query, ranked=False)
        yield Figure("concordance page", run.posts, seconds, fixed=True, note=f"{case}, {100 * share:.2g} %")
    index.close()


def _peer(sample: Sequence[object], call: object) -> float | None:
    return peers.present(call) if sample and callable(call) else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size, print the table, write the JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--posts", type=int, nargs="+", default=[100_000])
    parser.add_argument("--peer-posts", type=int, default=100_000, help="posts for the slower peers")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    found: list[Figure] = []
    for posts in options.posts:
        folder = Path(tempfile.mkdtemp(prefix="makna-bench-"))
        try:
            for figure in figures(Run(posts, folder, 0 if options.no_peers else options.peer_posts)):
                print(table([figure]).splitlines()[1], file=sys.stderr, flush=True)
                found.append(figure)
        finally:
            shutil.rmtree(folder)
    print(table(found))
    if options.json:
        options.json.write_text(json.dumps(_answer(found), indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


def _answer(found: Sequence[Figure]) -> dict[str, object]:
    machine = {
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "system": sys.platform,
    }
    return {"machine": machine, "figures": [figure.asdict() for figure in found]}


if __name__ == "__main__":
    raise SystemExit(main())
