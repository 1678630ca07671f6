"""Reading in Chromium by keys alone, by a link, by every reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from read_sample import codings_of, drag, open_at, talk_of

from makna.library import Study
from makna.library.texts_of_record import TextsOfRecord
from makna.record.acting import Actor
from makna.record.actions.add_finding import add_finding
from makna.record.database import opened
from makna.record.models import Study as Row


def test_a_study_is_coded_by_keys_alone(look: Page, study: Study) -> None:
    """Sentence by sentence: widen, code, in vivo, the last code again, memo, next coding, move, remove, undo and redo."""
    text = study.text(talk_of(study))
    keys = look.keyboard
    for _ in range(2):
        keys.press("j")
    keys.press("Shift+ArrowDown")
    keys.press("c")
    keys.type("alasan")
    keys.press("Enter")
    expect(look.locator("#told")).to_contain_text("alasan")
    first = (text.index("Karena"), text.index("tahu.") + 5)
    assert [c[:2] for c in codings_of(study)] == [first]
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
    assert len(codings_of(study)) == 3
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
    assert (first[0], first[1] - 1) in [c[:2] for c in codings_of(study)]  # the full stop is no word


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
    assert len(codings_of(study)) == 2


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


def test_keys_can_be_turned_off(look: Page, study: Study) -> None:
    """No letter acts then, not even after a selection; the box takes what is typed into it."""
    look.evaluate("localStorage.setItem('makna-keys-off', '1')")
    look.keyboard.press("j")
    assert look.evaluate("CSS.highlights.has('passage')") is False
    drag(look, "bebas saja")
    look.keyboard.type("abc")
    assert look.locator("#code-name").input_value() == ""
    look.locator("#code-name").click()
    look.keyboard.type("abc")
    look.keyboard.press("Enter")
    expect(look.locator(".words mark")).to_have_text("bebas saja")
    assert [name for _a, _b, name in codings_of(study)] == ["abc"]


def test_nothing_typed_in_a_field_is_a_key(look: Page, study: Study) -> None:
    """Letters go into the filter, and nothing is coded."""
    look.locator("#source-filter").fill("")
    look.locator("#source-filter").type("jvx.cz")
    assert look.locator("#source-filter").input_value() == "jvx.cz"
    assert codings_of(study) == []


def test_a_post_opens_its_authors_card(page: Page, study: Study) -> None:
    """By one key; a second goes on to the profile."""
    documents = study.documents
    post = study.run(documents.filter(documents.kind == "observation").select("document_id"))["document_id"][
        0
    ].as_py()
    open_at(page, post)
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.locator(".author[open] .bio").first).to_have_text("kue")
    page.locator(".author[open] a").first.click()
    page.wait_for_url("**/read/account/**")


def test_a_link_to_a_passage_lands_on_it(page: Page, study: Study, tmp_path: Path) -> None:
    """Far down in a long text: marked, in sight, and still there when the rest has come."""
    (tmp_path / "panjang.md").write_text(
        "\n\n".join(f"Baris {n}. " + "Pasar ramai sekali. " * 20 for n in range(400)), encoding="utf-8"
    )
    study.add(tmp_path / "panjang.md", kind="field_note")
    document = study.run(study.documents.select("document_id"))["document_id"].to_pylist()[-1]
    at = study.text(document).index("Baris 300.")
    open_at(page, document, f"?at={at}-{at + 10}")
    page.wait_for_selector("#read[data-whole]")
    spot = "(() => { const b = [...CSS.highlights.get('passage')][0].getBoundingClientRect(); return [b.top, b.bottom, innerHeight]; })()"
    assert page.evaluate("[...CSS.highlights.get('passage')].map(String)") == ["Baris 300."]
    top, bottom, height = page.evaluate(spot)
    assert 0 < top < bottom < height
    page.keyboard.press("j")
    page.wait_for_timeout(600)
    assert "at=" in page.url and f"at={at}-" not in page.url


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_readable_by_all(look: Page, theme: Any) -> None:
    """axe finds nothing serious: the page, a chosen coding, the code box, the memo, the comparison."""
    look.emulate_media(color_scheme=theme)
    drag(look, "bebas saja")
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


def test_without_scripts_it_reads(study: Study, page: Page) -> None:
    """Text, speakers and the names of codes stand there."""
    drag(_at_talk(page, study), "bebas saja")
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
    open_at(page, talk_of(study))
    return page
