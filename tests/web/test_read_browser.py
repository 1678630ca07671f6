"""Reading and coding in Chromium: by mouse, by keys, and that what is selected is what is stored and shown."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from makna.library import Study
from makna.library.texts_of_record import TextsOfRecord
from makna.record.acting import Actor
from makna.record.actions.add_finding import add_finding
from makna.record.database import opened
from makna.record.models import Coding
from makna.record.models import Study as Row

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


@pytest.fixture
def look(page: Page, study: Study) -> Iterator[Page]:
    """The interview, opened and ready."""
    _open(page, _talk(study))
    yield page


def _talk(study: Study) -> int:
    documents = study.documents
    return int(
        study.run(documents.filter(documents.kind == "interview").select("document_id"))["document_id"][
            0
        ].as_py()
    )


def _open(page: Page, document: int, at: str = "") -> None:
    page.goto(re.sub(r"(https?://[^/]+).*", rf"\1/s/s/read/{document}/{at}", page.url))
    page.wait_for_selector("#read[data-ready]")
    page.wait_for_selector("#source-filter", state="attached")  # htmx swaps the list in


def _codings(study: Study) -> list[tuple[int, int, str]]:
    with opened(study.folder.parents[1]):
        return list(Coding.objects.order_by("pk").values_list("start", "end", "code__name"))


def _drag(page: Page, words: str) -> None:
    """Select *words*, which stand in one line, as a hand with a mouse does."""
    box = page.evaluate(
        """(words) => { for (const p of document.querySelectorAll(".words")) { const walker = document.createTreeWalker(p, 4);
        for (let n = walker.nextNode(); n; n = walker.nextNode()) { const i = n.data.indexOf(words); if (i < 0) continue;
        const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + words.length);
        const b = r.getBoundingClientRect(); return [b.left, b.right, (b.top + b.bottom) / 2]; } } }""",
        words,
    )
    page.mouse.move(box[0] + 0.5, box[2])
    page.mouse.down()
    page.mouse.move(box[1] - 0.5, box[2], steps=3)
    page.mouse.up()
    page.wait_for_selector("#codebox:not([hidden])")


@pytest.mark.timeout(900)
def test_what_is_selected_is_what_is_stored_and_shown(page: Page, study: Study, tmp_path: Path) -> None:
    """A thousand selections among emoji, combining marks and right-to-left text, some of one code point, some over turns."""
    chance = random.Random(20260)
    turns = [f"{chance.choice(HARD)} {chance.choice(HARD)} {n}" for n in range(260)]
    (tmp_path / "sulit.md").write_text("\n\n".join(turns), encoding="utf-8")
    study.add(tmp_path / "sulit.md", kind="field_note")
    document = study.run(study.documents.select("document_id"))["document_id"].to_pylist()[-1]
    text = study.text(document)
    gaps = {at + n for m in re.finditer("\n\n", text) for at in [m.start()] for n in (0, 1)}
    cases = [_case(chance, len(text), gaps) for _ in range(1000)]
    _open(page, document)
    page.wait_for_selector("#read[data-whole]")
    first = page.evaluate("() => document.querySelector('.words').textContent")
    assert text.startswith(first)
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.type("acuan")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark")
    found: list[Any] = page.evaluate(SELECT_AND_CODE, [document, cases])
    stored = _codings(study)[1:]
    assert [(a, b) for a, b, _name in stored] == cases
    assert len({name for _a, _b, name in stored}) == 1
    for (a, b), (_key, shown) in zip(cases, found, strict=True):
        assert shown == text[a:b].replace("\n\n", "")


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
    _drag(look, "bebas saja")
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
    start = study.text(_talk(study)).index("bebas saja")
    assert _codings(study) == [(start, start + 10, "kebebasan")]
    assert look.locator("mark").evaluate("e => getComputedStyle(e).boxShadow") != "none"


def test_two_letters_and_enter_find_a_code(look: Page, study: Study) -> None:
    """The codes that fit are offered, arrows choose, and Escape leaves all as it was."""
    _drag(look, "Testi dulu")
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
    assert [name for _a, _b, name in _codings(study)] == ["Percaya"]


def test_a_study_is_coded_by_keys_alone(look: Page, study: Study) -> None:
    """Sentence by sentence: widen, code, in vivo, the last code again, memo, next coding, move, remove, undo and redo."""
    text = study.text(_talk(study))
    keys = look.keyboard
    for _ in range(2):
        keys.press("j")
    keys.press("Shift+ArrowDown")
    keys.press("c")
    keys.type("alasan")
    keys.press("Enter")
    expect(look.locator("#told")).to_contain_text("alasan")
    first = (text.index("Karena"), text.index("tahu.") + 5)
    assert [c[:2] for c in _codings(study)] == [first]
    keys.press("l")
    keys.press(".")
    expect(look.locator("#told")).to_contain_text("Coded alasan.")
    keys.press("k")
    keys.press("v")
    expect(look.locator("#told")).to_contain_text("Orang juga sudah tahu.")
    keys.press("m")
    look.wait_for_selector("#memo-form:not([hidden]) textarea:focus")
    keys.type("jelas sekali j k x")
    look.locator("#memo-form button.main").press("Enter")
    expect(look.locator("#passage")).to_contain_text("jelas sekali j k x")
    assert len(_codings(study)) == 3
    keys.press("x")
    expect(look.locator("#told")).to_contain_text("Which coding?")
    keys.press("1")
    expect(look.locator("#told")).to_contain_text("Coding removed: Orang juga sudah tahu.")
    keys.press("z")
    expect(look.locator("#told")).to_contain_text("Undone")
    expect(look.locator(".names span", has_text="Orang juga")).to_have_count(1)
    keys.press("Z")
    expect(look.locator(".names span", has_text="Orang juga")).to_have_count(0)
    keys.press("n")
    keys.press("N")
    keys.press("[")
    expect(look.locator("#told")).to_contain_text("Coding moved: alasan.")
    assert (first[0], first[1] - 1) in [c[:2] for c in _codings(study)]  # the full stop is no word


def test_evidence_and_comparison_by_keys(look: Page, study: Study) -> None:
    """A passage contradicts a finding, with a note that was decided; it stands beside the code's other passage."""
    with opened(study.folder.parents[1]):
        row = Row.objects.get(key=study.id)
        add_finding(Actor(row.people.get(), row, TextsOfRecord(study)), "Tempat dipilih karena bebas")
    keys = look.keyboard
    keys.press("j")
    keys.press("e")
    look.wait_for_selector("#evidence-form select:focus")
    look.locator("#evidence-form [value=contradicts]").check()
    look.locator("#evidence-form textarea").fill("lihat 0834 1234 5678")
    look.locator("#evidence-form button.main").press("Enter")
    expect(look.locator("#evidence-form .typed mark")).to_have_text("0834 1234 5678")
    look.locator("#evidence-form .typed input").check()
    look.locator("#evidence-form .typed button").press("Enter")
    expect(look.locator("#passage")).to_contain_text("contradicts")
    for _ in range(2):  # quick hands: the next keys wait for no answer
        keys.press("c")
        keys.type("alasan")
        keys.press("Enter")
        keys.press("j")
    keys.press("k")
    expect(look.locator(".names span", has_text="alasan")).to_have_count(2)
    keys.press("w")
    expect(look.locator("[data-comparing] .passage mark")).to_have_text("Kenapa memilih tempat ini?")
    look.locator("#memo-form textarea").fill("yang satu bertanya")
    look.locator("#memo-form button.main").press("Enter")
    expect(look.locator("[data-comparing]")).to_contain_text("yang satu bertanya")


def test_hands_may_be_faster_than_answers(look: Page, study: Study) -> None:
    """What is pressed in a row is done in its order: the undo takes back the coding before it, and the page agrees."""
    keys = look.keyboard
    keys.press("j")
    keys.press("c")
    keys.type("satu")
    keys.press("Enter")
    keys.press("l")
    for key in (".", "l", ".", "z"):
        keys.press(key)
    expect(look.locator("#told")).to_contain_text("Undone")
    expect(look.locator(".names > li")).to_have_count(2)
    assert len(_codings(study)) == 2


def test_the_passage_shrinks_and_grows_by_sentences_and_turns(look: Page) -> None:
    """Never below one sentence, never over the end."""
    said = "[...CSS.highlights.get('passage')].map(String)[0]"
    look.keyboard.press("l")
    look.keyboard.press("l")
    assert look.evaluate(said) == "Karena bebas saja, dan dari dulu memang tempatnya di situ."
    look.keyboard.press("Shift+ArrowRight")
    assert look.evaluate(said).endswith("Orang juga sudah tahu.")
    look.keyboard.press("Shift+ArrowUp")
    look.keyboard.press("Shift+ArrowUp")
    assert look.evaluate(said) == "Karena bebas saja, dan dari dulu memang tempatnya di situ."
    for _ in range(9):
        look.keyboard.press("j")
    assert look.evaluate(said) == "Testi dulu, baru percaya 🙂."
    for _ in range(12):
        look.keyboard.press("k")
    assert look.evaluate(said) == "Kenapa memilih tempat ini?"


def test_a_coding_is_dragged_by_its_ends(look: Page, study: Study) -> None:
    """The handle follows the words; one undo takes it back."""
    text = study.text(_talk(study))
    _drag(look, "bebas saja")
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
    assert _codings(study)[0][:2] == (start, text.index("dan dari") + 3)
    look.keyboard.press("z")
    expect(look.locator("mark")).to_have_text("bebas saja")


def test_overlapping_codings_keep_apart_in_the_margin(look: Page) -> None:
    """Each has its own stripe and its name beside it; pointing at one lights up its words."""
    for words, name in (
        ("bebas saja, dan dari dulu", "satu"),
        ("dari dulu memang", "dua"),
        ("bebas", "tiga"),
    ):
        _drag_over(look, words)
        look.keyboard.press("c")
        look.keyboard.type(name)
        look.keyboard.press("Enter")
        expect(look.locator(".names span", has_text=name)).to_have_count(1)
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


def test_lanes_are_few_and_keep_apart(page: Page) -> None:
    """No two stripes of a lane overlap, and there are no more lanes than overlap at the densest place."""
    chance = random.Random(5)
    cases = [
        [[chance.randrange(60), chance.randrange(1, 25)] for _ in range(chance.randrange(14))]
        for _ in range(300)
    ]
    found = page.evaluate(
        LANES, [re.sub(r"(https?://[^/]+).*", r"\1/static/makna/js/read/lanes.js", page.url), cases]
    )
    for lanes, spans in found:
        deepest = max((sum(s["top"] <= at < s["bottom"] for s in spans) for at in range(90)), default=0)
        assert lanes == deepest == len({s["lane"] for s in spans})
        for n, one in enumerate(spans):
            for other in spans[n + 1 :]:
                apart = one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
                assert apart or one["lane"] != other["lane"]


def _drag_over(page: Page, words: str) -> None:
    """Select *words* wherever marks cut them."""
    page.evaluate(
        """(words) => { const p = [...document.querySelectorAll(".words")].find((one) => one.textContent.includes(words));
        const at = p.textContent.indexOf(words), w = document.createTreeWalker(p, 4); let left = at, from, to;
        for (let n = w.nextNode(); n; n = w.nextNode()) { if (!from && left < n.data.length) from = [n, left];
          if (left + words.length <= n.data.length) { to = [n, left + words.length]; break; } left -= n.data.length; }
        getSelection().setBaseAndExtent(...from, ...to);
        p.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true })); document.dispatchEvent(new PointerEvent("pointerup")); }""",
        words,
    )
    page.wait_for_selector("#codebox:not([hidden])")


def test_a_typed_identifier_is_decided_in_the_box(look: Page, study: Study) -> None:
    """It is shown where it was typed; nothing is stored until it is kept or changed, and the selection stays."""
    _drag(look, "bebas saja")
    look.keyboard.type("hubungi 0834 1234 5678")
    look.keyboard.press("Enter")
    expect(look.locator("#code-typed mark")).to_have_text("0834 1234 5678")
    assert _codings(study) == []
    look.locator("#code-typed input").check()
    look.locator("#code-typed button").click()
    expect(look.locator(".words mark")).to_have_text("bebas saja")
    assert [name for _a, _b, name in _codings(study)] == ["hubungi 0834 1234 5678"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_readable_by_all(look: Page, theme: Any) -> None:
    """axe finds nothing serious: the page, a chosen coding, the code box, the memo, the comparison."""
    look.emulate_media(color_scheme=theme)
    _drag(look, "bebas saja")
    _nothing_serious(look)
    look.keyboard.type("bebas")
    look.keyboard.press("Enter")
    expect(look.locator("#passage .codings")).to_contain_text("bebas")
    _nothing_serious(look)
    look.keyboard.press("m")
    look.wait_for_selector("#memo-form textarea:focus")
    _nothing_serious(look)
    look.keyboard.press("Escape")
    look.keyboard.press("w")
    look.wait_for_selector("[data-comparing]")
    _nothing_serious(look)


def _nothing_serious(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_a_link_to_a_passage_lands_on_it(page: Page, study: Study, tmp_path: Path) -> None:
    """Far down in a long text: marked, in sight, and still there when the rest has come."""
    (tmp_path / "panjang.md").write_text(
        "\n\n".join(f"Baris {n}. " + "Pasar ramai sekali. " * 20 for n in range(400)), encoding="utf-8"
    )
    study.add(tmp_path / "panjang.md", kind="field_note")
    document = study.run(study.documents.select("document_id"))["document_id"].to_pylist()[-1]
    at = study.text(document).index("Baris 300.")
    _open(page, document, f"?at={at}-{at + 10}")
    page.wait_for_selector("#read[data-whole]")
    spot = "(() => { const b = [...CSS.highlights.get('passage')][0].getBoundingClientRect(); return [b.top, b.bottom, innerHeight]; })()"
    assert page.evaluate("[...CSS.highlights.get('passage')].map(String)") == ["Baris 300."]
    top, bottom, height = page.evaluate(spot)
    assert 0 < top < bottom < height
    page.keyboard.press("j")
    page.wait_for_timeout(600)
    assert "at=" in page.url and f"at={at}-" not in page.url


def test_nothing_typed_in_a_field_is_a_key(look: Page, study: Study) -> None:
    """Letters go into the filter, and nothing is coded."""
    look.locator("#source-filter").fill("")
    look.locator("#source-filter").type("jvx.cz")
    assert look.locator("#source-filter").input_value() == "jvx.cz"
    assert _codings(study) == []


def test_a_post_opens_its_authors_card(page: Page, study: Study) -> None:
    """By one key; a second goes on to the profile."""
    documents = study.documents
    post = study.run(documents.filter(documents.kind == "observation").select("document_id"))["document_id"][
        0
    ].as_py()
    _open(page, post)
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.locator(".author[open] .bio").first).to_have_text("kue")
    page.locator(".author[open] a").first.click()
    page.wait_for_url("**/read/account/**")


def test_without_scripts_it_reads(study: Study, page: Page) -> None:
    """Text, speakers and the names of codes stand there."""
    _drag(_at_talk(page, study), "bebas saja")
    page.keyboard.type("b")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text("bebas saja")
    bare = page.context.browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state()
    )
    reader = bare.new_page()
    reader.goto(page.url)
    expect(reader.locator("mark")).to_have_text("bebas saja")
    expect(reader.locator(".names li")).to_have_text("b")
    assert reader.locator(".names li").is_visible()
    bare.close()


def _at_talk(page: Page, study: Study) -> Page:
    _open(page, _talk(study))
    return page
