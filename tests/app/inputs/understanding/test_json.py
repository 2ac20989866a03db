"""JSON as services and programs write it: the table in it is read, and its envelope is not."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from tests.app.inputs.understanding.networks import (
    IDS,
    REBER,
    SUNSPOTS,
    WEATHER,
    asked,
    numbers,
    read,
    refused,
    said,
    symbols,
)

ROWS = [{"date": f"2024-01-0{k}", "value": k + 4.5} for k in (1, 2, 3)]
TIMES = ["2024-01-01T00:00", "2024-01-01T01:00", "2024-01-01T02:00"]
WANTED = [[5.5, 6.5, 7.5]]
HOURLY = {"time": TIMES, "temp": WANTED[0]}
FRAME = pd.DataFrame({"year": [2001, 2002, 2003], "sunspots": WANTED[0]})


@pytest.mark.parametrize(
    ("whole", "part", "beside"),
    [
        ({"count": 3, "results": ROWS}, "results", "count"),
        ({"count": 3, "offset": 0, "limit": 9, "observations": ROWS}, "observations", "offset"),
        ({"meta": {"unit": "m"}, "data": ROWS}, "data", "meta"),
        ({"meta": {"unit": "m"}, "data": WANTED[0]}, "data", "meta"),
        ({"latitude": 1.5, "hourly_units": {"temp": "C"}, "hourly": HOURLY}, "hourly", "latitude"),
        ([{"page": 1}, ROWS], "part 2", "part 1"),
        ({"help": "x", "result": {"total": 3, "records": ROWS}}, "result.records", "help"),
        ({"fields": [{"id": "date"}, {"id": "value"}], "records": ROWS}, "records", "fields"),
        ({"base": "EUR", "rates": {r["date"]: r["value"] for r in ROWS}}, "rates", "base"),
        ({"base": "EUR", "rates": {r["date"]: {"USD": r["value"]} for r in ROWS}}, "rates", "base"),
        ([{"id": "x", "observations": ROWS}], "observations", "id"),
        ({"count": 3, "data": WANTED[0]}, "data", "count"),
    ],
)
def test_the_table_in_an_answer_of_a_service_is_read(whole: Any, part: str, beside: str) -> None:
    found = read(json.dumps(whole))
    assert asked(found) == []
    assert numbers(found) == WANTED
    assert f"'{part}' is read; beside it: " in said(found)
    assert beside in said(found).split("beside it: ")[1]


def test_the_columns_in_an_answer_feed_the_inputs_of_their_names() -> None:
    hourly = {**HOURLY, "humidity": [50.5, 60.5, 70.5], "pressure": [1010.5, 1011.5, 1012.5]}
    found = read(json.dumps({"latitude": 1.5, "hourly": hourly}), WEATHER)
    assert numbers(found)[0][0] == [5.5, 50.5, 1010.5]


def test_columns_beside_a_status_are_columns() -> None:
    found = read(json.dumps({"s": "ok", "t": [2001, 2002, 2003], "sunspots": WANTED[0]}))
    assert numbers(found) == WANTED
    assert "beside it: s" in said(found)
    units = {"units": {"t": "year"}, "t": [2001, 2002, 2003], "sunspots": WANTED[0]}
    assert numbers(read(json.dumps(units))) == WANTED


@pytest.mark.parametrize(
    "whole",
    [
        {"prices": [[2001, 5.5], [2002, 6.5]], "market_caps": [[2001, 7.5], [2002, 8.5]]},
        {"train": [1.5, 2.5, 3.5], "test": [4.5, 5.5]},
        {"id": 7, "first": ROWS, "second": ROWS},
    ],
)
def test_of_several_tables_the_reader_says_which_is_read(whole: dict[str, Any]) -> None:
    found = read(json.dumps(whole))
    assert asked(found) == ["part"]
    assert found.sequences == ()
    names = [key for key in whole if key != "id"]
    assert list(found.questions[0].options[:2]) == names


def test_a_label_beside_a_list_labels_it() -> None:
    found = read(json.dumps({"label": "up", "data": WANTED[0]}))
    assert asked(found) == ["layout"]
    assert [one.label for one in found.sequences] == ["up"]


def test_ids_of_tokens_are_likelier_than_their_mask() -> None:
    ids = {"input_ids": [[7, 12, 0], [3, 4, 5]], "attention_mask": [[1, 1, 0], [1, 1, 1]]}
    assert read(json.dumps(ids), IDS).questions[0].preselection == "input_ids"


def test_several_lists_can_be_a_sequence_each() -> None:
    text = json.dumps({"train": [1.5, 2.5, 3.5], "test": [4.5, 5.5]})
    each = read(text, answers={"part": "All of them: a sequence each"})
    assert numbers(each) == [[1.5, 2.5, 3.5], [4.5, 5.5]]
    assert [one.name for one in each.sequences] == ["sequence train", "sequence test"]
    assert numbers(read(text, answers={"part": "test"})) == [[4.5, 5.5]]


@pytest.mark.parametrize("orient", ["columns", "index", "split", "records", "table"])
def test_whichever_way_pandas_writes_a_table_it_is_the_same(orient: Any) -> None:
    found = read(FRAME.to_json(orient=orient))
    assert asked(found) == []
    assert numbers(found) == WANTED
    dated = FRAME.set_index(pd.DatetimeIndex(["2024-01-01", "2024-01-02", "2024-01-03"]))
    assert numbers(read(dated.to_json(orient=orient, date_format="iso"))) == WANTED


def test_a_series_of_pandas_is_a_column() -> None:
    assert numbers(read(FRAME["sunspots"].to_json())) == WANTED
    dated = {row["date"]: row["value"] for row in ROWS}
    assert numbers(read(json.dumps(dated))) == WANTED


def test_columns_and_rows_by_name_are_asked_about() -> None:
    text = json.dumps({"sunspots": {"a": 5.5, "b": 6.5}, "c": {"a": 1.5, "b": 2.5}})
    assert asked(read(text)) == ["columns of JSON"]
    outside = {"columns of JSON": "The columns are sunspots, c"}
    assert numbers(read(text, answers=outside)) == [[5.5, 6.5]]


def test_a_table_by_the_name_of_its_wrapper_is_read_by_its_columns() -> None:
    found = read(json.dumps({"data": FRAME.to_dict(orient="list")}))
    assert asked(found) == []
    assert numbers(found) == WANTED


def test_symbols_in_an_answer_are_read() -> None:
    whole = {"count": 2, "results": [{"text": "BTX"}, {"text": "BPV"}]}
    assert symbols(read(json.dumps(whole), REBER)) == ["BTX", "BPV"]


def test_an_answer_that_is_none_of_the_parts_is_refused() -> None:
    text = json.dumps({"train": [1.5, 2.5, 3.5], "test": [4.5, 5.5]})
    assert "'nothing'" in refused(text, SUNSPOTS, answers={"part": "nothing"})
