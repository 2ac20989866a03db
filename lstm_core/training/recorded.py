"""Loss and gradients by way of traces: for any model, and the referee of the fast way.

Forwards, every layer records its run; backwards, the gradient goes through the readout, the
layers from the top down, and the embedding.
"""

from __future__ import annotations

import numpy as np

from ..gradients import layer_gradients
from ..model import LayerRun, Model, Readout
from ..record import Array
from .batch import Batch, States, counted_weights, reads_forwards, symbol_encoder
from .losses import Loss, loss_of_logits
from .write_penalty import write_cost, write_cost_gradient


def recorded_loss(
    model: Model,
    readout: Readout,
    batch: Batch,
    loss: Loss,
    initial: States | None,
    write_penalty: float = 0.0,
) -> tuple[float, States]:
    """Return L and the states in which the batch ends."""
    runs, value, _ = _recorded(model, readout, batch, loss, initial)
    return value + _write_costs(runs, write_penalty), _final_states(model, runs)


def recorded_gradients(
    model: Model,
    readout: Readout,
    batch: Batch,
    loss: Loss,
    initial: States | None,
    write_penalty: float = 0.0,
) -> tuple[float, dict[str, Array], States]:
    """Return L, ∂L/∂ each weight, and the states in which the batch ends."""
    runs, value, d_logits = _recorded(model, readout, batch, loss, initial)
    outputs = runs[-1].outputs
    gradients: dict[str, Array] = {
        "readout.kernel": _rows(outputs).T @ _rows(d_logits),
        "readout.bias": _rows(d_logits).sum(axis=0),
    }
    d_outputs = d_logits @ readout.kernel.T
    for k in reversed(range(len(model.layers))):
        parameters, d_outputs = layer_gradients(
            model.layers[k],
            runs[k],
            d_outputs,
            lambda trace: write_cost_gradient(trace, write_penalty),
        )
        for direction, of_direction in parameters.items():
            prefix = f"layers.{k}.{direction}"
            gradients |= {f"{prefix}.{n}": array for n, array in of_direction.weights().items()}
    if encoder := symbol_encoder(model, batch):
        of_encoder = encoder.gradients(np.asarray(batch.inputs), d_outputs)
        gradients |= {f"encoder.{name}": array for name, array in of_encoder.items()}
    return value + _write_costs(runs, write_penalty), gradients, _final_states(model, runs)


def _write_costs(runs: list[LayerRun], write_penalty: float) -> float:
    """What the writes of all layers cost."""
    if not write_penalty:
        return 0.0
    traces = (trace for run in runs for trace in (run.forward, run.backward) if trace is not None)
    return write_penalty * sum(map(write_cost, traces))


def _recorded(
    model: Model, readout: Readout, batch: Batch, loss: Loss, initial: States | None
) -> tuple[list[LayerRun], float, Array]:
    """What each layer computed, L, and ∂L/∂logits."""
    runs = _run(model, _encoded(model, batch), batch.lengths, initial)
    logits = readout.logits(runs[-1].outputs)
    weights = counted_weights(batch, logits.shape[:-1], logits.dtype)
    return runs, *loss_of_logits(loss, readout, logits, batch.targets, weights)


def _run(
    model: Model, inputs: Array, lengths: Array | None, initial: States | None
) -> list[LayerRun]:
    """What each layer computed, from the states `initial`."""
    if any(not layer.follows for layer in model.layers[1:]):
        model.run_inputs(inputs)  # says which layer begins a chain of its own
    runs: list[LayerRun] = []
    for k, layer in enumerate(model.layers):
        start = {} if initial is None else initial[k].arrays()
        runs.append(
            layer.unroll(inputs, start.get("hidden_state"), start.get("cell_state"), lengths)
        )
        inputs = runs[-1].outputs
    return runs


def _final_states(model: Model, runs: list[LayerRun]) -> States:
    if not all(reads_forwards(layer) for layer in model.layers):
        return ()
    return tuple(run.forward.final_state for run in runs)


def _encoded(model: Model, batch: Batch) -> Array:
    """Inputs as the first layer reads them, (..., T, D)."""
    encoder = symbol_encoder(model, batch)
    return encoder.vectors(np.asarray(batch.inputs), model.dtype) if encoder else batch.inputs


def _rows(values: Array) -> Array:
    return values.reshape(-1, values.shape[-1])
