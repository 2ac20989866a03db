"""A trace: the steps of one run. It is a step whose arrays have a time axis.

A `Step` holds arrays (..., ·); its `Trace` holds the same fields as (..., T, ·), so that
`retained`, `written` and whatever else follows from a step follows from a trace in the same
words. `previous` is not stored: it is the states shifted by one timestep, as views.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar, cast

import numpy as np

from ..activations import activation
from ..cells.common import State
from ..cells.gru import GRUParameters, GRUStep
from ..cells.lstm import LSTMParameters, LSTMState, LSTMStep
from ..cells.rnn import RNNParameters, RNNStep
from ..record import Array, record
from ..vocabulary import CellVocabulary, Kind, Signal, vocabulary
from .interventions import ClampSchedule, Intervention
from .timeline import Timeline

StepT = TypeVar("StepT", LSTMStep, GRUStep, RNNStep)


class _TimeAxis(Generic[StepT]):
    """What a step gains with a time axis. `trace[t]` is a step of views; no array is copied."""

    _step: ClassVar[type[Any]]
    kind: ClassVar[Kind]
    input: Array
    preactivation: Array
    hidden_state: Array
    lengths: Array | None
    reverse: bool
    parameters: Any
    interventions: tuple[Intervention, ...]

    @property
    def timesteps(self) -> int:
        """T."""
        return int(self.input.shape[-2])

    @cached_property
    def timeline(self) -> Timeline:
        """The way between these arrays and the order in which the cell read them."""
        return Timeline(self.input.shape[:-2], self.timesteps, self.lengths, self.reverse)

    @property
    def vocabulary(self) -> CellVocabulary:
        """The vocabulary of this cell."""
        return vocabulary(self.kind)

    @property
    def unit_signals(self) -> tuple[Signal, ...]:
        """The signals with a value for each of the H units; a projected h has its own width."""
        units, signals = self.parameters.hidden_size, self.vocabulary.signals
        return tuple(s for s in signals if self.series(s.name).shape[-1] == units)

    def series(self, name: str) -> Array:
        """Return the signal `name` over time, (..., T, H).

        Raises ValueError where this cell has no such signal.
        """
        known = [signal.name for signal in self.vocabulary.signals]
        if name not in known:
            raise ValueError(
                f"signal is {name!r}: a {self.vocabulary.title} has {', '.join(known)}"
            )
        return cast(Array, getattr(self, name))

    def held(self, name: str) -> Array | None:
        """Return where an intervention holds the signal `name`, (..., T, ·) bool.

        None where none does at any timestep; false in padding.
        """
        if all(clamp.signal != name for clamp in self.interventions):
            return None
        schedule = ClampSchedule(self.interventions, self.parameters, self.timeline)
        held = schedule.held(name, self.series(name).shape[-1])
        return None if held is None else self.timeline.restored(held)

    def intermediates(self, at: slice) -> dict[str, Array]:
        """Return what lies between the recorded signals at timesteps `at`, by name (..., ·).

        With it a drawing can show every number that the cell computed on the way.
        """
        return {}

    def __len__(self) -> int:
        return self.timesteps

    def __getitem__(self, t: int) -> StepT:
        """Return timestep `t` (negative: from the end); IndexError past the ends."""
        if not -self.timesteps <= t < self.timesteps:
            raise IndexError(f"timestep is {t}: expected 0..{self.timesteps - 1}")
        at = (slice(None),) * (self.input.ndim - 2) + (t,)
        return cast(StepT, self._step(**_fields_at(self, self._step, at)))

    def __iter__(self) -> Iterator[StepT]:
        return (self[t] for t in range(self.timesteps))


def _fields_at(owner: Any, kind: type, at: tuple[Any, ...]) -> dict[str, Any]:
    """Index every array field that `kind` declares; records inside are indexed likewise."""
    picked: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        value = getattr(owner, field.name)
        if isinstance(value, np.ndarray):
            picked[field.name] = value[at]
        else:
            picked[field.name] = type(value)(**_fields_at(value, type(value), at))
    return picked


@record
class LSTMTrace(_TimeAxis[LSTMStep], LSTMStep):
    """The run of one LSTM layer in one direction; arrays (..., T, ·), padding is zero."""

    _step = LSTMStep
    parameters: LSTMParameters
    final_state: LSTMState
    lengths: Array | None = None
    reverse: bool = False
    interventions: tuple[Intervention, ...] = ()

    def intermediates(self, at: slice) -> dict[str, Array]:
        """Return tanh(c), or what stands in its place, at timesteps `at`: `squashed`."""
        squash = activation(self.parameters.variant.output_activation)
        return {"squashed": squash(self.cell_state[..., at, :])}


@record
class GRUTrace(_TimeAxis[GRUStep], GRUStep):
    """The run of one GRU layer in one direction; arrays (..., T, ·), padding is zero."""

    _step = GRUStep
    parameters: GRUParameters
    final_state: State
    lengths: Array | None = None
    reverse: bool = False
    interventions: tuple[Intervention, ...] = ()


@record
class RNNTrace(_TimeAxis[RNNStep], RNNStep):
    """The run of one standard RNN layer in one direction; arrays (..., T, ·)."""

    _step = RNNStep
    parameters: RNNParameters
    final_state: State
    lengths: Array | None = None
    reverse: bool = False
    interventions: tuple[Intervention, ...] = ()

    def intermediates(self, at: slice) -> dict[str, Array]:
        """Return z at timesteps `at`: `preactivation`."""
        return {"preactivation": self.preactivation[..., at, 0, :]}


Trace = LSTMTrace | GRUTrace | RNNTrace
