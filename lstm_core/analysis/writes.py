"""What each timestep keeps of the memory and what it adds, as the decomposition needs them.

    memory_t = kept_share_t ∘ memory_(t-1) + writes_t

An LSTM keeps f and writes i∘g; a GRU keeps z and writes (1 - z)∘n. Where an intervention holds the
memory at a value v, whatever the gates do, nothing is kept and v is written: memory_t = 0 + v.
"""

from __future__ import annotations

import numpy as np

from ..record import Array
from ..run.trace import Trace


def kept_share(trace: Trace) -> Array:
    """Return what each timestep keeps of the memory before it, (..., T, H).

    The gate that keeps, in the trace's dtype, and 0 where an intervention holds the memory. Raises
    ValueError for a standard RNN, which keeps nothing as it was.
    """
    gate = trace.vocabulary.keeping_gate
    if gate is None:
        raise ValueError(
            f"a {trace.vocabulary.title} has no contributions: its whole state goes through an "
            "activation at every timestep, so that no write is kept as it was"
        )
    held = trace.held(trace.vocabulary.memory)
    kept = trace.series(gate)
    return kept if held is None else np.where(held, np.zeros((), kept.dtype), kept)


def writes(trace: Trace) -> Array:
    """Return what each timestep adds to what it keeps, (..., T, H).

    The series `written`, and where an intervention holds the memory the value at which it is held.
    Raises ValueError for a standard RNN.
    """
    held = trace.held(trace.vocabulary.memory)
    written = trace.series("written")
    return written if held is None else np.where(held, trace.state.memory, written)


def initial_memory(trace: Trace) -> Array:
    """Return the memory before the first timestep that is read, (..., H)."""
    memory = trace.previous.memory
    if not trace.reverse:
        return memory[..., 0, :]
    if trace.lengths is None:
        return memory[..., -1, :]
    last = np.maximum(trace.lengths - 1, 0)[..., np.newaxis, np.newaxis]
    return np.take_along_axis(memory, last, axis=-2)[..., 0, :]
