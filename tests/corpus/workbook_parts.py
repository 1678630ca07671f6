"""Parts of a workbook changed after it was written: hidden rows and columns, and what Excel keeps beside cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"


def change(
    path: Path, changes: Mapping[str, Callable[[str], str]], more: Mapping[str, str | bytes] | None = None
) -> None:
    """Write the archive *path* anew, with *changes* made to the text of its parts, and *more* parts."""
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for name, made in changes.items():
        held = parts[name]
        parts[name] = made(held.decode() if isinstance(held, bytes) else held)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in {**parts, **(more or {})}.items():
            archive.writestr(name, held)


def hide(
    path: Path, *, rows: Sequence[int] = (), columns: Sequence[int] = (), how: str = 'hidden="1"'
) -> None:
    """Hide rows (from 1) and columns (from 1) of the first sheet of an XLSX."""

    def made(xml: str) -> str:
        for row in rows:
            xml = xml.replace(f'<row r="{row}">', f'<row r="{row}" {how}>')
        shut = how.replace("ht=", "width=")
        cols = "".join(f'<col min="{n}" max="{n}" {shut}/>' for n in columns)
        return xml.replace("<sheetData>", f"<cols>{cols}</cols><sheetData>") if cols else xml

    change(path, {SHEET: made})


def in_row(row: int, xml: str) -> Callable[[str], str]:
    """A change that appends *xml* to the cells of *row*."""
    return lambda text: re.sub(rf'(<row r="{row}"[^>]*>.*?)(</row>)', rf"\g<1>{xml}\2", text, count=1)


def ods(path: Path, rows: Sequence[str], *, columns: str = "") -> Path:
    """A small ODS of *rows* (the XML of each) in one sheet."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    body = f'<table:table table:name="Isi">{columns}{"".join(rows)}</table:table>'
    document = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml", f"<office:document-content {spaces}>{document}</office:document-content>"
        )
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def ods_row(*cells: str, more: str = "") -> str:
    """The XML of a row of texts."""
    made = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row {more}>{made}</table:table-row>"
