"""Score the argot lens beside its peers on a corpus with a list of its coded words.

    python -m benchmarks.argot POSTS.tsv.gz GOLD.csv [--json FILE]

POSTS holds a label, a tab and a post a line; GOLD a coded word a line under a heading. The posts come in through the whole
door, and all methods rank the same candidates: words that occur three times and more, after folding. Seeds are ten draws of
ten gold words seen six times and more; seeds leave both ranking and gold. Words that are not listed count as wrong.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import argot_peers as peers
from benchmarks.house import fresh_study
from makna.analysis.lenses.base import LensInput
from makna.analysis.lenses.groups import candidates as lens_candidates
from makna.analysis.lenses.vocabulary import Vocabulary, vocabulary
from makna.corpus.characters import plain
from makna.library import Study

DRAWS, SEEDS, SEEN, FIRST = 10, 10, 6, 500
HEADINGS = ("P@10", "P@20", "P@50", "P@100", f"recall@{FIRST}", "AP")
IGNORED = ("stopwords_id", "stopwords_en", "platform_words")
Method = Callable[[Vocabulary, Sequence[int]], Any]


def read_posts(path: Path) -> list[str]:
    """The posts of a TSV of label and text."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t", 1)[1] for line in lines]


def read_gold(path: Path) -> list[str]:
    """The words of a list with a heading."""
    return [
        line.strip().lower() for line in path.read_text(encoding="utf-8").splitlines()[1:] if line.strip()
    ]


def imported(posts: Sequence[str], folder: Path) -> Study:
    """The posts in a study of their own, through the whole door."""
    source = folder / "posts.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text"])
        writer.writerows([text] for text in posts)
    study = fresh_study(folder)
    study.add(source, mapping={"text": "text"})
    return study


def candidates(study: Study) -> Vocabulary:
    """What the lens ranks, by its own vocabulary."""
    data = LensInput(study.documents, study.units, study.authors, study.wordlist)
    ignored = frozenset().union(*(data.wordlist(name).words() for name in IGNORED))
    return vocabulary(data, frozenset(), minimum=3, ignored=ignored)


def scores(words: Vocabulary, values: Any, gold: set[str], seeds: set[str]) -> list[float]:
    """P@10, 20, 50, 100, recall at FIRST and average precision, the last two over gold words among the candidates."""
    order = sorted(range(len(words.terms)), key=lambda n: (-values[n], words.terms[n]))
    hits = np.array([words.terms[n] in gold for n in order if words.terms[n] not in seeds])
    reached = max(int(hits.sum()), 1)
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return [
        *(float(hits[:k].mean()) for k in (10, 20, 50, 100)),
        hits[:FIRST].sum() / reached,
        precision[hits].sum() / reached,
    ]


def draws(words: Vocabulary, gold: Sequence[str]) -> list[list[str]]:
    """The seeds of each draw."""
    count = dict(zip(words.terms, words.count.tolist(), strict=True))
    often = sorted(word for word in gold if count.get(word, 0) >= SEEN)
    chance = random.Random(7)
    return [chance.sample(often, SEEDS) for _ in range(DRAWS)]


def measured(words: Vocabulary, gold: Sequence[str], methods: dict[str, Method]) -> list[dict[str, Any]]:
    """Of each method the figures with seeds (mean and standard deviation over draws) and, for those that can, without."""
    place = {term: n for n, term in enumerate(words.terms)}
    found = []
    for name, method in methods.items():
        began = time.process_time()
        rows = []
        for seeds in draws(words, gold):
            values = method(words, [place[s] for s in seeds])
            rows.append(scores(words, values, set(gold) - set(seeds), set(seeds)))
        mean, sd = np.mean(rows, axis=0), np.std(rows, axis=0)
        bare = scores(words, method(words, []), set(gold), set()) if name not in peers.SEEDED else None
        cpu = time.process_time() - began
        found.append({"method": name, "mean": mean.tolist(), "sd": sd.tolist(), "none": bare, "cpu": cpu})
        print(line(found[-1]), file=sys.stderr, flush=True)
    return found


def line(row: dict[str, Any]) -> str:
    """A method as a line of the table."""
    seeded = "  ".join(f"{m:.2f} ±{s:.2f}" for m, s in zip(row["mean"], row["sd"], strict=True))
    bare = "  ".join(f"{v:.2f}" for v in row["none"]) if row["none"] else "–"
    return f"{row['method']:34} {seeded} | {bare}"


def covered(posts: Sequence[str], study: Study, gold: Sequence[str]) -> dict[str, Any]:
    """The share of gold occurrences that the door covered, by what stands in their place now.

    An occurrence is a gold word among a post's letters and digits alone, so that no disguise hides it from the count.
    """
    kept = study.run(study.units.select("text"))["text"].to_pylist()
    before, after = _count(dict.fromkeys(posts), gold), _count(kept, gold)
    marks = Counter(mark for text in kept for mark in re.findall(r"⟦([^⟦⟧@:]+)", text))
    gone = {word: before[word] - after[word] for word in gold if before[word] > after[word]}
    total = sum(before.values())
    most = dict(sorted(gone.items(), key=lambda item: (-item[1], item[0]))[:10])
    return {
        "occurrences": total, "share": sum(gone.values()) / max(total, 1), "words": most, "placeholders": dict(marks.most_common(5)),
        "reached": sum(before[word] >= 3 for word in gold),
    }  # fmt: skip


def _count(texts: Any, gold: Sequence[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text in texts:
        letters = re.sub(r"[^a-z0-9⟦⟧]", "", plain(text))
        found.update(word for word in gold if re.sub(r"[^a-z0-9]", "", word) in letters)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Import, rank by every method, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("posts", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    posts, gold = read_posts(options.posts), read_gold(options.gold)
    with tempfile.TemporaryDirectory(prefix="makna-bench-") as folder:
        study = imported(posts, Path(folder))
        door = covered(posts, study, gold)
        words = candidates(study)
        print(
            f"{len(words.terms)} candidates, {sum(g in words.terms for g in gold)} of them gold; {door['reached']} gold words occur three times"
        )
        print(
            f"the door covered {100 * door['share']:.1f} % of {door['occurrences']} gold occurrences: {door['words']}"
        )
        print(f"placeholders: {door['placeholders']}")
        print(f"{'':34} {'  '.join(f'{h:10}' for h in HEADINGS)} | without seeds")
        rows = measured(words, gold, peers.methods(words))
        rows.append(makna(words, gold))
    if options.json:
        options.json.write_text(json.dumps({"door": door, "figures": rows}, indent=1), encoding="utf-8")
    return 0


def makna(words: Vocabulary, gold: Sequence[str]) -> dict[str, Any]:
    """The lens's own candidates, which bring more writings together than folding does, and its ranking of them."""
    began = time.process_time()
    rows = []
    for seeds in draws(words, gold):
        terms, _found, ranking = lens_candidates(words, seeds)
        rows.append(scores(terms, ranking.total, set(gold) - set(seeds), set(seeds)))
    terms, _found, ranking = lens_candidates(words, [])
    bare = scores(terms, ranking.total, set(gold), set())
    row = {
        "method": "Makna", "mean": np.mean(rows, axis=0).tolist(), "sd": np.std(rows, axis=0).tolist(), "none": bare,
        "cpu": time.process_time() - began,
    }  # fmt: skip
    print(line(row), file=sys.stderr, flush=True)
    return row


if __name__ == "__main__":
    raise SystemExit(main())
