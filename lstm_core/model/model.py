"""A model: encoder, recurrent layers (stacked, bidirectional), readout. `run` traces them all."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

import numpy as np

from ..activations import activation
from ..cells.common import Parameters, State
from ..cells.gru import GRUParameters
from ..cells.lstm import LSTMParameters, LSTMState
from ..cells.rnn import RNNParameters
from ..record import Array, record
from ..run.trace import LSTMTrace, Trace
from ..run.unroll import unroll
from ..vocabulary import Kind
from .encoders import Encoder
from .findings import Findings

Merge = Literal["concat", "sum", "mul", "ave"]
ReadoutActivation = Literal["softmax", "sigmoid", "linear"]
CellParameters = LSTMParameters | GRUParameters | RNNParameters


@record
class LayerRun:
    """What one layer computed: a trace per direction, and what it hands on.

    Both traces are in the sequence's own time order.
    """

    outputs: Array  # (..., T, D_out)
    forward: Trace
    backward: Trace | None
    final_hidden: Array  # ([2,] ..., P), forward first
    final_cell: Array | None  # ([2,] ..., H); None where the cell has no belt


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
    ) -> LayerRun:
        """Run the layer over inputs (T, D) or (..., T, D) and trace each direction.

        Initial states are (..., H), or (2, ..., H) for a bidirectional layer; an axis of one
        direction is welcome too, (1, ..., H). None is the file's own start, or zero. Raises
        ValueError where shapes do not fit.
        """
        inputs = np.asarray(inputs)
        if initial_hidden is None:
            initial_hidden = self._start(self.initial_hidden, inputs.ndim)
        if initial_cell is None:
            initial_cell = self._start(self.initial_cell, inputs.ndim)
        both = (self.forward, self.backward)
        directions = [parameters for parameters in both if parameters is not None]
        if initial_cell is not None and self.kind != "lstm":
            raise ValueError(f"initial_cell is given: a {self.kind} has no cell state")
        traces = []
        for k, parameters in enumerate(directions):
            hidden, cell = (
                _direction(given, k, len(directions), inputs.ndim - 1)
                for given in (initial_hidden, initial_cell)
            )
            state = _state(parameters, hidden, cell, inputs.shape[:-2])
            reverse = self.reverse != (k == 1)
            traces.append(unroll(parameters, inputs, state, lengths, reverse))
        cells = [trace.final_state.cell_state for trace in traces if isinstance(trace, LSTMTrace)]
        forward, *rest = traces
        backward = rest[0] if rest else None
        outputs = _merged(self.merge, forward, backward)
        return LayerRun(
            outputs=outputs[..., ::-1, :] if self.running_order else outputs,
            forward=forward,
            backward=backward,
            final_hidden=_stacked([trace.final_state.hidden_state for trace in traces]),
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
    parameters: Parameters, hidden: Array | None, cell: Array | None, leading: tuple[int, ...]
) -> Any:
    """The initial state from what was given of it; None where nothing was."""
    if hidden is None and cell is None:
        return None
    if not isinstance(parameters, LSTMParameters):
        return State(hidden_state=np.asarray(hidden))
    zeros = parameters.initial_state(leading)
    return LSTMState(
        hidden_state=zeros.hidden_state if hidden is None else np.asarray(hidden),
        cell_state=zeros.cell_state if cell is None else np.asarray(cell),
    )


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


@record
class Readout:
    """What is read off the last layer at each timestep: y = activation(h·W + b).

    `labels` name the K outputs: symbols, or the columns that are predicted. A linear readout
    predicts in scaled numbers; `offset` and `scale` (K,) turn them back: value = y·scale +
    offset.
    """

    kernel: Array  # W: (D_out, K)
    bias: Array  # b: (K,)
    activation: ReadoutActivation
    labels: tuple[str, ...]
    offset: Array | None = None  # (K,)
    scale: Array | None = None  # (K,)

    def check(self) -> None:
        """Raise ValueError where shapes or words do not fit."""
        if self.kernel.ndim != 2 or self.bias.shape != self.kernel.shape[1:]:
            raise ValueError(
                f"readout kernel is {self.kernel.shape} and bias {self.bias.shape}: "
                "expected (hidden_size, outputs) and (outputs,)"
            )
        if len(self.labels) != self.bias.size:
            raise ValueError(f"labels are {len(self.labels)}: expected {self.bias.size}")
        if self.activation not in ("softmax", "sigmoid", "linear"):
            raise ValueError(
                f"activation is {self.activation!r}: expected softmax, sigmoid or linear"
            )

    def logits(self, outputs: Array) -> Array:
        """Return h·W + b, (..., K)."""
        logits: Array = outputs @ self.kernel + self.bias
        return logits

    def predict(self, outputs: Array) -> Array:
        """Return the predictions (..., K) from the last layer's outputs (..., D_out)."""
        logits = self.logits(outputs)
        if self.activation == "softmax":
            return softmax(logits)
        if self.activation == "sigmoid":
            return activation("sigmoid")(logits)
        if self.scale is None or self.offset is None:
            return logits
        return logits * self.scale + self.offset


def softmax(logits: Array) -> Array:
    """Return exp(z) / Σ exp(z) over the last axis, shifted so that it cannot overflow."""
    powers: Array = np.exp(logits - logits.max(axis=-1, keepdims=True))
    powers /= powers.sum(axis=-1, keepdims=True)
    return powers


@record
class ModelRun:
    """Everything a model computed for one sequence (or one batch of them)."""

    inputs: Array  # (..., T, D)
    layers: tuple[LayerRun, ...]
    predictions: Array | None  # (..., T, K); None without a readout

    @property
    def timesteps(self) -> int:
        """T."""
        return int(self.inputs.shape[-2])


@record
class Model:
    """Encoder, recurrent layers and readout; encoder and readout may be missing.

    `layers` are those of the whole file. Mostly they are one chain, each reading the one
    before it; `chain(k)` is the model of the chain that layer k belongs to. The encoder
    belongs to the first chain and the readout to the last. `findings` say what was found in
    the file that the model came from.
    """

    layers: tuple[Layer, ...]
    encoder: Encoder | None = None
    readout: Readout | None = None
    findings: Findings | None = None

    def check(self) -> None:
        """Raise ValueError where one part's outputs are not the next one's inputs."""
        if not self.layers:
            raise ValueError("layers are empty: expected at least one recurrent layer")
        if self.encoder is not None and self.encoder.input_size != self.layers[0].input_size:
            raise ValueError(
                f"encoder gives {self.encoder.input_size} numbers: "
                f"{self.layers[0].name} takes {self.layers[0].input_size}"
            )
        for below, above in zip(self.layers, self.layers[1:], strict=False):
            if above.follows and below.output_size != above.input_size:
                raise ValueError(
                    f"{below.name} gives {below.output_size} numbers: "
                    f"{above.name} takes {above.input_size}"
                )
        if self.readout is not None and len(self.readout.kernel) != self.layers[-1].output_size:
            raise ValueError(
                f"{self.layers[-1].name} gives {self.layers[-1].output_size} numbers: "
                f"the readout takes {len(self.readout.kernel)}"
            )

    def chain(self, k: int) -> Model:
        """Return the model of the chain that layer `k` belongs to: what `run` can run.

        It has the encoder if it is the first chain, and the readout if it is the last.
        """
        starts = [n for n, layer in enumerate(self.layers) if n == 0 or not layer.follows]
        if len(starts) == 1:
            return self
        start = max(n for n in starts if n <= k)
        stop = min((n for n in starts if n > k), default=len(self.layers))
        return dataclasses.replace(
            self,
            layers=self.layers[start:stop],
            encoder=self.encoder if start == 0 else None,
            readout=self.readout if stop == len(self.layers) else None,
        )

    @property
    def dtype(self) -> np.dtype[Any]:
        """The dtype in which the model runs."""
        return self.layers[0].forward.dtype

    @property
    def size(self) -> int:
        """How many trained numbers the layers and the readout have."""
        cells = (p for layer in self.layers for p in (layer.forward, layer.backward) if p)
        readout = self.readout.kernel.size + self.readout.bias.size if self.readout else 0
        return sum(parameters.size for parameters in cells) + readout

    def run(self, sequence: Any) -> ModelRun:
        """Encode one sequence, run every layer over it, and read the predictions off.

        Without an encoder the sequence is the inputs themselves, (T, D). Raises
        SequenceError where the encoder cannot read the sequence.
        """
        if self.encoder is None:
            return self.run_inputs(np.asarray(sequence, self.dtype))
        return self.run_inputs(self.encoder.encode(sequence, self.dtype))

    def run_inputs(self, inputs: Array, lengths: Array | None = None) -> ModelRun:
        """Run encoded inputs (..., T, D) through every layer and the readout.

        Raises ValueError for a model of several chains: each `chain(k)` has its own inputs.
        """
        apart = [layer.name for layer in self.layers[1:] if not layer.follows]
        if apart:
            raise ValueError(f"{apart[0]} begins a chain of its own: run model.chain(k) instead")
        outputs, runs = inputs, []
        for layer in self.layers:
            runs.append(layer.unroll(outputs, lengths=lengths))
            outputs = runs[-1].outputs
        predictions = None if self.readout is None else self.readout.predict(outputs)
        return ModelRun(inputs=inputs, layers=tuple(runs), predictions=predictions)
