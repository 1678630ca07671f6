"""Which rows and columns of a workbook's sheet are hidden: what its owner does not show does not enter.

The reader of cells does not tell, so the sheet's XML is asked: of XLSX by the tags of rows and columns alone, since
sheets are large; of ODS element by element. Older and binary workbooks (XLS, XLSB) cannot be asked.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from makna.corpus.readers.source import OLE, opened

_PIECE = 1 << 20
_LONGEST = 1 << 16  # bytes of a tag
_REPEATED = 1 << 20  # rows and columns of a sheet at most
_ROW = re.compile(rb"<(?:\w+:)?(row|col)\b([^>]*)>")
_VALUE = re.compile(rb"""\b([a-zA-Z]+)\s*=\s*["']([^"']*)["']""")
_NO = (b"0", b"false", b"")
_ODS = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_WRONG = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    ElementTree.ParseError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    zlib.error,
)


@dataclass(frozen=True)
class Hidden:
    """Numbers of hidden rows (from 1) and columns (from 0); *told* is false where the file cannot be asked."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    told: bool = True

    def counts(self) -> dict[str, int]:
        """How much is hidden, as the report of an import names it."""
        found = {"hidden row": len(self.rows), "hidden column": len(self.columns)}
        return {name: n for name, n in found.items() if n}


NOTHING = Hidden()


def of(path: Path, sheet: str) -> Hidden:
    """What is hidden in the sheet called *sheet* of the workbook *path*."""
    with opened(path) as stream:
        if stream.read(4) == OLE:
            return Hidden(told=False)
        stream.seek(0)
        try:
            with zipfile.ZipFile(stream) as archive:
                return _of_archive(archive, sheet)
        except _WRONG:
            return Hidden(told=False)


def _of_archive(archive: zipfile.ZipFile, sheet: str) -> Hidden:
    names = archive.namelist()
    if "xl/workbook.xml" in names:
        with archive.open(_part(archive, sheet)) as xml:
            return _of_xlsx(xml)
    if "content.xml" in names:
        with archive.open("content.xml") as xml:
            return _of_ods(xml, sheet)
    return Hidden(told=False)


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part of an XLSX that holds *sheet*. Raises KeyError where there is none."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    ends = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = {end.get("Id"): end.get("Target", "") for end in ends}
    for one in book.iter():
        if one.tag.rpartition("}")[2] == "sheet" and one.get("name") == sheet:
            key = next((value for name, value in one.items() if name.endswith("}id")), None)
            part = target[key]
            return part.lstrip("/") if part.startswith("/") else f"xl/{part}"
    raise KeyError(sheet)


def _of_xlsx(xml: IO[bytes]) -> Hidden:
    rows: set[int] = set()
    columns: set[int] = set()
    at = 0
    for tag, values in _tags(xml):
        if tag == b"row":
            at = int(values[b"r"]) if values.get(b"r", b"").isdigit() else at + 1
            if values.get(b"hidden", b"") not in _NO or _is_nought(values.get(b"ht")):
                rows.add(at)
        elif values.get(b"hidden", b"") not in _NO or _is_nought(values.get(b"width")):
            first, last = (int(values.get(name, b"0") or 0) for name in (b"min", b"max"))
            columns.update(range(max(0, first - 1), min(last, 1 << 14)))
    return Hidden(frozenset(rows), frozenset(columns))


def _tags(xml: IO[bytes]) -> Iterator[tuple[bytes, dict[bytes, bytes]]]:
    """The tags of rows and columns with their attributes, in their order."""
    held = b""
    while piece := xml.read(_PIECE):
        held += piece
        end = 0
        for match in _ROW.finditer(held):
            end = match.end()
            yield match[1], dict(_VALUE.findall(match[2]))
        held = held[max(end, len(held) - _LONGEST) :]


def _is_nought(size: bytes | None) -> bool:
    return size is not None and re.fullmatch(rb"0+(?:\.0*)?", size) is not None


def _of_ods(xml: IO[bytes], sheet: str) -> Hidden:
    rows: set[int] = set()
    columns: set[int] = set()
    inside, row, column = False, 0, 0
    for event, element in ElementTree.iterparse(xml, events=("start", "end")):
        if event == "end":
            inside = inside and element.tag != f"{_ODS}table"
            if element.tag in (f"{_ODS}table-row", f"{_ODS}table"):
                element.clear()
        elif element.tag == f"{_ODS}table":
            inside = element.get(f"{_ODS}name") == sheet
            row = column = 0
        elif inside and element.tag == f"{_ODS}table-row":
            n = min(int(element.get(f"{_ODS}number-rows-repeated", "1")), _REPEATED)
            rows.update(range(row + 1, row + n + 1) if _is_shut(element) else ())
            row += n
        elif inside and element.tag == f"{_ODS}table-column":
            n = min(int(element.get(f"{_ODS}number-columns-repeated", "1")), _REPEATED)
            columns.update(range(column, column + n) if _is_shut(element) else ())
            column += n
    return Hidden(frozenset(rows), frozenset(columns))


def _is_shut(element: ElementTree.Element) -> bool:
    return element.get(f"{_ODS}visibility", "visible") != "visible"
