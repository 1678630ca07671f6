"""An invented study of jastip resellers (people who shop for others on a trip), whole enough to be set as a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa

from makna.analysis.lenses.base import PASSAGES, LensResult, Statistic
from makna.record.evidence import NO_HIT, Gap, Passage, Place, ResolvedEvidence, ResolvedFinding
from makna.record.findings_file import EvidenceItem, Finding, NegativeCase
from makna.record.participants_file import Consent, Participant
from makna.record.study_file import (
    Concept,
    GuideQuestion,
    Harvest,
    Period,
    Question,
    Sampling,
    StudyDesign,
)  # fmt: skip
from makna.record.toml_table import Text
from makna.report.inputs import ReportInputs, SourceRow

POSTS = (
    "makasih kak barangnya sudah sampai dengan selamat, packing rapi banget",
    "slot titip tas kanvas minggu ini tinggal tiga ya, format order ada di sorotan",
    "yang mau nitip langsung pindah kamar aja, di sini ramai",
    "kata @⟦@Melati-042⟧ nota asli selalu difoto, jadi tenang",
)
NOTE = "Di kolom komentar tak ada yang bertanya harga dua kali; yang baru diarahkan membaca sorotan."
SAID = "Orang percaya karena lihat testi dari ⟦@Melati-042⟧ dan yang lain, bukan karena harga."
SAID_TOO = "Saya lebih suka titip ke teman kantor, tidak perlu lihat testi."
READ = "Meanings are handled in, and modified through, an interpretative process."
ARGOT_TERM = "pindah kamar"


def place(kind: str, document: int, **more: Any) -> Place:
    """A place with what a test does not care about filled in."""
    given: dict[str, Any] = {
        "document_id": document, "kind": kind, "title": None, "sent_on": dt.date(2021, 3, 4), "author_id": document,
        "author": None, "participant": False, "role": None, "unit_start": 0, "unit_text": "",
        "language": "en" if kind == "literature" else "id",
    }  # fmt: skip
    return Place(**{**given, **more})


def post(n: int) -> Passage:
    """The n-th post of the sample, by an account of its own."""
    where = place("observation", 100 + n, author=f"Melati-{42 + n:03d}", unit_text=POSTS[n])
    return Passage(0, len(POSTS[n]), POSTS[n], where)


def said(code: str, text: str, document: int = 200) -> Passage:
    """Words of an informant."""
    where = place(
        "interview", document, author=code, author_id=document + int(code.rsplit(maxsplit=1)[-1]), participant=True,
        role="participant", unit_text=text,
    )  # fmt: skip
    return Passage(0, len(text), text, where)


def noted() -> Passage:
    return Passage(
        0,
        len(NOTE),
        NOTE,
        place("field_note", 300, author_id=None, sent_on=dt.date(2021, 2, 11), unit_text=NOTE),
    )


def read() -> Passage:
    return Passage(
        0,
        len(READ),
        READ,
        place("literature", 400, author_id=None, sent_on=None, title="Blumer", unit_text=READ),
    )


def informant(n: int, *scopes: str, **attributes: str) -> Participant:
    consent = Consent("written", "1", dt.date(2021, 2, 1), frozenset(scopes))
    return Participant(
        f"Informan {n}",
        (f"wawancara-{n}.docx",),
        ("I",),
        None,
        "key" if n < 3 else "main",
        attributes,
        consent,
    )


INFORMANTS = (
    informant(1, "analysis", "verbatim", role="penitip", gender="f", age_band="25-29"),
    informant(2, "analysis", "verbatim", role="penitip", gender="f", age_band="25-29"),
    informant(3, "analysis", role="pembeli", gender="m", age_band="30-34"),
    informant(4, "analysis", "verbatim", "appendix", role="pembeli", gender="f", age_band="20-24"),
    informant(5, "analysis", "verbatim", role="pembeli", gender="f", age_band="25-29"),
)

DESIGN = StudyDesign(
    name="jastip",
    title=Text(
        "Titip Dulu, Percaya Kemudian: Makna Bersama di Kalangan Pelaku Jastip di Media Sosial",
        "Order First, Trust Later: Shared Meaning among Jastip Resellers on Social Media",
    ),
    abstract=Text(
        "Penelitian ini bertanya bagaimana pelaku jasa titip membangun kepercayaan di linimasa publik. Observasi, "
        "wawancara mendalam dan studi pustaka dibaca bersama menurut interaksionisme simbolik.\n\nTestimoni "
        "pembeli, bukan harga, menentukan siapa yang dipercaya; urusan yang sungguh-sungguh berpindah ke percakapan tertutup.",
        "This study asks how people who shop for others build trust on a public timeline. Observation, in-depth "
        "interviews and literature are read together by symbolic interactionism.\n\nWhat buyers testify, and not the "
        "price, decides who is trusted; serious business moves to closed conversation.",
    ),
    questions=(
        Question("rq1", Text("Bagaimana pelaku jastip membangun kepercayaan?", "How do resellers build trust?")),
        Question("rq2", Text("Kapan percakapan berpindah ke ruang tertutup?", "When does talk move to a closed place?")),
    ),
    method=Text(
        "Kualitatif, menurut interaksionisme simbolik: observasi tanpa terlibat atas akun publik, wawancara mendalam "
        "semi-terstruktur, dan studi pustaka. Kode disusun terbuka, lalu dibandingkan terus-menerus.",
        "Qualitative, by symbolic interactionism: non-participant observation of public accounts, semi-structured "
        "in-depth interviews and literature study. Codes were open at first, then constantly compared.",
    ),
    setting=Text("Linimasa publik berbahasa Indonesia", "The public Indonesian-language timeline"),
    period=Period(dt.date(2021, 1, 1), dt.date(2021, 3, 31)),
    sampling=Sampling(
        (Text("Dewasa, 20 tahun atau lebih", "Adult, aged 20 or over"), Text("Setahun menitip atau membeli", "A year of reselling or buying")),
        Text("Pesan terbuka, lalu bola salju melalui dua informan kunci", "An open message, then snowballing through two key informants"),
        9, 4,
    ),
    guide=(GuideQuestion(Text("Siapa yang membuat Anda percaya?", "Who makes you trust?"), "rq1"),),
    harvests=(
        Harvest(
            "posts.jsonl", ("jastip", "slot titip"), Period(dt.date(2021, 1, 1), dt.date(2021, 3, 31)), "twarc2",
            Text("Unggahan publik beserta percakapannya", "Public posts with their conversations"), Text("Akun terkunci", "Protected accounts"),
        ),
    ),
    concepts=(Concept("blumer-3", Text("Makna diolah lewat penafsiran", "Meanings are handled by interpretation"), ("blumer1969",)),),
)  # fmt: skip


def piece(
    number: int, *passages: Passage, stance: str = "supports", gap: Gap | None = None, **more: Any
) -> ResolvedEvidence:
    """Evidence as resolved, with an item that says where it came from."""
    kind = passages[0].place.kind if passages else more.pop("kind", None)
    return ResolvedEvidence(
        EvidenceItem(number, stance, "search", kind, search="testi", **more), passages, gap
    )


TRUST = ResolvedFinding(
    Finding(
        "trust", Text("Testimoni pembeli, bukan harga, menentukan siapa yang dipercaya.", "Buyers' testimony, not the price, decides who is trusted."),
        "rq1", "blumer-3",
        Text("Kepercayaan di sini tidak dimiliki seorang penjual; ia dipinjamkan oleh mereka yang pernah membeli.", "Trust is not a seller's own here; those who bought before lend it."),
        negative_cases=(NegativeCase(Text("Pembeli yang menyebut harga lebih dulu", "Buyers who name the price first"), 2, Text("Keduanya pembeli lama.", "Both had bought before.")),),
        final=True,
    ),
    (
        piece(1, post(0), paraphrase=Text("Seorang pembeli berterima kasih di muka umum dan memuji cara barang dibungkus.", "A buyer gives thanks in public and praises how the goods were wrapped.")),
        piece(2, post(1), note=Text("Jumlah tempat yang terbatas ikut bekerja.", "Scarcity works along with it.")),
        piece(3, said("Informan 2", SAID, 202)),
        piece(4, said("Informan 3", "Kalau sudah ada yang bilang aman, saya ikut.", 203)),
        piece(5, noted()),
        piece(6, read()),
        piece(7, kind="interview", gap=Gap(NO_HIT)),
        piece(8, said("Informan 4", SAID_TOO, 204), stance="contradicts", note=Text("Kedekatan di luar jaringan menggantikan testimoni.", "Closeness offline stands in for testimony.")),
    ),
)  # fmt: skip
MOVE = ResolvedFinding(
    Finding("move", Text("Linimasa hanya mengundang; kesepakatan dibuat di ruang tertutup.", "The timeline only invites; agreements are made behind it."), "rq2"),
    (piece(1, post(2), post(3), paraphrase=Text("Penjual meminta peminat melanjutkan di tempat lain.", "Sellers ask those interested to go on elsewhere.")),),
)  # fmt: skip

REFERENCES: tuple[tuple[int | None, dict[str, Any]], ...] = (
    (400, {"id": "blumer1969", "type": "book", "title": "Symbolic interactionism: Perspective and method", "author": [{"family": "Blumer", "given": "Herbert"}], "publisher": "Prentice-Hall", "issued": {"date-parts": [[1969]]}}),
    (401, {"id": "goffman1959", "type": "book", "title": "The presentation of self in everyday life", "author": [{"family": "Goffman", "given": "Erving"}], "publisher": "Doubleday", "issued": {"date-parts": [[1959]]}}),
    (402, {"id": "reselling2020", "type": "article-journal", "title": "Trust among strangers who resell", "author": [{"family": "Contoh", "given": "Sari Dewi"}, {"family": "Misal", "given": "Budi"}], "container-title": "Jurnal Contoh Komunikasi", "volume": "8", "issue": "2", "page": "101-119", "DOI": "10.0000/contoh.2020.8", "issued": {"date-parts": [[2020]]}}),
)  # fmt: skip


def lens(name: str, rows: Sequence[Mapping[str, Any]], accounts: Sequence[int], **more: Any) -> LensResult:
    """A lens result whose n-th row has passages of accounts[n] accounts, no account behind two rows."""
    table = pa.Table.from_pylist([{"row": n, **row} for n, row in enumerate(rows)])
    passages, at = [], 0
    for row, size in enumerate(accounts):
        for _ in range(size):
            passages.append(
                {"row": row, "document_id": 1000 + at, "start": 0, "end": 1, "text": "x", "note": None}
            )
            at += 1
    label = next(c for c in table.column_names if c != "row")
    given: dict[str, Any] = {
        "lens": name, "table": table, "passages": pa.Table.from_pylist(passages, PASSAGES),
        "statistics": (Statistic("share of accounts", 0.42, 0.35, 0.49, 180, method="Wilson"), Statistic("alpha", None)),
        "figure": {"mark": "bar", "data": {"values": list(rows)}, "encoding": {"y": {"field": label, "type": "nominal"}, "x": {"field": "count", "type": "quantitative"}}},
        "sentence": {"id": "Enam dari sepuluh testimoni memuji kejujuran.", "en": "Six in ten testimonials praise honesty."},
        "blind": {"id": ("Testimoni yang dihapus.", "Apa yang ditulis di ruang tertutup."), "en": ("Testimonials that were deleted.", "What is written in closed places.")},
    }  # fmt: skip
    return LensResult(**{**given, **more})


TESTIMONY = lens(
    "testimony",
    [
        {"praise": "trust", "example": "aman banget", "count": 61, "share": 0.61},
        {"praise": "speed", "example": "cepat sampai", "count": 22, "share": 0.22},
        {"praise": "wrapping", "example": "packing rapi", "count": 12, "share": 0.12},
        {"praise": "price", "example": "murah meriah", "count": 3, "share": 0.03},
        {"praise": "gift", "example": "dapat bonus", "count": 2, "share": 0.02},
    ],
    [31, 15, 9, 3, 2],
)
ARGOT = lens(
    "argot",
    [
        {"term": ARGOT_TERM, "variants": ["pindah kmr"], "category": "place", "count": 40, "score": 31.5},
        {"term": "kloter", "variants": ["klotr"], "category": "time", "count": 33, "score": 28.25},
        {"term": "sorotan", "variants": [], "category": "place", "count": 21, "score": 17.0},
        {"term": "hrd", "variants": ["haerde"], "category": "person", "count": 4, "score": 9.5},
    ],
    [20, 14, 8, 2],
    sentence={
        "id": f"Istilah “{ARGOT_TERM}” paling khas.",
        "en": f"The term “{ARGOT_TERM}” is the most distinctive.",
    },
)


def accounts_of(documents: Sequence[int]) -> dict[int, int]:
    """Every observed document of the sample is by an account of its own."""
    return {d: 50_000 + d for d in documents if d >= 1000}


INPUTS = ReportInputs(
    design=DESIGN,
    made_on=dt.date(2021, 6, 1),
    participants=INFORMANTS,
    findings=(TRUST, MOVE),
    sources=(
        SourceRow(1, "observation", "public", 3120, 3120, 186, dt.date(2021, 4, 2), context=45),
        SourceRow(2, "observation", "closed", 40, 40, 3, dt.date(2021, 4, 3), permission="the group's owner"),
        SourceRow(3, "interview", "private", 5, 214, 6, dt.date(2021, 4, 5)),
        SourceRow(4, "field_note", "public", 6, 31, 0, dt.date(2021, 4, 5)),
        SourceRow(5, "literature", "public", 3, 3, 0, dt.date(2021, 4, 6)),
    ),
    lenses=(TESTIMONY, ARGOT),
    lens_gaps={"motives": "no interview is coded"},
    references=REFERENCES,
    disguised={"wa": 212, "@": 1804, "link:telegram": 61, "name": 33, "?": 12},
    recall={"wa": 0.993, "@": 1.0, "name": 0.87},
    open_doubts=12,
    kept_out={"minor": 2},
    posts=lambda: POSTS,
    accounts_of=accounts_of,
)


def with_evidence(**changes: Any) -> ReportInputs:
    """The sample with one finding of one evidence item, of which *changes* are made to passages, item or participants."""
    passages = changes.pop("passages")
    participants = changes.pop("participants", INFORMANTS)
    posts = changes.pop("posts", POSTS)
    one = replace(TRUST, evidence=(piece(1, *passages, **changes),))
    return replace(INPUTS, findings=(one,), participants=participants, posts=lambda: posts)
