"""The chain rule through the run of one sequence: timesteps read one after another, in float64.

Each timestep is one linear map (`gradients`), applied to many gradients at once: those of every
unit, or a single one of an output. What was recorded in float32 is gone through in float64, so
that a gradient of 1e-40 is told apart from none.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import numpy as np

from ..gradients import LinearisedRun, StateGradient, StepGradient, linearised_run
from ..record import Array, record
from ..run.trace import Trace

VANISHED = 1e-300  # a gradient below this counts as none: float64 ends at 1e-308


@record
class Chain:
    """Timesteps of one sequence that were read one after another, as linear maps.

    `timesteps` (K,) are their places in the sequence's own order, in the order of reading.
    """

    timesteps: Array
    run: LinearisedRun  # of these K timesteps, N = 1, float64

    def __len__(self) -> int:
        return len(self.timesteps)

    @property
    def in_time(self) -> slice:
        """What puts values in the order of reading into the sequence's own."""
        backwards = len(self) > 1 and self.timesteps[0] > self.timesteps[1]
        return slice(None, None, -1 if backwards else 1)

    @property
    def output_size(self) -> int:
        """P: the width of the hidden state."""
        return self.run.output_size

    @property
    def cell_size(self) -> int | None:
        """H: the width of the cell state; None where there is none."""
        return self.run.cell_size

    @property
    def input_size(self) -> int:
        """D: how many numbers each timestep reads."""
        return int(self.run.kernel.shape[1])

    def sweep(self, rows: StateGradient) -> Iterator[tuple[StateGradient, StepGradient]]:
        """Take gradients by the state after the last timestep through all, last to first.

        Yields the gradients by the state after each timestep and what `back` makes of them.
        Gradients that have shrunk below 1e-300 are zero from there on; gradients that overflow
        are not numbers any more.
        """
        for k in reversed(range(len(self))):
            step = self.run.back(k, rows)
            yield rows, step
            rows = unless_vanished(step.before)


def unless_vanished(rows: StateGradient) -> StateGradient:
    """Return the gradients themselves; zeros once all have shrunk below `VANISHED`.

    Float64's last number, 5e-324, times anything above a half is rounded up to itself, so that
    a gradient would stop there and never be none.
    """
    if not all(np.abs(part).max(initial=0) < VANISHED for part in rows.parts()):
        return rows  # what is not a number has not vanished, either
    return StateGradient(0 * rows.hidden, None if rows.cell is None else 0 * rows.cell)


def chain(trace: Trace, t: int | None = None, last: int | None = None) -> Chain:
    """Return the timesteps that were read up to and with `t`, only the `last` of them if given.

    `t` is a place in the sequence's own order, None for the timestep that was read last.
    Raises ValueError for a batch and for `last` below 1, IndexError for a `t` that isn't there.
    """
    length = valid_timesteps(trace)
    stop = length if t is None else 1 + place(trace, t)
    if last is not None and last < 1:
        raise ValueError(f"last is {last}: expected at least 1 timestep")
    start = 0 if last is None else max(0, stop - last)
    where = slice(length - stop, length - start) if trace.reverse else slice(start, stop)
    own = np.arange(trace.timesteps)[where]
    return Chain(
        timesteps=own[::-1] if trace.reverse else own,
        run=_in_float64(linearised_run(_cut(trace, where))),
    )


def valid_timesteps(trace: Trace) -> int:
    """Return how many timesteps of the one sequence are not padding; ValueError for a batch."""
    if trace.input.ndim != 2:
        raise ValueError(f"the trace's input is {trace.input.shape}: expected (timesteps, inputs)")
    return trace.timesteps if trace.lengths is None else int(trace.lengths)


def place(trace: Trace, t: int) -> int:
    """Return how many timesteps were read before `t`; IndexError where `t` isn't there."""
    length = valid_timesteps(trace)
    if not 0 <= t < length:
        raise IndexError(f"timestep is {t}: expected 0..{length - 1}")
    return length - 1 - t if trace.reverse else t


def _cut(trace: Trace, where: slice) -> Trace:
    """The trace of some timesteps only, as views; none of them is padding."""

    def series(values: object) -> dict[str, Any]:
        arrays = {name: value for name, value in vars(values).items() if name != "lengths"}
        return {k: array[where] for k, array in arrays.items() if isinstance(array, np.ndarray)}

    changes = series(trace)
    changes["previous"] = dataclasses.replace(trace.previous, **series(trace.previous))
    cut = (clamp.within(where.start, where.stop) for clamp in trace.interventions)
    changes["interventions"] = tuple(clamp for clamp in cut if clamp is not None)
    return dataclasses.replace(trace, lengths=None, **changes)


def _in_float64(run: LinearisedRun) -> LinearisedRun:
    """The same maps with every array in float64."""
    arrays = {n: v for n, v in vars(run).items() if isinstance(v, np.ndarray)}
    return dataclasses.replace(
        run, **{name: np.ascontiguousarray(v, np.float64) for name, v in arrays.items()}
    )
