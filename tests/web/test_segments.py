"""Codings as segments of a text."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from makna.web.reading.segments import Passage, escaped, render, segments

HARD = "a👩‍👩‍👧b e\u0301\u0323x مرحبا \u202eab\u202c <b>&amp;\r\n\0⟦wa⟧𝟎🇮🇩"
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40), st.just(HARD)
)


@st.composite
def coded(draw: st.DrawFn) -> tuple[str, list[Passage]]:
    """A text with passages of any length that nest, cross, repeat and touch."""
    text = draw(TEXTS)
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text)))
    pairs = draw(st.lists(spans.filter(lambda s: s[0] < s[1]), max_size=12))
    return text, [Passage(a, b, n, draw(st.integers(1, 4))) for n, (a, b) in enumerate(pairs, 1)]


class Read(HTMLParser):
    """What a browser would show: every character, and the codings that mark it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[tuple[str, frozenset[int], frozenset[str]]] = []
        self._now: tuple[frozenset[int], frozenset[str]] = (frozenset(), frozenset())
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "mark", tag
        had = {name: value or "" for name, value in attrs}
        assert set(had) == {"class", "data-k"}
        self._now = (frozenset(map(int, had["data-k"].split())), frozenset(had["class"].split()))

    def handle_endtag(self, tag: str) -> None:
        self._now = (frozenset(), frozenset())

    def handle_data(self, data: str) -> None:
        self.shown += [(char, *self._now) for char in data]


@given(coded())
def test_segments_fill_the_text_without_overlap(case: tuple[str, list[Passage]]) -> None:
    """Segments follow each other from the first code point to the last, none empty."""
    text, passages = case
    cut = segments(passages, 0, len(text))
    assert [s.start for s in cut] == [0, *(s.end for s in cut[:-1])]
    assert cut[-1].end == len(text)
    assert all(s.start < s.end for s in cut)


@given(coded())
@example(("🇮🇩", [Passage(0, 1, 1, 1), Passage(1, 2, 2, 2)]))
def test_every_code_point_is_marked_by_exactly_its_codings(case: tuple[str, list[Passage]]) -> None:
    """What is read back is the text, and each code point carries the codings that cover it and no other."""
    text, passages = case
    shown = Read(render(text, passages)).shown
    assert "".join(char for char, _codings, _classes in shown) == text.replace("\0", "\ufffd")
    for at, (_char, codings, _classes) in enumerate(shown):
        assert codings == {p.coding for p in passages if p.start <= at < p.end}


@given(coded(), st.data())
def test_a_window_shows_what_the_whole_shows_there(
    case: tuple[str, list[Passage]], data: st.DataObject
) -> None:
    """A part of the text is marked as the same part of the whole."""
    text, passages = case
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    whole, part = (
        Read(render(text, passages)).shown,
        Read(render(text[begin:end], passages, offset=begin)).shown,
    )
    assert part == whole[begin:end]


@given(coded(), st.randoms())
def test_the_order_of_the_passages_does_not_matter(case: tuple[str, list[Passage]], random: object) -> None:
    """Passages in any order make the same page."""
    text, passages = case
    other = list(passages)
    random.shuffle(other)  # type: ignore[attr-defined]
    assert render(text, other) == render(text, passages)


def test_markup_in_a_text_is_text() -> None:
    """What looks like a tag, an entity or a script is shown, not obeyed."""
    html = render('<script>alert("x")</script>&lt;', [Passage(0, 8, 1, 1)])
    assert html == (
        '<mark class="c-1" data-k="1">&lt;script&gt;</mark>alert(&quot;x&quot;)&lt;/script&gt;&amp;lt;'
    )


def test_three_codes_are_named_and_more_counted() -> None:
    """A mark names the colours of three codes at most; its codings are all there."""
    html = render("abc", [Passage(0, 3, n, n + 10) for n in range(1, 6)])
    assert html == '<mark class="c-11 d-12 e-13 n3" data-k="1 2 3 4 5">abc</mark>'


def test_two_coders_of_one_code_make_one_colour() -> None:
    """The same code twice on one passage has one colour and two codings."""
    assert (
        render("abc", [Passage(0, 3, 1, 7), Passage(0, 3, 2, 7)])
        == '<mark class="c-7" data-k="1 2">abc</mark>'
    )


def test_what_a_parser_would_drop_is_kept() -> None:
    """A carriage return and a null stay one code point each."""
    assert escaped("a\r\nb\0") == "a&#13;\nb\ufffd"


def test_a_long_text_takes_no_quadratic_time() -> None:
    """Twenty thousand passages one after another are cut in one sweep."""
    many = [Passage(n * 3, n * 3 + 2, n, 1) for n in range(20_000)]
    cut = segments(many, 0, 60_000)
    assert len(cut) == 40_000
    assert sum(len(s.cover) for s in cut) == 20_000
