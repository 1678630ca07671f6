"""What a lens stands on here: reference batches set apart, and what it says where the sources lack what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from makna.analysis.lenses.base import LensInput, LensResult
from makna.corpus.model import SourceKind

Run = Callable[[LensInput], LensResult]
# What is missing → (what the lens says, what would serve), in English and in Indonesian.
_LACKS: dict[str, tuple[str, str]] = {
    "posts": (
        "This study holds no observed posts: add a file of public posts or a form of observation.",
        "Penelitian ini tidak memuat unggahan yang diamati: tambahkan berkas unggahan publik atau lembar observasi.",
    ),
    "interview": (
        "This study holds no interview: add a transcript with its consent.",
        "Penelitian ini tidak memuat wawancara: tambahkan transkrip beserta persetujuannya.",
    ),
    "account": (
        "No source says who wrote what: a file with account names would serve (X API v2 or v1.1, tweet-harvest, a table with a column of authors).",
        "Tidak ada sumber yang menyebut penulisnya: berkas dengan nama akun dapat dipakai (X API v2 atau v1.1, tweet-harvest, tabel dengan kolom penulis).",
    ),
    "bio": (
        "No account has a profile text here: X API v2 or v1.1 files carry it, a tweet-harvest CSV does not; a form of observation would serve too.",
        "Tidak ada akun dengan teks profil di sini: berkas X API v2 atau v1.1 memuatnya, CSV tweet-harvest tidak; lembar observasi juga dapat dipakai.",
    ),
    "replies": (
        "No post here answers or quotes another: a file with conversations would serve (X API v2 or v1.1).",
        "Tidak ada unggahan yang membalas atau mengutip unggahan lain: berkas dengan percakapan dapat dipakai (X API v2 atau v1.1).",
    ),
    "media": (
        "No post here shows a picture or says that it had one: X API v2 or v1.1 files say so.",
        "Tidak ada unggahan bergambar atau yang tercatat bergambar: berkas X API v2 atau v1.1 mencatatnya.",
    ),
    "time": (
        "No post here has a date: a file with dates would serve.",
        "Tidak ada unggahan yang bertanggal: berkas dengan tanggal dapat dipakai.",
    ),
}


def grounded(run: Run, needs: frozenset[str]) -> Run:
    """*run* with reference batches set apart, and with what the sources lack among its blind spots.

    Option ``reference``: batch numbers that are compared against and never evidence.
    """

    def lens(data: LensInput) -> LensResult:
        data = apart(data)
        result = run(data)
        lacks = missing(data, needs | _kind(result.lens))
        if not lacks:
            return result
        said = {
            language: (*(_LACKS[part][n] for part in lacks), *result.blind[language])
            for n, language in enumerate(("en", "id"))
        }
        return replace(result, blind=said)

    return lens


def _kind(lens: str) -> frozenset[str]:
    of_kind = {"motives": frozenset({"interview"}), "triangulation": frozenset[str]()}
    return of_kind.get(lens, frozenset({"posts"}))


def apart(data: LensInput) -> LensInput:
    """*data* without the batches of option ``reference``, which stand as reference documents and units."""
    batches = [int(batch) for batch in data.options.get("reference", ())]
    if not batches:
        return data
    theirs = data.documents.filter(data.documents.batch.isin(batches))
    own = data.documents.filter(~data.documents.batch.isin(batches))
    return replace(
        data,
        documents=own,
        units=data.units.semi_join(own, "document_id"),
        reference_documents=theirs,
        reference_units=data.units.semi_join(theirs, "document_id"),
    )


def missing(data: LensInput, needs: frozenset[str]) -> tuple[str, ...]:
    """Which of *needs* no source of the study provides; only the kind of source where it has none of that."""
    counts = _counts(data.documents).to_pyarrow().to_pylist()[0]
    if "interview" in needs:
        return () if counts["interview"] else ("interview",)
    if "posts" not in needs:
        return ()
    if not counts["posts"]:
        return ("posts",)
    counted = ("account", "replies", "media", "time")
    found = tuple(part for part in counted if part in needs and not counts[part])
    return (*found, "bio") if "bio" in needs and not _with_bio(data.authors) else found


def _counts(documents: ir.Table) -> ir.Table:
    posts = documents.kind == SourceKind.OBSERVATION.value
    answers = documents.relation.isin(["reply", "quote", "repost"])
    return documents.agg(
        posts=posts.sum(),
        interview=(documents.kind == SourceKind.INTERVIEW.value).sum(),
        account=(posts & documents.author_id.notnull()).sum(),
        replies=(posts & answers).sum(),
        media=(posts & (documents.media.length() > ibis.literal(0, "int64"))).sum(),
        time=(posts & documents.sent_on.notnull()).sum(),
    )


def _with_bio(authors: ir.Table) -> int:
    observed = authors.filter(~authors.participant.fill_null(False))
    return int(
        observed.filter(observed.bio_tokens.length() > ibis.literal(0, "int64")).count().to_pyarrow().as_py()
    )
