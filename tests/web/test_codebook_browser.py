"""The codebook and the frame in Chromium: walked and changed by keys, by mouse, in place."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


def opened(page: Page, *codes: str) -> None:
    """The codebook with some codes more."""
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/codebook/")
    for name in codes:
        page.locator("#new-item input[name=name]").fill(name)
        page.keyboard.press("Enter")
        page.wait_for_selector(f'#tree li[data-name="{name}"]')


def names(page: Page) -> list[str]:
    """The codes in their order."""
    return page.locator("#tree li[data-item]").evaluate_all("all => all.map((one) => one.dataset.name)")


def focused(page: Page) -> str:
    """What has the focus."""
    return page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id")


def test_the_tree_is_walked_and_moved_in_by_keys(page: Page) -> None:
    """The focus stays on the code that moves; undo brings it back."""
    opened(page, "A", "B")
    page.locator("#panel #value-name").press("Tab")
    page.locator("#tree a", has_text="Percaya").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    assert focused(page) == "B"
    page.keyboard.press("Shift+ArrowUp")
    page.wait_for_selector('#tree > ul > li:nth-child(2)[data-name="B"]')
    assert focused(page) == "B"
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_selector('#tree li[data-name="Percaya"] li[data-name="B"]')
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "Percaya"
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#tree a", has_text=re.compile("^B$"))).to_be_hidden()
    page.keyboard.press("z")
    page.wait_for_selector("#told >> text=Undone: code moved")
    page.wait_for_selector('#tree > ul > li:nth-child(2)[data-name="B"]')
    assert names(page) == ["Percaya", "B", "A"]


def test_a_code_is_renamed_and_defined_in_place(page: Page) -> None:
    """Leaving a field stores it; the tree knows, and the field one went on to keeps what is typed."""
    opened(page)
    page.locator("#tree a", has_text="Percaya").focus()
    page.keyboard.press("r")
    expect(page.locator("#value-name")).to_be_focused()
    page.keyboard.type("Kepercayaan")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("Apa yang membuat orang percaya kepada sebuah akun")
    page.wait_for_selector('#tree li[data-name="Kepercayaan"]')
    page.keyboard.press("Tab")
    expect(page.locator("#field-definition [name=seen_definition]")).to_have_value(re.compile("akun$"))
    page.reload()
    expect(page.locator("#value-definition")).to_have_value(re.compile("akun$"))


def test_a_code_is_dragged_below_another_and_before_it(page: Page) -> None:
    """Onto the middle of it, or onto its upper edge."""
    opened(page, "A", "B")
    row = {name: page.locator(f'#tree li[data-name="{name}"] > .tree-row') for name in ("Percaya", "A", "B")}
    row["B"].drag_to(row["A"])
    page.wait_for_selector('#tree li[data-name="A"] li[data-name="B"]')
    row["A"].drag_to(row["Percaya"], target_position={"x": 40, "y": 2})
    page.wait_for_selector('#tree > ul > li:first-child[data-name="A"]')
    assert names(page) == ["A", "B", "Percaya"]


def test_markup_in_a_name_is_text(page: Page) -> None:
    """In the tree, in the panel, in a message, in a choice."""
    name = "<img src=x onerror=alert(1)>"
    page.on("dialog", lambda dialog: (_ for _ in ()).throw(AssertionError("it ran")))
    opened(page)
    page.locator("#new-item input[name=name]").fill(name)
    page.keyboard.press("Enter")
    page.wait_for_selector("#told >> text=Code added.")
    expect(page.locator("#value-name")).to_have_value(name)
    assert name in names(page) and page.locator("img").count() == 0


def test_codes_answer_to_concepts_in_the_matrix_by_keys(page: Page) -> None:
    """From cell to cell by arrows, Enter writes, Escape leaves it as it was."""
    page.goto(page.url + "frame/")
    page.get_by_role("button", name="Begin with Blumer").click()
    page.wait_for_selector("#tree li[data-item]")
    page.goto(page.url + "matrix/")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("td.open textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("td.open")).to_have_count(0)
    page.keyboard.press("Enter")
    page.locator("td.open textarea").fill("Kepercayaan adalah makna yang dipegang")
    page.locator("td.open button.main").click()
    cell = page.locator("#matrix tbody tr").first.locator("td").nth(1)
    expect(cell).to_have_class("answers")
    expect(cell).to_contain_text("Kepercayaan adalah makna")
    expect(cell.locator("a")).to_be_focused()


def test_a_code_is_split_by_its_passages_by_keys(page: Page) -> None:
    """Chosen, named, split off; undo brings them back; Enter reads one where it stands."""
    page.goto(page.url + "search/?q=testi")
    page.locator("[data-all]").check()
    page.locator("#code-name").fill("Percaya")
    page.locator("button[data-with-picked]").click()
    page.wait_for_selector("#told >> text=passages coded Percaya.")
    opened(page)
    page.locator("#tree a", has_text="Percaya").focus()
    page.keyboard.press("p")
    page.wait_for_url("**/passages/")
    for key in ("ArrowDown", "x", "Shift+ArrowDown", "c"):
        page.keyboard.press(key)
    page.keyboard.type("Testi")
    page.keyboard.press("Enter")
    page.wait_for_selector("#told >> text=2 codings went over to Testi.")
    page.keyboard.press("z")
    page.wait_for_selector("#told >> text=Undone: code split")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/read/**at=**")


def test_axe_finds_nothing_serious(page: Page) -> None:
    """In either language, light and dark, with something on every page."""
    home = page.url
    page.goto(home + "frame/")
    page.get_by_role("button", name="Begin with Blumer").click()
    page.wait_for_selector("#tree li[data-item]")
    page.goto(home + "search/?q=testi")
    page.locator("[data-all]").check()
    page.locator("#code-name").fill("Percaya")
    page.locator("button[data-with-picked]").click()
    page.wait_for_selector("#told >> text=passages coded Percaya.")
    pages = (
        "codebook/",
        "codebook/1/",
        "codebook/1/passages/",
        "frame/2/",
        "frame/matrix/",
        "search/?q=testi&coded=1",
    )
    for language, theme in (("en", "light"), ("id", "dark")):
        page.locator(f"button[name=language][value={language}]").click()
        page.emulate_media(color_scheme=theme)
        for where in pages:
            page.goto(home + where)
            found = Axe().run(page).response
            assert found["passes"], where
            serious = [v["id"] for v in found["violations"] if v["impact"] in ("serious", "critical")]
            assert serious == [], (where, language, theme)
