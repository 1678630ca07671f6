"""The workbench in Chromium."""

from __future__ import annotations

from playwright.sync_api import Page


def test_the_workbench_opens_and_shows_its_keys(page: Page) -> None:
    """By one key; another closes them."""
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_undo_says_what_it_did(page: Page) -> None:
    """Also where there is nothing."""
    page.keyboard.press("z")
    page.wait_for_selector("#told >> text=Undone: code added")
    page.keyboard.press("z")
    page.wait_for_selector("#told >> text=Nothing to undo.")
