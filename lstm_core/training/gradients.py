"""Back-propagation through time: from ∂L/∂h at every timestep to the gradient of everything.

Each cell's module here splits the work in three. Before the loop, everything that doesn't
depend on the incoming gradient is computed for all timesteps at once (the local derivatives).
The loop over timesteps, last to first, only multiplies and adds into preallocated rows. After
the loop, one matrix product over all timesteps makes each kernel's gradient.

Source: Werbos 1990; for the LSTM, Graves & Schmidhuber 2005 (the full gradient).
"""

from __future__ import annotations

from typing import Any, overload

from ..cells.common import State
from ..cells.lstm import LSTMState
from ..record import Array
from ..run.trace import GRUTrace, LSTMTrace, RNNTrace, Trace
from . import gru, lstm, rnn
from .common import Gradients, GRUGradients, LSTMGradients, RNNGradients, like


@overload
def backward(
    trace: LSTMTrace, d_hidden: Array, d_final: LSTMState | None = None
) -> LSTMGradients: ...
@overload
def backward(trace: GRUTrace, d_hidden: Array, d_final: State | None = None) -> GRUGradients: ...
@overload
def backward(trace: RNNTrace, d_hidden: Array, d_final: State | None = None) -> RNNGradients: ...
@overload
def backward(trace: Trace, d_hidden: Array, d_final: Any = None) -> Gradients[Any, Any]: ...
def backward(trace: Trace, d_hidden: Array, d_final: Any = None) -> Any:
    """Return the gradient of a loss L through the run `trace`.

    `d_hidden` (..., T, P) is ∂L/∂h of each timestep's own share in the loss, in the sequence's
    own order; `d_final` is ∂L/∂(final state), None for zero. What stands on padding is
    ignored. A loss is a scalar, so gradients of the parameters are summed over the batch.

    Raises ValueError where `d_hidden` or `d_final` doesn't have the shape of what it is the
    gradient of.
    """
    d_hidden = like(trace.hidden_state, d_hidden, "d_hidden")
    if isinstance(trace, LSTMTrace):
        return lstm.backward(trace, d_hidden, d_final)
    if isinstance(trace, GRUTrace):
        return gru.backward(trace, d_hidden, d_final)
    return rnn.backward(trace, d_hidden, d_final)
