"""Word files: the body's text enters, and nothing else that Word keeps."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from makna.corpus.readers import docx_text
from makna.corpus.readers.base import Head, Options
from makna.corpus.readers.notes import FieldNotes
from makna.corpus.readers.transcript import Transcript
from makna.corpus.records import Dropped, RawDocument, RawRecord
from makna.errors import NothingToRead, UnreadableFile

EMPTY = Head(".docx", b"PK", "", "", False)


def saved(document: Any, folder: Path, name: str = "wawancara.docx") -> Path:
    path = folder / name
    document.save(str(path))
    return path


def records(path: Path, reader: Any = None) -> list[RawRecord]:
    reader = reader or Transcript()
    return [r for b in reader.blocks(path, EMPTY, Options()) for r in reader.parse(b, Options())]


def said(path: Path) -> list[tuple[str | None, str]]:
    return [(t.speaker, t.text) for r in records(path) if isinstance(r, RawDocument) for t in r.turns]


def add_xml(paragraph: Any, xml: str) -> None:
    """Append raw WordprocessingML to a paragraph."""
    paragraph._p.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


def planted() -> tuple[Any, list[str]]:
    """An interview with a canary in every place that must stay outside."""
    d = docx.Document()
    canaries = [
        f"kenari{place}"
        for place in ("del", "hid", "sty", "cmt", "hdr", "ftr", "prop", "box", "fld", "row", "mov", "alt")
    ]
    kdel, khid, ksty, kcmt, khdr, kftr, kprop, kbox, kfld, krow, kmov, kalt = canaries
    d.core_properties.author = kprop
    d.core_properties.title = f"Wawancara {kprop}"
    d.core_properties.comments = kprop
    d.sections[0].header.paragraphs[0].text = khdr
    d.sections[0].footer.paragraphs[0].text = kftr
    d.add_paragraph("P: Sejak kapan buka jastip?")
    p = d.add_paragraph("I: Sejak ")
    add_xml(p, f'<w:del w:id="1" w:author="x"><w:r><w:delText>{kdel} </w:delText></w:r></w:del>')
    add_xml(p, '<w:ins w:id="2" w:author="x"><w:r><w:t xml:space="preserve">tahun </w:t></w:r></w:ins>')
    add_xml(p, f'<w:moveFrom w:id="3" w:author="x"><w:r><w:t>{kmov}</w:t></w:r></w:moveFrom>')
    run = p.add_run("2019.")
    p.add_run(khid).font.hidden = True
    hidden = d.styles.add_style("Rahasia", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    hidden.font.hidden = True
    p.add_run(ksty, style=hidden)
    d.add_comment(run, text=kcmt, author="x", initials="x")
    add_xml(
        p,
        f"<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{kbox}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
    )
    add_xml(p, '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> AUTHOR </w:instrText></w:r>')
    add_xml(p, '<w:r><w:fldChar w:fldCharType="separate"/></w:r>')
    add_xml(p, f"<w:r><w:t>{kfld}</w:t></w:r>")
    add_xml(p, '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    table = d.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "P", "I"
    for asked, told in (("Untungnya?", "Lumayan."), (krow, krow)):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = asked, told
    properties = table.rows[-1]._tr.get_or_add_trPr()
    properties.append(parse_xml(f'<w:del {nsdecls("w")} w:id="9" w:author="x"/>'))
    d.part.package  # noqa: B018 - the altChunk part is added to the archive by the caller
    return d, [*canaries[:-1], kalt]


def test_what_word_keeps_beside_the_text_never_enters(tmp_path: Path) -> None:
    """Deletions, moved-away and hidden text, comments, headers, properties, text boxes and fields: none in any record."""
    d, canaries = planted()
    path = saved(d, tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/embeddings/lain.docx", canaries[-1])
    raw = b"".join(zipfile.ZipFile(path).read(n) for n in zipfile.ZipFile(path).namelist())
    assert [c for c in canaries if c.encode() not in raw] == []  # the search can find what was planted
    found = records(path)
    assert [c for c in canaries if c in repr(found)] == []
    assert said(path) == [
        ("P", "Sejak kapan buka jastip?"),
        ("I", "Sejak tahun 2019."),
        ("P", "Untungnya?"),
        ("I", "Lumayan."),
    ]


def test_what_stayed_outside_is_counted(tmp_path: Path) -> None:
    """The report can say how much of each sort was left out."""
    path = saved(planted()[0], tmp_path)
    dropped = next(r for r in records(path) if isinstance(r, Dropped)).fields
    assert dropped["tracked deletion"] == 3
    assert dropped["hidden text"] == 2
    assert dropped["comment"] == 1
    assert {"header or footer", "document properties", "picture or text box"} <= set(dropped)


def test_a_bold_label_in_a_run_of_its_own_begins_a_turn(tmp_path: Path) -> None:
    """Bold name without colon, then plain speech; or a bold line alone above the speech."""
    d = docx.Document()
    for label, speech in (("Peneliti", "Sejak kapan?"), ("Informan 3", "Sejak 2019.")):
        p = d.add_paragraph()
        p.add_run(label).bold = True
        p.add_run(f" {speech}")
    d.add_paragraph().add_run("Peneliti").bold = True
    d.add_paragraph("Lalu?")
    assert said(saved(d, tmp_path)) == [
        ("Peneliti", "Sejak kapan?"),
        ("Informan 3", "Sejak 2019."),
        ("Peneliti", "Lalu?"),
    ]


def test_paragraphs_of_one_turn_keep_their_ends(tmp_path: Path) -> None:
    """A second paragraph joins the turn on a line of its own; a soft line end may begin a turn."""
    d = docx.Document()
    d.add_paragraph("P: Cerita dong.\nI: Awalnya iseng.")
    d.add_paragraph("Lalu ramai.")
    assert said(saved(d, tmp_path)) == [("P", "Cerita dong."), ("I", "Awalnya iseng.\nLalu ramai.")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [("No", "Pertanyaan", "Jawaban"), ("1", "Kapan?", "2019."), ("2", "Untung?", "Ya.")],
            [("Pertanyaan", "Kapan?"), ("Jawaban", "2019."), ("Pertanyaan", "Untung?"), ("Jawaban", "Ya.")],
        ),
        ([("P", "I"), ("Kapan?", "2019.")], [("P", "Kapan?"), ("I", "2019.")]),
        (
            [("No.", "Pertanyaan Penelitian", "Informan 1", "Informan 2"), ("1", "Kapan?", "2019.", "")],
            [("Pertanyaan Penelitian", "Kapan?"), ("Informan 1", "2019.")],
        ),
        (
            [
                ("Waktu", "Pembicara", "Ucapan", "Kode"),
                ("00:01", "P", "Kapan?", "k1"),
                ("00:02", "I", "2019.", "k2"),
            ],
            [("P", "Kapan?"), ("I", "2019.")],
        ),
        ([("P", ":", "Kapan?"), ("I", ":", "2019.")], [("P", "Kapan?"), ("I", "2019.")]),
        (
            [("1", "Peneliti", "Kapan?"), ("2", "Informan", "2019.")],
            [("Peneliti", "Kapan?"), ("Informan", "2019.")],
        ),
        ([("P: Kapan?\nI: 2019.",)], [("P", "Kapan?"), ("I", "2019.")]),
    ],
)
def test_tables_of_question_and_answer(
    tmp_path: Path, rows: list[tuple[str, ...]], expected: list[tuple[str, str]]
) -> None:
    """Columns are read by their header, or by the labels in their cells; numbers, times and codes stay outside."""
    d = docx.Document()
    table = d.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    assert said(saved(d, tmp_path)) == expected


def test_a_table_of_facts_above_the_talk_is_its_head(tmp_path: Path) -> None:
    """Date, place and name in a table give the date alone."""
    d = docx.Document()
    table = d.add_table(rows=0, cols=3)
    for key, value in (("Tanggal", "3 Maret 2021"), ("Tempat", "Warung"), ("Informan", "Ibu Melati")):
        for cell, text in zip(table.add_row().cells, (key, ":", value), strict=True):
            cell.text = text
    d.add_paragraph("P: Kapan?")
    d.add_paragraph("I: Dulu.")
    path = saved(d, tmp_path)
    doc = next(r for r in records(path) if isinstance(r, RawDocument))
    assert (doc.date, said(path)) == ("2021-03-03", [("P", "Kapan?"), ("I", "Dulu.")])
    assert "Melati" not in repr(doc)


def test_merged_cells_keep_their_columns(tmp_path: Path) -> None:
    """A cell across two columns does not shift the speech beside it; a table in a cell is read once."""
    d = docx.Document()
    table = d.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("No", "Pertanyaan", "Jawaban"), strict=True):
        cell.text = text
    table.rows[1].cells[0].merge(table.rows[1].cells[1]).text = ""
    table.rows[1].cells[2].text = "Sejak 2019."
    inner = table.rows[1].cells[2].add_table(rows=1, cols=1)
    inner.rows[0].cells[0].text = "Dan seterusnya."
    assert said(saved(d, tmp_path)) == [("Jawaban", "Sejak 2019.\nDan seterusnya.")]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    """What Word shows as one paragraph after the deletion is one."""
    d = docx.Document()
    p = d.add_paragraph("P: Kapan ")
    p._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="x"/></w:rPr>'))
    d.add_paragraph("mulai?")
    d.add_paragraph("I: 2019.")
    assert said(saved(d, tmp_path)) == [("P", "Kapan mulai?"), ("I", "2019.")]


def test_hidden_by_paragraph_style_and_shown_again(tmp_path: Path) -> None:
    """A style hides its paragraphs, also through the style it is based on; a run may state otherwise."""
    d = docx.Document()
    kind = docx.enum.style.WD_STYLE_TYPE.PARAGRAPH
    base = d.styles.add_style("Dasar", kind)
    base.font.hidden = True
    child = d.styles.add_style("Anak", kind)
    child.base_style = base
    d.add_paragraph("kenari satu", style=base)
    d.add_paragraph("P: Kapan?")
    p = d.add_paragraph("kenari dua", style=child)
    p.add_run("I: 2019.").font.hidden = False
    assert said(saved(d, tmp_path)) == [("P", "Kapan?"), ("I", "2019.")]


def _archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xd0\xcf\x11\xe0old", "old or password-protected"),
        (b"PK\x03\x04cut", "damaged"),
        (_archive({"a.txt": b"x"}), "not a Word document"),
        (_archive({"word/document.xml": b"<w:document"}), "damaged"),
        (_archive({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "refused"),
        (_archive({"word/document.xml": b" " * (33 << 20)}), "refused"),
    ],
)
def test_hostile_and_broken_files_are_refused_by_name(data: bytes, message: str) -> None:
    """Old formats, cut archives, entities and bombs each have their message with the file's name."""
    with pytest.raises(UnreadableFile, match=rf"wawancara\.docx.*{message}"):
        docx_text.parse(data, "wawancara.docx")


def test_a_body_without_text_is_nothing_to_read(tmp_path: Path) -> None:
    """A document of one empty paragraph says so."""
    d = docx.Document()
    d.add_paragraph(" ")
    with pytest.raises(NothingToRead, match=r"kosong\.docx holds no text"):
        docx_text.read(saved(d, tmp_path, "kosong.docx"))


def test_field_notes_in_word(tmp_path: Path) -> None:
    """A heading with the type and date, then paragraphs."""
    d = docx.Document()
    d.add_heading("Catatan Lapangan Deskriptif", 1)
    d.add_paragraph("Tanggal: 5 April 2021")
    d.add_paragraph("Pagi ini grup jastip ramai.")
    d.add_paragraph("Dua penjual bertukar foto barang.")
    found = [r for r in records(saved(d, tmp_path), FieldNotes()) if isinstance(r, RawDocument)]
    assert [(r.date, r.session, [t.text for t in r.turns]) for r in found] == [
        ("2021-04-05", "descriptive", ["Pagi ini grup jastip ramai.", "Dua penjual bertukar foto barang."])
    ]


def test_sniffing_looks_into_word_files(tmp_path: Path) -> None:
    """Labels make a transcript, a title makes a note; a file too long to look into may be either, the transcript first."""
    d = docx.Document()
    for line in ("P: Kapan?", "I: Dulu.", "P: Lalu?", "I: Begitu."):
        d.add_paragraph(line)
    talk = saved(d, tmp_path).read_bytes()
    d = docx.Document()
    d.add_heading("Catatan Lapangan", 1)
    d.add_paragraph("Pagi ini grup jastip ramai.")
    note = saved(d, tmp_path).read_bytes()
    for data, whole, first in ((talk, True, "talk"), (note, True, "note"), (talk[:500], False, "talk")):
        head = Head(".docx", data, "", "", whole)
        sure = {"talk": Transcript().sniff(head), "note": FieldNotes().sniff(head)}
        assert max(sure, key=lambda k: sure[k]) == first
