"""Search in Chromium: lines chosen by mouse and keys, coded at once."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def searched(page: Page, words: str = "testi") -> None:
    """Search from wherever the page is, by keys."""
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/search/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_selector("#results tr.pick")


def chosen(page: Page) -> int:
    """How many lines are chosen."""
    return page.locator("#results input[name=hit]:checked").count()


def test_lines_are_chosen_and_coded_by_keys_alone(page: Page) -> None:
    """A new name makes the code; the address says what was searched; one key takes all back."""
    searched(page)
    assert "q=testi" in page.url
    for key in ("ArrowDown", " ", "Shift+ArrowDown", "Shift+ArrowDown"):
        page.keyboard.press(key)
    assert chosen(page) == 3
    page.keyboard.press("c")
    page.keyboard.type("Testimoni")
    page.keyboard.press("Enter")
    page.wait_for_selector("#told >> text=3 passages coded Testimoni.")
    expect(page.locator("#results .code", has_text="Testimoni")).to_have_count(3)
    page.keyboard.press("z")
    page.wait_for_selector("#told >> text=Undone: passages coded")
    expect(page.locator("#results .code", has_text="Testimoni")).to_have_count(0)


def test_lines_are_chosen_by_the_mouse(page: Page) -> None:
    """One, a range with Shift, all on the page, all hits; nothing can be done with none."""
    searched(page)
    code = page.locator("button[data-with-picked]")
    expect(code).to_be_disabled()
    rows = page.locator("#results tr.pick td.right")
    rows.nth(1).click()
    rows.nth(4).click(modifiers=["Shift"])
    assert chosen(page) == 4
    expect(page.locator("[data-picked-count]")).to_have_text("4 chosen")
    expect(code).to_be_enabled()
    page.keyboard.press("*")
    assert chosen(page) == rows.count()
    page.keyboard.press("Escape")
    assert chosen(page) == 0
    page.locator("[data-all]").check()
    page.locator("#code-name").fill("Percaya")
    code.click()
    page.wait_for_selector("#told >> text=passages coded Percaya.")


def test_the_order_changes_at_once_and_back_works(page: Page) -> None:
    """And a line leads to its passage."""
    searched(page)
    page.locator("#order").select_option("right")
    page.wait_for_url("**order=right**")
    page.go_back()
    page.wait_for_url(lambda url: "order=right" not in url)
    page.wait_for_selector("#results tr.pick")
    page.locator("#results tr.pick td.right").first.click()
    page.keyboard.press("o")
    page.wait_for_url("**/read/**at=**")


def test_a_code_is_found_whatever_its_case(page: Page) -> None:
    """The line that one stands on is coded, though nothing was chosen; the address holds what was asked alone."""
    searched(page)
    assert page.url.endswith("/search/?q=testi")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    page.keyboard.press("c")
    assert chosen(page) == 1
    page.keyboard.type("percaya")
    page.keyboard.press("Enter")
    page.wait_for_selector("#told >> text=1 passage coded percaya.")
    expect(page.locator("#results .code", has_text="Percaya")).to_have_count(1)
