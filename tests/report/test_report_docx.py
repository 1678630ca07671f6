"""The DOCX report: a word processor can build contents, lists of tables and page numbers from it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from report_sample import ARGOT_TERM, INPUTS

from makna.report import docx
from makna.report.blocks import Figure, Heading, Report, Table
from makna.report.build import build


@pytest.fixture(scope="module")
def report(gettexts: dict[str, Callable[[str], str]]) -> Report:
    return build(INPUTS, language="both", gettexts=gettexts)


@pytest.fixture(scope="module")
def path(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return docx.write(report, tmp_path_factory.mktemp("docx") / "report.docx")


@pytest.fixture(scope="module")
def document(path: Path) -> Any:
    return Document(str(path))


def of(report: Report, kind: type) -> list[Any]:
    return [b for v in report.versions for b in v.blocks if isinstance(b, kind)]


def test_headings_are_real_and_in_order(document: Any, report: Report) -> None:
    """Every heading has the style of its level, in the report's order."""
    found = [
        (int(p.style.name[-1]), p.text) for p in document.paragraphs if p.style.name.startswith("Heading")
    ]
    assert found == [(h.level, h.text) for h in of(report, Heading)]


def test_tables_are_whole_and_repeat_their_heads(document: Any, report: Report) -> None:
    """Every cell is there; a head row repeats on the next page."""
    for made, table in zip(document.tables, of(report, Table), strict=True):
        assert [c.text for c in made.rows[0].cells] == list(table.columns)
        assert len(made.rows) == len(table.rows) + 1
        assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_figures_stand_as_pictures_with_descriptions(document: Any, report: Report) -> None:
    """Each figure is a picture within the text width, described for who does not see it."""
    figures = of(report, Figure)
    assert len(document.inline_shapes) == len(figures) > 0
    for shape, figure in zip(document.inline_shapes, figures, strict=True):
        assert shape.width <= docx._WIDTH
        assert shape._inline.docPr.get("descr") == figure.description


def test_captions_contents_and_page_numbers_are_fields(document: Any, report: Report) -> None:
    """The word processor numbers captions and pages and makes the contents."""
    body = "".join(i.text or "" for i in document.element.iter(qn("w:instrText")))
    assert body.count("SEQ") == len(of(report, Table)) + len(of(report, Figure))
    assert body.count("TOC") == len(report.versions)
    footer = document.sections[0].footer._element
    assert "PAGE" in "".join(i.text or "" for i in footer.iter(qn("w:instrText")))


def test_captions_have_their_style(document: Any) -> None:
    """A caption is a caption to the word processor."""
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert captions[0].startswith("Tabel 1. ")


def test_public_edition_names_no_term_in_any_part(path: Path) -> None:
    """Neither text, properties nor picture descriptions of the archive hold an argot term or a pseudonym."""
    with zipfile.ZipFile(path) as archive:
        parts = b"".join(
            archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))
        )
    assert ARGOT_TERM.encode() not in parts
    assert b"Melati-" not in parts
    assert b"python-docx" not in parts


def test_examiners_edition_is_marked_on_every_page(tmp_path: Path, gettexts: Any) -> None:
    """Its header says that it is not to be distributed."""
    made = docx.write(
        build(INPUTS, edition="examiners", language="en", gettexts=gettexts), tmp_path / "x.docx"
    )
    assert "do not distribute" in Document(str(made)).sections[0].header.paragraphs[0].text
    assert [p.name for p in tmp_path.iterdir()] == ["x.docx"]
