"""A cost on what a network writes into its memory, so that it writes little and can be read.

    L' = L + λ · Σ_layers mean |w|        w = i∘g in an LSTM, (1 - z)∘n in a GRU

The mean is over units and the valid timesteps of all sequences. It is an L1 activity regulariser:
a network that is charged for its writes keeps what it needs in few units, written at few
timesteps. A standard RNN has no such term, and nothing is added for it.
"""

from __future__ import annotations

import numpy as np

from ..record import Array
from ..run.trace import Trace


def write_cost(trace: Trace) -> float:
    """Return mean |w| of one run; 0 for a standard RNN and for a run of no timesteps."""
    if trace.kind == "rnn" or not _count(trace):
        return 0.0
    return float(np.abs(trace.series("written")).sum(dtype=np.float64) / _count(trace))


def write_cost_gradient(trace: Trace, penalty: float) -> Array | None:
    """Return λ ∂ mean |w| / ∂w, (..., T, H); None for a standard RNN or a penalty λ of 0."""
    if trace.kind == "rnn" or not penalty or not _count(trace):
        return None
    return np.sign(trace.series("written")) * (penalty / _count(trace))


def _count(trace: Trace) -> int:
    """How many writes there are: units times valid timesteps of all sequences."""
    timesteps = np.sum(trace.timeline.ends)
    return int(timesteps) * trace.parameters.hidden_size
