"""What a gradient by what a cell writes adds to δz, so that losses may speak of the writes.

    LSTM    w = i∘g           δz_i += δw∘g∘a'(z_i)        δz_g += δw∘i∘a'(z_g)
    GRU     w = (1 - z)∘n     δz_z -= δw∘n∘a'(z_z)        δz_n += δw∘(1 - z)∘a'(z_n)

The rest of the gradient's way, through a GRU's reset gate, an input gate's look at the cell state
and to earlier timesteps, is that of any other δz.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..record import Array
from ..run.trace import GRUTrace, LSTMTrace, Trace
from .common import slope


def write_gradients(trace: Trace, d_written: Array) -> Array:
    """Return what is added to δz, (T, N, B, H) in running order.

    `d_written` (..., T, H) is ∂L/∂(written) in the sequence's own order; padding is ignored.
    Raises ValueError for a standard RNN, which writes nothing that could be told apart, and for a
    run with interventions.
    """
    if trace.interventions:
        raise ValueError("the run has interventions: expected none beside d_written")
    if trace.kind not in TERMS:
        raise ValueError(f"d_written is given: a {trace.vocabulary.title} has no written")
    d_written = trace.timeline.valid(np.asarray(d_written, trace.hidden_state.dtype))
    added = np.zeros_like(trace.timeline.running(trace.preactivation), order="C")
    for block, (factor, spelling) in TERMS[trace.kind](trace).items():
        place = trace.parameters.blocks.index(block)
        z, y = (
            trace.timeline.running(values)
            for values in (trace.preactivation[..., place, :], getattr(trace, block))
        )
        steepness = slope(spelling, z, y, _clip(trace))
        added[:, :, place] = d_written * trace.timeline.running(factor) * steepness
    return added


def _lstm_terms(trace: LSTMTrace) -> dict[str, tuple[Array, str]]:
    variant = trace.parameters.variant
    return {
        "input_gate": (trace.candidate, variant.recurrent_activation),
        "candidate": (trace.input_gate, variant.activation),
    }


def _gru_terms(trace: GRUTrace) -> dict[str, tuple[Array, str]]:
    parameters = trace.parameters
    return {
        "update_gate": (-trace.candidate, parameters.recurrent_activation),
        "candidate": (1 - trace.update_gate, parameters.activation),
    }


TERMS: dict[str, Any] = {"lstm": _lstm_terms, "gru": _gru_terms}


def _clip(trace: Any) -> float | None:
    parameters = trace.parameters
    clip: float | None = parameters.variant.clip if trace.kind == "lstm" else parameters.clip
    return clip
