"""Word files, workbooks and PDFs with a canary in everything that such a file keeps beside its body."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
from canary_search import CLOCK, Canaries
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from test_readers_posts_table import workbook
from test_readers_text_references import pdf

CORE = [
    "author",
    "category",
    "comments",
    "content_status",
    "identifier",
    "keywords",
    "language",
    "last_modified_by",
    "subject",
    "title",
    "version",
]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file(
    c: Canaries,
    path: Path,
    where: str,
    paragraphs: Sequence[str],
    turns: Sequence[tuple[str, str]],
    *,
    table: bool = False,
) -> None:
    """A Word document of *paragraphs* and *turns*, with canaries in all that Word keeps beside its text."""
    document = docx.Document()
    for name in CORE:
        setattr(document.core_properties, name, c.word(f"{where}, core property {name}"))
    section = document.sections[0]
    for part in (section.header, section.footer):
        part.paragraphs[0].text = f"{c.word(f'{where}, header or footer')} 13{CLOCK}"
    body = [document.add_paragraph(text) for text in paragraphs]
    if table:
        grid = document.add_table(rows=1, cols=2)
        for cell, text in zip(grid.rows[0].cells, ("P", "I"), strict=True):
            cell.text = text
        spoken = dict.fromkeys(("P", "I"), "")
        for who, said in turns:
            spoken |= {who: said} if who in spoken else {}
            if who == "I":
                for cell, text in zip(grid.add_row().cells, (spoken["P"], spoken["I"]), strict=True):
                    cell.text = text
    else:
        body += [document.add_paragraph(f"{who}: {said}") for who, said in turns]
    _beside(c, document, body[-1], where)
    document.save(str(path))
    _parts(c, path, where)


def _beside(
    c: Canaries, document: docx.document.Document, paragraph: docx.text.paragraph.Paragraph, where: str
) -> None:
    """Comments, tracked changes, hidden text, bookmarks, a link's target and a text box, at one paragraph."""
    say = {
        what: c.word(f"{where}, {what}")
        for what in [
            "comment",
            "initials",
            "author",
            "deletion",
            "hidden",
            "bookmark",
            "target",
            "box",
            "alt",
        ]
    }
    run = paragraph.add_run(" ya.")
    paragraph.add_run(say["hidden"]).font.hidden = True
    document.add_comment(run, text=say["comment"], author=say["author"], initials=say["initials"])
    target = document.part.relate_to(
        f"https://{say['target']}.test", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )  # fmt: skip
    by = f'w:id="1" w:author="{say["author"]}" w:date="2021-03-04T13{CLOCK}Z"'
    for xml in (
        f"<w:del {nsdecls('w')} {by}><w:r><w:delText>{say['deletion']}</w:delText></w:r></w:del>",
        f'<w:bookmarkStart {nsdecls("w")} w:id="2" w:name="{say["bookmark"]}"/>',
        f'<w:hyperlink {nsdecls("w", "r")} r:id="{target}"><w:r><w:t>tautan</w:t></w:r></w:hyperlink>',
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>{say['box']}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
        f'<w:r {nsdecls("w", "wp")}><w:drawing><wp:inline><wp:docPr id="1" name="{say["alt"]}" descr="{say["alt"]}"/></wp:inline>'
        "</w:drawing></w:r>",
    ):
        paragraph._p.append(parse_xml(xml))


def _parts(c: Canaries, path: Path, where: str) -> None:
    """Parts that Word writes and python-docx does not, added to the archive."""
    say = {
        what: c.word(f"{where}, {what}")
        for what in ["note", "end", "custom", "own", "person", "file", "company"]
    }
    with zipfile.ZipFile(path, "a") as archive:
        for kind, word in (("footnote", say["note"]), ("endnote", say["end"])):
            note = f'<w:{kind} w:id="5"><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:{kind}>'
            archive.writestr(f"word/{kind}s.xml", f"<w:{kind}s {W}>{note}</w:{kind}s>")
        archive.writestr(
            "docProps/custom.xml",
            f"<Properties><property name='{say['own']}'>{say['own']}</property></Properties>",
        )
        archive.writestr("customXml/item9.xml", f"<a>{say['custom']}</a>")
        archive.writestr("word/people.xml", f"<people><person author='{say['person']}'/></people>")
        archive.writestr(f"word/embeddings/{say['file']}.bin", say["file"])
        archive.writestr(f"word/media/{say['file']}.jpg", say["file"])
        archive.comment = say["company"].encode()


def workbook_with(c: Canaries, path: Path, rows: Sequence[Sequence[object]]) -> None:
    """A workbook of *rows*, with a hidden sheet, comments, properties and a defined name."""
    where = "a workbook"
    hidden = [["Isi", "Akun"], [c.word(f"{where}, a hidden sheet"), c.word(f"{where}, a hidden sheet")]]
    shown, closed = c.word(f"{where}, the name of a sheet"), c.word(f"{where}, the name of a hidden sheet")
    workbook(path, {shown: [list(row) for row in rows], closed: hidden}, hidden=[closed])
    with zipfile.ZipFile(path, "a") as archive:
        for part in (
            "docProps/core.xml",
            "docProps/app.xml",
            "docProps/custom.xml",
            "xl/comments1.xml",
            "xl/persons/person.xml",
        ):
            archive.writestr(part, f"<a>{c.word(f'{where}, {part}')}</a>")
        archive.writestr(f"xl/media/{c.word(f'{where}, a picture')}.png", c.word(f"{where}, a picture"))


def pdf_with(c: Canaries, path: Path, text: str) -> None:
    """A PDF of *text*, with properties, an outline, comments and an attachment."""
    where = "a full text"
    lines = [text[n : n + 90] for n in range(0, len(text), 90)]
    writer = PdfWriter(clone_from=PdfReader(pdf(path, [lines], title=c.word(f"{where}, its title"))))
    writer.add_metadata(
        {f"/{name}": c.word(f"{where}, {name}") for name in ("Author", "Title", "Keywords", "Creator", "Own")}
    )
    writer.add_outline_item(title=c.word(f"{where}, its outline"), page_number=0)
    box = (50, 50, 200, 200)
    writer.add_annotation(
        page_number=0,
        annotation=Text(
            rect=box, text=c.word(f"{where}, a comment"), title_bar=c.word(f"{where}, a commentator")
        ),
    )
    writer.add_annotation(
        page_number=0, annotation=FreeText(rect=box, text=c.word(f"{where}, a note on the page"))
    )
    writer.add_attachment(
        filename=c.word(f"{where}, an attachment's name"), data=c.word(f"{where}, an attachment").encode()
    )
    writer.write(path)
