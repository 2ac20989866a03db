"""Too few columns for the inputs: the sentence names the cell, or the input without a column."""

from __future__ import annotations

import json

import pytest

from lstm_core import Encoder
from tests.app.inputs.understanding.networks import (
    SUNSPOTS,
    WEATHER,
    asked,
    numbers,
    read,
    refused,
    said,
    settled,
)

DATES = [f"2024-01-0{day}" for day in range(1, 5)]


def dated(*values: str, head: str = "date,v") -> str:
    """Return a table of dates and these values."""
    rows = (f"{date},{value}" for date, value in zip(DATES, values, strict=False))
    return "\n".join((head, *rows))


@pytest.mark.parametrize(
    ("data", "line", "cell"),
    [
        (dated("1_200", "1_300", "900"), 2, "1_200"),
        (dated("900", "800", "1_200", "1_300"), 4, "1_200"),
        (dated("80·9", "83·4", "47·7"), 2, "80·9"),
        (dated("12 kg", "500 g", "3 kg"), 2, "12 kg"),
        (dated("low", "high", "low"), 2, "low"),
        ("date;v\n2024-01-01;80.9\n2024-01-02;83,4\n2024-01-03;47,7\n", 3, "83,4"),
        ("2001,80·9\n2002,83·4\n", 1, "80·9"),
        ("v\n1_200\n1_300\n", 2, "1_200"),
        ("id,v\n3,80·9\n1,83·4\n7,81·4\n", 2, "80·9"),
        (json.dumps({"year": [2001, 2002], "v": ["80·9", "83·4"]}), 1, "80·9"),
        (dated("900", "1·5", "1200·5", head="date,sunspots"), 3, "1·5"),
    ],
)
def test_the_first_cell_that_is_no_number_is_named(data: str, line: int, cell: str) -> None:
    sentence = refused(data)
    assert f"line {line}," in sentence
    assert f"is '{cell}': expected a number" in sentence


@pytest.mark.parametrize(
    "data",
    [
        "Temp,Humidity\n20,50\n21,60\n22,55\n",
        "date,temp,humidity\n2024-01-01,20,50\n2024-01-02,25,60\n2024-01-03,22,55\n",
        "temp,humidity,year\n20,50,2001\n21,70,2002\n22.5,55,2003\n",
    ],
)
def test_an_input_without_a_column_is_named_where_the_others_have_theirs(data: str) -> None:
    assert "has no column for pressure beside" in refused(data, WEATHER)


def test_columns_that_are_not_enough_are_counted_beside_those_that_match() -> None:
    rows = "".join(f"{date},20.5,5{k % 2}\n" for k, date in enumerate(DATES))
    sentence = refused(f"date,pressure,level\n{rows}", WEATHER)
    assert "1 column of numbers beside date, pressure: this network reads 2 more" in sentence


@pytest.mark.parametrize(
    "data",
    [
        "date,v,note\n2024-01-01,80.9,2 pm\n2024-01-02,83.4,3 pm\n2024-01-03,47.7,4 pm\n",
        "date,v\n2024-01-01,80.9\n02.01.2024,83.4\nJan 3 24,47.7\n",
        "when,v\n30 Dec,80.9\n31 Dec,83.4\n1 Jan,47.7\n",
        "Month,Sales of three years\n1-01,80.9\n1-02,83.4\n1-03,47.7\n",
        "x,count\n30-12-99,80.9\n31.12.99,83.4\n1/1/00,47.7\n",
        "date,street,v\n2024-01-01,2 Main,80.9\n2024-01-02,3 Main,83.4\n2024-01-03,4 Main,47.7\n",
    ],
)
def test_texts_that_begin_with_a_number_keep_no_other_column_from_being_read(data: str) -> None:
    assert numbers(settled(data)) == [[80.9, 83.4, 47.7]]


@pytest.mark.parametrize(
    ("name", "encoder", "data"),
    [
        ("temp", WEATHER, dated("2,5,1,7", "3.5,6,2,8", head="date,temp,humidity,pressure,temp")),
        ("sunspots", SUNSPOTS, dated("20,5", "21.5,6.5", head="date,sunspots,sunspots")),
    ],
)
def test_two_columns_of_one_name_are_asked_about(name: str, encoder: Encoder, data: str) -> None:
    found = read(data, encoder)
    assert asked(found) == [f"input:{name}"]
    assert "2 columns have this name" in said(found)
    for option in (name, f"{name} (2)"):
        chosen = read(data, encoder, {f"input:{name}": option})
        assert chosen.inputs[name] == option


@pytest.mark.parametrize(
    "data",
    [
        dated("20,20", "21.5,21.5", "20.5,20.5", head="date,sunspots,sunspots"),
        dated("20,5", "21.5,6.5", "20.5,5.5", head="date,sunspots,Sunspots"),
        dated("20,5", "21.5,6.5", "20.5,5.5", head="date,sunspots,sunspots (R)"),
    ],
)
def test_a_twin_with_the_same_values_and_a_name_that_is_alike_ask_nothing(data: str) -> None:
    found = read(data)
    assert not found.questions
    assert numbers(found) == [[20, 21.5, 20.5]]


@pytest.mark.parametrize("dates", ["2024-01-01 02/01/2024 2024-01-03", "30-12-99 31-12-99 1-1-00"])
@pytest.mark.parametrize("head", ["date,v", "x,v"])
def test_dates_of_several_forms_do_not_keep_a_count_beside_them_from_being_read(
    head: str, dates: str
) -> None:
    rows = (f"{date},{k}" for k, date in enumerate(dates.split(), start=1))
    assert numbers(read("\n".join((head, *rows)))) == [[1, 2, 3]]
