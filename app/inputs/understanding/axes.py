"""The axes of an array of numbers: which one is time, which the sequences, which the inputs.

An array does not say. What stands beside it may (a label for each sequence, a length), and the
numbers may: a series changes little from one timestep to the next. What neither decides is asked.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from lstm_core.record import Array

from ..arrays import shown
from ..files import UploadError
from .names import says_yes_or_no
from .notes import Notes
from .plausibility import FAR
from .wishes import Wish

Order = tuple[int, int, int]

SEQUENCES_FIRST, TIME_FIRST = "(sequences, timesteps, inputs)", "(timesteps, sequences, inputs)"
TIME_LAST = "(sequences, inputs, timesteps)"
ORDERS: dict[str, Order] = {SEQUENCES_FIRST: (0, 1, 2), TIME_FIRST: (1, 0, 2), TIME_LAST: (0, 2, 1)}

DOWN, ACROSS = "(timesteps, inputs)", "(inputs, timesteps)"  # of one sequence

ONE_FOR_EACH = ": the file has one label or length for each sequence"
SMOOTH = ": along its second axis the numbers change little by little, as they do over time"

FEW = 3  # inputs of which every order is offered
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
    likely, why = _likely(array, fitting, counts)
    order = notes.choose(
        "axes",
        f"The array is {array.shape}. What are its axes?",
        fitting,
        likely,
        ask=why is None,
    )
    order = order or fitting[likely]
    if why is not None:
        notes.remark(f"The array {array.shape} is read as {_called(order)}{why}.")
    return order


def order_of_inputs(values: Array, wish: Wish, notes: Notes) -> list[int]:
    """Return which column of an array (T, D), which has no names, feeds each of the named inputs.

    They feed the inputs in their order, which may be corrected. It is asked where the numbers
    speak for another order: columns of 0 and 1, or the means and deviations of the training.
    """
    names, as_they_stand = wish.names, list(range(len(wish.names)))
    ways = {in_order(names): as_they_stand}
    if len(names) <= FEW:
        for columns in itertools.permutations(as_they_stand):
            ways.setdefault(in_order([names[k] for k in columns]), _inverse(columns))
    doubtful = any(_fits_better(values, way, wish) for way in ways.values())
    text = "The columns of an array have no names. Which inputs do they feed, one after another?"
    order = notes.choose("order", text, ways, in_order(names), ask=doubtful)
    if not doubtful:
        notes.remark(f"The columns feed {in_order(names)}, in this order.")
    return order or as_they_stand


def _fits_better(values: Array, order: list[int], wish: Wish) -> bool:
    """Whether the columns fit the inputs better in another order than as they stand."""
    turned = values[:, order]
    flags = [k for k, name in enumerate(wish.names) if says_yes_or_no(name)]
    binary = np.isin(turned[:, flags], (0, 1)).all() and bool(flags)
    if binary and not np.isin(values[:, flags], (0, 1)).all():
        return True
    if wish.scaling is None or wish.plain:
        return False
    own, other = (np.nanmax(_deviations(columns, wish)) for columns in (values, turned))
    return bool(own > FAR and other < own / 2)


def _deviations(values: Array, wish: Wish) -> Array:
    offset, scale = wish.scaling or (np.zeros(1), np.ones(1))
    deviations: Array = np.abs((np.nanmean(values, axis=0) - offset) / scale)
    return deviations


def in_order(names: Sequence[str]) -> str:
    """Return the answer that names the inputs in the order of the columns."""
    return shown(", ".join(names))


def _inverse(columns: Sequence[int]) -> list[int]:
    return [columns.index(k) for k in range(len(columns))]


def _called(order: Order) -> str:
    return next(text for text, axes in ORDERS.items() if axes == order)


def _likely(array: Array, fitting: Mapping[str, Order], counts: set[int]) -> tuple[str, str | None]:
    """The likeliest of several orders, and what makes it sure; None where nothing does."""
    first, second, _ = array.shape
    by_count = [text for text, axes in fitting.items() if array.shape[axes[0]] in counts]
    if second == 1 < first:  # sequences of one timestep show nothing, but there are such files
        return (TIME_FIRST if TIME_FIRST in fitting else TIME_LAST), None
    if len(by_count) == 1 < len(fitting):
        return by_count[0], ONE_FOR_EACH
    if TIME_LAST in fitting:
        return (by_count or [*fitting])[0], None
    return (SEQUENCES_FIRST, "") if first == 1 else _smoother(array)


def _smoother(array: Array) -> tuple[str, str | None]:
    """The order in which time is the axis along which less changes, and why that is sure."""
    along_first, along_second = (_roughness(array, axis) for axis in (0, 1))
    if along_first is None or along_second is None:
        return SEQUENCES_FIRST, None
    if along_first <= SMOOTHER * along_second:
        return TIME_FIRST, None
    return SEQUENCES_FIRST, SMOOTH if along_second <= SMOOTHER * along_first else None


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
