"""Measure the record: adding a coding, listing a code and which codes stand together, in a study of many codings.

    python -m benchmarks.record [--codings N] [--json FILE]

A study of a thousand texts of 5 kB and one of 1 MB comes in through the door, and is coded by two people through the
actions themselves; a second study has one code alone. Times are of one
call: the middle one and the 95th of a hundred.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.house import fresh_study
from makna.library import Study
from makna.library.texts_of_record import TextsOfRecord
from makna.record.database import opened

TEXTS, SHORT, LONG, CODES = 1_000, 5_000, 1_000_000, 200
WORDS = (
    "pasar",
    "ramai",
    "kabar",
    "percaya",
    "testi",
    "harga",
    "malam",
    "datang",
    "orang",
    "lama",
    "baru",
    "situ",
)


def written(rng: random.Random, length: int) -> str:
    """Plain words of about *length* characters, in paragraphs."""
    words = rng.choices(WORDS, k=length // 6)
    return "\n\n".join(" ".join(words[n : n + 60]) for n in range(0, len(words), 60))


def filled(folder: Path, rng: random.Random) -> tuple[Study, list[tuple[int, int]], tuple[int, int]]:
    """A study of the texts; (document, length) of the short ones and of the long one."""
    study = fresh_study(folder)
    for n in range(TEXTS):
        (folder / f"catatan-{n:04}.txt").write_text(written(rng, SHORT), encoding="utf-8")
    study.add_texts(sorted(folder.glob("catatan-*.txt")), kind="field_note")
    (folder / "panjang.txt").write_text(written(rng, LONG), encoding="utf-8")
    study.add(folder / "panjang.txt", kind="field_note")
    rows = study.run(study.documents.select("document_id", "length").order_by("document_id"))
    found = list(zip(rows["document_id"].to_pylist(), rows["length"].to_pylist(), strict=True))
    return study, found[:-1], found[-1]


def passage(rng: random.Random, document: tuple[int, int]) -> tuple[int, int, int]:
    """Some words of a document."""
    start = rng.randrange(document[1] - 100)
    return document[0], start, start + rng.randrange(10, 100)


def measured(calls: list[Callable[[], Any]]) -> dict[str, float]:
    """Milliseconds of a call, by the clock and of the processor: the middle one and the 95th of a hundred."""
    times, work = [], []
    for call in calls:
        began, worked = time.perf_counter(), time.process_time()
        call()
        times.append(1000 * (time.perf_counter() - began))
        work.append(1000 * (time.process_time() - worked))
    return {
        "median_ms": statistics.median(times), "p95_ms": statistics.quantiles(times, n=20)[-1],
        "cpu_median_ms": statistics.median(work), "cpu_p95_ms": statistics.quantiles(work, n=20)[-1],
    }  # fmt: skip


def run(folder: Path, codings: int) -> dict[str, dict[str, float]]:
    """All figures."""
    rng = random.Random(7)
    study, short, long = filled(folder, rng)
    with opened(study.folder.parents[1]):
        from makna.record.acting import Actor  # noqa: PLC0415  (needs Django, which is ready now)
        from makna.record.actions.add_code import add_code  # noqa: PLC0415
        from makna.record.actions.add_coding import add_coding  # noqa: PLC0415
        from makna.record.actions.add_codings import add_codings  # noqa: PLC0415
        from makna.record.actions.begin_study import begin_study  # noqa: PLC0415
        from makna.record.actions.give_role import give_role  # noqa: PLC0415
        from makna.record.history import redo, undo  # noqa: PLC0415
        from makna.record.models import Person  # noqa: PLC0415
        from makna.record.queries.passages import codings_of_code, codings_of_document, counts  # noqa: PLC0415
        from makna.record.queries.together import together  # noqa: PLC0415

        one, two = (Person.objects.create(username=name) for name in ("one", "two"))
        row, texts = begin_study(study.id, one), TextsOfRecord(study)
        owner, coder = Actor(one, row, texts), Actor(two, row, texts)
        give_role(owner, two.pk, "coder")
        codes = [add_code(owner, f"kode {n}") for n in range(CODES)]
        half = short[: TEXTS // 2]
        for n in range(0, codings, 1000):
            where = long if n % 20_000 == 0 else None
            places = [passage(rng, where or rng.choice(half)) for _each in range(1000)]
            add_codings((owner, coder)[n // 1000 % 2], codes[n // 1000 % CODES], places)
        alone = Actor(one, begin_study("alone", one), texts)
        only = add_code(alone, "satu")
        for _n in range(0, codings, 10_000):
            add_codings(alone, only, [passage(rng, rng.choice(half)) for _each in range(10_000)])

        def coding(document: tuple[int, int]) -> Callable[[], Any]:
            code, place = rng.choice(codes), passage(rng, document)
            return lambda: add_coding(coder, code, *place)

        first = short[TEXTS // 2 :]
        return {
            "add a coding, 5 kB": measured([coding(rng.choice(half)) for _each in range(300)]),
            "add a coding, 1 MB": measured([coding(long) for _each in range(300)]),
            "add the first coding of a text": measured([coding(text) for text in rng.sample(first, 100)]),
            "undo and redo": measured([lambda: (undo(coder), redo(coder))] * 100),
            "first page of a code": measured([lambda: codings_of_code(owner, rng.choice(codes))] * 20),
            "first page of the only code": measured([lambda: codings_of_code(alone, only)] * 20),
            "codings of a 1 MB text": measured([lambda: codings_of_document(owner, long[0])] * 20),
            "counts of all codes": measured([lambda: counts(owner)] * 5),
            "codes that stand together": measured([lambda: together(owner)] * 5),
        }


def main() -> None:
    """Measure, and say the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--codings", type=int, default=100_000)
    asked.add_argument("--json", type=Path)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = run(Path(folder), told.codings)
    for what, of in figures.items():
        clock, cpu = (f"{of[k + 'median_ms']:8.1f} ms, p95 {of[k + 'p95_ms']:8.1f} ms" for k in ("", "cpu_"))
        print(f"{what:34} median {clock}   processor {cpu}")
    if told.json:
        told.json.write_text(json.dumps({"codings": told.codings, **figures}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
