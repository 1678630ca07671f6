"""Makna's side: importing a file of posts, measures and search over the study it makes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.measured import median, timed
from benchmarks.memory import watch
from makna import Library
from makna.analysis import collocation, keyness
from makna.corpus.search import SearchIndex
from makna.corpus.store import Store
from makna.library import Study

NAME, WATCHED = "bench", "bench-memory"


_TIMED = """
import sys, time
from pathlib import Path
from makna import Library
study = Library(sys.argv[1]).study(sys.argv[2])
began = time.perf_counter()
study.add(Path(sys.argv[3]))
print(time.perf_counter() - began)
"""


def import_posts(source: Path, library: Path) -> tuple[Study, float, float]:
    """Import *source* twice, each time in a process of its own: the study, seconds from file to committed batch, MiB.

    The second import is the command that a user types, watched all the while; watching takes time, so it is not timed.
    """
    os.environ |= {"MAKNA_LIBRARY": str(library), "MAKNA_CONFIG": str(library / "config"), "MAKNA_LANG": "en"}
    Library(library).create(NAME)
    timing = [sys.executable, "-c", _TIMED, str(library), NAME, str(source)]
    seconds = float(subprocess.run(timing, check=True, stdout=subprocess.PIPE, text=True).stdout)
    Library(library).create(WATCHED)
    program = [sys.executable, "-c", "from makna.cli import main; main()"]
    watched = watch([*program, "add", str(source), "--study", WATCHED, "--json"], env=os.environ)
    json.loads(watched.output)
    shutil.rmtree(library / "studies" / WATCHED)
    return Library(library).study(NAME), seconds, watched.peak_mib


def fresh_study(library: Path) -> Study:
    """An empty study in *library*, with a key of its own."""
    os.environ |= {"MAKNA_LIBRARY": str(library), "MAKNA_CONFIG": str(library / "config"), "MAKNA_LANG": "en"}
    return Library(library).create(NAME)


def key_words(study: Study) -> float:
    """Seconds of the key words of every other document against the rest."""
    tokens = study.tokens()
    half = tokens.document_id % ibis.literal(2, "int64") == ibis.literal(0, "int64")
    return timed(lambda: study.run(keyness.keyness_by(tokens, half)))


def company(study: Study, word: str) -> float:
    """Seconds of the collocates of *word*, five tokens either side."""
    return timed(lambda: study.run(collocation.collocates(study.tokens(), word)))


def build_index(study: Study) -> float:
    """Seconds of making the full-text index anew from the batches."""
    index = SearchIndex(study.folder / "index", Store(study.folder / "corpus"))
    return timed(index.rebuild)


def page(study: Study, query: str, *, ranked: bool) -> float:
    """Median seconds of the first page of a search."""
    return median(lambda: study.search(query, ranked=ranked))


def words_by_share(study: Study) -> dict[str, tuple[str, float]]:
    """A query for each case, with the share of all posts that it finds: commonest word, a fifth of all, a rare word.

    Where no word stands in a fifth of all posts, two are joined by OR; posts that hold both then count twice.
    """
    listed = study.words(minimum=10).filter(pc.match_substring_regex(pc.field("token"), r"^\p{L}{2,}$"))
    listed = listed.sort_by([("documents", "descending")])
    posts = study.run(study.documents.count().as_table())[0][0].as_py()
    common, rare = listed.slice(0, 1), listed.slice(listed.num_rows - 1, 1)
    return {
        "commonest word": _named(common, posts),
        "in a fifth of all posts": _fifth(listed, posts),
        "rare word": _named(rare, posts),
    }


def _named(row: pa.Table, posts: int) -> tuple[str, float]:
    return row["token"][0].as_py(), row["documents"][0].as_py() / posts


def _fifth(listed: pa.Table, posts: int) -> tuple[str, float]:
    """The word nearest to a fifth of all posts; where none comes near, the commonest with one that fills it up."""
    counts = listed["documents"].to_pylist()
    near = min(range(len(counts)), key=lambda n: abs(counts[n] - posts / 5))
    if abs(counts[near] - posts / 5) < posts / 50:
        return _named(listed.slice(near, 1), posts)
    fills = min(range(1, len(counts)), key=lambda n: abs(counts[0] + counts[n] - posts / 5))
    both = f"{listed['token'][0].as_py()} OR {listed['token'][fills].as_py()}"
    return both, (counts[0] + counts[fills]) / posts


def texts(study: Study, limit: int) -> list[str]:
    """The first texts, for a peer that reads texts."""
    return list(study.run(study.units.order_by("unit_id").select("text").limit(limit))["text"].to_pylist())


def token_lists(study: Study, limit: int) -> Iterator[list[str]]:
    """The tokens of each of the first posts, for a peer that reads tokens."""
    rows = study.run(study.units.order_by("unit_id").select("tokens").limit(limit))
    for tokens in rows["tokens"].to_pylist():
        yield [token["token"] for token in tokens]
