"""The order of the rows: newest first turned round, disorder asked, odd steps said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.app.inputs.understanding.networks import asked, numbers, read, said


def dated(days: list[int]) -> str:
    """Return a table with the values 0.5, 1.5, … at these days of January."""
    rows = (f"2024-01-{day:02},{k}.5\n" for k, day in enumerate(days))
    return "Date,Close\n" + "".join(rows)


def test_the_newest_row_first_is_turned_round_and_that_is_said() -> None:
    found = read(dated([9, 8, 7, 6]))
    assert numbers(found) == [[3.5, 2.5, 1.5, 0.5]]
    assert found.sequences[0].times == ("2024-01-06", "2024-01-07", "2024-01-08", "2024-01-09")
    assert "turned round" in said(found)


def test_the_file_may_also_be_read_as_it_stands() -> None:
    found = read(dated([9, 8, 7]), answers={"direction": "As the file stands"})
    assert numbers(found) == [[0.5, 1.5, 2.5]]


@given(st.permutations([1, 2, 3, 4, 5]))
def test_no_order_is_changed_without_a_word(days: list[int]) -> None:
    found = read(dated(days))
    if numbers(found) != [[k + 0.5 for k in range(5)]]:
        assert "turned round" in said(found)
    if days not in ([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]):
        assert asked(found) == ["order"]


def test_rows_without_order_may_be_put_in_the_order_of_time() -> None:
    found = read(dated([3, 1, 2]), answers={"order": "In the order of time"})
    assert numbers(found) == [[1.5, 2.5, 0.5]]


def test_a_stamp_that_stands_twice_is_said() -> None:
    assert "same stamp twice" in said(read(dated([1, 2, 2, 3])))


def test_steps_that_are_longer_than_usual_are_said_with_their_line() -> None:
    words = said(read(dated([1, 2, 3, 8, 9])))
    assert "irregular" in words
    assert "line 5" in words


def test_a_date_and_a_time_of_day_tell_the_time_together() -> None:
    found = read("Date;Time;v\n01.02.2024;10:00;5,5\n01.02.2024;11:00;6\n02.02.2024;10:00;7\n")
    assert numbers(found) == [[5.5, 6, 7]]
    assert found.sequences[0].times == ("01.02.2024 10:00", "01.02.2024 11:00", "02.02.2024 10:00")


def test_a_day_and_a_month_that_could_change_places_do_not_reorder_rows() -> None:
    found = read("date,v\n01/02/2024,5.5\n02/02/2024,6\n03/02/2024,7\n13/02/2024,1\n")
    assert numbers(found) == [[5.5, 6, 7, 1]]
