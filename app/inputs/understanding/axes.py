"""The axes of an array of numbers: which one is time, which the sequences, which the inputs.

An array does not say. What stands beside it may (a label for each sequence, a length), and the
numbers may: a series changes little from one timestep to the next. What neither decides is asked.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lstm_core.record import Array

from ..arrays import shown
from ..files import UploadError
from .notes import Notes

Order = tuple[int, int, int]

SEQUENCES_FIRST, TIME_FIRST = "(sequences, timesteps, inputs)", "(timesteps, sequences, inputs)"
TIME_LAST = "(sequences, inputs, timesteps)"
ORDERS: dict[str, Order] = {SEQUENCES_FIRST: (0, 1, 2), TIME_FIRST: (1, 0, 2), TIME_LAST: (0, 2, 1)}

DOWN, ACROSS = "(timesteps, inputs)", "(inputs, timesteps)"  # of one sequence

SMOOTHER = 0.5  # an axis is that of time if neighbours along it differ so many times as much
ENOUGH = 100  # pairs of neighbours along an axis that say something


def time_down(array: Array, size: int | None, notes: Notes) -> Array:
    """Return an array of one sequence as (timesteps, inputs)."""
    if size is None or (array.shape[1] == size != array.shape[0]):
        return array
    if array.shape[1] != size:
        notes.remark(f"The array is {array.shape}: read as {ACROSS}, turned over.")
        return array.T
    turn = notes.choose(
        "axes",
        f"The array is {array.shape}, and either axis could be that of time.",
        {DOWN: False, ACROSS: True},
        DOWN,
    )
    return array.T if turn else array


def order_of_three(array: Array, size: int | None, counts: set[int], notes: Notes) -> Order:
    """Return which axes of an array (A, B, C) are those of sequences, timesteps and inputs.

    `size` is how many inputs the network reads, and `counts` are how many sequences there are by
    what stands beside the array. Raises UploadError where no axis has as many as there are inputs.
    """
    fitting = {text: axes for text, axes in ORDERS.items() if size in {None, array.shape[axes[2]]}}
    if not fitting:
        raise UploadError(
            f"{shown(notes.name)} is an array of shape {array.shape}: expected (sequences, "
            f"timesteps, {size})."
        )
    likely, sure = _likely(array, fitting, counts)
    order = notes.choose(
        "axes",
        f"The array is {array.shape}. What are its axes?",
        fitting,
        likely,
        ask=not sure,
    )
    order = order or fitting[likely]
    if sure:
        notes.remark(f"The array {array.shape} is read as {_called(order)}.")
    return order


def _called(order: Order) -> str:
    return next(text for text, axes in ORDERS.items() if axes == order)


def _likely(array: Array, fitting: Mapping[str, Order], counts: set[int]) -> tuple[str, bool]:
    """The likeliest of several orders, and whether anything speaks for another one."""
    first, second, _ = array.shape
    by_count = [text for text, axes in fitting.items() if array.shape[axes[0]] in counts]
    if second == 1 < first:  # sequences of one timestep show nothing, but there are such files
        return (TIME_FIRST if TIME_FIRST in fitting else TIME_LAST), False
    if len(by_count) == 1 < len(fitting):
        return by_count[0], True
    if TIME_LAST in fitting:
        return (by_count or [*fitting])[0], False
    return (SEQUENCES_FIRST, True) if first == 1 else _smoother(array)


def _smoother(array: Array) -> tuple[str, bool]:
    """The order in which time is the axis along which less changes, and whether that is sure."""
    along_first, along_second = (_roughness(array, axis) for axis in (0, 1))
    if along_first is None or along_second is None:
        return SEQUENCES_FIRST, False
    if along_first <= SMOOTHER * along_second:
        return TIME_FIRST, False
    return SEQUENCES_FIRST, along_second <= SMOOTHER * along_first


def _roughness(array: Array, axis: int) -> float | None:
    """How much neighbours along an axis differ: the mean of their squared differences.

    Each input counts alike: the differences are divided by its variance. None where there are too
    few neighbours, or nothing changes.
    """
    values = np.asarray(array, np.float64)
    scale = np.nanvar(values.reshape(-1, values.shape[2]), axis=0)
    changing = np.isfinite(scale) & (scale > 0)
    steps = np.diff(values[..., changing], axis=axis)
    known = np.isfinite(steps)
    if known.sum() < ENOUGH:
        return None
    return float(np.mean((steps**2 / scale[changing])[known]))
