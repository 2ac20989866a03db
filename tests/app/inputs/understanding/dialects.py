"""Tables of numbers as people and programs write them: one known table in many dialects."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252")
COMMENTS = ("# written by a logger", "% exported 2024-01-01", "// unit: count")
PREAMBLES = ("Station Zürich Fluntern", "Exported by a tool\n", "Station: 12\nHeight: 556 m\n")
FOOTERS = ("Source: the office of statistics", "\nEnd of file", "* preliminary")


@dataclass
class Dialect:
    """How a table is written."""

    delimiter: str = ","
    decimal: str = "."
    thousands: str = ""
    quoting: Any = csv.QUOTE_MINIMAL
    encoding: str = "utf-8"
    line_break: str = "\n"
    header: bool = True
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    units: bool = False
    separator_line: bool = False
    trailing: bool = False  # a delimiter at the end of each row
    last_break: bool = True


@dataclass
class Written:
    """A table: its columns of texts by name, in order; and the numbers that are wanted."""

    columns: dict[str, list[str]]
    dialect: Dialect
    wanted: list[float] = field(default_factory=list)

    def bytes(self) -> bytes:
        """Return the file."""
        d = self.dialect
        out = io.StringIO()
        writer = csv.writer(out, delimiter=d.delimiter, quoting=d.quoting, lineterminator="\n")
        rows = [list(row) for row in zip(*self.columns.values(), strict=True)]
        if d.units:
            rows.insert(0, ["", *["mm"] * (len(self.columns) - 1)])
        if d.header:
            rows.insert(0, list(self.columns))
        writer.writerows([*row, ""] if d.trailing else row for row in rows)
        first = [f"sep={d.delimiter}"] if d.separator_line else []
        body = out.getvalue() if d.last_break else out.getvalue().removesuffix("\n")
        text = "".join(f"{line}\n" for line in (*first, *d.above)) + body
        text += "".join(f"\n{line}" for line in d.below) if not d.last_break else ""
        text += "".join(f"{line}\n" for line in d.below) if d.last_break else ""
        return text.replace("\n", d.line_break).encode(d.encoding, "replace")


def spelled(value: float, digits: int, decimal: str, thousands: str) -> str:
    """Return a number as a dialect writes it."""
    text = f"{value:,.{digits}f}" if thousands else f"{value:.{digits}f}"
    return text.replace(",", "\0").replace(".", decimal).replace("\0", thousands)


def counting(kind: str, count: int) -> list[str]:
    """Return a column that counts or tells the time."""
    return [
        {
            "zero": f"{k}",
            "one": f"{k + 1}",
            "year": f"{1990 + k}",
            "date": f"2024-{1 + k // 28:02}-{1 + k % 28:02}",
            "german": f"{1 + k % 28:02}.{1 + k // 28:02}.2024",
            "stamp": f"2024-01-{1 + k // 24:02} {k % 24:02}:00:00",
            "epoch": f"{1_700_000_000 + 900 * k}",
            "newest": f"2024-01-{28 - k:02}",
        }[kind]
        for k in range(count)
    ]


@st.composite
def dialects(draw: Any) -> Dialect:
    """Return a way to write a table that a program may have."""
    delimiter = draw(st.sampled_from(",;\t|"))
    decimal = draw(st.sampled_from(".,"))
    thousands = draw(st.sampled_from(["", "", "", "," if decimal == "." else ".", " ", "'"]))
    return Dialect(
        delimiter=delimiter,
        decimal=decimal,
        thousands=thousands,
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        encoding=draw(st.sampled_from(ENCODINGS)),
        line_break=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        header=draw(st.booleans()),
        above=tuple(draw(st.lists(st.sampled_from(COMMENTS + PREAMBLES), max_size=2))),
        below=tuple(draw(st.lists(st.sampled_from(FOOTERS), max_size=1))),
        units=draw(st.booleans()),
        separator_line=draw(st.booleans()),
        trailing=draw(st.booleans()),
        last_break=draw(st.booleans()),
    )


@st.composite
def written(draw: Any, wild: bool = True) -> Written:
    """Return a table with one signal, called `signal`, in some dialect."""
    dialect = draw(dialects()) if wild else Dialect(delimiter=draw(st.sampled_from(",;\t")))
    count = draw(st.integers(3, 12))
    digits = draw(st.integers(0, 4)) if wild else draw(st.integers(1, 2))
    largest = draw(st.sampled_from([1, 100, 20_000, 3_000_000]))
    drawn = st.integers(-(10**6), 10**6).map(lambda k: round(k / 1e6 * largest, digits))
    values = draw(st.lists(drawn, min_size=count, max_size=count))
    texts = [spelled(v, digits, dialect.decimal, dialect.thousands) for v in values]
    columns: dict[str, list[str]] = {}
    kind = draw(
        st.sampled_from(["", "zero", "one", "year", "date", "german", "stamp", "epoch", "newest"])
    )
    if kind:
        name = draw(st.sampled_from(["", "when", "Datum", "time", "n"]))
        columns[name] = counting(kind, count)
    columns["signal"] = texts
    if draw(st.booleans()):
        columns["Größe"] = draw(
            st.lists(st.sampled_from(["low", "high", "très"]), min_size=count, max_size=count)
        )
    if wild and draw(st.booleans()):
        columns["area"] = [
            spelled(float(k * k % 7) + 0.5, 2, dialect.decimal, "") for k in range(count)
        ]
    wanted = values[::-1] if kind == "newest" else values
    return Written(columns=columns, dialect=dialect, wanted=[float(v) for v in wanted])
