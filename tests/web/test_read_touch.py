"""Reading on a tablet: what a finger selects is coded without a key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from read_sample import codings_of, talk_of

from makna.library import Study


@pytest.fixture
def tablet(look: Page) -> Iterator[Page]:
    """The interview on a screen that is touched."""
    assert look.context.browser is not None
    context = look.context.browser.new_context(
        viewport={"width": 1180, "height": 820}, has_touch=True, is_mobile=True, locale="en-GB",
        storage_state=look.context.storage_state(),
    )  # fmt: skip
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(look.url)
    page.wait_for_selector("#read[data-ready]")
    yield page
    context.close()


def _spot(page: Page, words: str) -> dict[str, float]:
    """The middle of *words* on the screen."""
    found: dict[str, float] = page.evaluate(
        """(words) => { for (const p of document.querySelectorAll(".words")) { const w = document.createTreeWalker(p, 4);
        for (let n = w.nextNode(); n; n = w.nextNode()) { const i = n.data.indexOf(words); if (i < 0) continue;
        const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + words.length); const b = r.getBoundingClientRect();
        return { x: (b.left + b.right) / 2, y: (b.top + b.bottom) / 2 }; } } }""",
        words,
    )
    return found


def _press_long(page: Page, words: str) -> None:
    """A finger rests on *words*: the system selects them and takes the touch for itself, as tablets do.

    Chromium without a tablet around it does not select by touch; the selection is made for it.
    """
    spot, session = _spot(page, words), page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [spot]})
    page.evaluate(
        """({ x, y }) => { const at = document.caretRangeFromPoint(x, y), s = getSelection();
        s.setBaseAndExtent(at.startContainer, at.startOffset, at.startContainer, at.startOffset);
        s.modify("move", "backward", "word"); s.modify("extend", "forward", "word"); }""",
        spot,
    )
    session.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})


def test_a_word_pressed_long_is_coded_by_touch(tablet: Page, study: Study) -> None:
    """The box stands below the words, out of the way of the system's handles, and a code in it is tapped."""
    _press_long(tablet, "bebas")
    expect(tablet.locator("#codebox")).to_be_visible()
    assert tablet.evaluate("getSelection().toString()") == "bebas"
    box = tablet.locator("#codebox").bounding_box()
    assert box is not None and box["y"] > _spot(tablet, "bebas")["y"] + 30
    option = tablet.locator("#code-list [role=option]", has_text="Percaya")
    size = option.bounding_box()
    assert size is not None and size["height"] >= 40
    option.tap()
    expect(tablet.locator(".words mark")).to_have_text("bebas")
    expect(tablet.locator("#codebox")).to_be_hidden()
    at = study.text(talk_of(study)).index("bebas")
    assert codings_of(study) == [(at, at + 5, "Percaya")]
    tablet.locator("#told button").tap()
    expect(tablet.locator(".words mark")).to_have_count(0)


def test_the_passage_follows_the_handles(tablet: Page, study: Study) -> None:
    """When the ends of the selection rest, that is what is coded; a new name is typed on the screen's keyboard."""
    _press_long(tablet, "bebas")
    expect(tablet.locator("#codebox")).to_be_visible()
    tablet.evaluate(
        "() => { const s = getSelection(); for (let i = 0; i < 3; i += 1) s.modify('extend', 'forward', 'word'); }"
    )
    expect(tablet.locator("#passage blockquote")).to_have_text("bebas saja, dan")
    tablet.locator("#code-name").tap()
    tablet.locator("#code-name").fill("kebebasan")
    tablet.locator("#code-list [role=option]", has_text="new code").tap()
    expect(tablet.locator(".words mark")).to_have_text("bebas saja, dan")
    assert [name for _a, _b, name in codings_of(study)] == ["kebebasan"]


def test_a_tap_leaves_the_box(tablet: Page, study: Study) -> None:
    """On another sentence it means that one, and nothing is coded."""
    _press_long(tablet, "bebas")
    expect(tablet.locator("#codebox")).to_be_visible()
    spot = _spot(tablet, "Kenapa")
    tablet.touchscreen.tap(spot["x"], spot["y"])
    expect(tablet.locator("#codebox")).to_be_hidden()
    expect(tablet.locator("#passage blockquote")).to_have_text("Kenapa memilih tempat ini?")
    assert codings_of(study) == []
