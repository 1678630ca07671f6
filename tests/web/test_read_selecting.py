"""Selecting and coding by mouse in Chromium: what is selected is what is stored, shown and exported."""

from __future__ import annotations

import csv
import random
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pyarrow import csv as pa_csv
from read_sample import codings_of, drag, drag_over, open_at, talk_of

from makna.library import Study

HARD = [
    "Senyum 👩‍👩‍👧 dan 🇮🇩 lalu 👍🏽 ya.", "Kafe\u0301 na\u0308is e\u0323\u0301 x\u0301\u0302.", "مرحبا بكم في السوق، والسلام.",
    "Campur عربي dan Latin 🙂 lagi.", "𝟎𝟏𝟐 matematika 𝒂𝒃𝒄.", "Biasa saja, tanpa apa pun.", "⟦wa⟧ atau ⟦link:telegram⟧ di sini.", "你好，世界。",
]  # fmt: skip


# An oracle of its own: it counts code points by the string iterator, and places the ends of a selection by hand.
SELECT_AND_CODE = """
async ([document_, cases]) => {
  const units = [...document.querySelectorAll(`.unit[data-d="${document_}"]`)];
  const spot = (at, ends) => {
    const unit = units.find((u) => (ends ? +u.dataset.b >= at : +u.dataset.b > at));
    let left = at - unit.dataset.a;
    const walker = document.createTreeWalker(unit.querySelector(".words"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const held = [...node.data];
      if (left < held.length || (ends && left === held.length)) return [node, held.slice(0, left).join("").length];
      left -= held.length;
    }
    throw new Error(`no place ${at}`);
  };
  const idle = (id) => document.querySelector(id);
  const found = [];
  for (const [a, b] of cases) {
    const [from, to] = [spot(a, false), spot(b, true)];
    getSelection().setBaseAndExtent(...from, ...to);
    units[0].querySelector(".words").dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    document.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
    await new Promise((done) => setTimeout(done));
    const before = idle("#read").dataset.event;
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: ".", bubbles: true }));
    while (idle("#read").dataset.event === before) await new Promise((done) => setTimeout(done, 1));
    const last = Math.max(...[...document.querySelectorAll(".names > li")].map((li) => +li.dataset.k));
    const marks = [...document.querySelectorAll("mark")].filter((mark) => mark.dataset.k.split(" ").includes(String(last)));
    found.push([last, marks.map((mark) => mark.textContent).join("")]);
  }
  return found;
}
"""


@pytest.mark.timeout(900)
def test_what_is_selected_is_what_is_stored_shown_and_exported(
    page: Page, study: Study, tmp_path: Path
) -> None:
    """A thousand selections among emoji, combining marks and right-to-left text, some of one code point, some over turns."""
    chance = random.Random(20260)
    turns = [f"{chance.choice(HARD)} {chance.choice(HARD)} {n}" for n in range(260)]
    (tmp_path / "sulit.md").write_text("\n\n".join(turns), encoding="utf-8")
    study.add(tmp_path / "sulit.md", kind="field_note")
    document = study.run(study.documents.select("document_id"))["document_id"].to_pylist()[-1]
    text = study.text(document)
    gaps = {at + n for m in re.finditer("\n\n", text) for at in [m.start()] for n in (0, 1)}
    cases = [_case(chance, len(text), gaps) for _ in range(1000)]
    empty = (
        '<div id="passage"></div>'  # the panel is not what this asks for, and a thousand of them take long
    )
    page.route("**/passage/*/", lambda route: route.fulfill(body=empty, content_type="text/html"))
    open_at(page, document)
    page.wait_for_selector("#read[data-whole]")
    first = page.evaluate("() => document.querySelector('.words').textContent")
    assert text.startswith(first)
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.type("acuan")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark")
    found: list[Any] = page.evaluate(SELECT_AND_CODE, [document, cases])
    stored = codings_of(study)[1:]
    assert [(a, b) for a, b, _name in stored] == cases
    assert len({name for _a, _b, name in stored}) == 1
    for (a, b), (_key, shown) in zip(cases, found, strict=True):
        assert shown == text[a:b].replace("\n\n", "")
    _exported(study, tmp_path / "codings.csv", {(document, a, b): text[a:b] for a, b in cases})


def _exported(study: Study, file: Path, words: dict[tuple[int, int, int], str]) -> None:
    """The table of codings, and the file that is made of it, name these passages by code points, with these words."""
    table = study.codings("acuan")
    pa_csv.write_csv(table, file)
    with file.open(encoding="utf-8", newline="") as lines:
        read = list(csv.DictReader(lines))
    for rows in (table.to_pylist(), read):
        found = {(int(row["document_id"]), int(row["start"]), int(row["end"])): row["text"] for row in rows}
        assert {place: found[place] for place in words} == words
        assert len(rows) == len(words) + 1


def _case(chance: random.Random, length: int, gaps: set[int]) -> tuple[int, int]:
    """A passage whose ends do not lie between two turns, where nobody can select; each only once."""
    while True:
        a = chance.randrange(length - 1)
        b = min(length, a + chance.choice([1, 1, 2, 3, 9, 30, 80]))
        if a not in gaps and b - 1 not in gaps and (a, b) not in _given:
            _given.add((a, b))
            return a, b


_given: set[tuple[int, int]] = set()


def test_by_mouse_a_selection_is_coded_in_one_gesture(look: Page, study: Study) -> None:
    """Select, type, Enter: an unknown name is a new code; the selection stays while it is typed."""
    drag(look, "bebas saja")
    assert look.evaluate("getSelection().toString()") == "bebas saja"
    box = look.locator("#codebox").bounding_box()
    words = look.evaluate(
        "(() => { const b = getSelection().getRangeAt(0).getBoundingClientRect(); return [b.top, b.bottom]; })()"
    )
    assert box is not None and (box["y"] >= words[1] or box["y"] + box["height"] <= words[0])
    look.keyboard.type("kebebasan")
    assert look.locator("#code-name").input_value() == "kebebasan"
    assert look.evaluate("[...CSS.highlights.get('passage')].map(String)") == ["bebas saja"]
    look.keyboard.press("Enter")
    expect(look.locator("#told")).to_contain_text("Coded with the new code kebebasan.")
    expect(look.locator("mark")).to_have_text("bebas saja")
    expect(look.locator(".names span")).to_have_text("kebebasan")
    start = study.text(talk_of(study)).index("bebas saja")
    assert codings_of(study) == [(start, start + 10, "kebebasan")]
    assert look.locator("mark").evaluate("e => getComputedStyle(e).boxShadow") != "none"


def test_two_letters_and_enter_find_a_code(look: Page, study: Study) -> None:
    """The codes that fit are offered, arrows choose, and Escape leaves all as it was."""
    drag(look, "Testi dulu")
    look.keyboard.type("pe")
    expect(look.locator("#code-list [aria-selected=true]")).to_have_text("Percaya")
    look.keyboard.press("ArrowDown")
    expect(look.locator("#code-list [aria-selected=true]")).to_have_text("new code: pe")
    look.keyboard.press("Escape")
    expect(look.locator("#codebox")).to_be_hidden()
    look.keyboard.press("c")
    look.keyboard.type("pe")
    look.keyboard.press("Enter")
    expect(look.locator("#told")).to_contain_text("Coded Percaya.")
    assert [name for _a, _b, name in codings_of(study)] == ["Percaya"]


def test_a_coding_is_dragged_by_its_ends(look: Page, study: Study) -> None:
    """The handle follows the words; one undo takes it back."""
    text = study.text(talk_of(study))
    drag(look, "bebas saja")
    look.keyboard.type("b")
    look.keyboard.press("Enter")
    look.locator("mark").click()
    handle = look.locator(".handle.end")
    expect(handle).to_be_visible()
    box = handle.bounding_box()
    goal = look.evaluate(
        "() => { const p = [...document.querySelectorAll('.words')][1]; const w = document.createTreeWalker(p, 4); let n; while ((n = w.nextNode())) {"
        " const i = n.data.indexOf('dan dari'); if (i >= 0) { const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + 3); const b = r.getBoundingClientRect(); return [b.right, b.top + b.height / 2]; } } }"
    )
    assert box is not None
    look.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    look.mouse.down()
    look.mouse.move(*goal, steps=5)
    look.mouse.up()
    expect(look.locator("#told")).to_contain_text("Coding moved")
    start = text.index("bebas saja")
    assert codings_of(study)[0][:2] == (start, text.index("dan dari") + 3)
    look.keyboard.press("z")
    expect(look.locator("mark")).to_have_text("bebas saja")


def test_overlapping_codings_keep_apart_in_the_margin(look: Page) -> None:
    """Each has its own stripe and its name beside it; pointing at one lights up its words."""
    for words, name in (
        ("bebas saja, dan dari dulu", "satu"),
        ("dari dulu memang", "dua"),
        ("bebas", "tiga"),
    ):
        drag_over(look, words)
        look.keyboard.press("c")
        look.keyboard.type(name)
        look.keyboard.press("Enter")
        expect(look.locator(".names span", has_text=name)).to_have_count(1)
    expect(look.locator(".coming")).to_have_count(0)
    boxes = [li.bounding_box() for li in look.locator(".names > li").all()]
    assert all(box is not None and box["height"] > 10 for box in boxes)
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert one and other
            apart = abs(one["x"] - other["x"]) >= 6
            assert apart or one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
    labels = [li.bounding_box() for li in look.locator(".names > li:not(.crowded) span").all()]
    tops = sorted(label["y"] for label in labels if label)
    assert all(b - a >= 15 for a, b in pairwise(tops))
    look.locator(".names > li").first.hover()
    assert look.evaluate("[...CSS.highlights.get('hover')].length") == 1


LANES = """
async ([address, cases]) => {
  const { inLanes } = await import(address);
  return cases.map((spans) => {
    const made = spans.map(([top, height]) => ({ top, bottom: top + height }));
    return [inLanes(made), made];
  });
}
"""


def _script(page: Page) -> str:
    """The address of the page's own script."""
    return page.locator("script[src$='js/read.js']").evaluate("script => script.src")


def test_lanes_are_few_and_keep_apart(look: Page) -> None:
    """No two stripes of a lane overlap, and there are no more lanes than overlap at the densest place."""
    chance = random.Random(5)
    cases = [
        [[chance.randrange(60), chance.randrange(1, 25)] for _ in range(chance.randrange(14))]
        for _ in range(300)
    ]
    found = look.evaluate(LANES, [re.sub(r"read\.js$", "read/lanes.js", _script(look)), cases])
    for lanes, spans in found:
        deepest = max((sum(s["top"] <= at < s["bottom"] for s in spans) for at in range(90)), default=0)
        assert lanes == deepest == len({s["lane"] for s in spans})
        for n, one in enumerate(spans):
            for other in spans[n + 1 :]:
                apart = one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
                assert apart or one["lane"] != other["lane"]


def test_a_typed_identifier_is_decided_in_the_box(look: Page, study: Study) -> None:
    """It is shown where it was typed; nothing is stored until it is kept or changed, and the selection stays."""
    drag(look, "bebas saja")
    look.keyboard.type("hubungi 0834 1234 5678")
    look.keyboard.press("Enter")
    expect(look.locator("#code-typed mark")).to_have_text("0834 1234 5678")
    assert codings_of(study) == []
    look.locator("#code-typed input").check()
    look.locator("#code-typed button").click()
    expect(look.locator(".words mark")).to_have_text("bebas saja")
    assert [name for _a, _b, name in codings_of(study)] == ["hubungi 0834 1234 5678"]
