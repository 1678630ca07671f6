"""Pictures of every page of the workbench on the demo, in both languages, into ``docs/images/workbench``.

    python scripts/screenshots.py LIBRARY

LIBRARY holds the demo (``makna demo --no-open --library LIBRARY``). Chromium is taken from the system.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images" / "workbench"
LANGUAGES = ("en", "id")
WIDTH, HEIGHT = 1280, 800
PAGES = (
    "home", "sources", "sources/add", "review", "read", "search/?q=testi", "codebook", "frame", "lenses",
    "lenses/migration", "compare", "cases", "findings", "trust", "report", "activity", "settings",
)  # fmt: skip


@contextmanager
def workbench(library: Path) -> Iterator[str]:
    """``makna open`` on *library*: the address that lets in."""
    command = [sys.executable, "-c", "from makna.cli import main; main()", "open", "--no-browser"]
    server = subprocess.Popen([*command, "--library", str(library)], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    found = re.search(r"http://\S+", server.stdout.readline())
    if found is None:
        raise SystemExit("The workbench did not open.")
    try:
        yield found[0]
    finally:
        server.terminate()
        server.wait(20)


def take(page: Page, base: str, study: str, name: str, language: str) -> Path:
    """One picture, once the page is at rest."""
    path = "" if name == "home" else f"{name}/" if "?" not in name else name
    page.goto(f"{base}/s/{study}/{path}")
    page.wait_for_load_state("networkidle")
    while page.locator(".job [hx-trigger], .job[hx-trigger]").count():  # a lens that still reads
        page.wait_for_timeout(500)
    page.wait_for_load_state("networkidle")
    if page.locator("#figure").count():
        page.wait_for_selector("#figure[data-drawn=yes]")
    target = IMAGES / f"{re.sub(r'[^a-z]+', '-', name.split('?', maxsplit=1)[0]).strip('-')}-{language}.png"
    page.screenshot(path=str(target))
    return target


def main(library: Path) -> None:
    """Take all of them."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    where = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with workbench(library) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.goto(address)
        base = address.split("/enter/", maxsplit=1)[0]
        study = next(f.parent.name for f in library.glob("studies/*/study.json"))
        for language in LANGUAGES:
            context.add_cookies([{"name": "makna_language", "value": language, "url": base}])
            for name in PAGES:
                print(take(page, base, study, name, language).relative_to(ROOT), flush=True)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
