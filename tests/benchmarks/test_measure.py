"""The arithmetic of the benchmarks: a percentile that flatters would flatter every figure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.measure import interleaved, percentile, table

values = st.lists(st.floats(-1e6, 1e6), min_size=1)


@given(values, st.sampled_from([0.05, 0.5, 0.9, 0.95, 1.0]))
def test_a_percentile_is_the_least_value_that_enough_of_them_do_not_exceed(
    measured: list[float], share: float
) -> None:
    value = percentile(measured, share)
    assert value in measured
    assert sum(m <= value for m in measured) >= share * len(measured) - 1e-9
    assert sum(m < value for m in measured) < share * len(measured)


def test_jobs_take_turns_and_the_first_round_only_warms_up() -> None:
    calls: list[str] = []
    times = interleaved({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, rounds=3)
    assert "".join(calls) == "abababab"
    assert {name: len(each) for name, each in times.items()} == {"a": 3, "b": 3}


def test_a_table_has_one_line_a_row_and_aligned_columns() -> None:
    lines = table(["H", "time"], [["16", "4.1"], ["512", "66.4"]]).split("\n")
    assert lines == ["  H  time", " 16   4.1", "512  66.4"]
