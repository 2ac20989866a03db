"""The linearised run of whichever cell a trace belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..run.trace import Trace
from .common import LinearisedRun
from .gru import linearised_gru
from .lstm import linearised_lstm
from .rnn import linearised_rnn

LINEARISED: dict[str, Callable[[Any], LinearisedRun]] = {
    "lstm": linearised_lstm,
    "gru": linearised_gru,
    "rnn": linearised_rnn,
}


def linearised_run(trace: Trace) -> LinearisedRun:
    """Return each timestep of `trace` as the linear map that it is for gradients.

    Its arrays have the dtype of the trace; each cell's module holds the equations.
    """
    return LINEARISED[trace.kind](trace)
