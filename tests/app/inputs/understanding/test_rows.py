"""Rows that are sequences: whatever stands beside their numbers, none of them is lost."""

from __future__ import annotations

import pytest

from tests.app.inputs.understanding.networks import (
    SUNSPOTS,
    anonymous,
    asked,
    numbers,
    numeric,
    read,
    refused,
)

WANTED = [[1.5, 2, 3], [4.5, 5, 6], [7.5, 8, 9]]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("1.5,2,3:1\n4.5,5,6:2\n7.5,8,9:3\n", ["1", "2", "3"]),
        ("@problemName x\n@data\n1.5,2,3:up\n4.5,5,6:down\n7.5,8,9:up\n", ["up", "down", "up"]),
        ("1.5 2 3 : up\n4.5 5 6 : up\n7.5 8 9 : up\n", ["up", "up", "up"]),
        ("label,t0,t1,t2\n1,1.5,2,3\n2,4.5,5,6\n3,7.5,8,9\n", ["1", "2", "3"]),
        ("t0,t1,t2,label\n1.5,2,3,1\n4.5,5,6,2\n7.5,8,9,3\n", ["1", "2", "3"]),
        ("t0,t1,t2,class\n1.5,2,3,0\n4.5,5,6,1\n7.5,8,9,0\n", ["0", "1", "0"]),
    ],
)
def test_a_label_at_either_end_of_a_row_labels_it(text: str, labels: list[str]) -> None:
    found = read(text)
    assert asked(found) == ["layout"]
    assert numbers(found) == WANTED
    assert [one.label for one in found.sequences] == labels


@pytest.mark.parametrize(
    "text",
    [
        "A: 1.5, 2, 3\nB: 4.5, 5, 6\nC: 7.5, 8, 9\n",
        "A: 1,5; 2; 3\nB: 4,5; 5; 6\nC: 7,5; 8; 9\n",
        "A:1.5 2 3\nB:4.5 5 6\nC:7.5 8 9\n",
        "A :\t1.5\t2\t3\nB :\t4.5\t5\t6\nC :\t7.5\t8\t9\n",
    ],
)
def test_a_name_before_a_colon_names_the_sequence(text: str) -> None:
    found = read(text)
    assert asked(found) == ["layout"]
    assert numbers(found) == WANTED
    assert [one.name for one in found.sequences] == ["name A", "name B", "name C"]


def test_named_lines_may_differ_in_length() -> None:
    assert numbers(read("A: 1.5, 2, 3\nB: 4.5, 5\n")) == [[1.5, 2, 3], [4.5, 5]]


@pytest.mark.parametrize(
    "head",
    [
        "Province/State,Lat,Long,1/22/20,1/23/20,1/24/20",
        "place,lat,long,y2020,y2021,y2022",
        "place,height,width,t1,t2,t3",
    ],
)
def test_columns_that_count_behind_others_hold_a_series_per_row(head: str) -> None:
    found = read(f"{head}\nX,33.5,65.1,1.5,2,3\nY,34.5,64.1,4.5,5,6\nZ,32.5,63.1,7.5,8,9\n")
    assert asked(found) == ["layout"]
    assert numbers(found) == WANTED


def test_a_column_of_the_name_of_the_input_is_read_all_the_same() -> None:
    text = "sunspots,t1,t2,t3\n1.5,2,3,4\n4.5,5,6,7\n"
    assert asked(read(text)) == []
    assert numbers(read(text)) == [[1.5, 4.5]]


def test_few_columns_that_count_among_many_are_no_series() -> None:
    text = "a,b,c,d,x1,x2,x3\n1.5,2,3,4,5,6,7\n4.5,5,6,7,8,9,1\n"
    assert asked(read(text)) == ["input:sunspots"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("1.5,2,3:a:1\n4.5,5,6:a:2\n7.5,8,9:a:3\n", "'3:a:1'"),
        ("(1.5, 2, 3, x)\n(4.5, 5, 6, y)\n", "'(1.5'"),
        ("A: 1.5, 2\nB: 4.5, 5\n", "'A: 1.5'"),
    ],
)
def test_a_number_that_cannot_be_parted_from_a_text_is_named(text: str, cell: str) -> None:
    sentence = refused(text, SUNSPOTS, answers={"layout": "A row is a sequence"})
    assert "line 1" in sentence
    assert cell in sentence


@pytest.mark.parametrize("text", ["(1.5, 2, x\n(4.5, 5, y\n", "1.5, 2, 3]\n4.5, 5, 6]\n"])
def test_a_bracket_at_a_number_is_named_even_where_a_row_is_a_timestep(text: str) -> None:
    assert "line 1" in refused(text, answers={"layout": "A row is a timestep"})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[INFO] 5.5\n[INFO] 6.5\n", [[5.5, 6.5]]),
        ("[12:30:01] 5.5\n[12:30:02] 6.5\n", [[5.5, 6.5]]),
        ("temp: 5.5\ntemp: 6.5\n", [[5.5, 6.5]]),
        ("1) 5.5\n2) 6.5\n3) 7.5\n", [[5.5, 6.5, 7.5]]),
        ("12:30, 5.5\n12:31, 6.5\n12:32, 7.5\n", [[5.5, 6.5, 7.5]]),
        ("Station: 5\n1.5\n2.5\n", [[1.5, 2.5]]),
    ],
)
def test_texts_and_times_beside_numbers_are_no_part_of_them(
    text: str, wanted: list[list[float]]
) -> None:
    assert numbers(read(text)) == wanted


def test_a_name_before_a_timestep_of_several_inputs_is_named() -> None:
    assert "'A: 1.5'" in refused("A: 1.5, 2, 3\nB: 4.5, 5, 6\n", anonymous(2))
    assert numbers(read("a,b\n1.5,2\n4.5,5\n", numeric("a", "b"))) == [[[1.5, 2], [4.5, 5]]]
