"""Sources, review and cases in Chromium: by mouse, by keys, and for whoever cannot see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from test_cases import accounts, values_of, words_of
from test_review import DOUBTFUL

from makna.library import Study
from makna.web import jobs
from makna.web.incoming import tray

PHONE = "0834 5550 0133"
PAGES = (
    "sources/",
    "sources/add/",
    "sources/observed/",
    "sources/note/",
    "review/",
    "cases/",
    "cases/accounts/",
    "cases/1/",
    "cases/1/check/",
)


@pytest.fixture(autouse=True)
def _empty_trays() -> Iterator[None]:
    """Nothing waits, and no job is remembered."""
    yield
    for held in tray._trays.values():
        held.drop(list(held.piles))
    tray._trays.clear()
    jobs.stop_all()
    jobs._jobs.clear()


def go(page: Page, path: str) -> None:
    """A page of the study."""
    page.goto(page.url.partition("/s/s/")[0] + "/s/s/" + path)


def choose(page: Page, *files: tuple[str, str]) -> None:
    """Choose files with these names and contents."""
    page.set_input_files(
        "#files", [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in files]
    )


def test_files_are_dropped_seen_after_the_door_and_imported(page: Page, study: Study) -> None:
    """What is seen is disguised; the import leads to its report."""
    go(page, "sources/add/")
    choose(page, ("catatan.txt", f"Ramai sesudah magrib.\n\nHubungi {PHONE} ya.\n"))
    expect(page.locator(".records .ph-contact")).to_have_text("⟦phone⟧")
    assert PHONE not in page.content()
    page.locator("#kind-1, [id^=kind-]").first.select_option("field_note")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator(".report .large")).to_contain_text("1 document came in", timeout=60_000)
    assert study.batches()[-1].kind == "field_note"


def test_what_waits_survives_a_reload(page: Page) -> None:
    """With what was said of it."""
    go(page, "sources/add/")
    choose(page, ("akun.csv", f"Akun,Isi\n@tiruan_a,halo wa {PHONE}\n@tiruan_b,testi mantap kak\n"))
    page.locator("[id^=access-]").select_option("closed")
    page.locator("[id^=permission-]").fill("moderator, by letter, 3 March 2021")
    page.locator("[id^=permission-]").press("Tab")
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(page.locator("[id^=permission-]")).to_have_value("moderator, by letter, 3 March 2021")
    expect(page.locator("h2", has_text="akun.csv")).to_be_visible()


def test_all_that_waits_comes_in(page: Page, study: Study) -> None:
    """By one button, one after another; the page stays, and says what came in and what did not."""
    go(page, "sources/add/")
    note = "Catatan lapangan\n\nRamai sekali di sini.\n"
    talk = "P: Kenapa?\n\nBu Tiruan: Karena bebas.\n\nP: Lalu?\n\nBu Tiruan: Begitu saja.\n"
    choose(page, ("catatan.txt", note), ("wawancara.txt", talk))
    page.get_by_role("button", name="Import all as they stand").click()
    expect(page.locator("#tray")).to_contain_text("Import of catatan.txt · report", timeout=60_000)
    expect(page.locator("#tray .job")).to_contain_text("consent to analysis", timeout=60_000)
    expect(page.get_by_role("button", name="Import", exact=True)).to_be_visible()
    page.locator("#tray a", has_text="report").click()
    expect(page.locator(".report .large")).to_contain_text("1 document came in")
    assert len(study.batches()) == 5


def test_a_large_file_comes_in_pieces(page: Page) -> None:
    """And is what it was."""
    go(page, "sources/add/")
    line = '{"id": "17%017d", "text": "kabar pasar pagi %s", "created_at": "2021-03-04T10:00:00.000Z", "author_id": "9"}\n'
    choose(page, ("posts.jsonl", "".join(line % (n, "ya " * 60) for n in range(30_000))))
    expect(page.locator(".pile h2")).to_contain_text("posts.jsonl", timeout=60_000)
    expect(page.locator(".pile h2")).to_contain_text(re.compile(r"about (29|30),\d{3} rows"))


def test_a_note_is_written_by_keyboard(page: Page, study: Study) -> None:
    """From the list of sources to the preview, without the mouse."""
    go(page, "sources/")
    page.get_by_role("link", name="Write a field note").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Reflexive note").focus()
    page.keyboard.press("Space")
    page.get_by_label("The note; an empty line parts paragraphs").focus()
    page.keyboard.type(f"Saya ragu. Nomor {PHONE} ada di sana.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".preview .words")).to_have_text("Saya ragu. Nomor ⟦phone⟧ ada di sana.")
    page.get_by_role("button", name="Import", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".report .large")).to_be_visible(timeout=60_000)
    assert study.run(study.documents)["title"].to_pylist()[-1] == "reflexive note"


def test_a_batch_is_taken_out_after_a_question(page: Page, study: Study) -> None:
    """Escape keeps it."""
    go(page, "sources/")
    number = study.batches()[-1].number
    row = page.locator("tr", has=page.locator(f"[data-dialog=remove-{number}]"))
    row.locator("summary").click()
    row.locator("[data-dialog]").click()
    page.keyboard.press("Escape")
    assert len(study.batches()) == 4
    row.locator("[data-dialog]").click()
    page.get_by_role("button", name="Take it out for good").click()
    page.wait_for_selector(f"#told >> text=Batch {number} is gone")
    assert len(study.batches()) == 3


def test_doubts_are_decided_by_keys(page: Page, study: Study, tmp_path: Path) -> None:
    """m, a class, Enter; k; u; then all is carried out."""
    (tmp_path / "ragu.txt").write_text(DOUBTFUL, encoding="utf-8")
    study.add(tmp_path / "ragu.txt", kind="field_note")
    go(page, "review/")
    page.keyboard.press("k")
    expect(page.locator("mark.doubt").first).to_have_text("9173 8264")
    page.keyboard.press("u")
    expect(page.locator("mark.doubt").first).to_have_text("7719 5583")
    page.keyboard.press("m")
    page.keyboard.type("phone")
    page.keyboard.press("Enter")
    expect(page.locator("mark.doubt").first).to_have_text("9173 8264")
    page.keyboard.press("n")
    expect(page.locator("#doubt")).to_contain_text("Every span is decided.")
    assert study.doubts()["decision"].to_pylist() == ["mask:phone", "never"]
    page.get_by_role("button", name="Carry out 2 decisions").click()
    expect(page.locator("#doubt")).to_contain_text("Carried out: 1 masked, 1 kept", timeout=60_000)


def test_the_grid_is_walked_filled_and_pasted_into(page: Page, study: Study) -> None:
    """Arrow keys, letters, a paste of many cells; one undo takes the paste back."""
    go(page, "cases/accounts/")
    page.get_by_label("New attribute").fill("peran")
    page.get_by_label("A list to choose from, parted by semicolons").last.fill("penjual; pembeli")
    page.get_by_role("button", name="Add it").click()
    cells = page.locator("td.value")
    expect(cells).to_have_count(7)
    cells.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("penjual")
    page.keyboard.press("Enter")
    expect(cells.nth(1)).to_have_text("penjual")
    expect(cells.nth(2)).to_be_focused()
    page.evaluate(
        """() => { const data = new DataTransfer(); data.setData("text/plain", "pembeli\\npenjual\\npembeli\\n");
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }"""
    )
    expect(cells.nth(4)).to_have_text("pembeli")
    page.wait_for_selector("#told >> text=3 values set")
    assert len(values_of(study)) == 4
    page.keyboard.press("z")
    expect(cells.nth(4)).to_have_text("")
    assert list(values_of(study).values()) == ["penjual"]
    cells.nth(1).focus()
    page.keyboard.press("Delete")
    expect(cells.nth(1)).to_have_text("")
    page.wait_for_selector("#told >> text=1 value set")
    assert values_of(study) == {}


def test_a_table_with_names_is_pasted(page: Page, study: Study) -> None:
    """Wherever the cursor stands, its rows go to their cases."""
    study_names = [name for _key, name in accounts(study)]
    go(page, "cases/accounts/")
    page.get_by_label("New attribute").fill("peran")
    page.get_by_role("button", name="Add it").click()
    page.locator("td.value").first.focus()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }""",
        f"akun\tperan\n{study_names[5]}\tpenjual\n{study_names[3]}\tpembeli\n",
    )
    page.wait_for_selector("#told >> text=2 values set")
    expect(page.locator("td.value").nth(5)).to_have_text("penjual")
    expect(page.locator("td.value").nth(3)).to_have_text("pembeli")


def test_what_is_typed_into_a_cell_passes_the_door(page: Page, study: Study) -> None:
    """A number is shown, and stored only where it is kept."""
    go(page, "cases/accounts/")
    page.get_by_label("New attribute").fill("catatan")
    page.get_by_role("button", name="Add it").click()
    page.locator("td.value").first.focus()
    page.keyboard.type(f"wa {PHONE}")
    page.keyboard.press("Enter")
    expect(page.locator("#told .refused mark")).to_be_visible()
    assert values_of(study) == {}
    page.locator("#told input[name=kept]").check()
    page.get_by_role("button", name="Store with what is kept").click()
    page.wait_for_selector("#told >> text=1 value set")


def test_a_withdrawal_shows_what_goes(page: Page, study: Study) -> None:
    """In a dialog; it wants the code typed; then the page says that they withdrew."""
    go(page, "cases/")
    page.get_by_role("button", name="Take over 1 participant of participants.toml").click()
    page.get_by_role("link", name="Informan 1", exact=True).click()
    study.add_codings("Percaya", [words_of(study)])
    page.get_by_role("button", name="Withdraw …").click()
    expect(page.locator("#withdrawal tr", has_text="codings")).to_contain_text("1")
    page.get_by_label("Type the code Informan 1 to carry it out").fill("Informan 1")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.locator("#person")).to_contain_text("Withdrew on", timeout=60_000)
    assert study.codings().num_rows == 0


def faults(page: Page) -> list[str]:
    """What axe finds that is serious or critical."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("id", "dark")])
def test_axe_finds_nothing_serious(
    page: Page, study: Study, tmp_path: Path, language: str, theme: str
) -> None:
    """On any of these pages, filled."""
    (tmp_path / "ragu.txt").write_text(DOUBTFUL, encoding="utf-8")
    study.add(tmp_path / "ragu.txt", kind="field_note")
    finding = study.add_finding("Tempat ini dipilih karena bebas.")
    study.add_evidence(finding, [words_of(study)])
    root = page.url.partition("/s/s/")[0]
    page.context.add_cookies(
        [
            {"name": name, "value": value, "url": root}
            for name, value in (("makna_language", language), ("makna_theme", theme))
        ]
    )
    go(page, "cases/")
    page.locator("form[action$='take-over/'] button").click()
    page.wait_for_selector("#cases .grid")
    page.locator("input[name=options]").last.fill("penjual; pembeli")
    page.locator("#cases form[action$='attribute/']").last.locator("input[name=name]").fill("peran")
    page.locator("#cases form[action$='attribute/']").last.locator("button").last.click()
    page.wait_for_selector("td.value")
    go(page, "sources/add/")
    choose(
        page,
        ("akun.csv", f"Akun,Isi\n@tiruan_a,halo wa {PHONE}\n@tiruan_b,testi @tiruan_a\n"),
        ("b.png", "\x89PNG\r\n\x1a\n"),
    )
    page.wait_for_selector(".records li")
    account = accounts(study)[0][0]
    for path in (*PAGES, f"cases/accounts/{account}/"):
        go(page, path)
        page.wait_for_load_state("networkidle")
        assert faults(page) == [], path
        for width in (1024, 640):  # as at 200 % on a wide screen
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
        page.set_viewport_size({"width": 1280, "height": 800})
    go(page, "cases/1/")
    page.locator("[data-dialog=withdraw]").click()
    page.wait_for_selector("#withdrawal table")
    assert faults(page) == []
