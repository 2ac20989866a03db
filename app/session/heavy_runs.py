"""Runs that take long: one at a time over all sessions, in the order in which they were asked for.

Python's threads share one interpreter: two visitors with large networks would take it from
everybody who steps. So a run that is estimated to take longer waits its turn, and whoever steps
never shares the interpreter with more than one of them. A session that is gone while it waits runs
nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lstm_core.model import Model

from ..trainer.instance import alive
from .turns import Turns

T = TypeVar("T")

SHORT = 0.1  # seconds: what is run at once
LOOK = 0.5  # seconds between two looks at whether the session is still there

# Measured on one core of a small server; another machine differs by a factor.
PER_TIMESTEP = 5e-6  # seconds per timestep: calling NumPy
PER_WEIGHT = 7e-11  # seconds per timestep and recurrent weight
BLOCKS = 4  # of an LSTM; other cells have fewer

_turns = Turns(1)
_here = threading.local()


def run_seconds(model: Model, timesteps: int) -> float:
    """Return about how long a run over so many timesteps takes, all layers and directions.

    seconds = Σ T·(a + b·4·H·H)     over the layers and their directions
    """
    sizes = [layer.hidden_size for layer in model.layers for _ in range(1 + layer.bidirectional)]
    return sum(timesteps * (PER_TIMESTEP + PER_WEIGHT * BLOCKS * size**2) for size in sizes)


def in_turn(seconds: float, compute: Callable[[], T]) -> T:
    """Return what `compute` returns; what takes longer than SHORT is computed in its turn.

    Ends the script where the session that asks is gone before.
    """
    if seconds <= SHORT or getattr(_here, "computing", False):
        return compute()
    ticket = _turns.join()
    try:
        while not _turns.wait(ticket, LOOK):
            _stop_where_gone()
        _here.computing = True
        return compute()
    finally:
        _here.computing = False
        _turns.leave(ticket)


def _stop_where_gone() -> None:
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None and not alive(context.session_id):
        st.stop()
