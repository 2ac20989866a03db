"""What people's spreadsheets hold beside plain numbers: totals, texts that are numbers, units."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.inputs.understanding.networks import (
    SUNSPOTS,
    WEATHER,
    asked,
    numbers,
    read,
    refused,
    said,
)

Write = Callable[..., "str | bytes"]

KEEP = "It is a timestep like the others"


def workbook(*rows: Sequence[object]) -> bytes:
    """Return an Excel workbook of these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


TOTALS = {
    "commas": "date,v\n2024-01-01,10\n2024-01-02,20\n2024-01-03,30\n,60\n",
    "semicolons": "Datum;v\n01.01.2024;10\n02.01.2024;20\n03.01.2024;30\n;60\n",
    "year and month": "year,month,v\n2024,1,10\n2024,2,20\n2024,3,30\n,,60\n",
    "words": "day,v\nMon,10\nTue,20\nWed,30\n,60\n",
    "sum and mean": "date,v\n2024-01-01,10\n2024-01-02,20\n2024-01-03,30\n,60\n,20\n",
    "Excel": workbook(("month", "v"), ("Jan 24", 10), ("Feb 24", 20), ("Mar 24", 30), (None, 60)),
}


@pytest.mark.parametrize("data", TOTALS.values(), ids=TOTALS)
def test_a_last_row_that_does_not_say_of_what_it_is_is_asked_about(data: str | bytes) -> None:
    found = read(data)
    assert asked(found) == ["last rows"]
    assert "with an empty cell" in said(found)
    assert numbers(found) == [[10, 20, 30]]
    assert numbers(read(data, answers={"last rows": KEEP}))[0][:4] == [10, 20, 30, 60]


def test_a_row_of_means_without_a_label_is_asked_about() -> None:
    head = "date,temp,humidity,pressure\n"
    found = read(f"{head}2024-01-01,10,50,1000\n2024-01-02,20,70,1010\n,15,60,1005\n", WEATHER)
    assert asked(found) == ["last rows"]
    assert numbers(found) == [[[10, 50, 1000], [20, 70, 1010]]]


@pytest.mark.parametrize(
    "data",
    [
        "temp,humidity,pressure\n10.5,50,1000\n20,70,1010\n15,60,1005\n,61,1006\n",
        "temp,humidity,pressure\n10,50,1000\n20,70,1010\n15,60,1005\n,61,1006\n",
    ],
)
def test_a_gap_in_the_last_row_of_signals_is_a_gap(data: str) -> None:
    assert asked(read(data, WEATHER)) == ["gaps"]


@pytest.mark.parametrize(
    "data",
    [
        "date,v\n2024-01-01,10\n,20\n2024-01-03,30\n,60\n",
        "2024-01-01,10\n2024-01-02,20\n2024-01-03,30\n2024-01-04,60\n",
    ],
)
def test_a_first_column_with_gaps_or_without_any_says_nothing_of_totals(data: str) -> None:
    assert "last rows" not in asked(read(data))


def records(*values: object) -> str:
    """Return records in JSON, a year and a value in each."""
    return json.dumps([{"year": 2001 + k, "sunspots": v} for k, v in enumerate(values)])


WRITTEN: dict[str, Write] = {
    "Excel": lambda *values: workbook(("year", "sunspots"), *enumerate(values, start=2001)),
    "records": records,
    "columns": lambda *values: json.dumps(
        {"year": [2001 + k for k in range(len(values))], "sunspots": values}
    ),
    "texts": lambda *values: json.dumps(values),
}


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
@given(st.lists(st.integers(100, 980), min_size=2, max_size=5, unique=True))
def test_texts_with_a_decimal_comma_are_those_numbers(write: Write, tenths: list[int]) -> None:
    found = read(write(*(f"{n // 10},{n % 10}" for n in tenths)))
    assert not {"decimal", "input:sunspots"} & {*asked(found)}
    assert numbers(found) == [[n / 10 for n in tenths]]


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_texts_with_a_comma_that_may_be_either_are_asked_about(write: Write) -> None:
    data = write("1,234", "2,345", "3,456")
    assert asked(read(data)) == ["decimal"]
    decimal = read(data).questions[0].options[0]
    assert numbers(read(data, answers={"decimal": decimal})) == [[1.234, 2.345, 3.456]]
    assert numbers(read(write("0,234", "2,345", "3,456"))) == [[0.234, 2.345, 3.456]]


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_numbers_of_a_typed_file_have_decimal_points(write: Write) -> None:
    found = read(write(1.234, 2.345, 3.456))
    assert not found.questions
    assert numbers(found) == [[1.234, 2.345, 3.456]]
    assert numbers(read(records(80, "83,4", 47))) == [[80, 83.4, 47]]


def test_texts_in_other_columns_leave_numbers_with_points_alone() -> None:
    data = json.dumps(
        {"sunspots": [1.234, 2.345], "share": ["0,5", "0,7"], "note": ["wet, cold", "dry"]}
    )
    assert numbers(read(data)) == [[1.234, 2.345]]


UNITS = ["°C", "°", "C", "m", "kg", "h", "µg/m³"]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("head", ["", "sunspots\n"])
def test_numbers_with_a_unit_are_numbers_from_the_first_on(head: str, unit: str) -> None:
    found = read(head + "".join(f"{value}{unit}\n" for value in (80.9, 83.4, 47.7)))
    assert numbers(found) == [[80.9, 83.4, 47.7]]
    assert unit in said(found)


def test_a_name_that_looks_like_a_number_with_a_unit_is_a_name() -> None:
    found = read("5min,15min,60min\n10,50,1000\n20,70,1010\n", WEATHER)
    assert [column.name for column in found.table.columns] == ["5min", "15min", "60min"]


@pytest.mark.parametrize("apostrophe", "'’´`")
@pytest.mark.parametrize("head", ["", "sunspots\n"])
def test_thousands_apart_by_any_apostrophe_are_numbers(head: str, apostrophe: str) -> None:
    data = f"{head}1'200\n1'034\n998\n2'150\n".replace("'", apostrophe)
    assert numbers(read(data, SUNSPOTS)) == [[1200, 1034, 998, 2150]]


@pytest.mark.parametrize(
    "data",
    [
        "year,value\n1749,80,9\n1750,83,4\n1751,47,7\n",
        "month,value\n202401,80,9\n202402,83,4\n202403,47,7\n",
    ],
)
def test_years_are_no_names_of_rows_so_that_a_bare_decimal_comma_is_seen(data: str) -> None:
    assert "line 2, has 3 cells" in refused(data)


@pytest.mark.parametrize("first", [0, 1])
def test_rows_that_are_counted_have_names(first: int) -> None:
    rows = "".join(f"{first + k},{1749 + k},{v}\n" for k, v in enumerate((80.9, 83.4, 47.7)))
    found = read(f"year,sunspots\n{rows}")
    assert numbers(found) == [[80.9, 83.4, 47.7]]
    assert "as R writes them" in said(found)
