"""Every page of a large library: 1,000 texts and a million posts, 100,000 codings.

Run: ``python -m benchmarks.web_pages [POSTS]``. Prints for each page the first answer and the middle of five more, by the clock
and of the processor, in seconds, and which are beyond the bound. Lenses that were never asked show that they run.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.house import fresh_study
from benchmarks.record import passage, written
from makna.library import Study

BOUND = 0.5  # seconds
TEXTS, CODES, CODINGS, AT_ONCE = 1_000, 40, 100_000, 10_000
PAGES = (
    "", "sources/", "sources/add/", "sources/note/", "review/", "read/", "read/{talk}/", "read/{post}/", "search/?q=kabar",
    "search/?q=kabar&order=left", "search/?q=%22kabar+testi%22", "codebook/", "codebook/{code}/", "frame/", "lenses/", "lenses/presentation/",
    "lenses/migration/", "lenses/motives/", "compare/", "compare/?by=codes", "compare/?by=coder", "compare/?by=time", "cases/",
    "cases/accounts/", "findings/", "trust/", "report/", "activity/", "settings/",
)  # fmt: skip


def filled(folder: Path, posts: int) -> tuple[Study, dict[str, int]]:
    """The study, and what some pages are asked for by number."""
    from makna.demo import generate_posts  # noqa: PLC0415

    rng = random.Random(11)
    source = folder / "posts.jsonl"
    generate_posts(source, posts=posts)
    study = fresh_study(folder)
    study.add(source)
    for n in range(TEXTS):
        (folder / f"catatan-{n:04}.txt").write_text(written(rng, 5_000), encoding="utf-8")
    study.add_texts(sorted(folder.glob("catatan-*.txt")), kind="field_note")
    notes = _documents(study, "field_note", TEXTS)
    some = notes + [one for one in _documents(study, "observation", 200_000) if one[1] > 110][: 20 * TEXTS]
    with study._acting() as actor:
        from makna.record.actions.add_code import add_code  # noqa: PLC0415
        from makna.record.actions.add_codings import add_codings  # noqa: PLC0415

        codes = [add_code(actor, f"kode {n}") for n in range(CODES)]
        for n in range(0, CODINGS, AT_ONCE):
            add_codings(actor, codes[0], [passage(rng, rng.choice(some)) for _each in range(AT_ONCE // 2)])
            add_codings(
                actor,
                codes[1 + n // AT_ONCE],
                [passage(rng, rng.choice(some)) for _each in range(AT_ONCE // 2)],
            )
    return study, {"talk": notes[0][0], "post": some[-1][0], "code": codes[0]}


def _documents(study: Study, kind: str, limit: int) -> list[tuple[int, int]]:
    table = study.documents.filter(study.documents.kind == kind).select("document_id", "length")
    rows = study.run(table.order_by("document_id").limit(limit))
    return list(zip(rows["document_id"].to_pylist(), rows["length"].to_pylist(), strict=True))


def main(arguments: Sequence[str]) -> int:
    """Fill a library, ask for every page, print."""
    posts = int(arguments[0]) if arguments else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["MAKNA_CONFIG"] = str(folder / "config")
        os.environ["DJANGO_SETTINGS_MODULE"] = "makna.web.settings"
        study, numbers = filled(folder, posts)
        late = measured(study, numbers)
    print(f"beyond {BOUND} s: {', '.join(late) or 'none'}")
    return 1 if late else 0


def measured(study: Study, numbers: dict[str, int]) -> list[str]:
    """Ask for every page six times; which are beyond the bound."""
    from makna.record.database import ready  # noqa: PLC0415

    ready()
    from django.test import Client  # noqa: PLC0415

    from makna.web import jobs  # noqa: PLC0415
    from makna.web.workbench import Workbench, serve  # noqa: PLC0415

    serve(Workbench(study.folder.parents[1], token="token"))
    client = Client(HTTP_HOST="127.0.0.1", HTTP_ACCEPT_LANGUAGE="en")
    client.get("/enter/?token=token")
    client.get("/")
    late = []
    print(f"{'page':32} {'first':>7} {'cpu':>7} {'then':>7} {'cpu':>7}")
    for page in PAGES:
        path = page.format(**numbers)
        times, work = [], []
        for _each in range(6):
            began, worked = time.perf_counter(), time.process_time()
            answer = client.get(f"/s/{study.name}/{path}", follow=True)
            times.append(time.perf_counter() - began)
            work.append(time.process_time() - worked)
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code}")
        jobs.stop_all()  # a lens that was begun would slow the next page
        again = statistics.median(times[1:]), statistics.median(work[1:])
        print(f"{path:32} {times[0]:7.3f} {work[0]:7.3f} {again[0]:7.3f} {again[1]:7.3f}")
        if max(times[0], again[0]) > BOUND:
            late.append(path)
    return late


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
