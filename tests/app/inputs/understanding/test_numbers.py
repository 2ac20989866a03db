"""Decimal marks, thousands, percent, currencies, units: read, and asked where undecidable."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.inputs.understanding.numerals import cells, evidence, is_number
from app.inputs.understanding.numerals import numbers as numbers_of
from tests.app.inputs.understanding.dialects import spelled
from tests.app.inputs.understanding.networks import ADDING, asked, numbers, read, refused, said

MARKS = [(".", ""), (".", ","), (".", " "), (".", "'"), (",", ""), (",", "."), (",", " ")]


@pytest.mark.parametrize(("decimal", "thousands"), MARKS)
@given(values=st.lists(st.integers(-(10**9), 10**9), min_size=1), digits=st.integers(1, 4))
def test_a_number_in_any_convention_is_that_number(
    decimal: str, thousands: str, values: list[int], digits: int
) -> None:
    wanted = [round(value / 10**digits, digits) for value in values]
    texts = cells([spelled(value, digits, decimal, thousands) for value in wanted])
    read_ = numbers_of(texts, decimal)  # type: ignore[arg-type]
    assert read_.values.tolist() == wanted
    assert not read_.faults.any()


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_digit_of_a_number_counts(value: float) -> None:
    read_ = numbers_of(cells([repr(value), "$ 1"]), ".")
    assert read_.values[0] == value


@given(st.text(max_size=12))
def test_what_is_no_number_is_a_fault_or_missing(text: str) -> None:
    assume(not is_number(text.strip()))
    read_ = numbers_of(cells([text]), ".")
    faulty = read_.missing[0] or read_.faults[0] or text.strip().lower() in {"true", "false"}
    assert faulty or read_.decorations  # a sign beside a number, as in 12 % or 0A


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(12.5)", -12.5),
        ("12.5-", -12.5),
        ("−3.5", -3.5),
        ("+3.5", 3.5),
        ("$1,234.50", 1234.5),
        ("-$ 5.25", -5.25),
        ("5.25 €", 5.25),
        ("EUR 5.25", 5.25),
        ("12.5 %", 12.5),
        ("1.5e3", 1500),
        ("1.5D-3", 0.0015),
        (".5", 0.5),
        ("5.", 5),
        ("1,23,456.5", 123456.5),
        ("12.5 kg", 12.5),
        ("20.5°C", 20.5),
    ],
)
def test_signs_around_a_number_are_understood(text: str, value: float) -> None:
    assert numbers_of(cells([text]), ".").values.tolist() == [value]


@pytest.mark.parametrize("data", ["1.234\n2.345\n", "v\n1,234\n2,345\n", "1.200\n1.034\n"])
def test_a_mark_that_may_be_either_is_asked_about_and_both_answers_hold(data: str) -> None:
    found = read(data)
    assert asked(found) == ["decimal"]
    first = data.replace("v\n", "").split("\n")[0]
    decimal, thousands = found.questions[0].options
    as_decimal = read(data, answers={"decimal": decimal})
    as_thousands = read(data, answers={"decimal": thousands})
    assert numbers(as_decimal)[0][0] == float(first.replace(",", "."))
    assert numbers(as_thousands)[0][0] == float(first.replace(",", "").replace(".", ""))
    assert not as_decimal.questions
    assert not as_thousands.questions


@pytest.mark.parametrize("proof", ["0.5", "12.34", "1234.567", ".25"])
def test_one_number_that_can_only_be_decimal_decides_for_the_file(proof: str) -> None:
    found = read(f"t;a\n1;1.234\n2;{proof}\n")
    assert not found.questions
    assert numbers(found) == [[1.234, float(proof)]]


def test_numbers_below_a_thousand_without_a_mark_speak_for_thousands() -> None:
    assert numbers(read("Datum;Wert\n01.01.2024;1.200\n02.01.2024;999\n")) == [[1200, 999]]


@pytest.mark.parametrize(
    "data", ["80,9", "1,5\n2,7\n3,9\n", "0,5\n0,25\n1,125\n", "1 200\n1 034\n2 150\n"]
)
def test_one_number_or_two_is_asked_where_it_cannot_be_known(data: str) -> None:
    assert asked(read(data)) == ["delimiter"]


def test_lines_of_two_above_a_lonely_number_are_not_taken_for_decimal_commas_unasked() -> None:
    found = read("1,2\n3,4\n5\n")
    assert asked(found)[0] == "delimiter"
    one_each = {"delimiter": "A line is one cell"}
    assert numbers(read("1,2\n3,4\n5\n", answers=one_each)) == [[1.2, 3.4, 5.0]]
    assert numbers(read("80,9\n83,4\n47\n61,25\n")) == [[80.9, 83.4, 47.0, 61.25]]


def test_thousands_apart_by_spaces_that_do_not_break_leave_the_decimal_comma() -> None:
    for space in "\u00a0\u202f":
        found = read(f"t;v\n1;1{space}234,5\n2;12{space}000\n3;900\n")
        assert numbers(found) == [[1234.5, 12000, 900]]


def test_percent_is_said_and_asked() -> None:
    found = read("date,rate\n2024-01-01,12%\n2024-01-02,13.5%\n")
    assert asked(found) == ["percent"]
    share = read("date,rate\n2024-01-01,12%\n2024-01-02,13.5%\n", answers={"percent": "0.12"})
    assert numbers(share) == [[0.12, 0.135]]


def test_currencies_and_units_are_left_out_with_a_word() -> None:
    assert "€" in said(read("t,p\n1,€5.5\n2,€6.5\n3,€4\n"))
    assert "kg" in said(read("t,w\n1,12.5 kg\n2,13.5 kg\n3,11 kg\n"))


def test_true_and_false_are_one_and_zero_and_that_is_said() -> None:
    found = read("value,mark\n.5,True\n.2,False\n", ADDING)
    assert numbers(found) == [[[0.5, 1], [0.2, 0]]]
    assert "True and False" in said(found)


@pytest.mark.parametrize("cell", ["inf", "-Infinity", "1e999"])
def test_an_infinite_number_is_named(cell: str) -> None:
    sentence = refused(f"t,v\n1,2.5\n2,{cell}\n3,4\n")
    assert "line 3" in sentence
    assert "finite number" in sentence


@pytest.mark.parametrize("first", ["inf", "1_000", "0x10", "1e999"])
def test_a_first_cell_that_is_nearly_a_number_is_not_taken_for_a_name(first: str) -> None:
    assert "line 1" in refused(f"{first}\n1.5\n2.5\n")


def test_a_number_that_the_network_cannot_hold_is_named() -> None:
    assert "too large for this network" in refused("v\n1.5\n1e200\n")


def test_evidence_is_that_of_the_whole_column() -> None:
    texts = cells(["1.234"] * 5000 + ["0.5"])
    assert evidence(texts).decided == "."
    assert np.isclose(numbers_of(texts, ".").values[-1], 0.5)


@pytest.mark.parametrize("first", [(1749, 1750, 1751), (1, 2, 3)])
def test_one_name_above_pairs_that_count_is_asked_about(first: tuple[int, ...]) -> None:
    text = "\n".join(["sunspots", *(f"{n},{80 + k}" for k, n in enumerate(first))])
    found = read(text)
    assert asked(found) == ["delimiter"]
    assert numbers(found) == [[80, 81, 82]]
    decimals = read(text, answers={"delimiter": "A line is one cell"})
    assert numbers(decimals) == [[n + (80 + k) / 100 for k, n in enumerate(first)]]


def test_one_name_above_decimal_commas_is_not_asked_about() -> None:
    found = read("sunspots\n80,9\n83,4\n47,7\n")
    assert not found.questions
    assert numbers(found) == [[80.9, 83.4, 47.7]]
