"""What office files keep beside what they show: hidden rows and columns, hidden table rows, codes of fields."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from test_readers_posts_table import workbook
from workbook_parts import SHEET, change, hide, in_row, ods, ods_row

from makna.corpus.readers import docx_text, hidden_cells, recognise
from makna.corpus.readers.base import Options
from makna.corpus.readers.docx_text import Paragraph, Table
from makna.corpus.readers.hidden_cells import Hidden
from makna.corpus.records import Dropped, RawPost, RawRecord, Remark
from makna.errors import BadMapping, MaknaError

ROWS: list[list[object]] = [
    ["Isi", "Akun", "Catatan"],
    *([f"isi {n}", f"akun_{n}", f"rahasia {n}"] for n in range(2, 7)),
]
MAPPING = {"text": "Isi", "handle": "Akun"}


def read(path: Path, **mapping: str) -> list[RawRecord]:
    options = Options(mapping=mapping or MAPPING)
    reader, head = recognise(path, options=options)
    return [r for block in reader.blocks(path, head, options) for r in reader.parse(block, options)]


def texts(found: list[RawRecord]) -> list[tuple[int, str]]:
    return [(r.where, r.text) for r in found if isinstance(r, RawPost)]


@pytest.mark.parametrize("how", ['hidden="1"', "hidden='true'", 'ht="0" customHeight="1"'])
def test_hidden_rows_and_columns_of_xlsx_stay_outside(tmp_path: Path, how: str) -> None:
    """Hidden rows give no post, hidden columns no cell, whatever the mapping says; both are counted, others keep their place."""
    path = workbook(tmp_path / "a.xlsx", {"Isi": ROWS})
    hide(path, rows=[3, 5], columns=[3], how=how)
    found = read(path)
    assert texts(found) == [(2, "isi 2"), (4, "isi 4"), (6, "isi 6")]
    assert [r.fields for r in found if isinstance(r, Dropped)] == [{"hidden row": 2, "hidden column": 1}]
    with pytest.raises(BadMapping, match=r"has no column Catatan.*Columns: Isi, Akun\."):
        read(path, text="Catatan")


def test_a_hidden_column_before_others_moves_none(tmp_path: Path) -> None:
    """Cells after a hidden column keep their names."""
    path = workbook(tmp_path / "a.xlsx", {"Isi": [[row[2], *row[:2]] for row in ROWS]})
    hide(path, columns=[1])
    assert [r.account.handle for r in read(path) if isinstance(r, RawPost) and r.account] == [
        f"akun_{n}" for n in range(2, 7)
    ]


def test_a_hidden_header_is_no_header(tmp_path: Path) -> None:
    """Where the first row is hidden the next one shown is the header."""
    path = workbook(tmp_path / "a.xlsx", {"Isi": [["Lama", "x", "y"], *ROWS]})
    hide(path, rows=[1])
    assert texts(read(path))[0] == (3, "isi 2")


def test_hidden_rows_and_columns_of_ods_stay_outside(tmp_path: Path) -> None:
    """Collapsed and filtered rows, also repeated ones, and collapsed columns."""
    shut = 'table:visibility="collapse"'
    rows = [
        ods_row("Catatan", "Isi"), ods_row("r", "isi 2"), ods_row("r", "isi 3", more=shut), ods_row("r", "isi 4"),
        ods_row("r", "isi 5", more=f'table:number-rows-repeated="3" {shut.replace("collapse", "filter")}'), ods_row("r", "isi 8"),
    ]  # fmt: skip
    path = ods(tmp_path / "a.ods", rows, columns=f"<table:table-column {shut}/><table:table-column/>")
    found = read(path, text="Isi")
    assert [text for _where, text in texts(found)] == ["isi 2", "isi 4", "isi 8"]
    assert [r.fields for r in found if isinstance(r, Dropped)] == [{"hidden row": 4, "hidden column": 1}]


def test_nothing_hidden_is_nothing_said(tmp_path: Path) -> None:
    """A plain workbook drops only what the mapping leaves out."""
    found = read(workbook(tmp_path / "a.xlsx", {"Isi": ROWS}))
    assert len(texts(found)) == 5
    assert [r for r in found if isinstance(r, Remark)] == []
    assert [r.fields for r in found if isinstance(r, Dropped)] == [{"other": 5}]


def test_what_excel_keeps_beside_a_cell_is_no_cell(tmp_path: Path) -> None:
    """A reading aid above a word, a formula's text and a comment's mark are not the cell's value."""
    path = workbook(tmp_path / "a.xlsx", {"Isi": [["Isi", "Akun"], [None, "akun_2"]]})
    aid = '<c r="A2" t="inlineStr"><is><t>isi 2</t><rPh sb="0" eb="1"><t>rahasia</t></rPh><phoneticPr fontId="1"/></is></c>'
    change(path, {SHEET: lambda xml: xml.replace('<row r="2">', f'<row r="2">{aid}')})
    assert texts(read(path)) == [(2, "isi 2")]
    formula = '<c r="C2" t="str"><f>CONCATENATE("rahasia","x")</f><v>hasil</v></c>'
    change(path, {SHEET: in_row(2, formula)})
    assert "rahasia" not in repr(read(path))


def test_what_cannot_be_asked_is_remarked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a workbook that does not tell what is hidden everything is read, and the report says so, once."""
    path = workbook(tmp_path / "a.xlsx", {"Isi": ROWS})
    monkeypatch.setattr("makna.corpus.readers.table.ROWS", 2)
    monkeypatch.setattr(hidden_cells, "of", lambda _path, _sheet: Hidden(told=False))
    found = read(path)
    assert len(texts(found)) == 5
    (remark,) = [r.text for r in found if isinstance(r, Remark)]
    assert "Save it as XLSX" in remark


def test_files_that_cannot_be_asked(tmp_path: Path) -> None:
    """An old workbook, a damaged archive and a sheet that is not there tell nothing, and nothing is raised."""
    old, damaged = tmp_path / "a.xls", tmp_path / "b.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    damaged.write_bytes(b"PK\x03\x04" + b"\0" * 600)
    sound = workbook(tmp_path / "c.xlsx", {"Isi": ROWS})
    assert not any(hidden_cells.of(path, "Isi").told for path in (old, damaged))
    assert not hidden_cells.of(sound, "Lain").told
    assert hidden_cells.of(sound, "Isi").told


@pytest.mark.parametrize(
    "tag", ['<row r="9' + "9" * 5000 + '" hidden="1">', '<col min="1" max="99999999999" hidden="1"/>', "<row " * 200_000, "<row " + "a" * 3_000_000],
    ids=["a huge number", "endless columns", "open tags", "a huge tag"],
)  # fmt: skip
def test_hostile_sheets_end_soon(tmp_path: Path, tag: str) -> None:
    """Tags made to slow a reader down cost little, and no message tells what they hold."""
    path = workbook(tmp_path / "a.xlsx", {"Isi": ROWS})
    change(path, {SHEET: lambda xml: xml.replace("<sheetData>", f"<sheetData>{tag}")})
    before = time.process_time()
    hidden_cells.of(path, "Isi")
    try:
        read(path)
    except MaknaError as error:
        assert len(str(error)) < 500
    assert time.process_time() - before < 10


def word(*xml: str) -> docx_text.Docx:
    """What is read of a document that holds *xml* in its body."""
    document = docx.Document()
    for one in xml:
        document.element.body.insert(0, parse_xml(one.replace(">", f" {nsdecls('w')}>", 1)))
    held = BytesIO()
    document.save(held)
    return docx_text.parse(held.getvalue(), "a.docx")


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def test_a_hidden_row_of_a_table_stays_outside() -> None:
    """Word prints no row whose property says hidden; one that says it is not stays."""
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = [
        ("satu", ""),
        ("dua", "<w:trPr><w:hidden/></w:trPr>"),
        ("tiga", '<w:trPr><w:hidden w:val="0"/></w:trPr>'),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{what}{cell.format(text)}</w:tr>" for text, what in rows) + "</w:tbl>"
    found = word(table)
    assert found.blocks == [Table((("satu",), ("tiga",)))]
    assert found.dropped["hidden text"] == 1


def test_the_code_of_a_field_is_no_text() -> None:
    """Text before a field's result is code, also in a field within a field; the result is read, and what follows."""
    begin, separate, end = (
        run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end")
    )
    inner = (
        begin
        + run("<w:instrText> MERGEFIELD Nama </w:instrText>")
        + separate
        + run("<w:t>rahasia</w:t>")
        + end
    )
    outer = (
        begin
        + run("<w:instrText> IF </w:instrText>")
        + inner
        + run("<w:t>rahasia</w:t>")
        + separate
        + run("<w:t>hasil</w:t>")
        + end
    )
    assert word(f"<w:p>{outer}{run('<w:t> akhir</w:t>')}</w:p>").blocks == [Paragraph("hasil akhir")]


def test_a_field_that_never_ends_takes_one_paragraph_at_most() -> None:
    """What follows in the next paragraph is text again."""
    begun = f"<w:p>{run('<w:t>awal </w:t>')}{run('<w:fldChar w:fldCharType=@begin@/>').replace('@', chr(34))}</w:p>"
    assert [
        b.text for b in word(f"<w:p>{run('<w:t>lalu</w:t>')}</w:p>", begun).blocks if isinstance(b, Paragraph)
    ] == ["awal ", "lalu"]
