"""Arrays: which axis is time is read off what stands beside or in the numbers, or it is asked."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import NumericEncoder
from tests.app.inputs.understanding.networks import (
    ADDING,
    IDS,
    REBER,
    WEATHER,
    anonymous,
    asked,
    numbers,
    read,
    refused,
    said,
    symbols,
    tokens,
)

SEQUENCES_FIRST = "(sequences, timesteps, inputs)"
TIME_FIRST = "(timesteps, sequences, inputs)"


def array(values: object) -> bytes:
    """Return the .npy file of an array."""
    stream = io.BytesIO()
    np.save(stream, np.asarray(values))
    return stream.getvalue()


def archive(**arrays: object) -> bytes:
    """Return the .npz file of arrays."""
    stream = io.BytesIO()
    np.savez(stream, **{name: np.asarray(values) for name, values in arrays.items()})
    return stream.getvalue()


def walks(sequences: int, timesteps: int, size: int = 3) -> np.ndarray:
    """Random walks (N, T, D): each timestep is near the one before it, not near other sequences."""
    steps = np.random.default_rng(0).standard_normal((sequences, timesteps, size))
    return steps.cumsum(axis=1)


def test_arrays_of_three_axes_are_many_sequences() -> None:
    values = np.arange(24.0).reshape(2, 4, 3)
    assert numbers(read(array(values), anonymous(3))) == values.tolist()


def test_arrays_of_two_axes_are_one_sequence_or_a_row_each() -> None:
    values = np.arange(8.0).reshape(2, 4)
    assert numbers(read(array(values), anonymous(4))) == [values.tolist()]
    assert numbers(read(array(values))) == values.tolist()


def test_an_array_whose_axes_may_change_places_is_asked_about() -> None:
    assert asked(read(array(np.eye(3)), anonymous(3))) == ["axes"]
    cube = np.arange(36.0).reshape(4, 3, 3)
    found = read(array(cube), anonymous(3))
    assert asked(found) == ["axes"]
    assert found.questions[0].preselection == "(sequences, timesteps, inputs)"
    by_hand = read(array(cube), anonymous(3), {"axes": "(sequences, inputs, timesteps)"})
    assert numbers(by_hand) == cube.swapaxes(1, 2).tolist()
    turned = read(array(np.zeros((5, 3, 7))), anonymous(3))
    assert asked(turned) == ["axes"]
    assert turned.sequences[0].numbers is not None
    assert turned.sequences[0].numbers.shape == (7, 3)


def test_an_array_of_places_or_of_ones_is_symbols() -> None:
    assert symbols(read(array([0, 4, 6]), REBER)) == ["BTX"]
    assert symbols(read(array(np.eye(7)[[0, 4, 6]]), REBER)) == ["BTX"]
    assert tokens(read(array([[12, 7], [5, 9]]), IDS)) == [["12", "7"], ["5", "9"]]


def test_lengths_and_labels_beside_an_array_belong_to_its_sequences() -> None:
    data = archive(X=np.ones((2, 4, 3)), y=[0, 1], lengths=[4, 2])
    found = read(data, anonymous(3))
    assert [len(s) for s in found.sequences] == [4, 2]
    assert [s.label for s in found.sequences] == ["0", "1"]


def test_several_arrays_are_asked_about() -> None:
    data = archive(a=np.ones((4, 3)), b=np.ones((2, 3)))
    assert asked(read(data, anonymous(3))) == ["arrays"]


def test_timesteps_without_any_value_at_the_end_are_padding() -> None:
    values = np.ones((2, 4, 2))
    values[1, 2:] = np.nan
    found = read(array(values), anonymous(2))
    assert [len(s) for s in found.sequences] == [4, 2]
    assert "padding" in said(found)


def test_an_array_of_another_shape_is_told() -> None:
    assert "expected" in refused(array(np.ones((4, 5))), anonymous(3))


def test_an_axis_along_which_little_changes_is_that_of_time() -> None:
    values = walks(30, 20)
    found = read(array(values), anonymous(3))
    assert not found.questions
    assert numbers(found) == values.tolist()
    assert f"(30, 20, 3) is read as {SEQUENCES_FIRST}" in said(found)
    turned = read(array(values.swapaxes(0, 1)), anonymous(3))
    assert asked(turned) == ["axes"]
    assert turned.questions[0].preselection == TIME_FIRST
    assert numbers(turned) == values.tolist()


@pytest.mark.parametrize("answer", [SEQUENCES_FIRST, TIME_FIRST])
def test_axes_of_which_nothing_speaks_are_asked_about(answer: str) -> None:
    values = np.random.default_rng(0).standard_normal((32, 20, 3))
    found = read(array(values), anonymous(3))
    assert asked(found) == ["axes"]
    assert found.questions[0].preselection == SEQUENCES_FIRST
    chosen = read(array(values), anonymous(3), {"axes": answer})
    wanted = values if answer == SEQUENCES_FIRST else values.swapaxes(0, 1)
    assert numbers(chosen) == wanted.tolist()


def test_windows_that_overlap_are_asked_about_since_both_axes_are_alike() -> None:
    series = np.random.default_rng(0).standard_normal(60).cumsum()
    windows = np.lib.stride_tricks.sliding_window_view(series, 20)[..., np.newaxis]
    assert asked(read(array(windows))) == ["axes"]


@pytest.mark.parametrize("beside", ["y", "lengths"])
def test_a_label_or_a_length_for_each_sequence_says_which_axis_they_are(beside: str) -> None:
    values = np.random.default_rng(0).standard_normal((20, 5, 3))
    by_first = read(archive(X=values, **{beside: np.full(20, 5)}), anonymous(3))
    assert not by_first.questions
    assert numbers(by_first) == values.tolist()
    by_second = read(archive(X=values, **{beside: np.full(5, 20)}), anonymous(3))
    assert not by_second.questions
    assert numbers(by_second) == values.swapaxes(0, 1).tolist()
    assert TIME_FIRST in said(by_second)


def test_sequences_of_one_timestep_are_asked_about() -> None:
    values = np.random.default_rng(0).standard_normal((20, 1, 3))
    found = read(archive(X=values, y=np.arange(20)), anonymous(3))
    assert asked(found) == ["axes"]
    assert numbers(found) == [values[:, 0].tolist()]
    assert numbers(read(array(values.swapaxes(0, 1)), anonymous(3))) == [values[:, 0].tolist()]


def test_ids_may_be_turned_over() -> None:
    ids = [[12, 7, 3], [5, 9, 1]]
    turned = read(array(ids), IDS, {"axes": "(timesteps, sequences)"})
    assert tokens(turned) == [["12", "5"], ["7", "9"], ["3", "1"]]
    beside = read(archive(input_ids=ids, labels=[0, 1, 1]), IDS)
    assert [s.label for s in beside.sequences] == ["0", "1", "1"]


def padded(
    number: float, at_start: bool = False, counts: tuple[int, ...] = (0, 2, 3)
) -> list[list[list[float]]]:
    """Three walks of five timesteps of which the last, or first, are of one number."""
    values = walks(3, 5)
    for one, count in zip(values, counts, strict=True):
        one[slice(count) if at_start else slice(5 - count, 5)] = number
    return values.tolist()


@pytest.mark.parametrize("number", [0, -1, -999])
@pytest.mark.parametrize("at_start", [False, True])
def test_rows_of_one_number_at_the_ends_are_asked_about(number: float, at_start: bool) -> None:
    values = padded(number, at_start)
    data = archive(X=values, y=[0, 1, 2])
    found = read(data, anonymous(3))
    assert asked(found) == ["padding"]
    one, two, three = values
    assert numbers(found) == [one, *((two[2:], three[3:]) if at_start else (two[:3], three[:2]))]
    as_numbers = read(data, anonymous(3), {"padding": "No, it is read"})
    if number == -999:  # so it may be the mark of a missing value
        assert asked(as_numbers) == ["sentinel:-999", "gaps"]
    else:
        assert numbers(as_numbers) == values


@given(st.permutations(range(3)), st.integers(1, 4), st.integers(0, 4), st.booleans())
def test_padding_is_found_whatever_sequence_has_it(
    order: list[int], some: int, others: int, at_start: bool
) -> None:
    values = padded(0, at_start, (0, some, others))
    found = read(archive(X=[values[k] for k in order], y=[0, 1, 2]), anonymous(3))
    assert asked(found) == ["padding"]
    assert sorted(len(s) for s in found.sequences) == sorted([5, 5 - some, 5 - others])


def test_zeros_that_also_stand_inside_and_equal_ends_are_numbers() -> None:
    inside = np.array(padded(0))
    inside[0, 2] = 0
    assert not read(archive(X=inside, y=[0, 1, 2]), anonymous(3)).questions
    equal = padded(0, counts=(2, 2, 2))
    assert numbers(read(archive(X=equal, y=[0, 1, 2]), anonymous(3))) == equal
    once = padded(7, counts=(0, 1, 1))
    assert numbers(read(archive(X=once, y=[0, 1, 2]), anonymous(3))) == once


MASK = np.array([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0], [1, 1, 0, 0, 0]])


@pytest.mark.parametrize("name", ["attention_mask", "padding_mask"])
@pytest.mark.parametrize("dtype", [bool, int, float])
def test_a_mask_whose_name_says_what_it_means_is_followed(name: str, dtype: type) -> None:
    mask = np.equal(MASK, name == "attention_mask").astype(dtype)
    found = read(archive(X=walks(3, 5), y=[4, 5, 6], **{name: mask}), anonymous(3))
    assert not found.questions
    assert [len(s) for s in found.sequences] == [5, 3, 2]
    assert [s.label for s in found.sequences] == ["4", "5", "6"]
    assert name in said(found)


def test_a_mask_of_rows_that_are_all_alike_says_by_itself_what_it_means() -> None:
    for mask in (MASK, 1 - MASK):
        found = read(archive(X=padded(0), y=[0, 1, 2], mask=mask), anonymous(3))
        assert not found.questions
        assert [len(s) for s in found.sequences] == [5, 3, 2]


def test_a_mask_that_says_nothing_is_asked_about() -> None:
    data = archive(X=walks(3, 5), y=[0, 1, 2], mask=MASK)
    assert asked(read(data, anonymous(3))) == ["mask"]
    other = read(data, anonymous(3), {"mask": "0 is read, 1 is left out"})
    assert [len(s) for s in other.sequences] == [2, 3]
    assert [s.label for s in other.sequences] == ["1", "2"]


def test_a_mask_may_have_holes_and_its_axes_stand_as_those_of_the_sequences() -> None:
    mask = MASK.copy()
    mask[0, 2] = 0
    values = walks(3, 5)
    turned = {"X": values.swapaxes(0, 1), "lengths": [5, 5, 5], "attention_mask": mask.T}
    found = read(archive(**turned), anonymous(3))
    assert numbers(found)[0] == values[0, [0, 1, 3, 4]].tolist()


def test_ids_have_masks_too() -> None:
    found = read(archive(input_ids=[[12, 7, 0], [5, 9, 4]], attention_mask=[[1, 1, 0]] * 2), IDS)
    assert tokens(found) == [["12", "7"], ["5", "9"]]


def test_a_sequence_of_length_0_takes_its_label_along() -> None:
    data = archive(X=walks(3, 5), lengths=[5, 0, 2], y=[4, 5, 6])
    assert [s.label for s in read(data, anonymous(3)).sequences] == ["4", "6"]


def test_an_array_of_lengths_may_cut_one_array_into_its_sequences() -> None:
    values = walks(1, 6)[0]
    found = read(archive(X=values, lengths=[4, 2]), anonymous(3))
    assert numbers(found) == [values[:4].tolist(), values[4:].tolist()]
    assert "one after another" in said(found)


def test_lengths_that_fit_nothing_are_asked_about() -> None:
    data = archive(X=walks(1, 6)[0], lengths=[4, 3])
    found = read(data, anonymous(3))
    assert asked(found) == ["lengths"]
    assert found.sequences == ()
    whole = read(data, anonymous(3), {"lengths": "Read them as long as they are"})
    assert [len(s) for s in whole.sequences] == [6]


@pytest.mark.parametrize("name", ["groups", "series_id"])
@given(st.permutations([0, 0, 1, 1, 1, 2]))
def test_an_array_of_groups_says_to_which_sequence_a_timestep_belongs(
    name: str, groups: list[int]
) -> None:
    values = walks(1, 6)[0]
    found = read(archive(X=values, **{name: groups}), anonymous(3))
    wanted = [values[np.equal(groups, one)].tolist() for one in dict.fromkeys(groups)]
    assert numbers(found) == wanted


def test_arrays_that_are_called_as_the_inputs_are_a_column_each() -> None:
    given = {"pressure": [1000.0, 1001], "Temp": [5.0, 6], "humidity": [80.0, 79]}
    assert numbers(read(archive(**given), WEATHER)) == [[[5, 80, 1000], [6, 79, 1001]]]


MARKED = [[0.5, 1.0], [0.25, 0.0], [0.75, 1.0]]


def test_columns_without_names_are_read_in_the_order_of_the_inputs() -> None:
    found = read(array(MARKED), ADDING)
    assert not found.questions
    assert "value, mark, in this order" in said(found)
    turned = read(array(MARKED), ADDING, {"order": "mark, value"})
    assert numbers(turned) == [[[m, v] for v, m in MARKED]]


@pytest.mark.parametrize(
    ("values", "encoder"),
    [([[m, v] for v, m in MARKED], ADDING), ([[1000, 5, 80], [1001, 6, 79]], WEATHER)],
)
def test_their_order_is_asked_where_the_numbers_speak_for_another(
    values: list[list[float]], encoder: NumericEncoder
) -> None:
    assert asked(read(array(values), encoder)) == ["order"]


HOT = np.eye(7, dtype=np.float32)


@pytest.mark.parametrize("shape", ["rows", "columns", "three axes", "three axes, columns"])
def test_rows_of_zeros_at_the_ends_of_ones_are_padding(shape: str) -> None:
    one = np.vstack([HOT[[0, 4, 6]], np.zeros((2, 7))])
    both = np.stack([one, HOT[[0, 1, 2, 3, 4]]])
    given = {
        "rows": one,
        "columns": one.T,
        "three axes": both,
        "three axes, columns": both.swapaxes(1, 2),
    }
    wanted = ["BTX"] if shape in {"rows", "columns"} else ["BTX", "BEPST"]
    found = read(array(given[shape]), REBER)
    assert symbols(found) == wanted
    assert not found.questions
    assert "padding" in said(found)


def test_ones_that_are_no_symbols_are_told_with_their_row() -> None:
    two = HOT[[0, 4, 6]].copy()
    two[1, 2] = 1
    assert "row 2 has 2 ones" in refused(array(two), REBER)
    gap = np.vstack([HOT[[0]], np.zeros((1, 7)), HOT[[4]]])
    assert "timestep 2 holds no symbol" in refused(array(gap), REBER)


def test_a_negative_number_at_the_ends_of_rows_of_ids_is_padding() -> None:
    assert tokens(read(array([[12, 7, -1], [5, 9, 3]]), IDS)) == [["12", "7"], ["5", "9", "3"]]
    assert "timestep 2" in refused(array([[12, -100, 7], [5, 9, 3]]), IDS)
    assert "number 1, 3 is -1" in refused(array([[12, 7, -1], [5, -2, 3]]), IDS)
