"""Build the documentation strictly into ``site/``, then ask what showing its pages would fetch.

A page that would fetch something from elsewhere fails the build: Makna's documentation reads without a network.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).parents[1]
SITE = ROOT / "site"
_ELSEWHERE = re.compile(r"^(?:https?:)?//", re.IGNORECASE)
_CSS_FETCH = re.compile(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^'\")\s]+)", re.IGNORECASE)
_FETCHING = {
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("use", "href"),
}
_NOT_FETCHED = {"canonical", "alternate", "prev", "next", "edit"}
_LOADERS = (
    "mermaid",
    "glightbox",
    "pyodide",
)  # classes for which the theme's script loads more from elsewhere


class _Fetches(HTMLParser):
    """Collects what a browser would fetch from elsewhere, by itself or by the theme's script, to show a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel") in _NOT_FETCHED:
            return
        self.found += [v for name, v in given.items() if (tag, name) in _FETCHING and _ELSEWHERE.match(v)]
        self.found += [c for c in given.get("class", "").split() if c in _LOADERS]


def fetched_from_elsewhere(site: Path) -> Iterator[tuple[Path, str]]:
    """Pages and style sheets of *site*, each with an address on another host that showing it would fetch."""
    for page in sorted(site.rglob("*.html")):
        parser = _Fetches()
        parser.feed(page.read_text(encoding="utf-8"))
        yield from ((page.relative_to(site), address) for address in parser.found)
    for sheet in sorted(site.rglob("*.css")):
        for address in _CSS_FETCH.findall(sheet.read_text(encoding="utf-8")):
            yield sheet.relative_to(site), address


def main() -> int:
    """Build and check; 1 where the generator warns or a page would fetch something."""
    built = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict", "--clean"],
        cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    if built.returncode:
        print(built.stdout, built.stderr, file=sys.stderr)
        return 1
    found = list(fetched_from_elsewhere(SITE))
    for page, address in found:
        print(f"{page} would fetch {address}", file=sys.stderr)
    print(f"The documentation stands in {SITE / 'index.html'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
