"""The HTML report: one file that asks for nothing, is well formed, and reads without sight."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import regex
from report_sample import INPUTS

from makna.errors import ReportError
from makna.report import figures, html
from makna.report.blocks import Figure, Report, Version
from makna.report.build import build

VOID = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """Every tag with its attributes, and whether they nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, attribute: str) -> list[str]:
        return [a[attribute] or "" for _, a in self.tags if attribute in a]


@pytest.fixture(scope="module", params=["public", "examiners"])
def text(request: pytest.FixtureRequest, gettexts: dict[str, Callable[[str], str]]) -> str:
    """The sample in both languages, as one page."""
    return html.render(build(INPUTS, edition=request.param, language="both", gettexts=gettexts))


def test_nothing_is_fetched(text: str) -> None:
    """No script, no style sheet, no picture and no font from anywhere; links are anchors and DOIs."""
    page = Page(text)
    assert not {t for t, _ in page.tags} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "source",
    }
    assert page.values("src") == []
    assert all(
        h.startswith(("#", "https://doi.org/")) for h in [*page.values("href"), *page.values("xlink:href")]
    )
    assert not regex.search(r"url\((?!#)|@import|@font-face", text)
    assert "default-src 'none'" in text


def test_tags_nest_and_ids_are_unique(text: str) -> None:
    """The page is well formed, two languages and several figures in one file."""
    page = Page(text)
    assert page.open == []
    assert [i for i, n in Counter(page.values("id")).items() if n > 1] == []


def test_every_anchor_has_its_place(text: str) -> None:
    """Contents, gaps and labels point to what is there."""
    page = Page(text)
    ids = set(page.values("id"))
    assert {h[1:] for h in page.values("href") if h.startswith("#")} <= ids
    assert set(page.values("aria-labelledby")) <= ids
    inside = set(regex.findall(r"url\(#([^)]+)\)", text))
    assert inside <= ids


def test_headings_go_down_one_level_at_a_time(text: str) -> None:
    """A screen reader's outline has no hole."""
    levels = [int(t[1]) for t, _ in Page(text).tags if regex.fullmatch(r"h[1-6]", t)]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_tables_have_captions_and_scopes(text: str) -> None:
    """Every table says what it is, every head what it heads."""
    tags = Page(text).tags
    tables = sum(t == "table" for t, _ in tags)
    assert tables > 10
    assert sum(t == "caption" for t, _ in tags) == tables
    assert all("scope" in a for t, a in tags if t == "th")


def test_figures_say_what_they_show(text: str) -> None:
    """A figure has its sentence as title and a description for who does not see it."""
    page = Page(text)
    count = sum(t == "figure" for t, _ in page.tags)
    assert count >= 4
    assert sum(t == "figcaption" for t, _ in page.tags) == count
    assert text.count("<svg") == count


def test_words_quoted_in_another_language_are_marked(text: str) -> None:
    """A screen reader changes its voice for an Indonesian interview in an English report, and the other way round."""
    words = dict(zip(("id", "en"), text.split("<article ")[1:], strict=True))
    for language, other in (("id", "en"), ("en", "id")):
        assert f'<p class="words" lang="{other}">' in words[language]
        assert f'<p class="words" lang="{language}">' not in words[language]
        assert (
            '<blockquote class="verbatim" lang' not in words[language]
        )  # its note and source are the report's own


def test_each_article_is_in_its_language(text: str) -> None:
    """Both versions stand in the file, each marked with its language."""
    articles = [a["lang"] for t, a in Page(text).tags if t == "article"]
    assert articles == ["id", "en"]


def test_what_people_wrote_is_escaped() -> None:
    """A title with markup is text."""
    version = Version("en", "<b>x</b> & y", "", "", (), {"contents": "Contents", "skip": "Skip"})
    page = html.render(Report("public", (version,)))
    assert "<b>x" not in page
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in page


def test_writing_leaves_one_file(tmp_path: Path, gettexts: dict[str, Callable[[str], str]]) -> None:
    """The file is there whole, and nothing beside it."""
    path = html.write(build(INPUTS, gettexts=gettexts), tmp_path / "report.html")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    "spec", [{"mark": "nothing"}, {"data": {"url": "https://data.example.org/x.json"}, "mark": "bar"}]
)
def test_a_figure_that_cannot_be_drawn_or_asks_outside_is_refused(spec: dict[str, Any]) -> None:
    """Data stand inside the specification; nothing is fetched to draw one."""
    with pytest.raises(ReportError, match="figure cannot be drawn"):
        figures.svg(spec, name="x")


def test_a_figure_keeps_its_own_specification() -> None:
    """Drawing changes nothing in what a lens returned."""
    spec = {
        "title": "t",
        "mark": "bar",
        "data": {"values": [{"a": 1}]},
        "encoding": {"x": {"field": "a", "type": "quantitative"}},
    }
    before = repr(spec)
    figures.svg(spec, name="x")
    figures.png(spec)
    assert repr(spec) == before
    assert Figure("s", spec, "d").spec is spec


@pytest.mark.parametrize("edition", ["public", "examiners"])
def test_the_same_study_gives_the_same_bytes(edition: str) -> None:
    """Two reports of one study and day are equal to the byte, so that a change in a report is a change in the study."""
    first, second = (html.render(build(INPUTS, edition=edition, language="both")) for _ in range(2))
    assert first == second
