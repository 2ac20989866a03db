"""Excel workbooks (.xlsx): a sheet as rows of texts, read by openpyxl; no formula is computed."""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime, time
from typing import Any

from ..arrays import shown
from ..files import UploadError
from .contents import opened
from .dialect import Rows
from .limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, expect_shape
from .notes import Notes, Undecided


def rows_of_workbook(name: str, data: bytes, notes: Notes) -> Rows:
    """Return the rows of the sheet that is read; its numbers have a decimal point.

    Raises UploadError for a damaged workbook and where openpyxl is not installed, Undecided
    while the reader has not said which of several sheets is read.
    """
    opened(name, data).close()
    try:
        import openpyxl
    except ImportError:
        raise UploadError(
            f"{shown(name)} is an Excel workbook: to open it, install openpyxl, or save the sheet "
            "as .csv."
        ) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles that we do not read
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheet = _sheet(book, notes)
            return _rows(name, sheet)
    except (UploadError, Undecided):
        raise
    except Exception:  # whatever openpyxl meets in a damaged file
        raise UploadError(
            f"{shown(name)} is an Excel workbook that cannot be read: save it anew, or as .csv."
        ) from None


def _sheet(book: Any, notes: Notes) -> Any:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    filled = {
        title: s for title, s in sheets.items() if (s.max_row or 1) > 1 or (s.max_column or 1) > 1
    }
    filled = filled or sheets
    if not filled:
        raise UploadError(f"{shown(notes.name)} is an Excel workbook without a sheet.")
    if len(filled) == 1:
        return next(iter(filled.values()))
    return notes.require("sheet", "Which sheet is read?", filled)


def _rows(name: str, sheet: Any) -> Rows:
    rows: list[list[str]] = []
    lines: list[int] = []
    cells = 0
    for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        while row and row[-1] is None:
            row = row[:-1]  # noqa: PLW2901
        cells += len(row)
        if line > MAX_ROWS or len(row) > MAX_COLUMNS or cells > MAX_CELLS // 10:
            expect_shape(name, line, max(len(row), 1))
            raise UploadError(f"{shown(name)} has more than {MAX_CELLS // 10:,} cells: cut it.")
        rows.append([text_of_cell(value) for value in row])
        lines.append(line)
    width = max(map(len, rows), default=0)
    return Rows(rows=[row + [""] * (width - len(row)) if row else [] for row in rows], lines=lines)


def text_of_cell(value: Any) -> str:
    """Return a cell as a text: numbers with all their digits, dates as ISO has them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return repr(value) if isinstance(value, float) else str(value).strip()
