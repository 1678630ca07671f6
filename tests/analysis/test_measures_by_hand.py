"""Tables of measures against a count by hand: what a loop over the tokens in Python finds."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_corpus import documents_of, posts, put, units_of

from makna.analysis import dispersion_scores, effects
from makna.analysis.collocation import association, collocates, pairs
from makna.analysis.concordance import concordance
from makna.analysis.dispersion import dispersion
from makna.analysis.keyness import KeynessOptions, keyness, keyness_by
from makna.analysis.lrc import lrc
from makna.analysis.tokens import tokens_of, with_positions, without, without_placeholders
from makna.analysis.wordlist import word_list
from makna.corpus.tokens import tokenise
from makna.errors import MeasureError

small = st.lists(
    st.lists(st.sampled_from(["a", "b", "c", "d", "😀"]), max_size=8).map(" ".join), min_size=1, max_size=8
)
by_example = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _words(text: str) -> list[str]:
    return [token for token, _, _ in tokenise(text)]


def _units(duckdb, texts, **options):
    return put(duckdb, "by_hand", units_of(texts, **options))


def _rows(duckdb, table):
    return duckdb.to_pyarrow(table).to_pylist()


def test_tokens_lie_where_their_offsets_say(duckdb):
    """Unnesting keeps each token with its unit, and its offsets into the unit's text."""
    texts = posts(30)
    rows = _rows(duckdb, with_positions(tokens_of(_units(duckdb, texts))).order_by("unit_id", "position"))
    assert len(rows) == sum(len(_words(text)) for text in texts)
    for row in rows:
        text = texts[row["unit_id"] - 5000]
        assert text[row["start"] : row["end"]].lower() == row["token"]
        assert _words(text)[row["position"]] == row["token"]


def test_placeholders_and_stop_words_can_be_left_out(duckdb):
    """Without placeholders no token of the door is left, and without a list of words none of these."""
    tokens = tokens_of(_units(duckdb, ["pesan ⟦wa⟧ ya", "⟦@Melati-042⟧ ya"]))
    assert {r["token"] for r in _rows(duckdb, without_placeholders(tokens))} == {"pesan", "ya"}
    assert {r["token"] for r in _rows(duckdb, without(tokens, ["ya"]))} == {"pesan", "⟦wa⟧", "⟦@Melati-042⟧"}
    assert len(_rows(duckdb, without(tokens, []))) == 5


@by_example
@given(texts=small, minimum=st.integers(1, 3))
def test_a_word_list_counts_tokens_and_documents(duckdb, texts, minimum):
    """Counts, range, total and share are those of a Counter; rows fall by count, then rise by token."""
    words = [word for text in texts for word in _words(text)]
    documents = [set(_words(text)) for text in documents_of(texts)]
    counts = Counter(words)
    order = sorted((w for w in counts if counts[w] >= minimum), key=lambda w: (-counts[w], w))
    rows = _rows(duckdb, word_list(tokens_of(_units(duckdb, texts)), minimum=minimum))
    assert [row["token"] for row in rows] == order
    for row in rows:
        held = sum(row["token"] in document for document in documents)
        assert (row["count"], row["documents"], row["total"]) == (counts[row["token"]], held, len(words))
        assert row["share"] == held / sum(1 for document in documents if document)
        assert row["per_million"] == pytest.approx(1e6 * row["count"] / len(words))


@by_example
@given(target=small, reference=small, minimum=st.integers(1, 2))
def test_keyness_scores_the_counts_of_both_sides(duckdb, target, reference, minimum):
    """Each row holds the counts of a Counter and the scores of the scalar functions; rare words count in totals."""
    tokens = tokens_of(put(duckdb, "target", units_of(target)))
    others = tokens_of(put(duckdb, "others", units_of(reference)))
    a, b = (Counter(w for text in texts for w in _words(text)) for texts in (target, reference))
    wanted = {w for w in a | b if max(a[w], b[w]) >= minimum}
    rows = _rows(duckdb, keyness(tokens, others, minimum=minimum))
    assert {row["token"] for row in rows} == wanted
    for row in rows:
        counts = (a[row["token"]], b[row["token"]], a.total(), b.total())
        assert (row["target"], row["reference"], row["target_total"], row["reference_total"]) == counts
        if a.total() and b.total():
            assert row["g2"] == pytest.approx(float(effects.g2(*counts)), abs=1e-12)
            assert row["lrc"] == pytest.approx(float(lrc(*counts, family=len(wanted))), abs=1e-12)
            z = effects.weighted_log_odds(*counts, prior=0.1, prior_total=0.1 * len(a | b))
            assert row["z"] == pytest.approx(float(z), abs=1e-12)
        else:
            assert row["g2"] is row["log_ratio"] is row["lrc"] is row["z"] is None


@by_example
@given(texts=small, cells=st.sampled_from([2, 4]))
def test_keyness_by_a_condition_is_keyness_of_two_tables(duckdb, texts, cells):
    """Reading one table once gives what two filtered tables give; a null condition belongs to neither."""
    tokens = tokens_of(_units(duckdb, texts, authors=3), keep=["author_id"])
    options = KeynessOptions(cells=cells, prior="informative")
    author = tokens.author_id.nullif(2)
    once = keyness_by(tokens, author == 0, minimum=1, options=options)
    twice = keyness(tokens.filter(author == 0), tokens.filter(author == 1), minimum=1, options=options)
    assert _rows(duckdb, once) == _rows(duckdb, twice)


def test_keyness_is_ordered_by_a_total_key(duckdb):
    """Rows fall by G²; words of the same G² stand by their spelling."""
    texts = posts(200)
    tokens = tokens_of(_units(duckdb, texts), keep=["author_id"])
    rows = _rows(duckdb, keyness_by(tokens, tokens.author_id == 0, minimum=1))
    assert rows == sorted(rows, key=lambda row: (-row["g2"], row["token"]))
    assert len({row["g2"] for row in rows}) < len(rows), "no tie was put to the test"


def _near(texts, node, left, right):
    """The collocates of *node* by a loop: each token that a node reaches, once."""
    found: Counter[str] = Counter()
    for text in texts:
        words = _words(text)
        for i, word in enumerate(words):
            around = words[max(0, i - left) : i] + words[i + 1 : i + 1 + right]
            before, after = words[max(0, i - right) : i], words[i + 1 : i + 1 + left]
            assert len(around) <= left + right
            if word != node and (node in before or node in after):
                found[word] += 1
    return found


@by_example
@given(texts=small, left=st.integers(0, 3), right=st.integers(0, 3))
def test_collocates_are_what_a_node_reaches(duckdb, texts, left, right):
    """Joint counts, window and totals are those of a loop, and the scores follow from them."""
    tokens = tokens_of(_units(duckdb, texts))
    if left + right == 0:
        with pytest.raises(MeasureError):
            collocates(tokens, "a", left=0, right=0)
        return
    near = _near(texts, "a", left, right)
    counts = Counter(w for text in texts for w in _words(text) if w != "a")
    rows = _rows(duckdb, collocates(tokens, "a", left=left, right=right, minimum=1))
    assert {row["token"]: row["joint"] for row in rows} == dict(near)
    for row in rows:
        assert (row["count"], row["window"], row["total"]) == (
            counts[row["token"]],
            near.total(),
            counts.total(),
        )
        scores = association(row["joint"], row["window"], row["count"], row["total"])
        for name, value in scores.items():
            assert row[name] == pytest.approx(float(value), abs=1e-12, nan_ok=True) or row[name] is None


@by_example
@given(texts=small)
def test_pairs_stand_side_by_side_within_a_unit(duckdb, texts):
    """Pairs are counted as zip(words, words[1:]) counts them, never across units."""
    found = Counter(p for text in texts for p in zip(_words(text), _words(text)[1:], strict=False))
    firsts, seconds = Counter(), Counter()
    for (first, second), n in found.items():
        firsts[first] += n
        seconds[second] += n
    rows = _rows(duckdb, pairs(tokens_of(_units(duckdb, texts)), minimum=1))
    assert {(row["first"], row["second"]): row["joint"] for row in rows} == dict(found)
    for row in rows:
        sizes = firsts[row["first"]], seconds[row["second"]], found.total()
        assert (row["count_first"], row["count_second"], row["total"]) == sizes


@by_example
@given(texts=small, in_document=st.integers(1, 4))
def test_dispersion_is_the_dense_formula(duckdb, texts, in_document):
    """What the table sums over parts that hold a word equals the formula over all parts."""
    parts = [_words(text) for text in documents_of(texts, in_document=in_document)]
    parts = [part for part in parts if part]
    sizes = [len(part) for part in parts]
    tokens = tokens_of(_units(duckdb, texts, in_document=in_document))
    measures = {
        "dp": dispersion_scores.dp,
        "dp_norm": dispersion_scores.dp_norm,
        "juilland_d": dispersion_scores.juilland_d,
        "carroll_d2": dispersion_scores.carroll_d2,
        "rosengren_s": dispersion_scores.rosengren_s,
        "kl": dispersion_scores.kl_divergence,
    }
    for row in _rows(duckdb, dispersion(tokens, minimum=1)):
        counts = [part.count(row["token"]) for part in parts]
        assert (row["count"], row["range"]) == (sum(counts), sum(n > 0 for n in counts))
        for name, measure in measures.items():
            if len(parts) < 2:
                assert row[name] is None, "one part has no evenness"
            else:
                assert row[name] == pytest.approx(measure(counts, sizes), abs=1e-12), name


def test_dispersion_leaves_out_tokens_without_a_part(duckdb):
    """A token whose author is unknown belongs to no part, and so to no size either."""
    tokens = tokens_of(_units(duckdb, ["a b", "a", "b c"], authors=3), keep=["author_id"])
    known = tokens.mutate(author_id=tokens.author_id.nullif(2))
    rows = {row["token"]: row for row in _rows(duckdb, dispersion(known, part="author_id", minimum=1))}
    assert rows.keys() == {"a", "b"}
    assert rows["b"]["dp"] == pytest.approx(dispersion_scores.dp([1, 0], [2, 1]))


@pytest.mark.parametrize("phrase", ["pesan", ["ya", "kak"], ["ya", "ya", "kak"], ["😀"], ["tidak ada"]])
def test_a_concordance_finds_every_place(duckdb, phrase):
    """Each hit is where a loop finds it; its offsets cut the match from the document, emoji or not."""
    texts = posts(120)
    documents = documents_of(texts)
    words = [phrase] if isinstance(phrase, str) else phrase
    units = _units(duckdb, texts)
    rows = _rows(duckdb, concordance(units, tokens_of(units), phrase, context=15))
    hits = sum(_words(text)[i : i + len(words)] == words for text in texts for i in range(len(_words(text))))
    assert len(rows) == hits
    assert rows == sorted(rows, key=lambda row: (row["document_id"], row["start"]))
    for row in rows:
        document = documents[row["document_id"]]
        assert document[row["start"] : row["end"]] == row["match"]
        assert row["match"].lower().split() == words
        assert document[: row["start"]].endswith(row["left"])
        assert document[row["end"] :].startswith(row["right"])
        assert max(len(row["left"]), len(row["right"])) <= 15
        assert [row["left_1"]] == (_words(row["left"])[-1:] or [None]) or len(row["left"]) == 15


def test_a_concordance_can_be_read_by_its_neighbours(duckdb):
    """Sorted by the right, lines with the same following words stand together, the end of a unit first."""
    units = _units(duckdb, ["pesan ya", "pesan", "pesan kak", "kak pesan ya kak"])
    rows = _rows(duckdb, concordance(units, tokens_of(units), "pesan", sort="right"))
    assert [(row["right_1"], row["right_2"]) for row in rows] == [
        (None, None),
        ("kak", None),
        ("ya", None),
        ("ya", "kak"),
    ]
    rows = _rows(duckdb, concordance(units, tokens_of(units), "pesan", sort="left"))
    assert [row["left_1"] for row in rows] == [None, None, None, "kak"]


def test_measures_refuse_what_makes_no_sense(duckdb):
    """A minimum of 0, an empty phrase, a span of nothing or an unknown order is an error, not an empty table."""
    units = _units(duckdb, ["a b"])
    tokens = tokens_of(units, keep=["author_id"])
    refused = [
        lambda: word_list(tokens, minimum=0),
        lambda: dispersion(tokens, minimum=0),
        lambda: pairs(tokens, minimum=0),
        lambda: keyness(tokens, tokens, minimum=0),
        lambda: collocates(tokens, []),
        lambda: collocates(tokens, "a", left=-1),
        lambda: concordance(units, tokens, []),
        lambda: concordance(units, tokens, "a", context=-1),
        lambda: concordance(units, tokens, "a", sort="up"),
    ]
    for ask in refused:
        with pytest.raises(MeasureError):
            ask()


def test_an_empty_corpus_gives_empty_tables(duckdb):
    """No tokens: every measure answers with no rows, and none fails."""
    units = _units(duckdb, [""])
    tokens = tokens_of(units, keep=["author_id"])
    answers = [
        word_list(tokens),
        keyness(tokens, tokens),
        keyness_by(tokens, tokens.author_id == 0),
        collocates(tokens, "a"),
        pairs(tokens),
        dispersion(tokens),
        concordance(units, tokens, "a"),
    ]
    assert [_rows(duckdb, answer) for answer in answers] == [[]] * len(answers)
