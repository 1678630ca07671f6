"""1,000 text files of 5 kB by one gesture in the browser: from the choice of the files to the report of the import.

Run: ``python -m benchmarks.web_import`` (Chromium must be installed). Prints seconds of the clock and of the processor.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from makna.library import Library

FILES, SIZE = 1_000, 5_000
_WORDS = [
    "pasar",
    "pagi",
    "ramai",
    "sesudah",
    "magrib",
    "balasan",
    "singkat",
    "lalu",
    "pindah",
    "ke",
    "pesan",
    "pribadi",
    "kue",
    "basah",
    "penjual",
    "pembeli",
    "testi",
    "kabar",
    "percaya",
    "harga",
    "tempat",
    "nyaman",
    "bebas",
    "orang",
    "sudah",
    "tahu",
    "siapa",
    "yang",
    "membalas",
    "di",
    "sana",
    "menulis",
    "tentang",
    "percakapan",
    "simbol",
]


def texts(folder: Path) -> list[str]:
    """Invented field notes, each with a telephone number now and then."""
    chance, made = random.Random(5), []
    folder.mkdir()
    for n in range(FILES):
        text = f"Catatan lapangan\nTanggal: {1 + n % 28} Maret 2021\n"
        while len(text) < SIZE:
            text += "\n" + " ".join(chance.choices(_WORDS, k=chance.randint(20, 60))).capitalize() + ".\n"
            text += f"Hubungi 0834{chance.randrange(10**7):07d}.\n" if chance.random() < 0.05 else ""
        made.append(folder / f"catatan-{n:04d}.txt")
        made[-1].write_text(text, encoding="utf-8")
    return [str(file) for file in made]


def spent(pid: int) -> float:
    """Processor seconds of a process, of those it began and of those they waited for (Linux)."""
    families: dict[int, list[int]] = {}
    own: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        one = int(stat.parent.name)
        families.setdefault(int(fields[1]), []).append(one)
        own[one] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    waiting, total = [pid], 0.0
    while waiting:
        one = waiting.pop()
        total += own.get(one, 0.0)
        waiting += families.get(one, [])
    return total


def measure(folder: Path) -> None:
    """Serve an empty study, choose all files, import them."""
    os.environ["MAKNA_CONFIG"] = str(folder / "config")
    Library(folder / "library").create("s")
    files = texts(folder / "texts")
    command = [
        sys.executable,
        "-c",
        "from makna.cli import main; main()",
        "open",
        "--no-browser",
        "--library",
    ]
    server = subprocess.Popen([*command, str(folder / "library")], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    address = re.search(r"http://\S+", server.stdout.readline())
    assert address is not None
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = chrome.new_page()
        page.set_default_timeout(120_000)
        page.goto(f"{address[0]}&to=/s/s/sources/add/")
        began, cpu = time.perf_counter(), spent(server.pid)
        page.set_input_files("#files", files)
        page.wait_for_selector(".pile button.main")
        seen = time.perf_counter()
        page.click(".pile button.main")
        page.wait_for_selector(".report .large")
        done = time.perf_counter()
        said = page.inner_text(".report .large")
        print(f"{said} seen after {seen - began:.1f} s, in after {done - began:.1f} s")
        print(f"processor of the server and of the import {spent(server.pid) - cpu:.1f} s")
        chrome.close()
    server.terminate()
    server.wait(30)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        measure(Path(place))
