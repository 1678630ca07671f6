"""A long text in Chromium: all of it is there, and only what is near is laid out."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from read_sample import open_at

from makna.library import Study

LAID_OUT = """() => [...document.querySelectorAll(".window")].map((one) =>
    one.querySelector(".words").checkVisibility({ contentVisibilityAuto: true }))"""
HEIGHT = "() => document.documentElement.scrollHeight"


@pytest.fixture
def long(page: Page, study: Study, tmp_path: Path) -> Page:
    """A text of many windows, all of which have come."""
    lines = (f"Baris {n}. " + "Pasar ramai sekali sesudah magrib. " * 12 for n in range(900))
    (tmp_path / "panjang.md").write_text("\n\n".join(lines), encoding="utf-8")
    study.add(tmp_path / "panjang.md", kind="field_note")
    document = study.run(study.documents.select("document_id"))["document_id"].to_pylist()[-1]
    open_at(page, document)
    page.wait_for_selector("#read[data-whole]")
    return page


def test_a_text_has_its_height_before_it_is_seen(long: Page) -> None:
    """Nothing jumps: what the page takes for its height is nearly what it is when all was seen."""
    before = long.evaluate(HEIGHT)
    for n in range(len(long.evaluate(LAID_OUT))):
        long.locator(".window").nth(n).scroll_into_view_if_needed()
    assert long.evaluate(HEIGHT) == pytest.approx(before, rel=0.1)


def test_only_what_is_near_is_laid_out(long: Page) -> None:
    """At the beginning, and in the middle, where the reader comes from the beginning by one leap."""
    shown = long.evaluate(LAID_OUT)
    assert len(shown) >= 10 and shown[0] and not any(shown[3:])
    long.evaluate("() => scrollTo(0, document.documentElement.scrollHeight / 2)")
    long.wait_for_timeout(300)
    assert not long.evaluate(LAID_OUT)[-1] and sum(long.evaluate(LAID_OUT)) <= 4
