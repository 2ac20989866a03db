"""A recurrent layer: the cell of each direction, and how the two are merged."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, get_args

import numpy as np

from ..cells.gru import GRUParameters
from ..cells.lstm import LSTMParameters
from ..cells.rnn import RNNParameters
from ..record import Array, record
from ..run.interventions import Intervention
from ..run.trace import Trace
from ..run.unroll import unroll
from ..vocabulary import Kind

Merge = Literal["concat", "sum", "mul", "ave"]
Direction = Literal["forward", "backward"]
DIRECTIONS: tuple[Direction, Direction] = get_args(Direction)
Interventions = Mapping[Direction, tuple[Intervention, ...]]
EMPTY: Interventions = MappingProxyType({})
CellParameters = LSTMParameters | GRUParameters | RNNParameters


@record
class LayerState:
    """What a layer begins with, or is left with: h and, where there is one, c.

    Both are ([2,] ..., H), forward first; None in place of `cell` where there is no cell state.
    """

    hidden: Array
    cell: Array | None = None


@record
class LayerRun:
    """What one layer computed: a trace per direction, and both merged.

    Both traces are in the sequence's own time order. What a residual connection adds to `outputs`
    is not in them: see `Model.handed_on`.
    """

    outputs: Array  # (..., T, D_out)
    forward: Trace
    backward: Trace | None
    final_hidden: Array  # ([2,] ..., P), forward first
    final_cell: Array | None  # ([2,] ..., H); None without a cell state

    @property
    def final(self) -> LayerState:
        """The state after the last timestep, to be carried over to another sequence."""
        return LayerState(hidden=self.final_hidden, cell=self.final_cell)


@record
class Layer:
    """One recurrent layer.

    `backward` are the parameters of the second direction of a bidirectional layer, merged
    into the outputs as `merge` says. `reverse` makes the first direction run from the end to
    the start (Keras's go_backwards, ONNX's "reverse"), and the second from start to end;
    `running_order` then hands outputs on in the order in which they were computed, first the
    sequence's last (Keras), rather than in the sequence's own (ONNX). `convention` says in
    words where the weights came from and in which gate order they stood there.

    `follows` says whether the layer reads what the one before it in the model hands on; one
    that doesn't begins a chain of its own. `initial_hidden` and `initial_cell` are the states
    that a file records as the layer's start, ([2,] ..., H); None is zero.

    `residual` closes a residual connection: n adds to what this layer gives what the n-th layer
    from here down reads, itself the first. What is handed on is the sum; 0 is none.
    """

    name: str
    forward: CellParameters
    backward: CellParameters | None = None
    merge: Merge = "concat"
    reverse: bool = False
    running_order: bool = False
    convention: str = "Gatescope: i f g o"
    follows: bool = True
    initial_hidden: Array | None = None
    initial_cell: Array | None = None
    residual: int = 0

    def check(self) -> None:
        """Raise ValueError where the two directions do not fit."""
        if self.backward is None:
            return
        mine, theirs = (
            f"a {p.kind} of {p.input_size} inputs and {p.hidden_size} units, {p.output_size} out"
            for p in (self.forward, self.backward)
        )
        if mine != theirs:
            raise ValueError(
                f"layer {self.name}: backward is {theirs}: expected {mine}, as forward is"
            )

    @property
    def kind(self) -> Kind:
        """The kind of cell: lstm, gru or rnn."""
        return self.forward.kind

    @property
    def input_size(self) -> int:
        """D: how many numbers come in at each timestep."""
        return self.forward.input_size

    @property
    def hidden_size(self) -> int:
        """H: how many units each direction has."""
        return self.forward.hidden_size

    @property
    def bidirectional(self) -> bool:
        """Whether there are two directions."""
        return self.backward is not None

    @property
    def reads_ahead(self) -> bool:
        """Whether what goes out at a timestep has read what comes in at later ones."""
        return self.bidirectional or (self.reverse and not self.running_order)

    @property
    def output_size(self) -> int:
        """D_out: how many numbers go out at each timestep."""
        doubled = self.backward is not None and self.merge == "concat"
        return self.forward.output_size * (2 if doubled else 1)

    def unroll(
        self,
        inputs: Array,
        initial_hidden: Array | None = None,
        initial_cell: Array | None = None,
        lengths: Array | None = None,
        interventions: Interventions = EMPTY,
    ) -> LayerRun:
        """Run the layer over inputs (T, D) or (..., T, D) and trace each direction.

        Initial states are (..., H), or (2, ..., H) for a bidirectional layer; an axis of one
        direction is welcome too, (1, ..., H). None is the file's own start, or zero.
        `interventions` has what is changed while a direction runs, by direction. Raises
        ValueError where shapes do not fit, and for an intervention that does not.
        """
        inputs = np.asarray(inputs)
        if initial_hidden is None:
            initial_hidden = self._start(self.initial_hidden, inputs.ndim)
        if initial_cell is None:
            initial_cell = self._start(self.initial_cell, inputs.ndim)
        both = (self.forward, self.backward)
        directions = [parameters for parameters in both if parameters is not None]
        changed = _by_direction(interventions, len(directions))
        traces = []
        for k, parameters in enumerate(directions):
            hidden, cell = (
                _direction(given, k, len(directions), inputs.ndim - 1)
                for given in (initial_hidden, initial_cell)
            )
            state = _state(parameters, hidden, cell, inputs.shape[:-2])
            reverse = self.reverse != (k == 1)
            traces.append(unroll(parameters, inputs, state, lengths, reverse, changed[k]))
        final = [trace.final_state.arrays() for trace in traces]
        cells = [arrays["cell_state"] for arrays in final if "cell_state" in arrays]
        forward, *rest = traces
        backward = rest[0] if rest else None
        outputs = _merged(self.merge, forward, backward)
        return LayerRun(
            outputs=outputs[..., ::-1, :] if self.running_order else outputs,
            forward=forward,
            backward=backward,
            final_hidden=_stacked([arrays["hidden_state"] for arrays in final]),
            final_cell=_stacked(cells) if cells else None,
        )

    def _start(self, recorded: Array | None, axes: int) -> Array | None:
        """The file's own start for inputs of `axes` axes.

        Where it records a state for each sequence of a batch, one sequence takes the first.
        """
        if recorded is None or axes > 2:
            return recorded
        return recorded[..., 0, :] if recorded.ndim > 1 + self.bidirectional else recorded


def _direction(given: Array | None, k: int, directions: int, axes: int) -> Array | None:
    """The part of a given initial state that belongs to direction k; states have `axes` axes."""
    if given is None:
        return None
    given = np.asarray(given)
    if directions == 1:
        return given[0] if given.ndim == axes + 1 and len(given) == 1 else given
    if given.ndim < 2 or len(given) != directions:
        raise ValueError(
            f"initial state is {given.shape}: expected ({directions}, ..., hidden_size), "
            "one for each direction"
        )
    state: Array = given[k]
    return state


def _state(
    parameters: CellParameters, hidden: Array | None, cell: Array | None, leading: tuple[int, ...]
) -> Any:
    """The initial state from what was given of it, zero elsewhere; None where nothing was."""
    parts = {"hidden_state": hidden, "cell_state": cell}
    given = {name: np.asarray(array) for name, array in parts.items() if array is not None}
    if not given:
        return None
    zeros = parameters.initial_state(leading)
    if not given.keys() <= zeros.arrays().keys():
        raise ValueError(f"initial_cell is given: a {parameters.kind} has no cell state")
    return dataclasses.replace(zeros, **given)


def _merged(merge: Merge, forward: Trace, backward: Trace | None) -> Array:
    """What a layer hands on at each timestep, (..., T, D_out)."""
    if backward is None:
        return forward.hidden_state
    pair = (forward.hidden_state, backward.hidden_state)
    if merge == "concat":
        return np.concatenate(pair, axis=-1)
    if merge == "mul":
        return pair[0] * pair[1]
    return (pair[0] + pair[1]) * (0.5 if merge == "ave" else 1.0)


def _stacked(states: list[Array]) -> Array:
    """One state as it is, two with an axis of directions in front."""
    return np.stack(states) if len(states) > 1 else states[0]


def _by_direction(interventions: Interventions, count: int) -> list[tuple[Intervention, ...]]:
    """The interventions of each of `count` directions; ValueError for one that there is not."""
    for direction in interventions:
        if direction not in DIRECTIONS[:count]:
            raise ValueError(
                f"direction of an intervention is {direction!r}: "
                f"expected {' or '.join(DIRECTIONS[:count])}"
            )
    return [tuple(interventions.get(name, ())) for name in DIRECTIONS[:count]]
