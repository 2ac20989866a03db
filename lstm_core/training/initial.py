"""Weights to begin with: Glorot for kernels, orthogonal for recurrent ones, biases with a plan.

Sources: Glorot & Bengio 2010; Saxe, McClelland & Ganguli 2014 (orthogonal); Jozefowicz,
Zaremba & Sutskever 2015 (forget bias 1); Tallec & Ollivier 2018 (chrono).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..cells.gru import GRUParameters
from ..cells.lstm import LSTMParameters, LSTMVariant
from ..cells.rnn import RNNParameters
from ..model import Readout, ReadoutActivation
from ..record import Array

Generator = np.random.Generator


def glorot(rng: Generator, rows: int, columns: int) -> Array:
    """Return (rows, columns), uniform in ±√(6 / (rows + columns))."""
    bound = np.sqrt(6 / (rows + columns))
    return rng.uniform(-bound, bound, (rows, columns))


def orthogonal(rng: Generator, rows: int, columns: int) -> Array:
    """Return (rows, columns) whose rows or columns, whichever are fewer, are orthonormal."""
    q, r = np.linalg.qr(rng.normal(size=(max(rows, columns), min(rows, columns))))
    q *= np.sign(np.diag(r))  # uniform over all rotations, not only those of the algorithm
    return q if rows >= columns else q.T


def _side_by_side(make: Any, rng: Generator, rows: int, columns: int, blocks: int) -> Array:
    return np.concatenate([make(rng, rows, columns) for _ in range(blocks)], axis=1)


def initial_lstm(
    rng: Generator,
    input_size: int,
    hidden_size: int,
    *,
    forget_bias: float = 1.0,
    chrono: float | None = None,
    variant: LSTMVariant | None = None,
    peepholes: bool = False,
    output_size: int | None = None,
    dtype: Any = np.float32,
) -> LSTMParameters:
    """Return a new LSTM: kernels Glorot, recurrent kernels orthogonal, block by block.

    Biases are 0 but for the forget gate's, `forget_bias`. `chrono`, the longest time lag to
    expect in timesteps (> 2), sets b_f = log(u), u uniform in 1..chrono - 1, and b_i = -b_f: the
    units then forget over all time scales up to that. Without a forget gate of its own, b_i
    alone is set. Peepholes start at 0; `output_size` P projects the hidden state.
    Raises ValueError for a `chrono` of 2 or less.
    """
    variant = variant or LSTMVariant()
    width = output_size or hidden_size
    blocks = 4 if variant.forget == "gate" else 3
    arrays: dict[str, Array | None] = {
        "kernel": _side_by_side(glorot, rng, input_size, hidden_size, blocks),
        "recurrent_kernel": _side_by_side(orthogonal, rng, width, hidden_size, blocks),
        "bias": np.zeros(blocks * hidden_size),
        "peephole": np.zeros((blocks - 1, hidden_size)) if peepholes else None,
        "projection": glorot(rng, hidden_size, width) if output_size else None,
    }
    parameters = LSTMParameters(**arrays, variant=variant)  # type: ignore[arg-type]
    bias = parameters.bias.copy()
    by_block = parameters.split(bias)
    if "forget_gate" in by_block:
        by_block["forget_gate"][:] = forget_bias
    if chrono is not None:
        lags = chrono_bias(rng, hidden_size, chrono)
        by_block["input_gate"][:] = -lags
        if "forget_gate" in by_block:
            by_block["forget_gate"][:] = lags
    return parameters.replace(bias=bias).astype(dtype)


def chrono_bias(rng: Generator, hidden_size: int, longest: float) -> Array:
    """Return log(u), u uniform in 1..longest - 1, (H,): σ of it forgets in about u timesteps.

    Raises ValueError for a `longest` of 2 or less.
    """
    if not longest > 2:
        raise ValueError(f"chrono is {longest}: expected a time lag of more than 2 timesteps")
    return np.log(rng.uniform(1, longest - 1, hidden_size))


def initial_gru(
    rng: Generator,
    input_size: int,
    hidden_size: int,
    *,
    reset_after: bool = True,
    chrono: float | None = None,
    dtype: Any = np.float32,
) -> GRUParameters:
    """Return a new GRU: kernels Glorot, recurrent kernels orthogonal, biases 0.

    `chrono` sets the update gate's bias as it sets an LSTM's forget gate: z keeps.
    """
    parameters = GRUParameters(
        kernel=_side_by_side(glorot, rng, input_size, hidden_size, 3),
        recurrent_kernel=_side_by_side(orthogonal, rng, hidden_size, hidden_size, 3),
        bias=np.zeros(3 * hidden_size),
        recurrent_bias=np.zeros(hidden_size) if reset_after else None,
    )
    bias = parameters.bias.copy()
    if chrono is not None:
        parameters.split(bias)["update_gate"][:] = chrono_bias(rng, hidden_size, chrono)
    return parameters.replace(bias=bias).astype(dtype)


def initial_rnn(
    rng: Generator, input_size: int, hidden_size: int, *, dtype: Any = np.float32
) -> RNNParameters:
    """Return a new standard RNN: kernel Glorot, recurrent kernel orthogonal, bias 0."""
    return RNNParameters(
        kernel=glorot(rng, input_size, hidden_size),
        recurrent_kernel=orthogonal(rng, hidden_size, hidden_size),
        bias=np.zeros(hidden_size),
    ).astype(dtype)


def initial_readout(
    rng: Generator,
    hidden_size: int,
    labels: tuple[str, ...],
    activation: ReadoutActivation,
    *,
    offset: Array | None = None,
    scale: Array | None = None,
    dtype: Any = np.float32,
) -> Readout:
    """Return a new readout: kernel Glorot, bias 0."""
    return Readout(
        kernel=glorot(rng, hidden_size, len(labels)).astype(dtype),
        bias=np.zeros(len(labels), dtype),
        activation=activation,
        labels=labels,
        offset=offset,
        scale=scale,
    )
