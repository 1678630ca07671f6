"""Word files, workbooks and PDFs with a canary in everything that such a file keeps beside its body."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
from canary_search import CLOCK, STAYS, Canaries
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link, Text
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from test_readers_posts_table import workbook
from test_readers_text_references import pdf
from workbook_parts import SHEET, change, hide

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
            "earlier",
            "moved",
            "tag",
            "code",
            "property",
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
    paragraph.paragraph_format.element.get_or_add_pPr().append(
        parse_xml(
            f"<w:pPrChange {nsdecls('w')} {by}><w:pPr><w:pStyle w:val='{say['earlier']}'/></w:pPr></w:pPrChange>"
        )
    )
    for xml in (
        f"<w:ins {nsdecls('w')} {by}><w:r><w:rPr><w:rPrChange {by}><w:rPr/></w:rPrChange></w:rPr><w:t> {STAYS}sisip</w:t></w:r></w:ins>",
        f"<w:moveFrom {nsdecls('w')} {by}><w:r><w:t>{say['moved']}</w:t></w:r></w:moveFrom>",
        f"<w:r {nsdecls('w')}><w:rPr><w:vanish/><w:specVanish/></w:rPr><w:t>{say['hidden']}</w:t></w:r>",
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias w:val='{say['tag']}'/><w:tag w:val='{say['tag']}'/></w:sdtPr>"
        "<w:sdtContent><w:r><w:t> isi</w:t></w:r></w:sdtContent></w:sdt>",
        *_field(f' MERGEFIELD "{say["code"]}" ', say["code"], " gabung"),
        *_field(" DOCPROPERTY Rahasia ", "", say["property"]),
        f"<w:fldSimple {nsdecls('w')} w:instr=' AUTHOR '><w:r><w:t>{say['property']}</w:t></w:r></w:fldSimple>",
        f"<w:del {nsdecls('w')} {by}><w:r><w:delText>{say['deletion']}</w:delText></w:r></w:del>",
        f'<w:bookmarkStart {nsdecls("w")} w:id="2" w:name="{say["bookmark"]}"/>',
        f'<w:hyperlink {nsdecls("w", "r")} r:id="{target}"><w:r><w:t>tautan</w:t></w:r></w:hyperlink>',
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>{say['box']}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
        f'<w:r {nsdecls("w", "wp")}><w:drawing><wp:inline><wp:docPr id="1" name="{say["alt"]}" descr="{say["alt"]}"/></wp:inline>'
        "</w:drawing></w:r>",
    ):
        paragraph._p.append(parse_xml(xml))


def _field(code: str, inside: str, result: str) -> list[str]:
    """The runs of a complex field: its code, text within the code, and its result."""
    kinds = [f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end")]
    pieces = [
        kinds[0],
        f"<w:instrText>{code}</w:instrText>",
        f"<w:t>{inside}</w:t>",
        kinds[1],
        f"<w:t>{result}</w:t>",
        kinds[2],
    ]
    return [f"<w:r {nsdecls('w')}>{piece}</w:r>" for piece in pieces]


def _parts(c: Canaries, path: Path, where: str) -> None:
    """Parts that Word writes and python-docx does not, added to the archive."""
    say = {
        what: c.word(f"{where}, {what}")
        for what in ["note", "end", "custom", "own", "person", "file", "company", "kept", "chunk"]
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
        archive.writestr("customXml/itemProps9.xml", f"<a>{say['custom']}</a>")
        archive.writestr("word/afchunk.htm", f"<html><body>{say['chunk']}</body></html>")
        for part in ("commentsExtended", "commentsIds", "glossary/document", "vbaData", "footer9", "header9"):
            archive.writestr(f"word/{part}.xml", f"<a {W}><w:t>{say['kept']}</w:t></a>")
        archive.writestr("word/people.xml", f"<people><person author='{say['person']}'/></people>")
        archive.writestr(f"word/embeddings/{say['file']}.bin", say["file"])
        archive.writestr(f"word/media/{say['file']}.jpg", say["file"])
        archive.comment = say["company"].encode()


def workbook_with(c: Canaries, path: Path, rows: Sequence[Sequence[object]]) -> None:
    """A workbook of *rows*, with hidden sheets, rows and columns, comments, properties and defined names."""
    where = "a workbook"
    hidden = [["Isi", "Akun"], [c.word(f"{where}, a hidden sheet"), c.word(f"{where}, a hidden sheet")]]
    shown, closed = c.word(f"{where}, the name of a sheet"), c.word(f"{where}, the name of a hidden sheet")
    header, *body = rows
    secret = [c.word(f"{where}, a hidden row") for _each in header]
    shut = [c.word(f"{where}, a hidden column") for _each in (header, secret, *body)]
    full = [[*row, cell] for row, cell in zip((header, secret, *body), shut, strict=True)]
    workbook(path, {shown: [list(row) for row in full], closed: hidden}, hidden=[closed])
    hide(path, rows=[2], columns=[len(header) + 1])
    aside = {
        what: c.word(f"{where}, {what}")
        for what in ("a defined name", "a list of choices", "a foot", "a reading aid")
    }
    aid = f'<rPh sb="0" eb="1"><t>{aside["a reading aid"]}</t></rPh></is>'
    foot = (
        f'<dataValidations><dataValidation type="list" prompt="{aside["a list of choices"]}"><formula1>"{aside["a list of choices"]}"'
        f"</formula1></dataValidation></dataValidations><headerFooter><oddFooter>{aside['a foot']}</oddFooter></headerFooter>"
    )
    named = f'<definedNames><definedName name="{aside["a defined name"]}" comment="{aside["a defined name"]}">A1</definedName>'
    change(
        path,
        {
            "xl/workbook.xml": lambda xml: xml.replace("</sheets>", f"</sheets>{named}</definedNames>"),
            SHEET: lambda xml: xml.replace("</is>", aid).replace("</sheetData>", f"</sheetData>{foot}"),
        },
    )
    with zipfile.ZipFile(path, "a") as archive:
        for part in (
            "docProps/core.xml",
            "docProps/app.xml",
            "docProps/custom.xml",
            "xl/comments1.xml",
            "xl/persons/person.xml",
            "xl/threadedComments/threadedComment1.xml",
            "xl/pivotCache/pivotCacheRecords1.xml",
            "xl/externalLinks/externalLink1.xml",
            "xl/drawings/drawing1.xml",
            "xl/connections.xml",
            "xl/revisions/revisionLog1.xml",
            "customXml/item1.xml",
        ):
            archive.writestr(part, f"<a>{c.word(f'{where}, {part}')}</a>")
        archive.writestr(f"xl/media/{c.word(f'{where}, a picture')}.png", c.word(f"{where}, a picture"))


def pdf_with(c: Canaries, path: Path, text: str) -> None:
    """A PDF of *text*, with properties, an outline, comments and an attachment."""
    where = "a full text"
    lines = [text[n : n + 90] for n in range(0, len(text), 90)]
    writer = PdfWriter(clone_from=PdfReader(pdf(path, [lines])))
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
    _pdf_internals(c, writer, where)
    writer.write(path)


def _pdf_internals(c: Canaries, writer: PdfWriter, where: str) -> None:
    """Metadata as XML, a script, what a program keeps with a page, a filled form, a link, what a reader aloud would say."""
    say = {
        what: c.word(f"{where}, {what}")
        for what in ("XMP", "script", "piece", "form", "link", "spoken", "label", "tip")
    }
    xmp = StreamObject()
    xmp.set_data(f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><author>{say['XMP']}</author></x:xmpmeta>".encode())
    xmp.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    root, page = writer.root_object, writer.pages[0]
    root[NameObject("/Metadata")] = writer._add_object(xmp)
    script = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject(f"app.alert('{say['script']}')"),
    }
    root[NameObject("/OpenAction")] = DictionaryObject(script)
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/Own"): TextStringObject(say["piece"])})
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject(say["label"]),
            NameObject("/V"): TextStringObject(say["form"]), NameObject("/TU"): TextStringObject(say["tip"]),
            NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (50, 50, 90, 90)]),
        }
    )  # fmt: skip
    kept = writer._add_object(field)
    root[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject([kept])})
    page["/Annots"].append(kept)  # type: ignore[union-attr]
    writer.add_annotation(
        page_number=0, annotation=Link(rect=(50, 50, 90, 90), url=f"https://{say['link']}.test")
    )
    spoken = {
        NameObject("/Alt"): TextStringObject(say["spoken"]),
        NameObject("/ActualText"): TextStringObject(say["spoken"]),
    }
    root[NameObject("/StructTreeRoot")] = DictionaryObject({NameObject("/K"): DictionaryObject(spoken)})
