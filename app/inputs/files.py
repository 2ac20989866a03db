"""What stands in a file of the reader's: its text, and the cells of a table.

Pure: bytes in, text out. Everything that can be wrong is told in one clear sentence by
`UploadError`. What the text means to a network is said in `uploads`.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from .arrays import shown

MAX_BYTES = 10 * 2**20
KINDS = ("txt", "csv", "tsv", "npy")


class UploadError(ValueError):
    """What was given cannot be read; its text is one clear sentence for the page.

    Where a table's columns could be read and only the chosen ones could not, `columns` and
    `chosen` say so: others may do.
    """

    columns: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()


def text_of_file(name: str, data: bytes) -> str:
    """Return the file's text; UploadError for a wrong ending, size or encoding, or no text.

    UTF-8, with or without its mark, and UTF-16 with its mark (Excel's "Unicode text").
    """
    ending = name.rpartition(".")[2].lower()
    if ending not in KINDS:
        raise UploadError(
            f"{shown(name)} is not a .txt, .csv, .tsv or .npy file: choose one of these."
        )
    if len(data) > MAX_BYTES:
        raise UploadError(
            f"{shown(name)} holds {len(data) / 2**20:,.1f} MB: "
            f"at most {MAX_BYTES / 2**20:.0f} MB can be read."
        )
    utf16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UploadError(
            f"{shown(name)} is not UTF-8 text (byte {data[error.start]:#04x} at position "
            f"{error.start + 1}): save it as UTF-8 and try again."
        ) from None
    if "\0" in text:
        raise UploadError(f"{shown(name)} is not a text file: it contains zero bytes.")
    if not text.strip():
        raise UploadError(f"{shown(name)} is empty: give at least one timestep.")
    return text


def cells_of_file(name: str, data: bytes) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """Return the rows of a .csv or .tsv file, at least one, and the line where each stands.

    Empty lines are skipped. Raises UploadError where rows differ in length.
    """
    text = text_of_file(name, data)
    delimiter = "\t" if name.lower().endswith(".tsv") else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    try:
        for cells in reader:
            stripped = tuple(cell.strip() for cell in cells)
            if any(stripped):
                rows.append(stripped)
                lines.append(reader.line_num)
    except csv.Error as error:
        raise UploadError(f"{shown(name)}, line {reader.line_num}, is broken: {error}.") from None
    if not rows:
        raise UploadError(f"{shown(name)} is empty: give at least one timestep.")
    for line, row in zip(lines, rows, strict=True):
        if len(row) != len(rows[0]):
            raise UploadError(
                f"Line {line} has {counted(len(row), 'cell')}: "
                f"expected {len(rows[0])}, as in the first line."
            )
    return tuple(rows), tuple(lines)


def distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names for all columns, none twice and none empty."""
    given: list[str] = []
    for k, name in enumerate(names, start=1):
        chosen = name or f"column {k}"
        while chosen in given:
            chosen += "′"
        given.append(chosen)
    return tuple(given)


def _delimiter(text: str) -> str:
    """What separates the cells of the first line that isn't empty: comma, semicolon or tab."""
    first = next(line for line in text.splitlines() if line.strip())
    return max(",;\t", key=first.count)


def counted(number: int, noun: str) -> str:
    """Return "1 cell", "2 cells"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
