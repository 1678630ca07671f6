"""What is coded stands in the page before the workbench answers, as it will stand; a refusal takes it back."""

from __future__ import annotations

import random
from typing import Any

from django.test import Client
from playwright.sync_api import Page, Route, expect
from read_sample import codings_of, drag, drag_over, open_at, talk_of

from makna.library import Study
from makna.web import statics

SHOWN = """(piece) => [...document.querySelectorAll(`${piece} .words > *`)].map((one) =>
    [one.textContent, [...one.classList].filter((name) => name !== "coming").sort().join(" ")])"""
STRIPES = """() => [...document.querySelectorAll(".names > li")].map((one) =>
    [one.dataset.c, one.dataset.a, one.dataset.b, one.style.cssText, one.firstElementChild.style.cssText]).sort()"""


class Held:
    """Requests to code wait until they are let go."""

    def __init__(self, page: Page) -> None:
        self.waiting: list[Route] = []
        self.holds = True
        page.route("**/code/", self._met)

    def _met(self, route: Route) -> None:
        if self.holds:
            self.waiting.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        """Those that wait, and all that come from now on."""
        self.holds = False
        for route in self.waiting:
            route.continue_()


def _coded(page: Page, words: str, name: str) -> None:
    drag_over(page, words)
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def test_it_is_drawn_before_the_answer_and_the_answer_changes_nothing(look: Page, study: Study) -> None:
    """Words, colours, layers and stripes, over codings that are there already."""
    _coded(look, "bebas saja, dan dari dulu", "satu")
    _coded(look, "dan dari", "dua")
    expect(look.locator(".names > li[data-k]")).to_have_count(2)
    held = Held(look)
    drag_over(look, "saja, dan")
    look.keyboard.type("satu")
    look.keyboard.press("Enter")
    _coded(look, "dari dulu memang", "dua")
    expect(look.locator(".names > li.coming")).to_have_count(2)
    assert len(codings_of(study)) == 2
    before = look.evaluate(SHOWN, "#reading"), look.evaluate(STRIPES)
    assert [words for words, _kind in before[0]] == [
        "bebas ",
        "saja, ",
        "dan",
        " ",
        "dari",
        " dulu",
        " memang",
    ]
    held.let_go()
    expect(look.locator(".names > li[data-k]")).to_have_count(4)
    expect(look.locator(".coming")).to_have_count(0)
    assert (look.evaluate(SHOWN, "#reading"), look.evaluate(STRIPES)) == before


def test_a_refusal_takes_it_back_and_says_why(look: Page, study: Study) -> None:
    """The words stand as they stood, beside what was coded before; the passage is meant as before, to be coded still."""
    _coded(look, "bebas saja", "satu")
    expect(look.locator(".words mark")).to_have_text("bebas saja")
    before = look.evaluate(SHOWN, "#reading")
    held = Held(look)
    _coded(look, "saja, dan", "hubungi 0834 1234 5678")
    expect(look.locator(".names > li.coming")).to_have_text("hubungi 0834 1234 5678")
    held.let_go()
    expect(look.locator("#code-typed mark")).to_have_text("0834 1234 5678")
    expect(look.locator(".coming")).to_have_count(0)
    assert look.evaluate(SHOWN, "#reading") == before
    assert look.evaluate("[...CSS.highlights.get('passage')].map(String)") == ["saja, dan"]
    assert len(codings_of(study)) == 1


def test_a_workbench_that_does_not_answer_leaves_no_mark(look: Page, study: Study) -> None:
    """The page says that nothing was stored, and shows nothing; the passage can be coded again."""
    drag(look, "bebas saja")
    look.evaluate(
        "() => { window.kept = fetch; window.fetch = () => Promise.reject(new TypeError('gone')); }"
    )
    look.keyboard.type("pe")
    look.keyboard.press("Enter")
    expect(look.locator("#told")).to_contain_text("Nothing was stored.")
    expect(look.locator(".coming, .words mark")).to_have_count(0)
    look.evaluate("() => { window.fetch = window.kept; }")
    look.keyboard.press("c")
    look.keyboard.type("pe")
    look.keyboard.press("Enter")
    expect(look.locator(".words mark")).to_have_text("bebas saja")
    assert [name for _a, _b, name in codings_of(study)] == ["Percaya"]


def test_a_selection_stays_while_an_answer_changes_the_words_under_it(look: Page, study: Study) -> None:
    """The hand selects on, in the same paragraph, over the passage that is being stored."""
    held = Held(look)
    _coded(look, "dari dulu", "satu")
    expect(look.locator(".coming").first).to_be_attached()
    box = look.evaluate(
        """() => { const p = [...document.querySelectorAll(".words")].find((one) => one.textContent.includes("bebas saja"));
        const at = (words, end) => { const w = document.createTreeWalker(p, 4); for (let n = w.nextNode(); n; n = w.nextNode()) {
          const i = n.data.indexOf(words); if (i < 0) continue; const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + words.length);
          const b = r.getBoundingClientRect(); return [end ? b.right - .5 : b.left + .5, (b.top + b.bottom) / 2]; } };
        return [...at("bebas", false), ...at("dulu", true), ...at("memang", true)]; }"""
    )
    look.mouse.move(box[0], box[1])
    look.mouse.down()
    look.mouse.move(box[2], box[3], steps=4)
    assert look.evaluate("getSelection().toString()") == "bebas saja, dan dari dulu"
    held.let_go()
    expect(look.locator(".words mark")).to_have_text("dari dulu")
    assert look.evaluate("getSelection().toString()") == "bebas saja, dan dari dulu"
    look.mouse.move(box[4], box[5], steps=3)
    look.mouse.up()
    look.wait_for_selector("#codebox:not([hidden])")
    assert look.evaluate("getSelection().toString()") == "bebas saja, dan dari dulu memang"
    look.keyboard.type("dua")
    look.keyboard.press("Enter")
    expect(look.locator(".names > li[data-k]")).to_have_count(2)
    text = study.text(talk_of(study))
    assert [text[a:b] for a, b, _name in codings_of(study)] == [
        "dari dulu",
        "bebas saja, dan dari dulu memang",
    ]


def test_codings_in_a_row_are_drawn_as_a_fresh_page_draws_them(look: Page, study: Study) -> None:
    """Whatever crosses what, by quick hands, answered late: the page ends as it would be opened."""
    text, chance = study.text(talk_of(study)), random.Random(8)
    at = text.index("Karena bebas")
    words = text[at : text.index(".", at) + 1]
    spans = [sorted(chance.sample(range(len(words)), 2)) for _ in range(12)]
    held = Held(look)
    for n, (a, b) in enumerate(spans):
        _coded(look, words[a:b], ("satu", "dua", "tiga", "empat")[n % 4])
    held.let_go()
    expect(look.locator(".coming")).to_have_count(0)
    settled = look.evaluate(SHOWN, "#reading"), look.evaluate(STRIPES)
    open_at(look, talk_of(study))
    assert (look.evaluate(SHOWN, "#reading"), look.evaluate(STRIPES)) == settled
    assert len(codings_of(study)) == len(settled[1])


def test_the_head_names_every_module_and_the_browser_keeps_them(client: Client, study: Study) -> None:
    """Nothing is found only by reading another script; an address of them is good for as long as they are as they are."""
    html = client.get(f"/s/s/read/{talk_of(study)}/").content.decode()
    modules = {path.relative_to(statics.OWN).as_posix() for path in (statics.OWN / "makna/js/read").iterdir()}
    for module in modules:
        assert f'{module}">' in html, module
    address = html.split('rel="modulepreload" href="')[1].split('"')[0]
    answer = client.get(address)
    answer.close()
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_file_that_changes_changes_the_address_of_all(tmp_path: Any) -> None:
    """By its name, its size or its time."""
    (tmp_path / "a.js").write_text("1", encoding="utf-8")
    first = statics.state([tmp_path])
    assert statics.state([tmp_path]) == first
    (tmp_path / "a.js").write_text("12", encoding="utf-8")
    second = statics.state([tmp_path])
    (tmp_path / "b.js").write_text("1", encoding="utf-8")
    assert len({first, second, statics.state([tmp_path])}) == 3
