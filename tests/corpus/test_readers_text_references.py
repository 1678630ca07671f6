"""Literature: RIS and BibTeX to CSL-JSON, one broken entry costs one, PDF full text without its trappings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makna.corpus.model import SourceKind
from makna.corpus.readers import bibtex, csl, pdf_text, ris
from makna.corpus.readers.base import Head, Options
from makna.corpus.readers.entries import Entry
from makna.corpus.readers.references import References
from makna.corpus.records import Dropped, RawDocument, RawRecord, Rejection
from makna.errors import UnknownFormat, UnreadableFile

HEAD = Head(".bib", b"", "", "utf-8", True)

BIB = r"""
@string{ap = {Anchor Press}}
@comment{jabref-meta: grouping}
@book{goffman1959,
  author = {Erving Goffman}, title = {The Presentation of Self in {E}veryday Life}, year = 1959, publisher = ap,
  edition = {2nd}, address = "Garden City", month = mar, note = {kenari: my copy}
}
@article{broken, title = {No end
@article{vandijk2020,
  author = {van Dijk, Teun A. and Gonz{\'a}lez, Jos\'{e} and {Badan Pusat Statistik} and Sch{\"o}n, Jr., J{\"o}rg and others},
  title = {T{\'i}tulo \& \emph{makna} -- bagian}, journaltitle = {Jurnal Makna}, volume = 3, number = 2, pages = {1--23},
  date = {2020-05-04}, doi = {https://doi.org/10.1000/a\_b}, url = {https://example.org/a_b}, urldate = {2021-01-02},
  titletranslation = {Title and meaning}, langid = {indonesian},
  abstract = {Harga $50 naik 5%.

  Kedua \textit{miring}.}
}
@incollection{blumer, author = {Blumer, Herbert}, title = {Society}, crossref = {rose}, pages = {179-192}}
@book{rose, editor = {Rose, Arnold M.}, title = {Human Behavior}, publisher = {Houghton}, year = {1962}}
@phdthesis{tesis, author = {Soekarno}, title = {Tesis}, school = {UI}, year = {n.d.}}
@misc{twice, title = {A}, title = {B}, howpublished = {\url{https://example.org/x}}}
@book{rose, title = {Same key}}
@book{untitled, year = 2000}
"""

RIS = """TY  - JOUR
ID  - vandijk2020
AU  - van Dijk, Teun A.
A1  - Soekarno
AU  - Badan Pusat Statistik
TI  - Judul: anak judul
TT  - Title
T2  - Jurnal Makna
VL  - 3
IS  - 2
SP  - 1
EP  - 23
PY  - 2020
DA  - 2020/05/04/
SN  - 1234-5678
DO  - https://doi.org/10.1000/ab
UR  - https://example.org
KW  - makna
KW  - tanda
LA  - Indonesian
N1  - kenari: my note
AB  - Paragraf satu
bersambung.

Paragraf dua.
ER  -

TY - CHAP
T1 - Bab
AU - Blumer, Herbert
A2 - Rose, Arnold M.
BT - Buku
ET - Cet. ke-2
CY - Jakarta
SN - 978
PY - 1962
TY  - THES
AU  - Melati, A.
TI  - Skripsi
M3  - Skripsi
PB  - Universitas Contoh
ER  -
TY  - BOOK
AU  - Nobody
ER  -
TY  - BOOK
TI  - Cut sh"""


def records(
    folder: Path, text: str, name: str = "pustaka.bib", options: Options | None = None
) -> list[RawRecord]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    asked = options or Options()
    return [r for b in References().blocks(path, HEAD, asked) for r in References().parse(b, asked)]


def entries(found: Any) -> dict[str, Entry]:
    return {e.key: e for e in found if isinstance(e, Entry)}


def test_bibtex_fields_become_csl() -> None:
    """Types, accents, particles, suffixes, corporate names, pages, DOI, dates, translated title."""
    found = entries(bibtex.read(BIB))["vandijk2020"].csl
    assert found == {
        "id": "vandijk2020",
        "type": "article-journal",
        "title": "Título & makna – bagian",
        "custom": {"translated-title": "Title and meaning"},
        "author": [
            {"non-dropping-particle": "van", "family": "Dijk", "given": "Teun A."},
            {"family": "González", "given": "José"},
            {"literal": "Badan Pusat Statistik"},
            {"family": "Schön", "given": "Jörg", "suffix": "Jr."},
        ],
        "container-title": "Jurnal Makna",
        "volume": "3",
        "issue": "2",
        "page": "1-23",
        "DOI": "10.1000/a_b",
        "URL": "https://example.org/a_b",
        "language": "id",
        "issued": {"date-parts": [[2020, 5, 4]]},
        "accessed": {"date-parts": [[2021, 1, 2]]},
    }


def test_bibtex_books_strings_crossrefs_and_theses() -> None:
    """Strings are resolved, editions are numbers, a chapter takes its book's facts, a thesis says its kind."""
    found = {key: e.csl for key, e in entries(bibtex.read(BIB)).items()}
    assert found["goffman1959"] | {"id": ""} == {
        "id": "", "type": "book", "title": "The Presentation of Self in Everyday Life", "publisher": "Anchor Press",
        "author": [{"family": "Goffman", "given": "Erving"}], "publisher-place": "Garden City", "edition": "2",
        "issued": {"date-parts": [[1959, 3]]},
    }  # fmt: skip
    assert found["blumer"]["container-title"] == "Human Behavior"
    assert found["blumer"]["editor"] == [{"family": "Rose", "given": "Arnold M."}]
    assert found["blumer"]["issued"] == {"date-parts": [[1962]]}
    assert (found["tesis"]["genre"], found["tesis"]["publisher"], found["tesis"]["status"]) == (
        "PhD thesis",
        "UI",
        "n.d.",
    )
    assert found["tesis"]["author"] == [{"family": "Soekarno"}]
    assert (found["twice"]["title"], found["twice"]["URL"]) == ("A", "https://example.org/x")


def test_a_broken_bibtex_entry_costs_itself_alone() -> None:
    """No end, a key used twice, no title: one rejection each, at its line; all others are read."""
    found = list(bibtex.read(BIB))
    rejected = {r.where for r in found if isinstance(r, Rejection)}
    lines = BIB.split("\n")
    assert rejected == {
        n for n, line in enumerate(lines, 1) if line.startswith(("@article{broken", "@book{untitled"))
    } | {max(n for n, line in enumerate(lines, 1) if line.startswith("@book{rose"))}
    assert list(entries(found)) == ["goffman1959", "vandijk2020", "blumer", "rose", "tesis", "twice"]


def test_abstracts_are_decoded_paragraphs() -> None:
    """LaTeX goes, percent signs and prices stay, empty lines part paragraphs."""
    assert entries(bibtex.read(BIB))["vandijk2020"].abstract == ["Harga $50 naik 5%.", "Kedua miring."]


def test_ris_fields_become_csl() -> None:
    """The same facts in RIS give the same CSL names; the most exact date counts."""
    entry = entries(ris.read(RIS))["vandijk2020"]
    assert entry.csl == {
        "id": "vandijk2020",
        "type": "article-journal",
        "title": "Judul: anak judul",
        "custom": {"translated-title": "Title"},
        "author": [
            {"family": "Soekarno"},
            {"non-dropping-particle": "van", "family": "Dijk", "given": "Teun A."},
            {"literal": "Badan Pusat Statistik"},
        ],
        "container-title": "Jurnal Makna",
        "volume": "3",
        "issue": "2",
        "page": "1-23",
        "DOI": "10.1000/ab",
        "URL": "https://example.org",
        "ISSN": "1234-5678",
        "language": "id",
        "keyword": "makna, tanda",
        "issued": {"date-parts": [[2020, 5, 4]]},
    }
    assert entry.abstract == ["Paragraf satu bersambung.", "Paragraf dua."]


def test_ris_variants_and_faults() -> None:
    """One space for two, an entry closed by the next, a made key; no title and a cut end are rejected at their line."""
    found = list(ris.read(RIS))
    chapter = entries(found)["blumer1962"].csl
    assert (chapter["container-title"], chapter["edition"], chapter["ISBN"]) == ("Buku", "2", "978")
    assert (chapter["publisher-place"], chapter["editor"]) == (
        "Jakarta",
        [{"family": "Rose", "given": "Arnold M."}],
    )
    assert entries(found)["melatind"].csl["genre"] == "Skripsi"
    lines = RIS.split("\n")
    assert [r.where for r in found if isinstance(r, Rejection)] == [
        n for n, x in enumerate(lines, 1) if x == "TY  - BOOK"
    ]


@pytest.mark.parametrize(("name", "text"), [("pustaka.bib", BIB), ("pustaka.ris", RIS)])
def test_a_reference_is_a_document_of_its_own(tmp_path: Path, name: str, text: str) -> None:
    """Each is literature with title, key, CSL and year; private notes are counted and never enter."""
    found = records(tmp_path, text, name)
    documents = [r for r in found if isinstance(r, RawDocument)]
    assert {d.kind for d in documents} == {SourceKind.LITERATURE}
    assert all(d.title and d.key and d.csl and d.csl["id"] == d.key for d in documents)
    assert next(d.date for d in documents if d.key == "vandijk2020") == "2020-05-04"
    assert next(r.fields for r in found if isinstance(r, Dropped)) == {"notes": 1}
    assert "kenari" not in repr(found)


def test_keys_that_are_made_stay_apart(tmp_path: Path) -> None:
    """Two works of one author and year get letters."""
    one = "TY  - BOOK\nAU  - Blumer, H.\nPY  - 1969\nTI  - {}\nER  -\n"
    found = records(tmp_path, one.format("A") + one.format("B") + one.format("C"), "a.ris")
    assert [d.key for d in found if isinstance(d, RawDocument)] == [
        "blumer1969",
        "blumer1969b",
        "blumer1969c",
    ]


def test_a_file_of_neither_kind_is_refused(tmp_path: Path) -> None:
    """Prose under a .bib suffix names itself and the remedy; sniffing agrees."""
    with pytest.raises(UnknownFormat, match=r"pustaka\.bib holds neither"):
        records(tmp_path, "Hari ini saya membaca.\n")
    for text, sure in ((BIB, True), (RIS, True), ("\ufeff" + RIS, True), ("saya@contoh {x}", False)):
        assert (References().sniff(Head(".txt", text.encode(), text, "utf-8", True)) > 0.9) is sure


@given(st.integers(1, 9999), st.integers(1, 9999), st.sampled_from(["-", "--", "–", " - ", "---"]))
def test_page_ranges_have_one_hyphen(first: int, last: int, mark: str) -> None:
    """However a range is written, CSL gets first-last."""
    assert csl.pages(f"{first}{mark}{last}") == f"{first}-{last}"


@pytest.mark.parametrize(
    ("text", "parts"),
    [("2020/03/04/", [[2020, 3, 4]]), ("2020/2021", [[2020], [2021]]), ("2020a", [[2020]]), ("c1999", [[1999]]),
     ("March 2020", [[2020, 3]]), ("in press", None), ("", None), ("2020/05//", [[2020, 5]])],
)  # fmt: skip
def test_dates_of_references(text: str, parts: list[list[int]] | None) -> None:
    """Years, months and ranges as references state them."""
    assert csl.date(text) == ({"date-parts": parts} if parts else None)


def pdf(path: Path, pages: list[list[str]], *, title: str = "") -> Path:
    """A minimal PDF with one text line below another on each page."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        shown = "".join(f"({line.replace('(', '').replace(')', '')}) Tj T* " for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td {shown}ET".encode("latin-1")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {len(objects)} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        objects.append(page.encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    objects.append(f"<</Title({title})/Author({title})>>".encode())
    out, offsets = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % o for o in offsets)
    trailer = b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(objects),
        len(out),
    )
    path.write_bytes(out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer)
    return path


PAGES = [
    [
        "Jurnal Makna Vol. 3",
        "Orang memberi makna pada tanda yang me-",
        "reka pakai bersama setiap hari di kupu-",
        "kupu jalanan.",
    ],
    ["Jurnal Makna Vol. 3", "Lalu makna itu berubah ketika mereka saling", "berjumpa lagi.", "12"],
    ["Jurnal Makna Vol. 3", "Begitulah premis ketiga yang ditulis orang itu", "dalam bukunya.", "13"],
]


def test_pdf_text_is_reflowed(tmp_path: Path) -> None:
    """Parted words are whole, doubled words keep their hyphen, running heads and page numbers go."""
    assert pdf_text.read(pdf(tmp_path / "a.pdf", PAGES, title="kenari")) == [
        "Orang memberi makna pada tanda yang mereka pakai bersama setiap hari di kupu-kupu jalanan.",
        "Lalu makna itu berubah ketika mereka saling berjumpa lagi.",
        "Begitulah premis ketiga yang ditulis orang itu dalam bukunya.",
    ]


def test_full_text_joins_its_reference(tmp_path: Path) -> None:
    """A PDF is found by the file field, in the folder only, or by the key; its properties never enter."""
    shelf = tmp_path / "pdf"
    (shelf / "sub").mkdir(parents=True)
    pdf(shelf / "sub" / "Makna 2020.pdf", PAGES, title="kenari")
    pdf(shelf / "kunci.pdf", PAGES)
    pdf(tmp_path / "luar.pdf", PAGES)
    text = (
        "@book{a, title={A}, file={Full Text:files/12/Makna 2020.pdf:application/pdf}, abstract={Abstrak.}}\n"
        "@book{Kunci, title={B}}\n@book{c, title={C}, file={:../luar.pdf:PDF}}\n"
    )
    found = records(tmp_path, text, options=Options(pdf_folder=shelf))
    lengths = {d.key: len(d.turns) for d in found if isinstance(d, RawDocument)}
    assert lengths == {"a": 4, "Kunci": 3, "c": 0}
    assert "kenari" not in repr(found)


def test_a_pdf_without_text_is_rejected_and_its_reference_kept(tmp_path: Path) -> None:
    """Scans, damaged and locked files name the remedy; the reference enters with its abstract."""
    shelf = tmp_path / "pdf"
    shelf.mkdir()
    pdf(shelf / "scan.pdf", [[], []])
    (shelf / "rusak.pdf").write_bytes(b"%PDF-1.4 cut")
    found = records(
        tmp_path,
        "@book{scan, title={A}, abstract={Isi.}}\n@book{rusak, title={B}}",
        options=Options(pdf_folder=shelf),
    )
    assert [d.key for d in found if isinstance(d, RawDocument)] == ["scan", "rusak"]
    reasons = [r.reason for r in found if isinstance(r, Rejection)]
    assert "OCR" in reasons[0] and "scan.pdf" in reasons[0]
    assert "damaged" in reasons[1]


def test_a_locked_pdf_says_so(tmp_path: Path) -> None:
    """A password is asked for by its name, never guessed."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415

    writer = PdfWriter(clone_from=PdfReader(pdf(tmp_path / "a.pdf", PAGES)))
    writer.encrypt("rahasia", algorithm="RC4-128")
    writer.write(tmp_path / "b.pdf")
    with pytest.raises(UnreadableFile, match="locked by a password"):
        pdf_text.read(tmp_path / "b.pdf")


def test_an_entry_without_its_first_line_is_named() -> None:
    """A damaged TY line costs its entry, at its place, and no other."""
    entry = "TY  - JOUR\nTI  - Satu\nAU  - Blumer, H\nER  - \n"
    found = list(ris.read(entry + '"""' + entry + entry))
    assert [type(one) for one in found] == [Entry, Rejection, Entry]
    assert found[1].where == 6
