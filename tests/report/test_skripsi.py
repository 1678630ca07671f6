"""The outline of a thesis: its chapters, what stands in which, and that nothing leaves which the article holds back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from report_sample import DESIGN, INPUTS, POSTS, TRUST

from makna.corpus.model import SourceKind
from makna.errors import ReportError
from makna.record.toml_table import Text
from makna.report import html
from makna.report.blocks import Block, Bullets, Gap, Heading, Para, Quote, plain
from makna.report.build import build
from makna.report.inputs import ReportInputs

Gettexts = dict[str, Callable[[str], str]]


@pytest.fixture
def made(gettexts: Gettexts) -> Callable[..., list[Block]]:
    """The blocks of a thesis in English."""

    def make(inputs: ReportInputs = INPUTS, **options: Any) -> list[Block]:
        told = {"language": "en", "edition": "examiners", **options}
        return list(build(inputs, gettexts=gettexts, template="skripsi", **told).versions[0].blocks)

    return make


def chapter(blocks: list[Block], number: str) -> list[Block]:
    """What stands in one chapter."""
    ids = [b.id if isinstance(b, Heading) and b.level == 1 else "" for b in blocks]
    start = ids.index(f"chapter-{number}")
    end = next(n for n, id_ in enumerate(ids) if n > start and id_)
    return blocks[start + 1 : end]


def words(blocks: list[Block]) -> str:
    """All that is said in paragraphs, lists and quotes."""
    said = [b.text for b in blocks if isinstance(b, Para | Quote)]
    said += [item for b in blocks if isinstance(b, Bullets) for item in b.items]
    return "\n".join(plain(text) for text in said)


def test_chapters_stand_in_order(made: Callable[..., list[Block]]) -> None:
    """Seven of them in both languages, with one id each, and levels that a page can set."""
    for language, first in (("en", "Chapter I: Introduction"), ("id", "Bab I: Pendahuluan")):
        headings = [b for b in made(language=language) if isinstance(b, Heading)]
        numbered = [h for h in headings if h.id.startswith("chapter-")]
        assert [h.id for h in numbered] == [
            f"chapter-{n}" for n in ("I", "II", "III", "IV", "V", "VI", "VII")
        ]
        assert numbered[0].text == first
        assert len({h.id for h in headings}) == len(headings)
        assert max(h.level for h in headings) <= 5


def test_results_are_apart_from_what_is_argued_of_them(made: Callable[..., list[Block]]) -> None:
    """The argument and the literature stand in the discussion, the field in the results."""
    argument = "Trust is lent by others."
    argued = replace(TRUST, finding=replace(TRUST.finding, argument=Text(en=argument)))
    blocks = made(replace(INPUTS, findings=(argued,)))
    results, discussion = chapter(blocks, "V"), chapter(blocks, "VI")
    assert argument not in words(results) and argument in words(discussion)
    assert any(isinstance(b, Quote) for b in results)
    works = [piece for piece in argued.evidence if piece.kind == SourceKind.LITERATURE]
    assert sum(isinstance(b, Quote) for b in discussion) == sum(len(piece.passages) for piece in works)


def test_what_only_the_writer_can_say_is_a_gap(made: Callable[..., list[Block]]) -> None:
    """Background and suggestions; an argument, a setting and a conclusion where they are missing."""
    bare = replace(TRUST, finding=replace(TRUST.finding, argument=Text(), further=(), final=False))
    inputs = replace(INPUTS, findings=(bare,), design=replace(DESIGN, setting=Text()))
    named = "\n".join(b.text for b in made(inputs) if isinstance(b, Gap))
    for said in (
        "The background is yours", "Suggestions are yours", "Nothing is argued here yet", "The setting is not described",
        "No finding that is final answers",
    ):  # fmt: skip
        assert said in named


def test_informants_have_profiles(made: Callable[..., list[Block]]) -> None:
    """One heading each of those who take part, coarsened in public as the table is."""
    for edition in ("public", "examiners"):
        setting = chapter(made(edition=edition), "IV")
        profiles = [b.text for b in setting if isinstance(b, Heading) and b.id.startswith("informant-")]
        there = [p for p in INPUTS.participants if p.withdrawn is None]
        assert len(profiles) == len(there) > 0


@pytest.mark.parametrize("edition", ["public", "examiners"])
def test_no_post_stands_verbatim(gettexts: Gettexts, edition: str) -> None:
    """As in the article."""
    page = html.render(build(INPUTS, edition=edition, language="both", template="skripsi", gettexts=gettexts))
    for text in POSTS:
        tokens = text.split()
        assert not any(" ".join(tokens[n : n + 5]) in page for n in range(len(tokens) - 4))


def test_another_template_is_refused() -> None:
    """With the ones there are."""
    with pytest.raises(ReportError, match=r"leaflet.*article, skripsi"):
        build(INPUTS, template="leaflet")
