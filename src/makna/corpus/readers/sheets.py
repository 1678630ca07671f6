"""Workbooks (XLSX, XLS, ODS) row by row, cells as the strings that a CSV export would hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from makna.corpus.readers import hidden_cells
from makna.corpus.readers.hidden_cells import Hidden
from makna.corpus.readers.source import opened
from makna.errors import NothingToRead, UnreadableFile
from makna.i18n import _

Cell = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True)
class Sheet:
    """The shown rows of one sheet, each with its number from 1 and its shown cells, how many there are, what is hidden."""

    rows: Iterator[tuple[int, tuple[str, ...]]]
    height: int
    hidden: Hidden


def read(path: Path, sheet: str | None) -> Sheet:
    """The chosen sheet, else the first visible one that is not empty.

    Raises a ReadError that names the file, what was found and a remedy.
    """
    with opened(path) as stream:
        try:
            chosen = _chosen(CalamineWorkbook.from_object(stream), sheet, path.name)
        except python_calamine.PasswordError:
            message = _("{name} is protected by a password: save it without one, or as CSV.")
            raise UnreadableFile(message.format(name=path.name)) from None
        except python_calamine.CalamineError:
            message = _(
                "{name} is damaged, or protected by a password: open it in a spreadsheet and save it as XLSX or CSV"
                " without a password."
            )
            raise UnreadableFile(message.format(name=path.name)) from None
    hidden = hidden_cells.of(path, chosen.name)
    return Sheet(_rows(chosen, hidden), chosen.height, hidden)


def _rows(sheet: CalamineSheet, hidden: Hidden) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number in hidden.rows:
            continue
        shown = [cell for at, cell in enumerate(row) if at not in hidden.columns] if hidden.columns else row
        yield number, tuple(map(as_text, shown))


def _chosen(workbook: CalamineWorkbook, wanted: str | None, name: str) -> CalamineSheet:
    visible = [s.name for s in workbook.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
    if wanted is not None:
        if wanted not in workbook.sheet_names:
            message = _("{name} has no sheet {sheet}. Sheets: {sheets}.")
            raise UnreadableFile(message.format(name=name, sheet=wanted, sheets=", ".join(visible)))
        return workbook.get_sheet_by_name(wanted)
    for title in visible:
        found = workbook.get_sheet_by_name(title)
        if found.height:
            return found
    raise NothingToRead(
        _("{name} holds no visible sheet with rows: unhide the sheet, or name it.").format(name=name)
    )


def as_text(cell: Cell) -> str:
    """A cell as text: whole numbers without a decimal point, times in ISO form."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return cell.isoformat() if isinstance(cell, date | datetime | time) else str(cell)
