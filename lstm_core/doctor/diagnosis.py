"""The comparison: whether a result agrees, where it departs, and which single faults explain it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..record import Array, record
from ..run.trace import Trace
from .faults import Case, Fault, faults
from .signals import GATES, HIDDEN, PREACTIVATIONS, Signals

TOLERANCE = 2e-5
"""Largest difference of two right results in float32, where numbers are about 1."""


class ResultError(ValueError):
    """A result that cannot be compared, described in one sentence."""


@record
class Departure:
    """Where one signal of a result departs from ours: the first timestep and its worst unit."""

    signal: str
    timestep: int
    unit: int
    ours: float
    theirs: float
    largest: float  # the largest difference anywhere


@record
class Diagnosis:
    """What is the matter with a result.

    `departures` are of the signals that depart first, all at one timestep: none where the result
    agrees. `explanations` are the single faults that make the same numbers: one is the diagnosis;
    several cannot be told apart by this data; none says that it is not one fault that is known.
    """

    agrees: bool  # all signals are the same within rounding
    largest: float  # the largest difference; infinite where there are not as many rows
    departures: tuple[Departure, ...] = ()
    explanations: tuple[Fault, ...] = ()
    tried: int = 0


def named_signals(parameters: Any, timesteps: int, result: Array) -> Signals:
    """Return what an array without a name must be, by its shape.

    (T, P), or (P,) of the last timestep alone, is the hidden state; (T, B·H) or (T, B, H) are the
    gates side by side. Axes of length 1 do not count. One timestep more may be the start.

    Raises ResultError for another shape, and for numbers that are not finite.
    """
    shape = tuple(length for length in result.shape if length != 1)
    size, blocks = parameters.output_size, len(parameters.blocks)
    gates = blocks * parameters.hidden_size
    values = np.asarray(result, np.float64)
    for rows in (timesteps, timesteps + 1):
        if values.size == rows * size and shape == _plain(rows, size):
            return {HIDDEN: _finite(values.reshape(rows, size))}
        wide = (_plain(rows, gates), _plain(rows, blocks, parameters.hidden_size))
        if blocks > 1 and values.size == rows * gates and shape in wide:
            return {GATES: _finite(values.reshape(rows, gates))}
    if values.size == size and shape == _plain(size):
        return {HIDDEN: _finite(values.reshape(1, size))}
    raise ResultError(
        f"The result has the shape {result.shape}: expected the hidden states ({timesteps}, "
        f"{size}), the last of them ({size},), or the gates ({timesteps}, {gates})."
    )


def _plain(*shape: int) -> tuple[int, ...]:
    return tuple(length for length in shape if length != 1)


def _finite(values: Array) -> Array:
    strange = np.argwhere(~np.isfinite(values))
    if len(strange):
        t, unit = (int(k) for k in strange[0])
        raise ResultError(
            f"The result is {values[t, unit]} at timestep {t}, column {unit}: expected finite "
            "numbers."
        )
    return values


def diagnose(
    parameters: Any, inputs: Array, theirs: Mapping[str, Array], start: Any = None
) -> Diagnosis:
    """Return whether a result is that of a cell over inputs (T, D), and if not, what explains it.

    `theirs` has signals (T, ·) by their names in the vocabulary, or `gates` and `preactivations`,
    (T, B·H); one row is the last timestep alone, T + 1 rows have the start in front. `start` is
    what the cell should begin with, zero where it is None.

    Raises ResultError for a signal that the cell does not have, or one of another shape.

    >>> from lstm_core.training import initial_lstm
    >>> lstm = initial_lstm(np.random.default_rng(0), 3, 2)
    >>> inputs = np.random.default_rng(1).normal(size=(6, 3))
    >>> from lstm_core import unroll
    >>> wrong = unroll(lstm.replace(bias=0 * lstm.bias), inputs).hidden_state
    >>> [fault.detail for fault in diagnose(lstm, inputs, {"hidden_state": wrong}).explanations]
    ['missing', 'forget - 1']
    """
    case = Case(
        parameters=parameters,
        inputs=np.asarray(inputs, parameters.dtype),
        start=parameters.initial_state() if start is None else start,
    )
    right = case.right()
    _check(right, theirs)
    largest = _difference(right, theirs)
    if largest <= _tolerance(theirs):
        return Diagnosis(agrees=True, largest=largest)
    tried = list(faults(case))
    with np.errstate(over="ignore", invalid="ignore"):  # without gates numbers may grow
        explaining = tuple(fault for fault in tried if _explains(fault.run(case), theirs))
    return Diagnosis(
        agrees=False,
        largest=largest,
        departures=_departures(parameters, right, theirs),
        explanations=explaining,
        tried=len(tried),
    )


def diagnose_trace(trace: Trace, theirs: Mapping[str, Array]) -> Diagnosis:
    """Return the diagnosis of what should be the run of one layer in one direction.

    `theirs` are signals as in `diagnose`, in the sequence's own order of time. A direction that
    runs from the end to the start is diagnosed in the order in which it runs.
    """
    inputs, start = trace.input, trace[-1 if trace.reverse else 0].previous
    if trace.reverse:
        inputs = inputs[::-1]
        theirs = {name: values[::-1] for name, values in theirs.items()}
    return diagnose(trace.parameters, inputs, theirs, start)


def _check(right: Signals, theirs: Signals) -> None:
    """Raise ResultError for a signal that the cell does not have, or one of another shape."""
    if not theirs:
        raise ResultError("The result is empty: expected at least one signal.")
    for name, values in theirs.items():
        if name not in right:
            raise ResultError(f"The result has {name!r}: this cell has {', '.join(right)}.")
        timesteps, width = right[name].shape
        if values.ndim != 2 or values.shape[1] != width or len(values) not in _rows(timesteps):
            raise ResultError(f"{name} is {values.shape}: expected ({timesteps}, {width}).")
        _finite(values)


def _rows(timesteps: int) -> tuple[int, int, int]:
    """How many rows a result may have: all timesteps, the last alone, or the start in front."""
    return (timesteps, 1, timesteps + 1)


def _tolerance(theirs: Signals) -> float:
    return TOLERANCE * max(1.0, *(float(np.abs(values).max()) for values in theirs.values()))


def _difference(computed: Signals, theirs: Signals) -> float:
    """The largest difference between what was computed and a result; infinite where none fits."""
    return max(
        float(_apart(computed[name], values).max()) if name in computed else np.inf
        for name, values in theirs.items()
    )


def _apart(computed: Array, values: Array) -> Array:
    """The differences of a signal (n, ·): all rows, or the last alone where that is all."""
    if len(values) == 1:
        computed = computed[-1:]
    if len(values) != len(computed):
        return np.array([[np.inf]])
    apart: Array = np.abs(computed.astype(np.float64) - values)
    return np.where(np.isnan(apart), np.inf, apart)


def _explains(computed: Signals, theirs: Signals) -> bool:
    return _difference(computed, theirs) <= _tolerance(theirs)


def _departures(parameters: Any, right: Signals, theirs: Signals) -> tuple[Departure, ...]:
    """Where the signals that depart first do so; gates side by side are parted."""
    tolerance, every = _tolerance(theirs), []
    for name, values in theirs.items():
        ours = right[name] if len(values) > 1 else right[name][-1:]
        pairs = {name: (ours, values[: len(ours)])}
        if name in (GATES, PREACTIVATIONS):
            blocks = (parameters.split(one) for one in pairs[name])
            pairs = _paired(*blocks)
        every += [
            departure
            for part, pair in pairs.items()
            if (departure := _departure(part, *pair, tolerance, len(right[name])))
        ]
    first = min((departure.timestep for departure in every), default=0)
    return tuple(departure for departure in every if departure.timestep == first)


def _paired(ours: Signals, theirs: Signals) -> dict[str, tuple[Array, Array]]:
    return {name: (ours[name], theirs[name]) for name in ours}


def _departure(
    name: str, ours: Array, theirs: Array, tolerance: float, timesteps: int
) -> Departure | None:
    """Where one signal departs first; None where it does not."""
    apart = np.abs(ours.astype(np.float64) - theirs)
    late = np.flatnonzero((apart > tolerance).any(axis=1))
    if not len(late):
        return None
    t = int(late[0])
    unit = int(apart[t].argmax())
    return Departure(
        signal=name,
        timestep=t if len(theirs) > 1 else timesteps - 1,
        unit=unit,
        ours=float(ours[t, unit]),
        theirs=float(theirs[t, unit]),
        largest=float(apart.max()),
    )
