"""A table with a value a row, and the name of its variable beside it, is a table of variables."""

from __future__ import annotations

import json

import pytest

from tests.app.inputs.understanding.networks import (
    SUNSPOTS,
    WEATHER,
    asked,
    numbers,
    numeric,
    read,
    refused,
    said,
)

DAYS = ("2024-01-01", "2024-01-02", "2024-01-03")
INPUTS = ("temp", "humidity", "pressure")
VALUES = [[15.5, 60.5, 1010.5], [16.5, 61.5, 1011.5], [17.5, 62.5, 1009.5]]
CELLS = [(t, k) for t in range(3) for k in range(3)]
BY_VARIABLE = [(t, k) for k in range(3) for t in range(3)]


def melted(order: list[tuple[int, int]], head: str, row: str) -> str:
    """Return rows such as "{day},{name},{value}" in an order of timesteps and inputs."""
    return head + "".join(
        "\n" + row.format(n=n, day=DAYS[t], name=INPUTS[k], value=VALUES[t][k], unit="CPh"[k])
        for n, (t, k) in enumerate(order)
    )


@pytest.mark.parametrize("order", [CELLS, BY_VARIABLE])
@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("date,variable,value", "{day},{name},{value}"),
        (",date,variable,value", "{n},{day},{name},{value}"),
        ("value;sensor;timestamp", "{value};{name};{day}"),
        ("date,parameter,unit,reading", "{day},{name},{unit},{value}"),
        ("variable,amount", "{name},{value}"),
        ("date,variable,value,error", "{day},{name},{value},{n}.5"),
        ("date,variable,value,flag", "{day},{name},{value},A{n}"),
    ],
)
def test_each_variable_becomes_an_input(order: list[tuple[int, int]], head: str, row: str) -> None:
    found = read(melted(order, head, row), WEATHER)
    assert asked(found) == []
    assert numbers(found) == [VALUES]
    assert "9 rows are read as 3 timesteps of 3 variables" in said(found)


def test_a_value_that_is_not_there_is_a_gap() -> None:
    found = read(melted(CELLS[:-1], "date,variable,value", "{day},{name},{value}"), WEATHER)
    assert asked(found) == ["gaps"]


def test_records_of_json_are_read_so_too() -> None:
    rows = [{"date": DAYS[t], "key": INPUTS[k], "value": VALUES[t][k]} for t, k in CELLS]
    assert numbers(read(json.dumps({"results": rows}), WEATHER)) == [VALUES]


def test_a_second_value_at_one_time_is_named() -> None:
    text = melted([*CELLS, (0, 0)], "date,variable,value", "{day},{name},{value}")
    sentence = refused(text, WEATHER)
    assert "line 11" in sentence
    assert "second value of 'temp'" in sentence


def test_several_stations_stay_apart() -> None:
    text = "id,date,variable,value"
    for station, more in (("a", 0), ("b", 2)):
        for t, k in CELLS:
            text += f"\n{station},{DAYS[t]},{INPUTS[k]},{VALUES[t][k] + more}"
    found = read(text, WEATHER)
    assert numbers(found) == [VALUES, [[x + 2 for x in row] for row in VALUES]]


def test_one_input_among_several_variables_is_read_by_its_name() -> None:
    text = melted(CELLS, "date,variable,value", "{day},{name},{value}")
    assert numbers(read(text, numeric("temp"))) == [[15.5, 16.5, 17.5]]


@pytest.mark.parametrize(
    "text",
    [
        "date,station,value\n2024-01-01,a,5.5\n2024-01-02,a,6\n2024-01-01,b,7\n2024-01-02,b,8\n",
        "name,v\nsunspots,5.5\nrain,6\nrain,6\n",
        "date,name,sunspots\n2024-01-01,sunspots,5.5\n2024-01-02,rain,6\n2024-01-03,rain,6\n",
    ],
)
def test_texts_that_name_no_input_are_left_alone(text: str) -> None:
    assert "timesteps of" not in said(read(text, SUNSPOTS))
