"""Interventions: what is changed in a run while it runs, to see what would have happened.

    unroll(parameters, inputs, interventions=(Clamp(signal="forget_gate", value=0.0, first=5),))

An intervention sets values that a cell computed to others, at certain timesteps and for certain
units, and the cell runs on from them. Everything before the first timestep that is touched stays
what it was, bit for bit; a clamp to the values that were recorded changes nothing.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable

import numpy as np

from ..cells.common import Parameters
from ..record import Array, record
from ..vocabulary import Kind, vocabulary
from .timeline import Timeline


@record
class Clamp:
    """Hold a signal at a value for some units and timesteps, whatever the cell computes.

    `signal` is the name of a recorded signal of the cell: a gate, the candidate or a state.
    `units` are those held, None all of them (for the hidden state of an LSTM with a projection
    they count its P outputs). `first` and `last` are timesteps of the sequence, both included;
    None is its beginning and its end.

    In an LSTM whose input and forget gates are coupled, f = 1 - i follows a clamped input gate.
    A preactivation is recorded as it was computed, whatever its gate was held at.

    >>> from lstm_core import unroll
    >>> from lstm_core.training import initial_lstm
    >>> lstm = initial_lstm(np.random.default_rng(0), 3, 2)
    >>> closed = Clamp(signal="forget_gate", value=0.0, units=(1,), first=2, last=3)
    >>> unroll(lstm, np.ones((5, 3)), interventions=(closed,)).forget_gate[:, 1] == 0
    array([False, False,  True,  True, False])
    """

    signal: str
    value: float
    units: tuple[int, ...] | None = None
    first: int | None = None
    last: int | None = None

    def check(self) -> None:
        """Raise ValueError for a value that is no finite number, or timesteps in reverse."""
        if not math.isfinite(self.value):
            raise ValueError(f"value of {self.signal} is {self.value}: expected a finite number")
        if self.first is not None and self.last is not None and self.first > self.last:
            raise ValueError(
                f"first is {self.first} and last {self.last}: expected first <= last, "
                "both are included"
            )

    def holds(self, timestep: int) -> bool:
        """Return whether the clamp is on at a timestep, counted from 0."""
        return (self.first or 0) <= timestep and (self.last is None or timestep <= self.last)

    def within(self, start: int, stop: int) -> Clamp | None:
        """Return the clamp as the timesteps start..stop-1, alone, see it; None if they don't."""
        first = 0 if self.first is None else max(0, self.first - start)
        last = stop - start - 1 if self.last is None else min(self.last, stop - 1) - start
        return dataclasses.replace(self, first=first, last=last) if first <= last else None


Intervention = Clamp


def without_write(timestep: int, units: tuple[int, ...] | None = None) -> Clamp:
    """Return the intervention that removes what is written at one timestep.

    It holds the candidate at 0: the memory keeps what it retains and nothing is added, while all
    gates of that timestep stay what they were. For an LSTM and a GRU.
    """
    return Clamp(signal="candidate", value=0.0, units=units, first=timestep, last=timestep)


def ablation(
    kind: Kind, units: tuple[int, ...], first: int | None = None, last: int | None = None
) -> tuple[Clamp, ...]:
    """Return the interventions that take units of a cell out: nothing sees what they hold.

    An LSTM's output gate is shut, so that h is zero and c goes on unseen (but for peepholes of
    the unit itself). A GRU keeps nothing and writes zero, and a standard RNN is held at zero.
    """
    held = {"lstm": ("output_gate",), "gru": ("update_gate", "candidate"), "rnn": ("hidden_state",)}
    return tuple(
        Clamp(signal=signal, value=0.0, units=units, first=first, last=last)
        for signal in held[kind]
    )


class ClampSchedule:
    """The interventions of one run, in running order; false where there is none.

    Later interventions win over earlier ones on the same signal.
    """

    def __init__(
        self,
        interventions: Iterable[Intervention],
        parameters: Parameters,
        timeline: Timeline,
    ):
        """Check the interventions against the cell and the run.

        Raises ValueError for a signal that the cell does not have, a unit that it does not have
        and a timestep that the run does not have.
        """
        self._shape = (timeline.timesteps, timeline.batch)
        self._clamps: dict[str, list[tuple[Array, Array, float]]] = {}
        for clamp in interventions:
            _check_signal(clamp, parameters)
            units = _units(clamp, parameters)
            active = _active(clamp, timeline)
            self._clamps.setdefault(clamp.signal, []).append((active, units, clamp.value))

    def __bool__(self) -> bool:
        return bool(self._clamps)

    def apply(self, signal: str, t: int, values: Array) -> None:
        """Set the clamped units of a signal at running timestep `t`, in place.

        `values` are (N, ·), or (·,) for a batch of one.
        """
        for active, units, value in self._clamps.get(signal, ()):
            if active[t].any():
                np.atleast_2d(values)[np.ix_(active[t].nonzero()[0], units)] = value

    def held(self, signal: str, size: int) -> Array | None:
        """Return where a signal of `size` units is held, (T, N, size) of bool; None if nowhere."""
        if signal not in self._clamps:
            return None
        held: Array = np.zeros((*self._shape, size), bool)
        for active, units, _ in self._clamps[signal]:
            held[..., units] |= active[..., np.newaxis]
        return held

    def apply_to_run(self, signal: str, values: Array) -> None:
        """Set the clamped units of a signal at every timestep of (T, N, ·), in place."""
        if signal in self._clamps:
            for t, row in enumerate(values):
                self.apply(signal, t, row)


def _check_signal(clamp: Clamp, parameters: Parameters) -> None:
    cell = vocabulary(parameters.kind)
    known = [signal.name for signal in cell.recorded]
    if clamp.signal not in known:
        raise ValueError(
            f"signal is {clamp.signal!r}: expected one that the {cell.title} records, "
            f"{', '.join(known)}"
        )


def _units(clamp: Clamp, parameters: Parameters) -> Array:
    """The units that are held, as an index array."""
    hidden = clamp.signal == "hidden_state"
    size = parameters.output_size if hidden else parameters.hidden_size
    if clamp.units is None:
        return np.arange(size)
    for unit in clamp.units:
        if not 0 <= unit < size:
            raise ValueError(f"unit of {clamp.signal} is {unit}: expected 0..{size - 1}")
    return np.array(clamp.units, np.intp)


def _active(clamp: Clamp, timeline: Timeline) -> Array:
    """Whether the clamp holds, (T, N) of bool in running order."""
    end = timeline.timesteps - 1
    first, last = (0 if clamp.first is None else clamp.first), clamp.last
    last = end if last is None else last
    for name, timestep in (("first", first), ("last", last)):
        if not 0 <= timestep <= max(end, 0):
            raise ValueError(f"{name} of {clamp.signal} is {timestep}: expected 0..{end}")
    time = np.arange(timeline.timesteps)
    held = np.broadcast_to((first <= time) & (time <= last), (*timeline.leading, len(time)))
    return timeline.running(held)
