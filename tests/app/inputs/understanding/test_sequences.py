"""Many sequences in one file stay many: never joined, never split, without a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.inputs.understanding.networks import (
    anonymous,
    asked,
    numbers,
    read,
    refused,
    said,
    settled,
)

LONG = "id,time,value\n1,0,10.5\n1,1,11\n2,0,20.5\n2,1,21\n2,2,22.5\n"


def test_long_form_is_a_sequence_for_each_id() -> None:
    found = read(LONG)
    assert numbers(found) == [[10.5, 11], [20.5, 21, 22.5]]
    assert [s.name for s in found.sequences] == ["id 1", "id 2"]
    assert [s.times for s in found.sequences] == [("0", "1"), ("0", "1", "2")]
    assert "2 sequences" in said(found)


@given(st.permutations(range(5)))
def test_in_long_form_the_order_of_the_ids_does_not_matter(order: list[int]) -> None:
    head, *rows = LONG.strip().split("\n")
    shuffled = sorted((rows[k] for k in order), key=lambda row: row.split(",")[1])
    found = read("\n".join([head, *shuffled]))
    assert sorted(numbers(found), key=len) == [[10.5, 11], [20.5, 21, 22.5]]


def test_one_sequence_can_be_asked_for_all_the_same() -> None:
    found = read(LONG, answers={"groups": "All rows are one sequence"})
    assert numbers(found) == [[10.5, 11, 20.5, 21, 22.5]]


def test_a_column_that_is_the_same_within_each_sequence_labels_it() -> None:
    found = read("id,label,time,value\n1,x,0,5.5\n1,x,1,6\n2,y,0,7\n2,y,1,8.5\n")
    assert [s.label for s in found.sequences] == ["x", "y"]


def test_a_station_beside_times_that_go_on_is_asked_about() -> None:
    found = read("date,station,v\n2024-01-01,a,5.5\n2024-01-02,b,6\n2024-01-03,a,7\n")
    assert asked(found) == ["groups"]


def test_lines_of_different_length_are_a_sequence_each() -> None:
    found = read("1 2 3\n4 5\n6 7 8 9\n")
    assert numbers(found) == [[1, 2, 3], [4, 5], [6, 7, 8, 9]]
    assert "3 sequences, one per line" in said(found)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|", ", ", " ", " ; "])
def test_lines_of_different_length_are_cut_at_any_sign(sign: str) -> None:
    lines = [[1, 2, 3], [4, 5], [6, 7, 8, 9]]
    text = "\n".join(sign.join(map(str, line)) for line in lines)
    assert numbers(settled(text)) == lines


def test_lines_of_one_length_are_asked_about() -> None:
    found = read("5,6,7,8\n50,60,70,80\n")
    assert asked(found) == ["layout"]
    assert found.sequences == ()


@pytest.mark.parametrize(
    ("layout", "wanted"),
    [
        ("A row is a sequence", [[5, 6, 7], [8, 9, 1]]),
        ("A column is a sequence", [[5, 8], [6, 9], [7, 1]]),
        ("One sequence, row after row", [[5, 6, 7, 8, 9, 1]]),
    ],
)
def test_the_reader_says_what_a_row_is(layout: str, wanted: list[list[float]]) -> None:
    found = read("5,6,7\n8,9,1\n", answers={"layout": layout})
    assert numbers(found) == wanted


@pytest.mark.parametrize("header", ["t0,t1,t2", "1990,1991,1992", "2024-01,2024-02,2024-03"])
def test_columns_that_count_hold_a_series_per_row(header: str) -> None:
    found = read(f"city,{header}\nBern,5,6,7\nRome,8,9,1\n")
    assert asked(found) == ["layout"]
    assert numbers(found) == [[5, 6, 7], [8, 9, 1]]
    assert [s.name for s in found.sequences] == ["city Bern", "city Rome"]
    assert found.sequences[0].times == tuple(header.split(","))


def test_a_table_of_years_by_months_is_one_sequence() -> None:
    months = "Year,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec\n"
    rows = "\n".join(
        f"{1949 + y}," + ",".join(str(y * 12 + m) for m in range(12)) for y in range(2)
    )
    found = read(months + rows)
    assert asked(found) == ["layout"]
    assert numbers(found) == [list(range(24))]


def test_empty_cells_at_the_end_of_a_row_are_no_timesteps() -> None:
    found = read("id,t0,t1,t2\n1,5,6,7\n2,8,9,\n")
    assert numbers(found) == [[5, 6, 7], [8, 9]]


def test_zeros_that_fill_rows_up_are_asked_about() -> None:
    found = read("id,t0,t1,t2,t3\n1,5,6,7,8\n2,8,9,0,0\n3,4,0,0,0\n")
    assert asked(found) == ["layout", "padding"]
    assert numbers(found) == [[5, 6, 7, 8], [8, 9], [4]]


def test_numbers_in_one_line_are_one_sequence() -> None:
    for text in ("1.5, 2.5, 3.5", "1.5 2.5 3.5", "1.5;2.5;3.5", "1,5; 2,5; 3,5", "[1.5, 2.5, 3.5]"):
        assert numbers(read(text)) == [[1.5, 2.5, 3.5]]


def test_a_line_may_hold_timesteps_apart_by_semicolons() -> None:
    found = read("0.5 1; 0.25 0", anonymous(2))
    assert numbers(found) == [[[0.5, 1], [0.25, 0]]]


def test_a_line_with_too_few_numbers_is_named() -> None:
    assert "line 2" in refused("1 2 3\n4 5\n", anonymous(3))


def test_blank_lines_between_rows_are_asked_about() -> None:
    found = read("a b\n0.5 5\n0.1 6\n\n0.7 7\n0.2 8\n", anonymous(2))
    assert asked(found) == ["blank lines"]
    parts = read(
        "a b\n0.5 5\n0.1 6\n\n0.7 7\n0.2 8\n",
        anonymous(2),
        {"blank lines": "Each blank line begins a new sequence"},
    )
    assert len(parts.sequences) == 2


RUNS = "# run 1\n1.5\n2.5\n3.5\n# run 2\n4.5\n5.5\n6.5\n"


@pytest.mark.parametrize(
    "text",
    [
        RUNS,
        RUNS.replace("#", "%"),
        RUNS.replace("# run 2", "\n\n# run 2\n"),
        "v\n" + RUNS.replace("# run 1\n", ""),
        RUNS.replace("# run 2", "# a word\n# run 2"),
    ],
)
def test_comments_between_rows_are_asked_about(text: str) -> None:
    found = read(text)
    assert asked(found) == ["comments"]
    parts = read(text, answers={"comments": "Each comment begins a new sequence"})
    assert numbers(parts) == [[1.5, 2.5, 3.5], [4.5, 5.5, 6.5]]
    assert parts.sequences[1].name == "run 2"
    one = read(text, answers={"comments": "Comments say nothing: one sequence"})
    assert numbers(one) == [[1.5, 2.5, 3.5, 4.5, 5.5, 6.5]]


def test_comments_between_rows_of_several_inputs_are_asked_about() -> None:
    found = read("# a\n0.5 5\n0.1 6\n0.3 7\n# b\n0.7 7\n0.2 8\n0.3 9\n", anonymous(2))
    assert asked(found) == ["comments"]


@pytest.mark.parametrize(
    "text",
    [
        "# run 1\n# of 2020\n1.5\n2.5\n3.5\n# end\n",
        "v\n# in metres\n1.5\n2.5\n3.5\n",
        "+-----+\n| 1.5 |\n+-----+\n| 2.5 |\n+-----+\n| 3.5 |\n+-----+\n",
    ],
)
def test_comments_above_and_below_the_rows_ask_nothing(text: str) -> None:
    assert asked(read(text)) == []
    assert numbers(read(text)) == [[1.5, 2.5, 3.5]]
