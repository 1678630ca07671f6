"""The codebook written as a file, in a process of its own: a large study's posts are all looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from makna.corpus.model import SourceKind
from makna.i18n import N_
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
        return written(Library(library).study(study), suffix, told)


def written(study: Study, suffix: str, told: Told = lambda stage, done, total: None) -> bytes:
    """The same in this process, where the record is open."""
    from makna.record.models import Study as Row  # noqa: PLC0415  (needs Django, which is ready now)
    from makna.report import codebook  # noqa: PLC0415

    book = codebook.codebook(Row.objects.get(key=study.id), lambda: _posts(study, told))
    return codebook.as_csv(book) if suffix == "csv" else codebook.as_docx(book, study.title)


def is_quick(study: Study) -> bool:
    """Whether a page may wait for it."""
    return _how_many(study) <= _QUICK


def _how_many(study: Study) -> int:
    return sum(b.counts["units"] for b in study.batches() if b.kind == SourceKind.OBSERVATION.value)


def _posts(study: Study, told: Told) -> Iterator[str]:
    """The texts of all posts; as strings a part of them at a time."""
    documents, units = study.documents, study.units
    observed = documents.filter(documents.kind == SourceKind.OBSERVATION.value).select("document_id")
    texts, done, all_ = units.semi_join(observed, "document_id").select("text"), 0, _how_many(study)
    for part in study.run(texts).to_batches(max_chunksize=_QUICK):
        yield from part["text"].to_pylist()
        done += part.num_rows
        told(N_("posts looked at"), done, all_)
