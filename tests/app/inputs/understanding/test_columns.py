"""Which column feeds which input: times and indices never, names first, doubts asked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.inputs.understanding.networks import (
    ADDING,
    SUNSPOTS,
    WEATHER,
    anonymous,
    asked,
    numbers,
    numeric,
    read,
    refused,
    said,
    settled,
)

SIGNAL = [80.9, 83.4, 47.7, 47.8, 30.7, 12.2]

TIMES = {
    "years": [f"{1749 + k}" for k in range(6)],
    "falling years": [f"{2024 - k}" for k in range(6)],
    "decimal years": [f"{1749 + (k + 0.5) / 12:.3f}" for k in range(6)],
    "ISO dates": [f"2024-01-{k + 1:02}" for k in range(6)],
    "ISO stamps": [f"2024-01-01T{k:02}:00:00Z" for k in range(6)],
    "stamps with a zone": [f"2024-01-01 {k:02}:00:00+01:00" for k in range(6)],
    "German dates": [f"{k + 1:02}.01.2024" for k in range(6)],
    "American dates": [f"1/{k + 14}/2024" for k in range(6)],
    "short dates": [f"{k + 1}-Jan-24" for k in range(6)],
    "month names": [f"{m} 2024" for m in ("Jan", "Feb", "Mar", "Apr", "May", "Jun")],
    "quarters": ["2023Q1", "2023Q2", "2023Q3", "2023Q4", "2024Q1", "2024Q2"],
    "months": [f"2024-{k + 1:02}" for k in range(6)],
    "dates as numbers": [f"202401{k + 1:02}" for k in range(6)],
    "months as numbers": [f"2024{k + 1:02}" for k in range(6)],
    "epochs": [f"{1_700_000_000 + 3600 * k}" for k in range(6)],
    "epochs in milliseconds": [f"{1_700_000_000_000 + 60_000 * k}" for k in range(6)],
    "times of day": [f"{k:02}:30" for k in range(6)],
    "a count from 0": [f"{k}" for k in range(6)],
    "a count from 1": [f"{k + 1}" for k in range(6)],
}


@pytest.mark.parametrize("times", TIMES.values(), ids=TIMES)
@pytest.mark.parametrize("header", ["when,signal\n", "x,y\n", ",value\n", ""])
def test_a_column_that_counts_or_tells_the_time_is_never_the_signal(
    times: list[str], header: str
) -> None:
    rows = "\n".join(f"{time},{value}" for time, value in zip(times, SIGNAL, strict=True))
    found = read(header + rows)
    assert numbers(found) in ([SIGNAL], [SIGNAL[::-1]])
    assert found.table.columns[0].kind in {"time", "index"}


@pytest.mark.parametrize(
    "names",
    [("TEMP", "Humidity", "pressure"), ("Temp (degC)", "humidity [%]", "Pressure {hPa}")],
)
@given(order=st.permutations(range(3)), noise=st.integers(0, 3))
def test_names_match_without_regard_to_case_units_and_order(
    names: tuple[str, ...], order: list[int], noise: int
) -> None:
    columns = [(names[k], [f"{10 * k + t}.5" for t in (3, 1, 2)]) for k in order]
    columns.insert(noise, ("note", ["7.5", "7.25", "8.5"]))
    lines = [",".join(name for name, _ in columns)]
    lines += [",".join(values[t] for _, values in columns) for t in range(3)]
    found = read("\n".join(lines), WEATHER)
    assert numbers(found) == [[[3.5, 13.5, 23.5], [1.5, 11.5, 21.5], [2.5, 12.5, 22.5]]]
    assert not found.questions
    assert found.inputs == dict(zip(WEATHER.columns, names, strict=True))


def test_as_many_columns_as_inputs_are_no_proof_of_their_order() -> None:
    found = read("marker,number\n1,0.5\n0,0.25\n", ADDING)
    assert asked(found) == ["input:value", "input:mark"]


def test_two_columns_of_one_name_in_two_units_are_asked_about() -> None:
    found = read("Temp (C),Temp (F),humidity,pressure\n5,41,80,1000\n6,43,79,1001\n", WEATHER)
    assert asked(found) == ["input:temp"]
    assert found.sequences == ()


def test_a_name_that_resembles_an_input_is_preselected_and_still_asked() -> None:
    found = read("temperature,hum,press\n5,80,1000\n6.5,79,1001\n9,75,1011\n", WEATHER)
    assert [q.preselection for q in found.questions] == ["temperature", "hum", "press"]


def test_several_columns_for_one_input_are_asked_about_and_an_answer_settles_it() -> None:
    table = "Date,Open,Close\n2024-01-01,5.5,6\n2024-01-02,7,6.5\n"
    found = read(table)
    assert asked(found) == ["input:sunspots"]
    assert found.sequences == ()
    answered = read(table, answers={"input:sunspots": "Close"})
    assert numbers(answered) == [[6.0, 6.5]]
    assert answered.questions == ()
    assert answered.inputs == {"sunspots": "Close"}


def test_a_settled_column_can_still_be_corrected() -> None:
    table = "year,sunspots,area\n1749,80.9,5\n1750,83.4,7.5\n"
    assert numbers(read(table)) == [[80.9, 83.4]]
    assert numbers(read(table, answers={"input:sunspots": "area"})) == [[5.0, 7.5]]


def test_inputs_without_names_are_fed_in_the_files_order_and_that_is_said() -> None:
    found = read("time,a,b\n0,.1,.2\n1,.3,.2\n2,.7,.1\n", anonymous(2))
    assert numbers(found) == [[[0.1, 0.2], [0.3, 0.2], [0.7, 0.1]]]
    assert "a, b" in said(found)


def of_columns(*called: str) -> str:
    """A table of drawn numbers with a decimal point, under these names."""
    rng = np.random.default_rng(len(called))
    rows = rng.normal(size=(6, len(called))).round(3).astype(str)
    return "\n".join(",".join(row) for row in [list(called), *rows.tolist()])


@pytest.mark.parametrize(
    "called",
    [
        *(("x", "y"), ("X", "Y"), ("y", "x"), ("u", "y"), ("feature", "target")),
        *(("input", "label"), ("input", "output"), ("value", "target_price"), ("a", "y_true")),
        *(("Input Value", "Expected Output"), ("speed", "Class (0/1)"), ("a", "b", "target")),
        *(("entrada", "objetivo"), ("valor", "etiqueta"), ("entrada", "salida esperada")),
        *(("特征", "标签"), ("输入", "输出"), ("值", "目标值"), ("x2", "x1")),
        ("sensor 3", "sensor 1"),
    ],
)
def test_columns_of_which_one_may_be_the_answer_are_no_inputs_unasked(called) -> None:
    table, network = of_columns(*called), anonymous(len(called))
    found = read(table, network)
    assert asked(found) == ["columns"]
    (question,) = found.questions
    in_order, one_by_one = question.options
    assert question.preselection == in_order
    taken = read(table, network, {"columns": in_order})
    assert not taken.questions
    assert taken.inputs == dict(zip(network.columns, called, strict=True))
    each = read(table, network, {"columns": one_by_one})
    assert asked(each) == [f"input:{name}" for name in network.columns]
    answers = dict(zip(asked(each), called[::-1], strict=True))
    turned = read(table, network, {"columns": one_by_one, **answers})
    assert tuple(turned.inputs.values()) == called[::-1]


@pytest.mark.parametrize(
    "called",
    [
        *(("x1", "x2"), ("x0", "x1"), ("sensor 1", "sensor 3"), ("lat", "lon"), ("a", "b")),
        *(("pos_x", "pos_y"), ("x", "y", "z"), ("acc_x", "acc_y", "acc_z"), ("特征1", "特征2")),
        *(("entrada1", "entrada2"), ("value", "mark"), ("x", "v")),
    ],
)
def test_columns_that_can_only_be_the_inputs_are_read_unasked(called) -> None:
    found = read(of_columns(*called), anonymous(len(called)))
    assert not found.questions
    assert tuple(found.inputs.values()) == called


@pytest.mark.parametrize("names", ["t,x", "time,x", "index,x", "x,step"])
def test_a_time_of_broken_numbers_is_no_input_unasked(names: str) -> None:
    steps = [0, 0.1, 0.21, 0.33, 0.4, 0.52]
    rows = "\n".join(
        f"{a},{b}" if names.endswith(",x") else f"{b},{a}"
        for a, b in zip(steps, SIGNAL, strict=True)
    )
    found = read(f"{names}\n{rows}", anonymous(2))
    assert found.questions
    assert numbers(settled(f"{names}\n{rows}", SUNSPOTS)) == [SIGNAL]


def test_an_even_column_without_a_name_is_no_input_unasked() -> None:
    rows = "\n".join(f"{k / 10},{value}" for k, value in enumerate(SIGNAL))
    found = read(rows, anonymous(2))
    assert asked(found) == ["columns"]
    assert "'column 1' may tell the time, or count" in said(found)


@pytest.mark.parametrize("called", [("a", "b", "y"), ("x1", "x2", "target"), ("y", "u", "v")])
def test_of_more_columns_those_that_are_no_answer_are_marked_as_the_inputs(called) -> None:
    found = read(of_columns(*called), anonymous(2))
    assert asked(found) == ["input:x0", "input:x1"]
    signals = [name for name in called if name not in ("y", "target")]
    assert [question.preselection for question in found.questions] == signals


def test_columns_that_count_on_beyond_the_inputs_are_asked_about() -> None:
    assert read(of_columns("x0", "x1", "x2"), anonymous(2)).questions
    assert not read(of_columns("x0", "x1", "note"), anonymous(2)).questions


def test_units_beside_numbers_without_a_heading_are_named() -> None:
    found = read("v\n5.1 cm\n7.2 m\n3.3 cm\n")
    assert numbers(found) == [[5.1, 7.2, 3.3]]
    assert "'column 2' beside the numbers holds cm, m: not read." in found.remarks


def test_names_that_an_encoder_records_are_matched_without_a_question() -> None:
    found = read(of_columns("x", "y"), numeric("y", "x"))
    assert not found.questions
    assert found.inputs == {"y": "y", "x": "x"}


def test_an_index_is_not_taken_to_fill_up_the_inputs_unasked() -> None:
    found = read("t,a,b\n0,.1,.2\n1,.2,.4\n2,.9,.4\n", anonymous(3))
    assert found.questions
    assert found.sequences == ()


def test_forty_inputs_without_names_of_theirs_are_asked_at_once_or_one_by_one() -> None:
    encoder = numeric(*(f"sensor {k} of the machine" for k in range(40)))
    header = ",".join(f"c{k}" for k in range(40))
    rows = "\n".join(",".join(f"{(t * 7 + k * 3) % 11}.5" for k in range(40)) for t in range(5))
    found = read(f"{header}\n{rows}", encoder)
    assert asked(found) == ["inputs"]
    in_order, one_by_one = found.questions[0].options
    assert (
        read(f"{header}\n{rows}", encoder, {"inputs": in_order}).inputs["sensor 39 of the machine"]
        == "c39"
    )
    assert len(asked(read(f"{header}\n{rows}", encoder, {"inputs": one_by_one}))) == 40


def test_too_few_columns_name_what_the_network_reads() -> None:
    assert "this network reads 3, temp, humidity, pressure" in refused(
        "day;note\n2024-01-01;warm\n2024-01-02;cold\n", WEATHER
    )


def test_a_column_of_dates_alone_is_no_signal() -> None:
    assert "reads 1, sunspots" in refused("date\n2024-01-01\n2024-01-02\n2024-01-03\n")
    assert asked(read("year\n1749\n1750\n1751\n")) == ["input:sunspots"]


def test_numbers_that_count_are_read_where_there_is_nothing_else() -> None:
    found = read("1\n2\n3\n4\n")
    assert numbers(found) == [[1, 2, 3, 4]]
    assert "count" in said(found)


def test_what_is_read_from_the_wanted_column_is_blamed_and_no_other_column_taken() -> None:
    sentence = refused("year,sunspots,area\n1749,80.9,5\n1750,many,7\n1751,47.7,9\n")
    assert "line 3" in sentence
    assert "'sunspots'" in sentence
    assert "'many'" in sentence


def test_a_name_given_to_no_column_leads_to_a_sentence() -> None:
    sentence = refused("a,b\n1,2\n2,1\n", answers={"input:sunspots": "c"})
    assert "'c'" in sentence
    assert "'a'" in sentence


def test_every_question_has_an_end() -> None:
    found = settled("Date,Open,High,Low\n2024-01-01,5.5,6,7\n2024-01-02,7,6.5,9\n", SUNSPOTS)
    assert len(found.sequences) == 1


def test_row_names_without_a_heading_are_never_the_signal_unasked() -> None:
    names = (1, 45, 89, 2, 46, 90)
    rows = "\n".join(f"{name},{value}" for name, value in zip(names, SIGNAL, strict=True))
    found = read(f",volume\n{rows}")
    assert found.questions[0].preselection == "volume"
    assert numbers(settled(f",volume\n{rows}")) == [SIGNAL]
    assert found.table.columns[0].kind == "label"
    lone = read(",name\n4,Ana\n9,Bo\n2,Cy\n7,Di\n1,Ed\n")
    assert asked(lone)
    alone = read('"","subject","month"\n1,a,0\n45,a,2\n89,a,6\n2,b,0\n46,b,2\n90,b,6\n')
    assert asked(alone)
    assert alone.questions[0].preselection != "column 1"


def test_a_column_y_of_few_values_may_be_a_label_or_the_series_and_is_asked_about() -> None:
    series = (("a", 1), ("a", 2), ("a", 2), ("b", 1), ("b", 1), ("b", 2), ("c", 2), ("c", 0))
    rows = "\n".join(f"{k},{name},{y},{k % 3},{k // 4}" for k, (name, y) in enumerate(series))
    found = read(f"n,id,y,time,sec\n{rows}")
    assert asked(found)
    assert "y" in found.questions[0].options


def test_a_column_of_an_inputs_name_that_holds_words_is_named_before_anything_is_asked():
    sentence = refused("value,\na,1\nb,2\n", ADDING)
    assert "column 'value', is 'a': expected a number" in sentence
