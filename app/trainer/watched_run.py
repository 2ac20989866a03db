"""The watched run: how a network that learns reads one sequence, the same at every checkpoint.

Every signal of the run, quantised for the screen, and how far the error reaches back in time:

    ‖∂L/∂h_t‖ and ‖∂L/∂c_t‖        L: the loss on this sequence, of what is true at each timestep

Where several symbols may follow, each counts as equally likely.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from lstm_core.experiment import Experiment, task_of
from lstm_core.gradients import backward
from lstm_core.model import Model, ModelRun
from lstm_core.record import Array, record
from lstm_core.sequence import Sequence
from lstm_core.tasks import Task
from lstm_core.training.losses import loss_of_logits
from lstm_core.vocabulary import Signal

WATCHED_SEED = (0, 3)  # a stream of its own: no batch and no test is drawn from it
BOUNDED, UNBOUNDED = np.uint8, np.uint16  # a cell state is read on a scale that shows small ones


@record
class QuantisedSignal:
    """A signal as whole numbers: value = low + values/highest · (high - low)."""

    values: Array  # (T, H) uint8; uint16 where the signal has no bounds
    low: float
    high: float

    def numbers(self) -> Array:
        """Return the signal, (T, H) float32, exact to half a step of the scale."""
        step = (self.high - self.low) / np.iinfo(self.values.dtype).max
        numbers: Array = (self.low + self.values * step).astype(np.float32)
        return numbers


@record
class WatchedRun:
    """The run of a network over the watched sequence of its task."""

    signals: Mapping[str, QuantisedSignal]  # the recorded ones, in the vocabulary's order
    predictions: Array  # (T, K) float32
    hidden_gradient: Array  # ‖∂L/∂h_t‖: (T,) float32
    cell_gradient: Array | None  # ‖∂L/∂c_t‖: (T,) float32; None for a cell without a cell state
    loss: float


def watched_sequence(experiment: Experiment) -> Sequence:
    """Return the sequence that is watched in every run of an experiment."""
    return task_of(experiment).random_sequence(np.random.default_rng(WATCHED_SEED))


def watched_run(experiment: Experiment, model: Model) -> WatchedRun:
    """Return the run of `model` over the watched sequence."""
    task, sequence = task_of(experiment), watched_sequence(experiment)
    run = model.run(sequence)
    trace, predictions = run.layers[-1].forward, run.predictions
    assert predictions is not None
    loss, gradients = loss_and_gradients(task, sequence, model, run)
    norms = [
        None if g is None else np.linalg.norm(g, axis=-1).astype(np.float32) for g in gradients
    ]
    assert norms[0] is not None
    return WatchedRun(
        signals={
            s.name: quantised_signal(s, trace.series(s.name)) for s in trace.vocabulary.recorded
        },
        predictions=predictions.astype(np.float32),
        hidden_gradient=norms[0],
        cell_gradient=norms[1],
        loss=loss,
    )


def loss_and_gradients(
    task: Task, sequence: Sequence, model: Model, run: ModelRun
) -> tuple[float, tuple[Array, Array | None]]:
    """Return L, and ∂L/∂h (T, H) and ∂L/∂c (T, H) of the last layer."""
    readout = model.readout
    assert readout is not None
    targets, weights = targets_and_weights(task, sequence)
    layer = run.layers[-1]
    logits = readout.logits(layer.outputs)
    loss, d_logits = loss_of_logits(task.loss, readout, logits, targets, weights)
    gradients = backward(layer.forward, d_logits @ readout.kernel.T)
    return loss, (gradients.hidden_state, gradients.cell_state)


def targets_and_weights(task: Task, sequence: Sequence) -> tuple[Array, Array]:
    """Return the targets of a sequence, (T, K), and 1 where there is one, 0 elsewhere, (T,)."""
    true = task.targets(sequence)
    if isinstance(true, np.ndarray):
        unknown = np.isnan(true).max(axis=-1, initial=False)
        return np.nan_to_num(true), 1.0 - np.asarray(unknown, np.float64)
    legal = [[label in symbols for label in task.labels] for symbols in true]
    targets: Array = np.array(legal, np.float64)
    counts: Array = targets.sum(axis=-1)
    if task.readout == "softmax":
        targets /= np.maximum(counts, 1)[:, np.newaxis]
    return targets, np.minimum(counts, 1)


def quantised_signal(signal: Signal, values: Array) -> QuantisedSignal:
    """Return a signal in whole numbers: over its bounds, or symmetric about 0 where it has none."""
    kind: np.dtype[Any] = np.dtype(UNBOUNDED)
    high = max(float(np.abs(values).max(initial=0)), 1e-9)
    low = -high
    if signal.low is not None and signal.high is not None:
        kind, low, high = np.dtype(BOUNDED), signal.low, signal.high
    share: Array = np.clip((values.astype(np.float64) - low) / (high - low), 0, 1)
    whole = np.rint(share * np.iinfo(kind).max).astype(kind)
    return QuantisedSignal(values=whole, low=low, high=high)


def watched_document(seen: WatchedRun) -> dict[str, Any]:
    """Return what of a watched run is not in arrays."""
    ranges = {name: [signal.low, signal.high] for name, signal in seen.signals.items()}
    return {"ranges": ranges, "loss": seen.loss}


def watched_arrays(seen: WatchedRun) -> dict[str, Array]:
    """Return the arrays of a watched run by name."""
    arrays = {f"signals.{name}": signal.values for name, signal in seen.signals.items()}
    arrays |= {"predictions": seen.predictions, "hidden_gradient": seen.hidden_gradient}
    if seen.cell_gradient is not None:
        arrays["cell_gradient"] = seen.cell_gradient
    return arrays


def watched_from(document: dict[str, Any], arrays: Mapping[str, Array]) -> WatchedRun:
    """Return the watched run that `watched_document` and `watched_arrays` took apart."""
    signals = {
        name: QuantisedSignal(values=arrays[f"signals.{name}"], low=low, high=high)
        for name, (low, high) in document["ranges"].items()
    }
    return WatchedRun(
        signals=signals,
        predictions=arrays["predictions"],
        hidden_gradient=arrays["hidden_gradient"],
        cell_gradient=arrays.get("cell_gradient"),
        loss=document["loss"],
    )
