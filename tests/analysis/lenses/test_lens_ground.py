"""What the lenses stand on: segments, cues, the learned model, templates, intervals, words of a sentence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from makna import wordlists
from makna.analysis.lenses import LENSES, NEEDS, figures, intervals, say
from makna.analysis.lenses.base import LensInput
from makna.analysis.lenses.cues import Cues, MoveCues
from makna.analysis.lenses.learning import UNKNOWN, bags, learn
from makna.analysis.lenses.segments import segments, unleet
from makna.analysis.lenses.templates import clusters, signature
from makna.corpus.tokens import tokenise
from makna.errors import MeasureError


def cut(text: str) -> list[str]:
    """The segments of a text, as written."""
    return [text[s.start : s.end] for s in segments(text, tokenise(text))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ready lensa | harga 1,2jt | area bandung #a #b", ["ready lensa", "harga 1,2jt", "area bandung", "#a #b"]),
        ("ready lensa\n21+ only 📷 dm", ["ready lensa", "21+ only", "dm"]),
        ("⟦@Mawar-001⟧ ⟦@Mawar-002⟧ halo kak, apa kabar?", ["halo kak", "apa kabar"]),
        ("kupu-kupu jam 10:30 - dm", ["kupu-kupu jam 10:30", "dm"]),
        ("😀 ⟦@Mawar-001⟧", ["⟦@Mawar-001⟧"]),
        ("", []),
    ],
)  # fmt: skip
def test_segments_end_where_writers_break(text: str, parts: list[str]) -> None:
    """Bars, line ends, emoji, commas and hashtags break; numbers, times and inner hyphens do not; mentions lead."""
    assert cut(text) == parts


@given(st.text(alphabet="ab1 |,.#😀⟦⟧@\n-", max_size=60))
def test_segments_lie_in_order_within_the_text(text: str) -> None:
    """Segments do not overlap, hold a token each, and lie within the text."""
    found = segments(text, tokenise(text))
    edges = [edge for s in found for edge in (s.start, s.end)]
    assert edges == sorted(edges) and all(0 <= e <= len(text) for e in edges)
    assert all(s.tokens and s.start < s.end for s in found)


def test_leet_is_read_and_prices_are_not() -> None:
    """Digits inside a word are letters; a number with a unit stays."""
    assert [unleet(t) for t in ("l4njut", "bangeeeet", "500k", "kupu2", "ya")] == [
        "lanjut",
        "banget",
        "500k",
        "kupu2",
        "ya",
    ]


def test_cues_meet_tokens_of_several_words() -> None:
    """A phrase is found where its tokens follow each other, and only there."""
    cues = Cues([("cek dm", "contact", "dm"), ("dm", "contact", "dm"), ("21+", "condition", "age")])
    assert [h.cue for h in cues.find(["cek", "dm"])] == ["cek dm", "dm"]
    assert [h.cue for h in cues.find(["cek", "aja", "dm"])] == ["dm"]
    assert [h.cue for h in cues.find(["21+"])] == ["21+"]


@pytest.mark.parametrize(
    ("token", "move"),
    [("⟦wa⟧", "contact"), ("⟦link:telegram⟧", "contact"), ("⟦bank⟧", "terms"), ("500k", "terms"), ("1.500", "terms"), ("21+", "condition"), ("#x", "tag")],
)  # fmt: skip
def test_placeholders_and_shapes_are_signs(token: str, move: str) -> None:
    """What the door left in place of a number, and prices and ages, are moves of their own."""
    assert {h.label for h in MoveCues(wordlists.load).find((token,))} == {move}


@pytest.mark.parametrize("token", ["⟦image⟧", "⟦?⟧", "⟦@Mawar-001⟧", "⟦link⟧", "⟦name⟧", "2020"])
def test_other_placeholders_are_none(token: str) -> None:
    """A picture, a doubt, a mention or a year is no move."""
    assert MoveCues(wordlists.load).find((token,)) == ()


def test_the_model_learns_what_stands_beside_the_seeds() -> None:
    """Unlabelled pieces that share words with seeds carry them on to pieces that share none."""
    pieces = [["dm", "kak"]] * 6 + [["hujan", "pagi"]] * 6 + [["kak", "kolom"]] * 6 + [["kolom"]]
    seeds = np.array([1] * 6 + [0] * 6 + [UNKNOWN] * 7)
    model = learn(bags(pieces), seeds, ("other", "invitation"), weight=0.5)
    assert model.probability(["kolom"], 1) > 0.9
    assert model.probability(["pagi"], 1) < 0.1
    assert model.reasons(["kolom", "pagi"], 1) == ["kolom"]


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=5), min_size=4, max_size=20))
def test_probabilities_add_up(pieces: list[list[str]]) -> None:
    """Whatever a piece shows, its classes share one."""
    seeds = np.array([0, 1, *[UNKNOWN] * (len(pieces) - 2)])
    model = learn(bags(pieces), seeds, ("x", "y"))
    assert all(sum(model.probabilities(p)) == pytest.approx(1) for p in pieces)


def test_near_duplicates_cluster_and_strangers_do_not() -> None:
    """Posts that differ in a number or one word at the end are one template; others stay alone."""
    base = [
        "ready",
        "kamera",
        "bekas",
        "area",
        "bandung",
        "harga",
        "{}",
        "nego",
        "tipis",
        "cek",
        "dm",
        "aja",
        "ya",
        "kak",
        "sekarang",
        "juga",
    ]
    posts = [
        [w.format("500k") for w in base],
        [w.format("750k") for w in base],
        [*base, "makasih"],
        ["hujan", "terus", "dari", "pagi", "tadi"],
    ]
    assert clusters([signature(p) for p in posts]) == [[0, 1, 2]]


def test_templates_are_the_same_each_time() -> None:
    """The hash functions are fixed."""
    assert signature(["a", "b", "c", "d"]).tolist() == signature(["a", "b", "c", "d"]).tolist()
    assert signature(["a"]).shape == (32,)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_scipy(pair: tuple[int, int]) -> None:
    """The interval is SciPy's, and holds the share."""
    hits, n = pair
    theirs = stats.binomtest(hits, n).proportion_ci(method="wilson")
    low, high = intervals.wilson(hits, n)
    assert (low, high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert low - 1e-12 <= hits / n <= high + 1e-12


def test_small_samples_give_no_number() -> None:
    """Nine observations are too few for a share; a share of nothing is an error."""
    assert intervals.share("x", 3, 9).value is None and intervals.share("x", 3, 10).value == 0.3
    with pytest.raises(MeasureError):
        intervals.wilson(0, 0)


def test_numbers_are_written_as_each_language_does() -> None:
    """1,234.5 and 1.234,5; too few in words."""
    assert (say.number(1234.5, "en", decimals=1), say.number(1234.5, "id", decimals=1)) == (
        "1,234.5",
        "1.234,5",
    )
    assert (say.percent(None, "en"), say.percent(0.125, "id")) == ("too few to compute", "12,5\u00a0%")
    assert (say.series(["a", "b", "c"], "id"), say.series([], "en")) == ("a, b dan c", "")


def test_every_lens_is_registered_with_what_it_needs() -> None:
    """Seven lenses; each says what a source must provide, in the words of import reports."""
    assert (
        set(LENSES)
        == set(NEEDS)
        == {"presentation", "promotion", "testimony", "migration", "argot", "motives", "triangulation"}
    )
    assert all(n <= {"account", "name", "bio", "replies", "time", "media", "text"} for n in NEEDS.values())
    assert LensInput.__dataclass_fields__.keys() >= {"documents", "units", "authors", "wordlist", "options"}


def test_figures_hold_their_data_and_ask_for_nothing() -> None:
    """Data are inline; the only address is the name of the language."""
    spec = figures.shares(
        "a sentence",
        [{"label": "x", "share": 0.5, "low": 0.4, "high": 0.6, "note": "5", "small": True}],
        axis="share",
    )
    assert spec["data"]["values"] and spec["title"] == "a sentence"
    assert [v for v in str(spec).split("'") if v.startswith("http")] == [figures.SCHEMA]
