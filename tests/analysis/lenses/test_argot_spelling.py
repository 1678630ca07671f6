"""Spellings of argot: what is folded and joined, by what else is written, and what is left alone."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from ibis.backends import BaseBackend
from lens_corpus import BUYERS, OTHERS, market

from makna.analysis.lenses import LENSES
from makna.analysis.lenses.ranking import tails
from makna.analysis.lenses.spelling import canonical, glued, lettered, readable


@pytest.mark.parametrize(
    ("written", "counts", "form"),
    [
        ("z4rka", {"zarka": 9}, "zarka"), ("z4rka", {}, "z4rka"), ("rumah", {}, "rumah"), ("rum4h", {}, "rumah"),
        ("zarka88", {"zarkabb": 1}, "zarka88"), ("bangeeet", {}, "banget"), ("hati2", {"hatiz": 5}, "hati2"),
    ],
)  # fmt: skip
def test_a_reading_counts_where_it_is_attested(written: str, counts: dict[str, int], form: str) -> None:
    """Digits are read as letters where the corpus or the language knows the word, and nowhere else."""
    assert canonical(written, Counter(counts))[0] == form


def test_an_unlisted_word_leaves_what_is_glued_to_it() -> None:
    """A function word or an ordinary word stuck to a coded name is taken off; a compound of ordinary words stays."""
    counts = Counter({"zarka88": 30, "dizarka88": 2, "zarka88bikin": 2})
    assert glued("dizarka88", counts) == glued("zarka88bikin", counts) == "zarka88"
    assert glued("rumahsakit", Counter({"rumah": 90})) == "rumahsakit"


def test_strange_letters_are_read_and_accents_are_no_disguise() -> None:
    """Mathematical and look-alike letters are a disguise; an accent or another script is not."""
    assert readable("𝐳𝐚𝐫𝐤𝐚") == "zarka" and lettered("𝐳𝐚𝐫𝐤𝐚")
    assert not lettered("café") and not lettered("zarka") and not lettered("ありがとう")
    assert readable("ありがとう") == "ありがとう"


def test_a_word_written_apart_is_joined(duckdb: BaseBackend) -> None:
    """Single letters in a row and the word itself are one term, with the spelling shown as it was written."""
    made = market()
    for n, author in enumerate(OTHERS):
        made.post(author, "coba ke z a r k a deh" if n % 2 else "coba ke zarka deh")
    rows = {r["term"]: r for r in LENSES["argot"](made.data(duckdb)).table.to_pylist()}
    assert rows["zarka"]["count"] == len(OTHERS) and rows["zarka"]["variants"] == ["z a r k a"]
    assert rows["zarka"]["ways"] == 1 and rows["zarka"]["kinds"] == ["apart"]
    assert "disguised in 1 way, 20 of 40 times" in rows["zarka"]["says_en"]
    assert "disamarkan dengan 1 cara, 20 dari 40 kali" in rows["zarka"]["says_id"]


def test_two_runs_and_shuffled_rows_agree(duckdb: BaseBackend) -> None:
    """The ranking depends on what is written, not on the order in which it was imported."""
    made, turned = market(), market()
    texts = [f"kode zarka {word}" for word in ("pagi", "sore", "malam") * 5]
    for text in texts:
        made.post(BUYERS[0], text)
    for text in reversed(texts):
        turned.post(BUYERS[0], text)
    tables = [LENSES["argot"](m.data(duckdb)).table for m in (made, made, turned)]
    assert [c for c in tables[0].column_names if tables[0][c] != tables[1][c]] == []
    ranked = [[(r["term"], r["count"], r["score"]) for r in t.to_pylist()] for t in tables]
    assert ranked[0] == ranked[2]


def test_tails_are_shares() -> None:
    """The highest of four stands alone in its tail; ties share theirs."""
    assert tails(np.array([4.0, 1.0, 2.0, 2.0])).tolist() == [0.125, 0.875, 0.5, 0.5]
