"""Hits of a search in the text that one reads: the places of the concordance, marked, one key apart."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect
from read_sample import JSON, codings_of, drag_over, open_at, talk_of

from makna.library import Study

MARKED = "() => [...(CSS.highlights.get('hit') ?? [])].map(String)"
MEANT = "() => [...CSS.highlights.get('passage')].map(String)"


@pytest.mark.parametrize(
    "words", ["testi", "kue OR pag*", '"testi pasar"', "testi -ya", "(kabar OR basah) ya"]
)
def test_they_are_the_places_that_search_finds(client: Client, study: Study, words: str) -> None:
    """In every text of the study, whatever the query."""
    table = study.search(words, limit=1000)
    sought = set(zip(*(table[name].to_pylist() for name in ("document_id", "start", "end")), strict=True))
    documents = study.run(study.documents.select("document_id"))["document_id"].to_pylist()
    answer = client.get("/s/s/read/hits/", {"q": words, "document": documents}, **JSON).json()
    assert {tuple(one) for one in answer["hits"]} == sought and sought
    assert answer["told"] == f"{len(sought)} hits here"


def test_a_search_that_looks_somebody_up_is_refused_here_too(client: Client, study: Study) -> None:
    """With the same sentence; what is no query says why."""
    at = {"document": talk_of(study)}
    refused = client.get("/s/s/read/hits/", {"q": "0834 1234 5678", **at}, **JSON)
    assert refused.status_code == 422 and "does not look people up" in refused.json()["told"]
    assert client.get("/s/s/read/hits/", {"q": "(a", **at}, **JSON).status_code == 400


def test_from_search_to_the_text_and_on_by_keys(page: Page, study: Study) -> None:
    """The line of the concordance is meant, all hits are marked, f and F move; what is coded keeps them marked."""
    page.goto(re.sub(r"(https?://[^/]+).*", r"\1/s/s/search/?q=bebas", page.url))
    page.locator("#results td.node a").first.click()
    page.wait_for_selector("#hits:not([hidden])")
    expect(page.locator("#hits-told")).to_have_text("1 hit here")
    expect(page.locator("#hit-now")).to_have_text("1 of 1")
    assert page.evaluate(MARKED) == page.evaluate(MEANT) == ["bebas"]
    drag_over(page, "bebas saja")
    page.keyboard.type("pe")
    page.keyboard.press("Enter")
    expect(page.locator(".words mark")).to_have_text("bebas saja")
    assert page.evaluate(MARKED) == ["bebas"]
    expect(page.locator("#hit-now")).to_have_text("")
    page.keyboard.press("f")
    expect(page.locator("#hit-now")).to_have_text("1 of 1")
    page.locator("#hits a").click()
    expect(page.locator("#q")).to_have_value("bebas")
    assert len(codings_of(study)) == 1


def test_far_hits_are_fetched_and_the_marks_can_go(page: Page, study: Study, tmp_path: Path) -> None:
    """In a text of many windows the next hit comes into sight wherever it stands; the address keeps the search."""
    lines = [
        f"Baris {n}. {'Emas.' if n in (3, 300, 390) else 'Perak.'} " + "Pasar ramai. " * 20
        for n in range(400)
    ]
    (tmp_path / "panjang.md").write_text("\n\n".join(lines), encoding="utf-8")
    study.add(tmp_path / "panjang.md", kind="field_note")
    document = study.run(study.documents.select("document_id"))["document_id"].to_pylist()[-1]
    open_at(page, document, "?q=emas")
    expect(page.locator("#hits-told")).to_have_text("3 hits here")
    for n in (1, 2, 3):
        page.keyboard.press("f")
        expect(page.locator("#hit-now")).to_have_text(f"{n} of 3")
        top, bottom, height = page.evaluate(
            "() => { const b = [...CSS.highlights.get('passage')][0].getBoundingClientRect(); return [b.top, b.bottom, innerHeight]; }"
        )
        assert 0 < top < bottom < height
    page.keyboard.press("F")
    expect(page.locator("#hit-now")).to_have_text("2 of 3")
    page.wait_for_url("**at=*&q=emas")
    page.wait_for_selector("#read[data-whole]")
    assert page.evaluate(MARKED) == ["Emas"] * 3
    page.locator("#hits [data-leave]").click()
    expect(page.locator("#hits")).to_have_count(0)
    assert page.evaluate(MARKED) == [] and "q=" not in page.url


def test_a_hit_is_told_apart_by_more_than_colour(look: Page, study: Study) -> None:
    """A line stands above its words; those of codings stand below."""
    open_at(look, talk_of(study), "?q=bebas")
    expect(look.locator("#hits-told")).to_have_text("1 hit here")
    line = look.evaluate(
        "() => getComputedStyle(document.querySelector('.words'), '::highlight(hit)').textDecorationLine"
    )
    assert line == "overline"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_bar_of_hits_is_readable_by_all(look: Page, study: Study, theme: Any) -> None:
    """axe finds nothing serious while hits are marked."""
    look.emulate_media(color_scheme=theme)
    open_at(look, talk_of(study), "?q=bebas")
    expect(look.locator("#hits-told")).to_have_text("1 hit here")
    found = Axe().run(look).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
