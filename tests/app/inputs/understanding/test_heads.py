"""Rows that are no data: several lines of names, units, factors, names that are said again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.inputs.understanding.networks import (
    ADDING,
    WEATHER,
    asked,
    numbers,
    numeric,
    read,
    said,
)

VALUES = [[1.5, 50, 1000], [2.5, 60, 1010], [2.75, 65, 1005]]
WANTED = "temp,humidity,pressure"


def rows(before: str = "", delimiter: str = ",") -> str:
    """Return the values as lines, each behind what stands before them."""
    return "".join(
        delimiter.join([before.format(day + 1), *map(str, row)]) + "\n"
        for day, row in enumerate(VALUES)
    )


HEADS = {
    "a logger": '"TOA5","CR1000","x"\nTIMESTAMP,RECORD,temp,humidity,pressure\n'
    "TS,RN,Deg C,%,hPa\n,,Avg,Smp,Smp\n" + rows("2024-01-0{0},{0}"),
    "a logger of one process": f"TIMESTAMP,RECORD,{WANTED}\nTS,RN,Volts,%,hPa\n,,Avg,Avg,Avg\n"
    + rows("2024-01-0{0},{0}"),
    "a logger of distinct processes": f"TIMESTAMP,RECORD,{WANTED}\nTS,RN,C,%,hPa\n,,Avg,Smp,Max\n"
    + rows("2024-01-0{0},{0}"),
    "columns of two levels": f"Price,{WANTED}\nTicker,AAPL,AAPL,AAPL\nDate,,,\n"
    + rows("2024-01-0{}"),
    "two levels, the upper the same": f",station,station,station\n,{WANTED}\ndate,,,\n"
    + rows("2024-01-0{}"),
    "units, one of them none": f"year,{WANTED}\nyr,°C,1,hPa\n" + rows("174{}"),
    "names in the last line": f"A,B,C,D\ndate,{WANTED}\n" + rows("2024-01-0{}"),
    "an index without a name": f"Station,1,Berlin,x\n,{WANTED}\n" + rows("2024-01-0{}"),
}


@pytest.mark.parametrize("data", HEADS.values(), ids=HEADS)
def test_the_row_that_tells_the_columns_apart_names_them(data: str) -> None:
    found = read(data, WEATHER)
    assert not found.questions
    assert numbers(found) == [VALUES]


def test_what_stands_between_names_and_data_is_said() -> None:
    text = said(read(HEADS["a logger"], WEATHER))
    assert "Line 3 holds units: TS, RN, Deg C" in text
    assert "Line 1 above the table: skipped." in text
    assert "Line 4 below the names: skipped." in text


def test_the_name_of_an_index_in_a_line_of_its_own_names_the_first_column() -> None:
    found = read(HEADS["columns of two levels"], WEATHER)
    assert found.table.columns[0].name == "Date"


@pytest.mark.parametrize(
    ("data", "values"),
    [
        ("year,sunspots\nyr,1\n1749,80.9\n1750,83.4\n", [80.9, 83.4]),
        ("grade,sunspots\nC,1\nB,3.5\nA,2\n", [1, 3.5, 2]),
        ("sunspots\n1\n3.5\n2\n", [1, 3.5, 2]),
    ],
)
def test_a_one_is_a_unit_beside_units_above_numbers_alone(data: str, values: list[float]) -> None:
    assert numbers(read(data)) == [values]


@pytest.mark.parametrize(
    ("data", "values"),
    [
        ("x =\n\n   1.0e+03 *\n\n    0.0809\n    0.0834\n    1.0477\n", [80.9, 83.4, 1047.7]),
        ("x =\n\n   1.0e-03 *\n\n    0.5000\n    0.2500\n", [0.0005, 0.00025]),
        ("1.0e+03 *\n\n    0.0809\n    0.0834\n", [80.9, 83.4]),
        ("x =\n\n   80.9000\n   83.4000\n", [80.9, 83.4]),
    ],
)
def test_a_factor_above_numbers_multiplies_them(data: str, values: list[float]) -> None:
    found = read(data)
    assert numbers(found) == [values]
    assert ("multiplied by it" in said(found)) == ("*" in data)


def test_a_factor_above_several_columns_multiplies_all() -> None:
    data = "x =\n\n   1.0e+03 *\n\n    0.0015    0.0500\n    0.0025    0.0600\n    1.0000   -2\n"
    found = read(data, ADDING)
    assert asked(found) in ([], ["inputs"])
    assert numbers(found) == [[[1.5, 50], [2.5, 60], [1000, -2000]]]


@given(at=st.sets(st.integers(1, 3), min_size=1))
def test_names_that_are_said_again_are_left_out(at: set[int]) -> None:
    lines = [f"2024-01-0{k + 1},{k}.5" for k in range(5)]
    for k in sorted(at, reverse=True):
        lines.insert(k, "date,sunspots")
    found = read("\n".join(("date,sunspots", *lines)))
    assert numbers(found) == [[0.5, 1.5, 2.5, 3.5, 4.5]]
    assert f"line {min(at) + 2}" in said(found).lower()
    assert not found.questions


def test_a_row_of_numbers_like_numeric_names_is_data() -> None:
    data = ",0,1\n0,0.5,1.5\n1,2.5,0.5\n2,0,1\n"
    found = read(data, numeric("0", "1"))
    assert numbers(found)[0][-1] == [0, 1]
