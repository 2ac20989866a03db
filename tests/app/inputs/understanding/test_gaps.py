"""A missing value is named, and filled or left out as the reader says; nothing is passed over."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inputs.understanding.gaps import REMEDIES, sentinels
from tests.app.inputs.understanding.networks import (
    WEATHER,
    asked,
    numbers,
    numeric,
    read,
    refused,
    said,
)

GAP = "year,activity\n1749,80.5\n1750,\n1751,47.5\n1752,30.5\n"
BLANKS = ["", "NA", "N/A", "NaN", "nan", "null", "None", "?", "-", "--", "..", "#N/A", "<NA>"]


@pytest.mark.parametrize("blank", BLANKS)
def test_whatever_stands_for_a_missing_value_is_named_with_its_line(blank: str) -> None:
    found = read(f"year,activity\n1749,80.5\n1750,{blank}\n1751,47.5\n1752,30.5\n")
    assert asked(found) == ["gaps"]
    assert "'activity'" in said(found)
    assert "line 3" in said(found)
    assert found.sequences == ()
    assert found.table["activity"].gaps == 1
    assert found.table["activity"].first_gap == 3


@pytest.mark.parametrize(
    ("remedy", "wanted"),
    [
        ("Hold the last value", [[80.5, 80.5, 47.5, 30.5]]),
        ("Interpolate", [[80.5, 64.0, 47.5, 30.5]]),
        ("Leave the timestep out", [[80.5, 47.5, 30.5]]),
        ("Begin a new sequence", [[80.5], [47.5, 30.5]]),
    ],
)
def test_the_reader_chooses_what_becomes_of_a_gap(remedy: str, wanted: list[list[float]]) -> None:
    found = read(GAP, answers={"gaps": remedy})
    assert numbers(found) == wanted
    assert not found.questions
    assert "line 3" in said(found)
    assert sum(len(s.times or ()) for s in found.sequences) == sum(map(len, wanted))


def test_read_nothing_refuses_with_the_cell() -> None:
    assert "line 3" in refused(GAP, answers={"gaps": "Read nothing"})


columns = st.lists(
    st.lists(st.one_of(st.just(None), st.integers(0, 50)), min_size=6, max_size=6),
    min_size=2,
    max_size=2,
)


@given(columns, st.sampled_from(list(REMEDIES)[1:]))
def test_a_remedy_changes_no_value_that_was_there(
    table: list[list[int | None]], remedy: str
) -> None:
    rows = list(zip(*table, strict=True))
    texts = [",".join("" if v is None else f"{v}.5" for v in row) for row in rows]
    try:
        found = read("a,b\n" + "\n".join(texts) + "\n", numeric("a", "b"), {"gaps": remedy})
    except ValueError:
        return
    got = [row for s in found.sequences if s.numbers is not None for row in s.numbers.tolist()]
    if remedy in {"Leave the timestep out", "Begin a new sequence"}:
        assert got == [[v + 0.5 for v in row] for row in rows if None not in row]
    elif len(got) == len(rows):
        known = [value for row in rows for value in row]
        filled = [value for row in got for value in row]
        assert all(k is None or v == k + 0.5 for v, k in zip(filled, known, strict=True))


def test_a_gap_in_a_column_that_is_not_read_does_not_matter() -> None:
    assert not read("year,sunspots,note\n1749,80.5,\n1750,83.5,x\n").questions


def test_a_gap_in_the_wanted_column_makes_no_other_be_taken() -> None:
    found = read("temp,humidity,pressure,extra\n5,80,,1\n6,79,,2.5\n7,75,,3\n", WEATHER)
    assert asked(found) == ["gaps"]
    assert "'pressure'" in said(found)


def test_a_column_without_any_value_may_be_the_wanted_one_and_is_asked_about() -> None:
    found = read("year,activity,other\n1749,,1\n1750,,2.5\n1751,,3\n")
    assert asked(found) == ["input:sunspots"]


def test_a_blank_line_among_numbers_is_a_gap() -> None:
    found = read("v\n80.5\n83.5\n\n47.5\n")
    assert asked(found) == ["gaps"]
    assert "line 4" in said(found)


@pytest.mark.parametrize("value", ["-999", "-9999", "-99.9", "9999", "1e20"])
def test_a_number_far_from_the_rest_that_stands_for_a_gap_is_asked_about(value: str) -> None:
    rows = "".join(f"{1749 + k},{v}\n" for k, v in enumerate((5.5, 6.5, value, 4.25, 7.5, 6.0)))
    found = read("year,v\n" + rows)
    assert f"sentinel:{float(value):.10g}" in asked(found)
    kept = read("year,v\n" + rows, answers={asked(found)[0]: "A number like the others"})
    assert numbers(kept) == [[5.5, 6.5, float(value), 4.25, 7.5, 6.0]]


@given(st.lists(st.floats(-3, 3), min_size=4, max_size=30, unique=True))
def test_ordinary_numbers_are_no_sentinels(values: list[float]) -> None:
    assert sentinels(np.array(values)) == []


@pytest.mark.parametrize(
    "line",
    [
        *(
            "1,,3.5",
            "1;;3.5",
            "1||3.5",
            "1, ,3.5",
            "1 , , 3.5",
            "[1,,3.5]",
            "(1, , 3.5)",
            "1,\t,3.5",
        ),
        *("1,,3.5,", "1;;3,5", "[1, , 3.5]\n", "1,NA,3.5", "| 1 | | 3.5 |"),
    ],
)
def test_an_empty_cell_within_a_line_of_numbers_is_a_gap(line: str) -> None:
    assert asked(read(line)) == ["gaps"]
    assert "number 2" in said(read(line))
    assert numbers(read(line, answers={"gaps": "Interpolate"})) == [[1, 2.25, 3.5]]


@pytest.mark.parametrize("line", ["1,2,3.5", "1,2,3.5,", "1, 2, 3.5", "1;2;3.5;;", "|1|2|3.5|"])
def test_a_line_without_an_empty_cell_inside_has_no_gap(line: str) -> None:
    assert numbers(read(line)) == [[1, 2, 3.5]]


@given(st.lists(st.booleans(), max_size=12), st.sampled_from([",", ";", "|", ", ", " ; "]))
def test_no_empty_cell_of_a_line_is_passed_over(empty: list[bool], sign: str) -> None:
    there = [True, *(not one for one in empty), True, True]
    line = sign.join(str(k + 0.5) if one else "" for k, one in enumerate(there))
    left = [k + 0.5 for k, one in enumerate(there) if one]
    held = read(line, answers={"gaps": "Hold the last value"})
    assert len(held.sequences[0]) == len(there)
    assert numbers(read(line, answers={"gaps": "Leave the timestep out"})) == [left]
