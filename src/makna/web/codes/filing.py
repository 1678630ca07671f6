"""The codebook written as a file, in a process of its own: a large study's posts are all looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from makna.corpus.model import SourceKind
from makna.library import Library, Study
from makna.web.jobs import Told

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

_QUICK = 20_000  # posts that are looked at in a second


def codebook_file(library: Path, study: str, told: Told, *, suffix: str) -> bytes:
    """The codebook of a study as DOCX or CSV: a job."""
    from makna.record.database import opened  # noqa: PLC0415  (it loads Django)

    with opened(library):
        return written(Library(library).study(study), suffix)


def written(study: Study, suffix: str) -> bytes:
    """The same in this process, where the record is open."""
    from makna.record.models import Study as Row  # noqa: PLC0415  (needs Django, which is ready now)
    from makna.report import codebook  # noqa: PLC0415

    book = codebook.codebook(Row.objects.get(key=study.id), lambda: _posts(study))
    return codebook.as_csv(book) if suffix == "csv" else codebook.as_docx(book, study.title)


def is_quick(study: Study) -> bool:
    """Whether a page may wait for it."""
    return sum(b.counts["units"] for b in study.batches() if b.kind == SourceKind.OBSERVATION.value) <= _QUICK


def _posts(study: Study) -> Iterator[str]:
    """The texts of all posts."""
    documents, units = study.documents, study.units
    observed = documents.filter(documents.kind == SourceKind.OBSERVATION.value).select("document_id")
    yield from study.run(units.semi_join(observed, "document_id").select("text"))["text"].to_pylist()
