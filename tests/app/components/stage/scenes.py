"""Scenes of small networks with random weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.components.stage import Scene, SymbolStrip, build_scene
from lstm_core import LSTMParameters, unroll


def make_lstm(hidden: int = 5, seed: int = 0) -> LSTMParameters:
    rng = np.random.default_rng(seed)
    return LSTMParameters(
        kernel=rng.normal(0, 1, (2, 4 * hidden)).astype(np.float32),
        recurrent_kernel=rng.normal(0, 0.5, (hidden, 4 * hidden)).astype(np.float32),
        bias=rng.normal(0, 0.5, 4 * hidden).astype(np.float32),
    )


def make_scene(cell: Any, timesteps: int, reverse: bool = False) -> Scene:
    inputs = np.random.default_rng(1).normal(size=(timesteps, cell.input_size))
    trace = unroll(cell, inputs.astype(cell.dtype), reverse=reverse)
    return build_scene(trace, SymbolStrip(tokens=tuple("ab"[t % 2] for t in range(timesteps))))
