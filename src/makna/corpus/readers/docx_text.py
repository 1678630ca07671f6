"""The body text of a Word document, and nothing else that the file holds.

Word keeps far more than a reader sees: the author's name, earlier wordings, comments, hidden notes. So the XML of the
body is walked by an allow-list. Text enters where Word would print it in the body: tracked insertions yes; deletions,
hidden text, comments, headers, footers, notes, text boxes, embedded objects and document properties no.
The standard library's parser is used: it resolves no external entity, and a document type is refused.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from makna.corpus.readers.plain_text import read_bytes
from makna.corpus.readers.speakers import words
from makna.errors import NothingToRead, UnreadableFile
from makna.i18n import _

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"  # ISO 29500 strict, which LibreOffice and Word can write
_LIMIT = 32 << 20  # bytes of one part, unpacked
_THROUGH = frozenset(
    W + n for n in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple")
)
_GONE = {W + "del": "tracked deletion", W + "moveFrom": "tracked deletion"}
_OBJECTS = frozenset(W + n for n in ("drawing", "pict", "object"))
_GLYPHS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_METADATA_FIELDS = words(
    "AUTHOR COMMENTS DOCPROPERTY FILENAME INFO KEYWORDS LASTSAVEDBY SUBJECT TITLE USERADDRESS USERINITIALS USERNAME"
)
_PARTS = {"comments": "comment", "footnotes": "footnote", "endnotes": "endnote"}


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its text, how many of its first characters are bold, and its style's name."""

    text: str
    bold: int = 0
    style: str = ""


@dataclass(frozen=True)
class Table:
    """A table: rows of cells, each cell its paragraphs joined by line ends; merged cells are padded with ""."""

    rows: tuple[tuple[str, ...], ...]


@dataclass
class Docx:
    """What the body holds, in order, and how many things of each sort stayed outside."""

    blocks: list[Paragraph | Table] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


def read(path: Path) -> Docx:
    """The body of the Word document *path*. Raises a ReadError that names the file and the remedy."""
    return parse(read_bytes(path), path.name)


def parse(data: bytes, name: str) -> Docx:
    """The body of a Word document given as bytes; *name* is for messages."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = _(
            "{name} is an old or password-protected Word file: open it in Word and save it as DOCX without a password."
        )
        raise UnreadableFile(message.format(name=name))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _part(archive, "word/document.xml", name)
            if body is None:
                message = _("{name} is not a Word document: save it as DOCX or TXT.")
                raise UnreadableFile(message.format(name=name))
            walk = _Walk(_Styles(_part(archive, "word/styles.xml", name)))
            walk.note_parts(archive, name)
    except (
        zipfile.BadZipFile,
        EOFError,
        ElementTree.ParseError,
        RuntimeError,
        NotImplementedError,
        zlib.error,
    ):
        message = _("{name} is damaged or cut short: open it in Word and save it again as DOCX.")
        raise UnreadableFile(message.format(name=name)) from None
    walk.body(body)
    if not walk.found.blocks:
        raise NothingToRead(_("{name} holds no text in its body.").format(name=name))
    return walk.found


def _part(archive: zipfile.ZipFile, part: str, name: str) -> Element | None:
    """One XML part, with the strict namespace turned into the usual one; None where the archive has none."""
    try:
        info = archive.getinfo(part)
    except KeyError:
        return None
    with archive.open(info) as stream:
        data = stream.read(_LIMIT + 1)
    if len(data) > _LIMIT or b"<!DOCTYPE" in data[:4096]:
        message = _(
            "{name} unpacks to something no Word document holds: it is refused. Save its text as TXT."
        )
        raise UnreadableFile(message.format(name=name))
    return ElementTree.fromstring(data.replace(_STRICT[1:-1].encode(), W[1:-1].encode()))


def _on(properties: Element | None, name: str) -> bool | None:
    """A toggle property: True, False, or None where it is not stated."""
    found = properties.find(W + name) if properties is not None else None
    return None if found is None else found.get(W + "val", "true") not in ("0", "false", "off", "none")


class _Styles:
    """What a style says of hiding and bold, through the styles it is based on."""

    def __init__(self, styles: Element | None) -> None:
        found = styles.findall(W + "style") if styles is not None else []
        self._styles = {s.get(W + "styleId", ""): s for s in found}
        default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if styles is not None else None
        self._hidden_default = bool(_on(default, "vanish"))
        self._paragraph = next(
            (
                s.get(W + "styleId", "")
                for s in found
                if s.get(W + "type") == "paragraph" and s.get(W + "default") in ("1", "true")
            ),
            "",
        )

    def says(self, style: str | None, name: str) -> bool | None:
        """What *style* says of the toggle *name*; a circle of styles ends."""
        seen: set[str] = set()
        while style and style in self._styles and style not in seen:
            seen.add(style)
            stated = _on(self._styles[style].find(W + "rPr"), name)
            if stated is not None:
                return stated
            based = self._styles[style].find(W + "basedOn")
            style = based.get(W + "val") if based is not None else None
        return None

    def on(self, run: Element | None, paragraph: str, name: str) -> bool:
        """Whether the toggle *name* holds for a run with properties *run* in a paragraph of style *paragraph*."""
        character = run.find(W + "rStyle") if run is not None else None
        for stated in (
            _on(run, name),
            self.says(character.get(W + "val") if character is not None else None, name),
            self.says(paragraph or self._paragraph, name),
        ):
            if stated is not None:
                return stated
        return self._hidden_default if name == "vanish" else False

    def title(self, style: str) -> str:
        """The name Word shows for a style id."""
        named = self._styles[style].find(W + "name") if style in self._styles else None
        return (named.get(W + "val") if named is not None else None) or style


@dataclass
class _Field:
    """A complex field: its code, and whether what follows is its result, which Word prints."""

    code: str = ""
    shown: bool = False


class _Walk:
    """One walk through the body."""

    def __init__(self, styles: _Styles) -> None:
        self.found = Docx()
        self._styles = styles
        self._fields: list[_Field] = []  # complex fields that are open, the innermost last
        self._carried: tuple[str, int] | None = None  # a paragraph whose mark was deleted runs into the next

    def note_parts(self, archive: zipfile.ZipFile, name: str) -> None:
        """Count what lies outside the body and stays there."""
        names = archive.namelist()
        for part, what in _PARTS.items():
            tree = _part(archive, f"word/{part}.xml", name)
            ids = [n.get(W + "type") for n in tree if n.tag == W + what] if tree is not None else []
            self._count(what, sum(kind in (None, "normal") for kind in ids))
        self._count("header or footer", sum(n.startswith(("word/header", "word/footer")) for n in names))
        self._count("embedded file", sum(n.startswith(("word/embeddings/", "word/media/")) for n in names))
        self._count(
            "document properties", sum(n.startswith("docProps/") and n.endswith(".xml") for n in names)
        )

    def _count(self, what: str, n: int = 1) -> None:
        if n:
            self.found.dropped[what] += n

    def body(self, document: Element) -> None:
        for block in self._blocks(document.find(W + "body")):
            if isinstance(block, Table) or block.text.strip():
                self.found.blocks.append(block)
        if self._carried is not None and self._carried[0].strip():
            self.found.blocks.append(Paragraph(*self._carried))

    def _blocks(self, parent: Element | None) -> Iterator[Paragraph | Table]:
        for child in parent if parent is not None else ():
            if child.tag == W + "p":
                paragraph = self._paragraph(child)
                if paragraph is not None:
                    yield paragraph
            elif child.tag == W + "tbl":
                rows = tuple(self._row(row) for row in self._rows(child))
                if any(any(c.strip() for c in row) for row in rows):
                    yield Table(rows)
            elif child.tag in _THROUGH:
                yield from self._blocks(child)
            elif child.tag in _GONE:
                self._count(_GONE[child.tag])

    def _rows(self, table: Element) -> Iterator[Element]:
        for child in table:
            if child.tag in _THROUGH:
                yield from self._rows(child)
            elif child.tag == W + "tr":
                if child.find(f"{W}trPr/{W}del") is not None:
                    self._count("tracked deletion")
                elif _on(child.find(W + "trPr"), "hidden"):
                    self._count("hidden text")
                else:
                    yield child

    def _row(self, row: Element) -> tuple[str, ...]:
        cells: list[str] = []
        for cell in _cells(row):
            if cell.find(f"{W}tcPr/{W}cellDel") is not None:
                self._count("tracked deletion")
                continue
            cells.append("\n".join(_flat(self._blocks(cell))))
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            cells += [""] * (int(span.get(W + "val", "1")) - 1 if span is not None else 0)
        return tuple(cells)

    def _paragraph(self, element: Element) -> Paragraph | None:
        properties = element.find(W + "pPr")
        named = properties.find(W + "pStyle") if properties is not None else None
        style = named.get(W + "val", "") if named is not None else ""
        pieces = list(self._runs(element, style))
        self._fields = [
            field for field in self._fields if field.shown
        ]  # no code goes on in the next paragraph
        text, bold = "".join(t for t, _bold in pieces), _bold_prefix(pieces)
        if self._carried is not None:
            before, before_bold = self._carried
            bold = before_bold + (bold if before_bold == len(before) else 0)
            text, self._carried = before + text, None
        mark = properties.find(f"{W}rPr/{W}del") if properties is not None else None
        if mark is not None:
            self._carried = (text, bold)
            return None
        return Paragraph(text, bold, self._styles.title(style))

    def _runs(self, parent: Element, style: str) -> Iterator[tuple[str, bool]]:
        for child in parent:
            if child.tag == W + "r":
                yield from self._run(child, style)
            elif child.tag == W + "fldSimple" and _is_metadata(child.get(W + "instr", "")):
                self._count("document properties")
            elif child.tag in _THROUGH:
                yield from self._runs(child, style)
            elif child.tag in _GONE:
                self._count(_GONE[child.tag])

    def _run(self, run: Element, style: str) -> Iterator[tuple[str, bool]]:
        properties = run.find(W + "rPr")
        hidden = self._styles.on(properties, style, "vanish")
        bold = self._styles.on(properties, style, "b")
        text = "".join(self._content(run))
        if hidden and text.strip():
            self._count("hidden text")
        elif text and not hidden:
            yield text, bold

    def _content(self, run: Element) -> Iterator[str]:
        for child in run:
            if child.tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
            elif child.tag == W + "instrText" and self._fields:
                self._fields[-1].code += child.text or ""
            elif any(not field.shown or _is_metadata(field.code) for field in self._fields):
                continue
            elif child.tag == W + "t":
                yield child.text or ""
            elif child.tag in _GLYPHS:
                yield _GLYPHS[child.tag]
            elif child.tag in _OBJECTS or child.tag.endswith("}AlternateContent"):
                self._count("picture or text box")

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
        elif kind == "end" and self._fields and _is_metadata(self._fields.pop().code):
            self._count("document properties")


def _cells(row: Element) -> Iterator[Element]:
    """The cells of a row, not those of tables within its cells."""
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in _THROUGH:
            yield from _cells(child)


def _is_metadata(code: str) -> bool:
    """Whether a field prints the document's own properties, such as its author's name."""
    return any(word.upper() in _METADATA_FIELDS for word in code.split(maxsplit=1)[:1])


def _bold_prefix(pieces: list[tuple[str, bool]]) -> int:
    length = 0
    for text, bold in pieces:
        if not bold and text.strip():
            break
        length += len(text)
    return length if any(bold for _text, bold in pieces[:1]) else 0


def _flat(blocks: Iterator[Paragraph | Table]) -> Iterator[str]:
    """The lines of a cell; a table within a cell is read row by row."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from ("\t".join(row) for row in block.rows)
