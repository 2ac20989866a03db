"""A whole model: encoder, recurrent layers, readout. `run` traces them all."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from ..record import Array, record
from .encoders import Encoder, SequenceLike, unencoded
from .findings import Findings
from .layer import EMPTY, Interventions, Layer, LayerRun, LayerState
from .over_time import Stage, applied, looks_ahead, pools_over_time, reads_other_timesteps
from .readout import Readout
from .recorded import RecordedSequence
from .windows import FrontStage, check_stages

NOTHING: Mapping[int, Interventions] = MappingProxyType({})
ZERO: Mapping[int, LayerState] = MappingProxyType({})


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

    @property
    def final_states(self) -> dict[int, LayerState]:
        """The state that each layer is left with, by its place: what `Model.run` can begin with."""
        return {k: layer.final for k, layer in enumerate(self.layers)}


@record
class Model:
    """Encoder, recurrent layers and readout; encoder and readout may be missing.

    `layers` are those of the whole file. Mostly they are one chain, each reading the one
    before it; `chain(k)` is the model of the chain that layer k belongs to. The encoder
    belongs to the first chain and the readout to the last. Other chains have theirs in
    `chain_encoders`, by the number of the chain's first layer, and in `chain_readouts`, by
    that of its last. `front` is what stands between the encoder
    and the first layer, and `back` between the last layer and the readout. `reads_ends` says that
    the readout reads, of a last layer of two directions, what the one that runs from the end is
    left with, beside each timestep of the other. `findings` say what was found in the file that
    the model came from, and `recorded` are the sequences that it holds.
    """

    layers: tuple[Layer, ...]
    encoder: Encoder | None = None
    readout: Readout | None = None
    findings: Findings | None = None
    chain_encoders: tuple[tuple[int, Encoder], ...] = ()
    chain_readouts: tuple[tuple[int, Readout], ...] = ()
    recorded: tuple[RecordedSequence, ...] = ()
    front: tuple[FrontStage, ...] = ()
    back: tuple[Stage, ...] = ()
    reads_ends: bool = False

    def check(self) -> None:
        """Raise ValueError where one part's outputs are not the next one's inputs."""
        if not self.layers:
            raise ValueError("layers are empty: expected at least one recurrent layer")
        last = len(self.layers) - 1
        encoders = [(0, self.encoder), *self.chain_encoders]
        readouts = [*([] if self.back else [(last, self.readout)]), *self.chain_readouts]
        for k, encoder in encoders[1 if self.front else 0 :]:
            _check_encoder(encoder, self.layers[k])
        first = self.layers[0]
        given = self.encoder.input_size if self.encoder else None
        check_stages(self.front, given if self.front else None, first.input_size, first.name)
        self._check_back()
        self._check_residuals()
        for k, readout in readouts:
            _check_readout(readout, self.layers[k])
        for below, above in zip(self.layers, self.layers[1:], strict=False):
            if above.follows and below.output_size != above.input_size:
                raise ValueError(
                    f"{below.name} gives {below.output_size} numbers: "
                    f"{above.name} takes {above.input_size}"
                )

    def _check_back(self) -> None:
        layer, readout = self.layers[-1], self.readout
        if self.back and readout is None:
            raise ValueError("stages stand behind the layers: expected a readout behind them")
        if self.back and readout is not None:
            check_stages(self.back, layer.output_size, len(readout.kernel), "the readout")
        if self.reads_ends and (not layer.backward or layer.reverse or layer.merge != "concat"):
            raise ValueError(f"the readout reads ends: expected two directions of {layer.name}")

    def _check_residuals(self) -> None:
        for k, layer in enumerate(self.layers):
            if layer.residual:
                _check_residual(self.layers, k)
        if self.reads_ends and self.layers[-1].residual:
            raise ValueError(f"the readout reads ends: expected no sum behind {layer.name}")

    def chain(self, k: int) -> Model:
        """Return the model of the chain that layer `k` belongs to: what `run` can run.

        It has the chain's own encoder, readout and recorded sequences.
        """
        starts = [n for n, layer in enumerate(self.layers) if n == 0 or not layer.follows]
        if len(starts) == 1:
            return self
        start = max(n for n in starts if n <= k)
        stop = min((n for n in starts if n > k), default=len(self.layers))
        return dataclasses.replace(
            self,
            layers=self.layers[start:stop],
            encoder=self.encoder if start == 0 else dict(self.chain_encoders).get(start),
            readout=(
                self.readout
                if stop == len(self.layers)
                else dict(self.chain_readouts).get(stop - 1)
            ),
            chain_encoders=(),
            chain_readouts=(),
            front=self.front if start == 0 else (),
            back=self.back if stop == len(self.layers) else (),
            reads_ends=self.reads_ends and stop == len(self.layers),
            recorded=tuple(
                dataclasses.replace(one, layer=0) for one in self.recorded if one.layer == start
            ),
        )

    def starting(self, states: Sequence[LayerState]) -> Model:
        """Return the model whose layers begin with these states, unless a run is told otherwise.

        `states` are those of one sequence, one for each layer; without any nothing is changed.
        """
        if not states:
            return self
        layers = (
            dataclasses.replace(layer, initial_hidden=state.hidden, initial_cell=state.cell)
            for layer, state in zip(self.layers, states, strict=True)
        )
        return dataclasses.replace(self, layers=tuple(layers))

    @property
    def input_size(self) -> int:
        """How many numbers the model reads at each timestep, where it reads numbers."""
        return self.front[0].input_size if self.front else self.layers[0].input_size

    @property
    def answers_from_all(self) -> bool:
        """Whether a prediction is one answer from what the last layer gave so far."""
        return pools_over_time(self.back)

    @property
    def reads_other_timesteps(self) -> bool:
        """Whether a prediction reads what the last layer gave at other timesteps, too."""
        return reads_other_timesteps(self.back)

    @property
    def looks_ahead(self) -> bool:
        """Whether a prediction reads what the last layer gave after its timestep."""
        return looks_ahead(self.back)

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

    def run(
        self,
        sequence: SequenceLike,
        interventions: Mapping[int, Interventions] = NOTHING,
        initial: Mapping[int, LayerState] = ZERO,
    ) -> ModelRun:
        """Encode one sequence, run every layer over it, and read the predictions off.

        Without an encoder the sequence is what the front reads, (T, D), or the first layer where
        there is no front. `interventions` and `initial` are those of `run_inputs`. Raises
        SequenceError where the encoder cannot read the sequence, and ValueError as `run_inputs`
        does.
        """
        inputs = self.encode(sequence)
        return self.run_inputs(inputs, interventions=interventions, initial=initial)

    def encode(self, sequence: SequenceLike) -> Array:
        """Return what the first layer reads of a sequence, (T, D).

        Raises SequenceError where the encoder cannot read it.
        """
        if self.encoder is None:
            values = unencoded(sequence, self.dtype)
        else:
            values = self.encoder.encode(sequence, self.dtype)
        for stage in self.front:
            values = stage.apply(values)
        return values

    def run_inputs(
        self,
        inputs: Array,
        lengths: Array | None = None,
        interventions: Mapping[int, Interventions] = NOTHING,
        initial: Mapping[int, LayerState] = ZERO,
    ) -> ModelRun:
        """Run encoded inputs (..., T, D) through every layer and the readout.

        `interventions` has what is changed while a layer runs, by the layer's place and its
        direction: `{0: {"forward": (Clamp(...),)}}`. Layers above and the readout compute on
        from there. `initial` has what a layer begins with, by its place; others begin with the
        file's own start, or zero. `model.run(b, initial=model.run(a).final_states)` carries the
        states over from one sequence to the next.

        Raises ValueError for a model of several chains, of which each `chain(k)` has its own
        inputs, and for an intervention or a state in a layer or direction that there is not.
        """
        for name, places in (("an intervention", interventions), ("an initial state", initial)):
            for k in places:
                if not 0 <= k < len(self.layers):
                    raise ValueError(f"layer of {name} is {k}: expected 0..{len(self.layers) - 1}")
        apart = [layer.name for layer in self.layers[1:] if not layer.follows]
        if apart:
            raise ValueError(f"{apart[0]} begins a chain of its own: run model.chain(k) instead")
        outputs, runs = inputs, list[LayerRun]()
        for k, layer in enumerate(self.layers):
            start = initial.get(k)
            runs.append(
                layer.unroll(
                    outputs,
                    initial_hidden=start.hidden if start else None,
                    initial_cell=start.cell if start else None,
                    lengths=lengths,
                    interventions=interventions.get(k, EMPTY),
                )
            )
            outputs = _with_residual(layer, runs)
        predictions = None
        if self.readout is not None:
            predictions = self.readout.predict(self.read_off(runs))
        return ModelRun(inputs=inputs, layers=tuple(runs), predictions=predictions)

    def read_off(self, runs: Sequence[LayerRun]) -> Array:
        """Return what the readout reads, (..., T, ·): what is handed on, through `back`."""
        return applied(self.back, self.handed_on(runs))

    def handed_on(self, runs: Sequence[LayerRun]) -> Array:
        """Return what the last layer hands on to `back` and the readout, (..., T, D_out).

        That is what it gives, and what a residual connection adds to it: `Layer.residual`.
        """
        last = runs[-1]
        if not self.reads_ends or last.backward is None:
            return _with_residual(self.layers[-1], runs)
        ended = last.backward.hidden_state[..., :1, :]
        beside = np.broadcast_to(ended, last.backward.hidden_state.shape)
        return np.concatenate([last.forward.hidden_state, beside], axis=-1)


def _with_residual(layer: Layer, runs: Sequence[LayerRun]) -> Array:
    """What the layer of the last run hands on: what it gives, and what is added to it."""
    outputs = runs[-1].outputs
    return outputs + runs[-layer.residual].forward.input if layer.residual else outputs


def _check_residual(layers: Sequence[Layer], k: int) -> None:
    layer, first = layers[k], k + 1 - layers[k].residual
    within = layers[max(first, 0) + 1 : k + 1]
    if layer.residual < 0 or first < 0 or not all(one.follows for one in within):
        raise ValueError(f"{layer.name} adds what layer {first} reads: expected one of its chain")
    if layers[first].input_size != layer.output_size:
        raise ValueError(
            f"{layer.name} gives {layer.output_size} numbers, and {layers[first].input_size} are "
            "added to them: expected as many"
        )
    if any(one.running_order for one in layers[first : k + 1]):
        raise ValueError(f"{layer.name} adds numbers in another order of time: expected the same")


def _check_encoder(encoder: Encoder | None, layer: Layer) -> None:
    if encoder is not None and encoder.input_size != layer.input_size:
        raise ValueError(
            f"encoder gives {encoder.input_size} numbers: {layer.name} takes {layer.input_size}"
        )


def _check_readout(readout: Readout | None, layer: Layer) -> None:
    if readout is not None and len(readout.kernel) != layer.output_size:
        raise ValueError(
            f"{layer.name} gives {layer.output_size} numbers: "
            f"the readout takes {len(readout.kernel)}"
        )
