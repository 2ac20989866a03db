"""Letters that multiply numbers, units beside them, and percent: read cell by cell, and said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inputs.understanding.numerals import Signs, cells
from app.inputs.understanding.numerals import numbers as numbers_of
from tests.app.inputs.understanding.networks import anonymous, asked, numbers, read, said


def dated(*values: str, delimiter: str = ",", head: str = "date{}v\n") -> str:
    """Return a table of dates and these values, with or without a line of names."""
    rows = (f"2024-01-{day:02}{delimiter}{v}\n" for day, v in enumerate(values, start=1))
    return head.format(delimiter) + "".join(rows)


@pytest.mark.parametrize("head", ["date{}v\n", ""])
@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (("1.2k", "1.4k", "2k"), [1200, 1400, 2000]),
        (("1.2M", "1.4M", "2M"), [1.2e6, 1.4e6, 2e6]),
        (("1.2 Mio", "1.3 Mio.", "4 Mio."), [1.2e6, 1.3e6, 4e6]),
        (("1.005 Mrd", "2bn", "1.5 Mrd."), [1.005e9, 2e9, 1.5e9]),
        (("1.2K", "900", "1.3K"), [1200, 900, 1300]),
        (("900", "1.2K", "1.3K"), [900, 1200, 1300]),
        (("1.2K", "1.3M", "4.5B"), [1200, 1.3e6, 4.5e9]),
        (("$1.2K", "$3K", "$4.5K"), [1200, 3000, 4500]),
        (("-1.2M", "(3M)", "4M"), [-1.2e6, -3e6, 4e6]),
        (("1B", "2B", "3.5M"), [1e9, 2e9, 3.5e6]),
    ],
)
def test_letters_that_multiply_do_so_and_it_is_said(
    values: tuple[str, ...], wanted: list[float], head: str
) -> None:
    found = read(dated(*values, head=head))
    assert not found.questions
    assert numbers(found) == [wanted]
    assert "is read as" in said(found)


@given(st.integers(-(10**6), 10**6), st.sampled_from([("k", 3), ("Mio.", 6), ("Mrd", 9)]))
def test_a_multiple_has_every_digit_of_the_number(thousandths: int, by: tuple[str, int]) -> None:
    letters, exponent = by
    text = f"{thousandths / 1000:.3f}"
    read_ = numbers_of(cells([f"{text}{letters}", "7"]), ".")
    assert read_.values.tolist() == [float(f"{text}e{exponent}"), 7]


@pytest.mark.parametrize(
    ("letter", "unit", "multiple", "power"),
    [("K", "A unit: kelvin", "Thousands", 1e3), ("B", "A unit: bytes", "Billions", 1e9)],
)
def test_a_letter_that_may_be_a_unit_of_all_numbers_is_asked_about(
    letter: str, unit: str, multiple: str, power: float
) -> None:
    data = dated(*(f"{value}{letter}" for value in ("293.5", "294", "290")))
    assert asked(read(data)) == [letter]
    assert numbers(read(data)) == []
    plain = read(data, answers={letter: unit})
    assert numbers(plain) == [[293.5, 294, 290]]
    assert f"{letter} beside the numbers of 'v': left out" in said(plain)
    many = read(data, answers={letter: multiple})
    assert numbers(many) == [[293.5 * power, 294 * power, 290 * power]]


@pytest.mark.parametrize("unit", ["m", "kg", "mm", "Mb", "kB", "kWh", "°C", "mmHg"])
def test_units_multiply_nothing(unit: str) -> None:
    found = read(dated(*(f"{value}{unit}" for value in ("1.5", "2.5", "2"))))
    assert numbers(found) == [[1.5, 2.5, 2]]
    assert f"{unit} beside the numbers of 'v': left out" in said(found)


def test_a_column_of_multiples_is_read_to_its_ends() -> None:
    for data in ("1.2K\n900\n1.3K\n", "900\n1.2K\n1.3K\n", "v\n900\n800\n1.2K\n"):
        found = read(data)
        assert len(numbers(found)[0]) == 3
        assert 1200 in numbers(found)[0]


def test_maturities_as_names_are_names() -> None:
    found = read("date,1M,3M,6M\n2024-01-01,5.1,5.2,5.3\n2024-01-02,5,5.25,5.5\n", anonymous(3))
    assert [column.name for column in found.table.columns] == ["date", "1M", "3M", "6M"]
    assert numbers(found) == [[[5.1, 5.2, 5.3], [5, 5.25, 5.5]]]


@pytest.mark.parametrize("sign", [" °C", "°C", " kg", "", " €", "k", " Mio. €"])
def test_a_decimal_comma_proves_itself_with_a_sign_behind_it(sign: str) -> None:
    by = {"k": 1e3, " Mio. €": 1e6}.get(sign, 1.0)
    found = read(dated(*(f"{value}{sign}" for value in ("20,5", "21,5", "19")), delimiter=";"))
    assert not found.questions
    assert numbers(found) == [[20.5 * by, 21.5 * by, 19 * by]]


def test_a_mark_that_may_be_either_is_asked_about_beside_a_unit_too() -> None:
    assert asked(read(dated("1.234 kg", "2.345 kg", "3.456 kg"))) == ["decimal"]


def test_only_percentages_are_divided_where_they_are_shares() -> None:
    data = dated("12%", "0.13", "14 %")
    assert asked(read(data)) == ["percent"]
    assert numbers(read(data, answers={"percent": "0.12"})) == [[0.12, 0.13, 0.14]]
    assert numbers(read(data, answers={"percent": "12"})) == [[12, 0.13, 14]]


@given(st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=1))
def test_a_share_is_a_hundredth_of_its_percentage_and_other_numbers_stay(
    given_: list[tuple[int, bool]],
) -> None:
    texts = cells([f"{number}%" if percent else str(number) for number, percent in given_])
    read_ = numbers_of(texts, ".", Signs(shares=True))
    assert read_.values.tolist() == [n / 100 if percent else n for n, percent in given_]


def test_shares_are_shares_where_a_row_is_a_sequence() -> None:
    data = "12%,13%,50%,40%\n14%,15%,60%,45%\n"
    answers = {"layout": "A row is a sequence", "percent": "0.12"}
    assert numbers(read(data, answers=answers)) == [[0.12, 0.13, 0.5, 0.4], [0.14, 0.15, 0.6, 0.45]]
