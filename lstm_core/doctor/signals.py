"""The signals of a run by name, as far as somebody else's code could give them too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..cells.common import Parameters
from ..record import Array
from ..run.unroll import unroll

Signals = Mapping[str, Array]

GATES, PREACTIVATIONS, HIDDEN, CELL = "gates", "preactivations", "hidden_state", "cell_state"


def signals(parameters: Any, inputs: Array, start: Any = None, reverse: bool = False) -> Signals:
    """Return the signals (T, ·) of a run over inputs (T, D) by name.

    Beside those of the vocabulary, `gates` (T, B·H) are the blocks side by side after their
    activations, and `preactivations` (T, B·H) before them, in the order of `parameters.blocks`.
    """
    trace = unroll(parameters, inputs, start, reverse=reverse)
    named = {signal.name: trace.series(signal.name) for signal in trace.vocabulary.recorded}
    return with_blocks(parameters, named, trace.preactivation)


def with_blocks(parameters: Parameters, named: Signals, preactivation: Array) -> Signals:
    """Return signals with their blocks side by side; `preactivation` is (T, B, H)."""
    side_by_side = preactivation.reshape(len(preactivation), -1)
    if not all(block in named for block in parameters.blocks):  # of a standard RNN it is h
        return {**named, PREACTIVATIONS: side_by_side}
    gates = np.concatenate([named[block] for block in parameters.blocks], axis=-1)
    return {**named, GATES: gates, PREACTIVATIONS: side_by_side}
