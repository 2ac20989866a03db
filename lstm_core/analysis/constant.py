"""Why a prediction is constant, where it is: which part from input to output stands still.

A network whose prediction hardly varies has lost what it reads somewhere. The way is followed from
its beginning: do the inputs vary, do they move the gates and the candidate, is the memory shown,
does it vary, does the readout weigh it? The first part that stands still is the answer, or an
answer that is kept.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from ..model import Model, ModelRun
from ..record import Array, record
from ..run.trace import LSTMTrace, Trace

Cause = Literal["inputs", "weights", "output_gate", "saturated", "kept", "memory", "readout"]

STILL = 0.01  # a standard deviation over time below which probabilities and states stand still
SETTLED = 4  # a run's first quarter is left out: it begins from nothing
SHORTEST = 12  # timesteps: fewer say nothing
SHUT, FULL = 0.05, 0.99  # an output gate that shows nothing, tanh(c) that can show no more
WEAK = 0.05  # of a preactivation's size: less is no influence of the inputs
ANSWER = 0.1  # of a logit: what states add on average is an answer from here on


@record
class ConstantPrediction:
    """A prediction that hardly varies, and the first part of the way that stands still.

    `deviation` is the largest standard deviation of an output over time, `measured` the number
    that decided the cause: of the inputs, of their part in the preactivations, the mean opening of
    the output gate, the share of memory that is saturated, what the states add to a logit and
    keep adding, the deviation of the memory, or of what is shown to the readout.
    """

    cause: Cause
    deviation: float
    measured: float


def constant_prediction(model: Model, run: ModelRun) -> ConstantPrediction | None:
    """Return why the predictions of one run are constant; None where they vary, or are too few."""
    if model.readout is None or run.predictions is None or run.timesteps < SHORTEST:
        return None
    later = slice(run.timesteps // SETTLED, None)
    linear = model.readout.activation == "linear"
    read = model.read_off(run.layers)
    shown = model.readout.logits(read) if linear else run.predictions
    deviation = _deviation(shown[later])
    if deviation >= STILL:
        return None
    added = (read[later] @ model.readout.kernel).mean(axis=0)
    kept = float(np.abs(added).max())
    cause, measured = _cause(run.inputs[later], run.layers[-1].forward, later, kept)
    return ConstantPrediction(cause=cause, deviation=deviation, measured=measured)


def _deviation(values: Array) -> float:
    """The largest standard deviation over time of any column."""
    return float(np.asarray(values, np.float64).std(axis=0).max(initial=0))


def _cause(inputs: Array, trace: Trace, later: slice, kept: float) -> tuple[Cause, float]:
    """The first part of the way that stands still, and the number that says so."""
    varies = _deviation(inputs)
    if varies < STILL:
        return "inputs", varies
    share = _input_share(trace, later)
    if share < WEAK:
        return "weights", share
    if isinstance(trace, LSTMTrace):
        opening = float(trace.output_gate[later].mean())
        if opening < SHUT:
            return "output_gate", opening
        full = float((np.abs(np.tanh(trace.cell_state[later])) > FULL).mean())
        if full > 1 / 2:
            return "saturated", full
    if kept >= ANSWER:
        return "kept", kept
    shown = _deviation(trace.hidden_state[later])
    return ("readout", shown) if shown >= STILL else ("memory", _deviation(trace.state.memory))


def _input_share(trace: Trace, later: slice) -> float:
    """How far the inputs move the preactivations, of the size that these have."""
    moved = trace.input[later] @ trace.parameters.kernel
    size = float(np.abs(trace.preactivation[later]).mean()) or 1.0
    return _deviation(moved) / size
