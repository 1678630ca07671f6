"""What the argot lens costs as a corpus grows: seconds, CPU seconds and memory beside n log n.

    python -m benchmarks.argot_growth POSTS.tsv.gz [--sizes 100000 300000 1000000 3000000]

The posts go through the whole door once and are drawn again and again under new ids, each with one more word, so that the
vocabulary grows as that of real texts does (Heaps 1978: with a power of the number of posts). They are dealt out to accounts,
a few of whom write most, and every third answers one shortly before it; so there are promoting accounts to find, and answers
to follow. Each size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.argot import imported, read_posts
from makna import wordlists
from makna.analysis.lenses import LENSES
from makna.analysis.lenses.base import LensInput

SIZES = (100_000, 300_000, 1_000_000, 3_000_000)
CHUNK = 100_000
HEAPS = 0.6
BLOCK, POSTS_EACH, TALK = (
    8_000,
    8,
    7,
)  # posts that a thousand accounts write, posts of each, posts of a conversation
TABLES = ("documents", "units", "authors")


def grown(table: pa.Table, size: int) -> Iterator[pa.Table]:
    """*size* rows drawn in turn from *table*, under new ids; units get one more word each."""
    for begin in range(0, size, CHUNK):
        rows = range(begin, min(begin + CHUNK, size))
        part = table.take(pa.array([n % table.num_rows for n in rows]))
        ids = pa.array(list(rows), pa.int64())
        part = part.set_column(part.column_names.index("document_id"), "document_id", ids)
        yield _lengthened(part, rows) if "tokens" in part.column_names else _dealt(part, rows)


def _dealt(documents: pa.Table, rows: range) -> pa.Table:
    """*documents* with an author, eight posts to each on average, and every third in answer to one of the seven before."""
    n = np.array(rows, np.int64)
    place = n * 48_271 % 1_000_003 / 1_000_003  # spread evenly
    author = n // BLOCK * (BLOCK // POSTS_EACH) + (place**2 * (BLOCK // POSTS_EACH)).astype(np.int64)
    answers = (n % 3 == 2) & (n % BLOCK > TALK)
    columns = {
        "author_id": pa.array(author),
        "parent_id": pa.array(n - 1 - n % TALK, pa.int64(), mask=~answers),
        "conversation_id": pa.array(n // TALK),
        "relation": pa.array(np.where(answers, "reply", "none")),
        "position": pa.array((n % TALK).astype(np.int32)),
    }
    for name, values in columns.items():
        at = documents.column_names.index(name)
        documents = documents.set_column(at, documents.schema.field(at), values)
    return documents


def _lengthened(units: pa.Table, rows: range) -> pa.Table:
    words = [f"zq{_letters(int(n**HEAPS))}" for n in rows]
    texts = pc.binary_join_element_wise(units["text"], pa.array(words), " ")
    lists = units["tokens"].to_pylist()
    for held, word, text in zip(lists, words, texts.to_pylist(), strict=True):
        held.append({"token": word, "start": len(text) - len(word), "end": len(text)})
    tokens = pa.array(lists, units.schema.field("tokens").type)
    units = units.set_column(units.column_names.index("text"), "text", texts)
    return units.set_column(units.column_names.index("tokens"), "tokens", tokens)


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def write(folder: Path, held: dict[str, pa.Table], size: int) -> None:
    """The tables of a corpus of *size* posts as files."""
    for name in ("documents", "units"):
        with pq.ParquetWriter(folder / f"{name}.parquet", held[name].schema) as writer:
            for part in grown(held[name], size):
                writer.write_table(part)
    pq.write_table(held["authors"], folder / "authors.parquet")


def run(folder: Path) -> dict[str, Any]:
    """The lens over the files of *folder*, on two cores: seconds, CPU seconds, and the most memory this process held."""
    import resource  # noqa: PLC0415  (not on every system)

    backend = ibis.duckdb.connect(threads=2)
    tables = {name: backend.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    began, clock = time.process_time(), time.perf_counter()
    result = LENSES["argot"](LensInput(**tables, wordlist=wordlists.load))
    cpu = time.process_time() - began
    return {
        "cpu": cpu,
        "seconds": time.perf_counter() - clock,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "rows": result.table.num_rows,
    }


def growth(posts: Path, sizes: Sequence[int]) -> list[dict[str, Any]]:
    """Of each size what it costs, printed with the cost per n log n against that of the first size."""
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="makna-growth-") as name:
        folder = Path(name)
        study = imported(read_posts(posts), folder)
        held = {
            table: getattr(study, table)
            .order_by("author_id" if table == "authors" else "document_id")
            .to_pyarrow()
            for table in TABLES
        }
        for size in sizes:
            write(folder, held, size)
            told = subprocess.run(
                [sys.executable, "-m", "benchmarks.argot_growth", "--run", str(folder)],
                check=True,
                capture_output=True,
                env={**os.environ},
            )
            row = {"posts": size, **json.loads(told.stdout)}
            row["per_n_log_n"] = row["cpu"] / (size * math.log(size))
            found.append(row)
            ratio = row["per_n_log_n"] / found[0]["per_n_log_n"]
            print(
                f"{size:>10,} posts: {row['seconds']:7.1f} s, {row['cpu']:7.1f} s CPU, {row['mib']:,.0f} MiB, cost per n log n × {ratio:.2f}",
                flush=True,
            )
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("posts", type=Path, nargs="?")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.run:
        print(json.dumps(run(options.run)))
    else:
        growth(options.posts, options.sizes)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
