"""Measure the page Read: opening long coded texts in Chromium, and adding a coding.

    python -m benchmarks.web_read [--rounds N] [--json FILE]

Texts of 1 MB with 1,000 and 5,000 codings and one of 50 kB with 1,000 come in through the door and are coded through the
actions. A running ``makna open`` is asked by Chromium as by a reader: until the first words are painted, until the page
answers keys, until all of the text is there; and by plain requests for a coding added, which is also timed until it is seen.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.house import fresh_study
from benchmarks.record import written
from makna.library import Study

CODES = 40
CASES = ((50_000, 1_000), (1_000_000, 1_000), (1_000_000, 5_000))
ADDED = 200
PAINTED = """() => new Promise((done) => {
  const look = () => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    const read = document.getElementById("read");
    if (paint && read?.dataset.whole !== undefined) done([paint.startTime, performance.getEntriesByName("ready")[0]?.startTime ?? -1, performance.now()]);
    else setTimeout(look, 2);
  };
  look();
})"""
SEEN = """() => new Promise((done) => {
  const read = document.getElementById("read"), before = read.dataset.event, began = performance.now();
  let seen = 0;
  new MutationObserver((_changes, observer) => {
    if (!document.querySelector(".words .coming") && read.dataset.event === before) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => { seen = performance.now() - began; }));
  }).observe(read, { subtree: true, childList: true, attributes: true });
  const look = () => { if (seen && read.dataset.event !== before) done([seen, performance.now() - began]); else setTimeout(look, 1); };
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: ".", bubbles: true }));
  look();
})"""


def coded_texts(folder: Path, rng: random.Random) -> tuple[Study, list[tuple[int, int, int]]]:
    """A study of the cases' texts; (document, length, codings) of each."""
    study = fresh_study(folder)
    for n, (length, _codings) in enumerate(CASES):
        (folder / f"teks-{n}.txt").write_text(written(rng, length), encoding="utf-8")
        study.add(folder / f"teks-{n}.txt", kind="field_note")
    for n in range(CODES):
        study.add_code(f"kode {n}")
    rows = study.run(study.documents.select("document_id", "length").order_by("document_id")).to_pylist()
    found = []
    for row, (_length, codings) in zip(rows, CASES, strict=True):
        for n in range(CODES):
            starts = [rng.randrange(row["length"] - 200) for _ in range(codings // CODES)]
            study.add_codings(
                f"kode {n}", [(row["document_id"], s, s + rng.randrange(20, 180)) for s in starts]
            )
        found.append((row["document_id"], row["length"], codings))
    return study, found


@contextmanager
def workbench(library: Path) -> Iterator[str]:
    """``makna open`` on *library*: the address that lets in."""
    command = [
        sys.executable,
        "-c",
        "from makna.cli import main; main()",
        "open",
        "--no-browser",
        "--library",
        str(library),
    ]
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "MAKNA_LANG": "en"}
    )
    assert server.stdout is not None
    found = re.search(r"http://\S+", server.stdout.readline())
    if found is None:
        raise SystemExit("the workbench did not open")
    try:
        yield found[0]
    finally:
        server.terminate()
        server.wait(20)


def opened(page: Page, address: str, rounds: int) -> dict[str, float]:
    """Milliseconds from the address to the first words, to keys, to the whole text: the middle of *rounds*."""
    times = []
    for _ in range(rounds):
        page.goto(address, wait_until="commit")
        times.append(page.evaluate(PAINTED))
    painted, ready, whole = (statistics.median(column) for column in zip(*times, strict=True))
    return {"first_screen_ms": painted, "keys_ms": ready, "whole_ms": whole}


def added(page: Page, base: str, document: int, length: int, rng: random.Random) -> dict[str, float]:
    """Milliseconds of a coding added: answered to a plain request; painted in the open page, and drawn there as stored."""
    token = json.loads(page.locator("body").get_attribute("hx-headers") or "{}")["X-CSRFToken"]
    headers = {"X-CSRFToken": token, "Accept": "application/json", "Origin": base.split("/s/", maxsplit=1)[0]}
    code, answered, seen, stored = 1, [], [], []
    for _ in range(ADDED):
        start = rng.randrange(length - 200)
        form = {"start": str(start), "end": str(start + rng.randrange(20, 180)), "code": str(code)}
        began = time.perf_counter()
        answer = page.request.post(f"{base}{document}/code/", form=form, headers=headers)
        answered.append(1000 * (time.perf_counter() - began))
        assert answer.ok, answer.text()
    page.goto(f"{base}{document}/")
    page.wait_for_selector("#read[data-whole]")
    page.evaluate("sessionStorage.setItem('makna-used', '[1]')")
    for _ in range(30):
        page.keyboard.press("j")
        shown, done = page.evaluate(SEEN)
        seen.append(shown)
        stored.append(done)
    return {
        "add_median_ms": statistics.median(answered), "add_p95_ms": statistics.quantiles(answered, n=20)[-1],
        "seen_median_ms": statistics.median(seen), "seen_p95_ms": statistics.quantiles(seen, n=20)[-1],
        "stored_median_ms": statistics.median(stored), "stored_p95_ms": statistics.quantiles(stored, n=20)[-1],
    }  # fmt: skip


def run(folder: Path, rounds: int) -> list[dict[str, Any]]:
    """All figures, a row for each case."""
    rng = random.Random(7)
    study, cases = coded_texts(folder, rng)
    rows = []
    with workbench(study.folder.parents[1]) as address, sync_playwright() as playwright:
        where = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=where, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        base = f"{address.split('/enter/')[0]}/s/{study.name}/read/"
        for document, length, codings in cases:
            page.goto(f"{base}{document}/")  # once for the texts in memory
            row = {"length": length, "codings": codings, **opened(page, f"{base}{document}/", rounds)}
            rows.append(row | added(page, base, document, length, rng))
        browser.close()
    return rows


def main() -> None:
    """Measure and say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="makna-bench-") as folder:
        rows = run(Path(folder), asked.rounds)
    for row in rows:
        print(
            "  ".join(
                f"{name} {value:,.0f}" if value >= 100 else f"{name} {value:.1f}"
                for name, value in row.items()
            )
        )
    if asked.json:
        asked.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
