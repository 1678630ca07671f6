"""Cells pasted from a spreadsheet: cases down the side, attributes along the top."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO

from makna.errors import RecordError
from makna.i18n import _


@dataclass(frozen=True)
class Pasted:
    """The *attributes* of the head, and for each case of the first column its cells."""

    attributes: tuple[str, ...]
    cells: tuple[tuple[str, tuple[str, ...]], ...]


def pasted(text: str) -> Pasted:
    """The table in *text*, its cells parted by tabs, or else by semicolons or commas.

    Raises RecordError where a row has more cells than the head, or a case or attribute comes twice.
    """
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if len(lines) < 2:
        raise RecordError(_("Paste a row of attributes, and under it a row for each case."))
    mark = next((mark for mark in "\t;," if mark in lines[0]), "\t")
    rows = [[cell.strip() for cell in row] for row in csv.reader(StringIO("\n".join(lines)), delimiter=mark)]
    head, *rest = rows
    attributes = head[1:]
    if not attributes or not all(attributes) or len({a.casefold() for a in attributes}) < len(attributes):
        raise RecordError(_("The first row names the attributes, each once, from its second cell on."))
    if len({row[0].casefold() for row in rest}) < len(rest):
        raise RecordError(_("A case stands in more than one row."))
    for n, row in enumerate(rest, 2):
        if len(row) > len(head):
            raise RecordError(_("Row {n} has more cells than there are attributes.").format(n=n))
    cells = tuple((row[0], tuple(row[1:] + [""] * (len(head) - len(row)))) for row in rest)
    return Pasted(tuple(attributes), cells)
