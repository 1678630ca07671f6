"""The report as DOCX: real heading styles, captions that a word processor numbers, a contents field, page numbers."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph

from makna.report import blocks, figures
from makna.report.blocks import Block, Heading, Inline, Report, Version, inline

_SOFT = RGBColor(0x5F, 0x5B, 0x55)
_SERIF, _SANS = "Cambria", "Calibri"
_WIDTH = Cm(15.5)
_CHARACTERS = 88  # of a table cell's face across that width
_CELL, _SMALLEST = 9.0, 6.5  # points


def write(report: Report, path: Path) -> Path:
    """Write the report to *path*, whole or not at all; raises :class:`makna.errors.ReportError` as HTML does."""
    aside = path.with_name(f".{path.name}.part")
    _made(report).save(str(aside))
    aside.replace(path)
    return path


def written(report: Report) -> bytes:
    """The report as a file that lies in memory."""
    out = BytesIO()
    _made(report).save(out)
    return out.getvalue()


def _made(report: Report) -> Docx:
    document = Document()
    _styles(document)
    _page(document, report)
    for n, version in enumerate(report.versions):
        if n:
            document.add_page_break()  # type: ignore[no-untyped-call]
        _version(document, version)
    return document


def _version(document: Docx, version: Version) -> None:
    document.add_paragraph(version.title, style="Title")
    document.add_paragraph(version.subtitle, style="Subtitle")
    document.add_paragraph(version.banner, style="Report Note")
    document.add_paragraph(version.labels["contents"], style="Contents Heading")
    headings = "\n".join(b.text for b in version.blocks if isinstance(b, Heading) and b.level == 1)
    _field(document.add_paragraph(), 'TOC \\o "1-3" \\h \\z \\u', shown=headings, dirty=True)
    document.add_page_break()  # type: ignore[no-untyped-call]
    for block in version.blocks:
        _SET[type(block)](document, block, version)


def _heading(document: Docx, block: Any, version: Version) -> None:
    document.add_heading(block.text, level=block.level)


def _para(document: Docx, block: Any, version: Version) -> None:
    style = {"body": "Body Text", "lead": "Claim", "note": "Report Note"}[block.style]
    _spans(document.add_paragraph(style=style), block.text, block.language)


def _quote(document: Docx, block: Any, version: Version) -> None:
    paragraph = document.add_paragraph(style="Quotation")
    marks = ("“", "”") if block.manner == "verbatim" else ("", "")
    paragraph.add_run(marks[0])
    _spans(paragraph, block.text, block.language, italic=block.manner == "withheld")
    paragraph.add_run(marks[1])
    if block.note:
        _spans(document.add_paragraph(style="Quotation"), block.note)
    against = f"{version.labels['against']} · " if block.against else ""
    document.add_paragraph(f"{block.source} · {against}{block.label}", style="Quotation Source")


def _bullets(document: Docx, block: Any, version: Version) -> None:
    if block.style == "numbers":  # Word would count on from list to list, so the numbers are text
        for n, item in enumerate(block.items, 1):
            paragraph = document.add_paragraph(style="List")
            paragraph.add_run(f"{n}. ")
            _spans(paragraph, item)
        return
    style = {"list": "List Bullet", "references": "Bibliography Entry"}[block.style]
    for item in block.items:
        _spans(document.add_paragraph(style=style), item)


def _facts(document: Docx, block: Any, version: Version) -> None:
    for name, value in block.pairs:
        paragraph = document.add_paragraph(style="Body Text")
        paragraph.add_run(f"{name}: ").bold = True
        _spans(paragraph, value)


def _marks(document: Docx, block: Any, version: Version) -> None:
    shown = [f"{'●' if stands else '○'} {name}: {count}" for name, count, stands in block.items]
    document.add_paragraph("   ".join(shown), style="Report Note")


def _gap(document: Docx, block: Any, version: Version) -> None:
    paragraph = document.add_paragraph(style="Gap")
    paragraph.add_run(f"{version.labels['gap']}. ").bold = True
    paragraph.add_run(block.text)


def _table(document: Docx, block: Any, version: Version) -> None:
    _caption(document, version.labels["table"], block.number, block.caption, keep=True)
    table = document.add_table(rows=1, cols=len(block.columns))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    _rule(table.rows[0], "top", 12)
    _rule(table.rows[0], "bottom", 6)
    _repeat(table.rows[0])
    _row(table.rows[0], block.columns, block.numeric, bold=True)
    for row in block.rows:
        _row(table.add_row(), row, block.numeric)
    _rule(table.rows[-1], "bottom", 12)
    _widths(table, block)
    document.add_paragraph(f"{version.labels['held']}: {block.held}", style="Report Note")


def _figure(document: Docx, block: Any, version: Version) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    picture = paragraph.add_run().add_picture(BytesIO(figures.png(block.spec)))
    if picture.width > _WIDTH:
        picture.height, picture.width = Emu(int(picture.height * _WIDTH / picture.width)), _WIDTH
    picture._inline.docPr.set("descr", block.description)
    _caption(document, version.labels["figure"], block.number, block.sentence)


_SET: dict[type[Block], Callable[[Docx, Any, Version], None]] = {
    blocks.Heading: _heading, blocks.Para: _para, blocks.Quote: _quote, blocks.Bullets: _bullets, blocks.Facts: _facts, blocks.Marks: _marks,
    blocks.Gap: _gap, blocks.Table: _table, blocks.Figure: _figure,
}  # fmt: skip


def _spans(paragraph: Paragraph, text: Inline, language: str | None = None, *, italic: bool = False) -> None:
    for span in text:
        run = paragraph.add_run(span.text)
        run.italic = True if italic or span.style == "em" else None
        run.bold = True if span.style == "strong" else None
        if span.style == "placeholder":
            run.font.small_caps, run.font.color.rgb = True, _SOFT
        if spoken := span.language or language:
            run._r.get_or_add_rPr().append(_element("w:lang", val={"id": "id-ID", "en": "en-US"}[spoken]))


def _caption(document: Docx, label: str, number: int, text: str, *, keep: bool = False) -> None:
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = keep
    paragraph.add_run(f"{label} ")
    _field(paragraph, f"SEQ {label} \\* ARABIC", shown=str(number))
    paragraph.add_run(". ")
    _spans(paragraph, inline(text))


def _row(row: Any, cells: tuple[str, ...], numeric: frozenset[int], *, bold: bool = False) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))
    for n, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.style = "Table Cell"
        if n in numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _spans(paragraph, inline(text))
        for run in paragraph.runs:
            run.bold = True if bold else run.bold


def _widths(table: Any, block: Any) -> None:
    """Columns by what they hold: a word is never cut, and a long text gets no more than it can use."""
    table.autofit = False
    lines = [block.columns, *block.rows]
    longest = [
        max(len(word) for line in lines for word in line[n].split(" ")) for n in range(len(block.columns))
    ]
    whole = [max(len(line[n]) for line in lines) for n in range(len(block.columns))]
    least = [1.15 * word + 4 for word in longest]  # heads are bold
    more = [max(0, min(all_, 40) - word) for word, all_ in zip(longest, whole, strict=True)]
    spare = max(0, _CHARACTERS - sum(least)) / (sum(more) or 1)
    wanted = [a + b * spare for a, b in zip(least, more, strict=True)]
    for n, part in enumerate(wanted):
        table.columns[n].width = int(
            _WIDTH * part / sum(wanted)
        )  # LibreOffice reads the grid, Word the cells
        for cell in table.columns[n].cells:
            cell.width = table.columns[n].width
    if sum(least) > _CHARACTERS:
        _smaller(table, max(_SMALLEST, _CELL * _CHARACTERS / sum(least)))


def _smaller(table: Any, size: float) -> None:
    """A wide table in a smaller face, so that no word of it is cut."""
    for row in table.rows:
        for cell in row.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(size)


def _rule(row: Any, side: str, size: int) -> None:
    """A horizontal rule over or under a row; *size* in eighths of a point."""
    for cell in row.cells:
        properties = cell._tc.get_or_add_tcPr()
        borders = properties.find(qn("w:tcBorders"))
        if borders is None:
            borders = _element("w:tcBorders")
            properties.append(borders)
        borders.append(_element(f"w:{side}", val="single", sz=str(size), space="0", color="444444"))


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _field(paragraph: Paragraph, code: str, *, shown: str = "", dirty: bool = False) -> None:
    """A field that the word processor computes; *dirty* asks it to on opening."""
    begin = _element("w:fldChar", fldCharType="begin", **({"dirty": "true"} if dirty else {}))
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    for part in (begin, instruction, _element("w:fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(part)
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(_element("w:fldChar", fldCharType="end"))


def _page(document: Docx, report: Report) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.5)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(footer, "PAGE", shown="1")
    if report.edition != "public":
        section.header.paragraphs[0].text = report.versions[0].banner
        section.header.paragraphs[0].style = "Report Note"
    core = document.core_properties
    core.title, core.author, core.comments = report.versions[0].title, "", ""
    core.language = report.versions[0].language
    document.settings.element.append(_element("w:updateFields", val="true"))


def _styles(document: Docx) -> None:
    styles = document.styles
    normal = styles["Normal"]
    _face(normal, _SERIF, 11.5)
    normal.paragraph_format.line_spacing = 1.3
    normal.paragraph_format.space_after = Pt(7)
    for level, size in enumerate((18, 14.5, 12.5, 11.5, 11), 1):
        style = styles[f"Heading {level}"]
        _face(style, _SERIF if level < 3 else _SANS, size, bold=True)
        style.font.italic = False
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(30 - 4 * level), Pt(6)
        style.paragraph_format.keep_with_next = True
    _face(styles["Title"], _SERIF, 24, bold=True)
    _face(styles["Subtitle"], _SANS, 10.5, color=_SOFT)
    _face(styles["Caption"], _SANS, 9.5, bold=True)
    for name, base, face, size in (
        ("Claim", "Normal", _SERIF, 14), ("Report Note", "Normal", _SANS, 9), ("Quotation", "Normal", _SERIF, 11),
        ("Quotation Source", "Normal", _SANS, 9), ("Gap", "Normal", _SANS, 9.5), ("Table Cell", "Normal", _SANS, _CELL),
        ("Bibliography Entry", "Normal", _SERIF, 11), ("Contents Heading", "Normal", _SANS, 11),
    ):  # fmt: skip
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles[base]
        _face(style, face, size, color=_SOFT if name in ("Report Note", "Quotation Source") else None)
    _indents(styles)


def _indents(styles: Any) -> None:
    for name, after in (("Quotation", 1), ("Quotation Source", 9)):
        styles[name].paragraph_format.left_indent = Cm(1)
        styles[name].paragraph_format.space_after = Pt(after)
    styles["Quotation"].paragraph_format.keep_with_next = True
    entry = styles["Bibliography Entry"].paragraph_format
    entry.left_indent, entry.first_line_indent = Cm(1.25), Cm(-1.25)
    styles["Gap"].paragraph_format.left_indent = Cm(0.5)
    cell = styles["Table Cell"].paragraph_format
    cell.space_after, cell.space_before, cell.line_spacing = Pt(2), Pt(2), 1.05


def _face(style: Any, face: str, size: float, *, bold: bool = False, color: RGBColor | None = None) -> None:
    style.font.name, style.font.size, style.font.bold = face, Pt(size), bold
    style.font.color.rgb = color or RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), face)
