"""Measure the workbench beside Taguette, doing the same on the same texts in one run.

    python -m benchmarks.workbench [--peer-codings N] [--json FILE]

Start to first page; a thousand texts of 5 kB brought in; a text of 1 MB opened with 1,000 and with 5,000 codings; a coding
added; a code listed. With five thousand codings Taguette needs minutes: it opens N of them (1,000 by default).
"""

from __future__ import annotations

import argparse
import http.cookiejar
import json
import random
import shutil
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks import taguette, web_read
from benchmarks.house import fresh_study
from benchmarks.record import written
from makna.library import Library

TEXTS, LENGTH = 1_000, 5_000
ADDED, STARTS = 40, 5
Row = tuple[str, float, float]  # (what, seconds of Makna, seconds of Taguette)


def starts(folder: Path, library: Path) -> tuple[float, float]:
    """Seconds from the start to the first page, the middle of some starts: Makna, Taguette."""
    ours, theirs = [], []
    for n in range(STARTS):
        begun = time.perf_counter()
        with web_read.workbench(library) as address:
            jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
            urllib.request.build_opener(jar).open(address).read()
            ours.append(time.perf_counter() - begun)
        (folder / f"t{n}").mkdir()
        with taguette.started(folder / f"t{n}") as (_peer, seconds):
            theirs.append(seconds)
    return statistics.median(ours), statistics.median(theirs)


def texts(folder: Path, rng: random.Random) -> list[Path]:
    """A thousand texts."""
    folder.mkdir()
    for n in range(TEXTS):
        (folder / f"catatan-{n:04}.txt").write_text(written(rng, LENGTH), encoding="utf-8")
    return sorted(folder.iterdir())


def imports(folder: Path, peer: taguette.Taguette, rng: random.Random) -> Row:
    """All texts brought in; Makna's pass the door and are indexed."""
    files = texts(folder / "texts", rng)
    study = Library(folder / "many").create("many")
    begun = time.perf_counter()
    study.add_texts(files, kind="field_note")
    ours = time.perf_counter() - begun
    return "1,000 texts of 5 kB brought in", ours, taguette.imported(peer, files)


def pages(folder: Path, peer: taguette.Taguette, peer_codings: int, rng: random.Random) -> Iterator[Row]:
    """Texts opened in Chromium, codings added, a code listed."""
    study, cases = web_read.coded_texts(folder, rng)
    long = folder / "teks-2.txt"
    with web_read.workbench(study.folder.parents[1]) as address, sync_playwright() as playwright:
        where = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        base = f"{address.split('/enter/')[0]}/s/{study.name}/read/"
        for document, _length, codings in cases[1:]:
            page.goto(f"{base}{document}/")  # once for the text in memory
            ours = web_read.opened(page, f"{base}{document}/", 5)
            told = peer.fill(long, min(codings, peer_codings))
            first, whole = taguette.opened(peer, browser, told, min(codings, peer_codings))
            size = f"1 MB with {codings:,} codings" + (
                f" (Taguette {peer_codings:,})" if codings > peer_codings else ""
            )
            yield f"{size}: first screen", ours["first_screen_ms"] / 1000, first
            yield f"{size}: all of it", ours["whole_ms"] / 1000, whole
        ours = web_read.added(page, base, *cases[-1][:2], rng)
        theirs = sorted(taguette.added(peer, told, ADDED))
        yield "a coding added, p95", ours["add_p95_ms"] / 1000, theirs[int(0.95 * len(theirs))]
        listed = page.request.get(f"{base.replace('/read/', '/codebook/')}1/")
        assert listed.ok
        begun = time.perf_counter()
        page.request.get(f"{base.replace('/read/', '/codebook/')}1/")
        yield "a code listed, first page", time.perf_counter() - begun, taguette.listed(peer, told)
        browser.close()


def run(folder: Path, peer_codings: int) -> Iterator[Row]:
    """All figures, as they are measured."""
    rng = random.Random(7)
    begun = fresh_study(folder / "begun")
    begun.add_code("kode")  # a library that was opened before
    yield ("start to first page", *starts(folder, begun.folder.parents[1]))
    (folder / "peer").mkdir()
    with taguette.started(folder / "peer") as (peer, _seconds):
        peer.begin()
        yield imports(folder, peer, rng)
        (folder / "read").mkdir()
        yield from pages(folder / "read", peer, peer_codings, rng)


def main() -> None:
    """Measure and say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer-codings", type=int, default=1_000)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="makna-bench-") as folder:
        for what, ours, theirs in run(Path(folder), asked.peer_codings):
            print(
                f"{what:55} Makna {ours:8.3f} s   Taguette {theirs:8.3f} s   {theirs / ours:7.1f} ×",
                flush=True,
            )
            rows.append({"what": what, "makna": ours, "taguette": theirs})
    if asked.json:
        asked.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
