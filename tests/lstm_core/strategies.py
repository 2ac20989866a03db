"""What the core's tests draw from: cells of every kind and option, with weights that all differ."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from lstm_core import (
    Clamp,
    GRUParameters,
    LSTMParameters,
    LSTMState,
    LSTMVariant,
    RNNParameters,
    State,
    vocabulary,
)
from lstm_core.activations import HARD_SIGMOID, HARD_SIGMOID_SIXTH

GATE_ACTIVATIONS = ("sigmoid", HARD_SIGMOID, HARD_SIGMOID_SIXTH, "tanh")
OTHER_ACTIVATIONS = ("tanh", "sigmoid", HARD_SIGMOID, "relu", "identity")

seeds = st.integers(0, 2**32 - 1)
dtypes = st.sampled_from([np.float32, np.float64])
clips = st.sampled_from([None, 0.5])


def draw_weights(rng: np.random.Generator, shape: tuple[int, ...], dtype: Any) -> np.ndarray:
    """Weights of a size at which every gate is half open now and then, none like another."""
    return rng.normal(0, 0.6, shape).astype(dtype)


@st.composite
def lstm_variants(draw: st.DrawFn) -> LSTMVariant:
    return LSTMVariant(
        forget=draw(st.sampled_from(["gate", "none", "coupled"])),
        recurrent_activation=draw(st.sampled_from(GATE_ACTIVATIONS)),
        activation=draw(st.sampled_from(OTHER_ACTIVATIONS)),
        output_activation=draw(st.sampled_from(OTHER_ACTIVATIONS)),
        clip=draw(clips),
    )


@st.composite
def lstm_parameters(draw: st.DrawFn, variant: Any = None, plain: bool = False) -> LSTMParameters:
    """An LSTM of any size and option; `plain` leaves peepholes and projection away."""
    chosen = LSTMVariant() if plain else variant or draw(st.just(LSTMVariant()) | lstm_variants())
    hidden, rng = draw(st.integers(1, 6)), np.random.default_rng(draw(seeds))
    inputs = draw(st.just(hidden) | st.integers(1, 5))
    projected = not plain and draw(st.booleans())
    output = draw(st.integers(1, 4)) if projected else hidden
    width = (4 if chosen.forget == "gate" else 3) * hidden
    peephole = not plain and draw(st.booleans())
    dtype = draw(dtypes)
    return LSTMParameters(
        kernel=draw_weights(rng, (inputs, width), dtype),
        recurrent_kernel=draw_weights(rng, (output, width), dtype),
        bias=draw_weights(rng, (width,), dtype),
        peephole=draw_weights(rng, (width // hidden - 1, hidden), dtype) if peephole else None,
        projection=draw_weights(rng, (hidden, output), dtype) if projected else None,
        variant=chosen,
    )


@st.composite
def gru_parameters(draw: st.DrawFn) -> GRUParameters:
    hidden, rng, dtype = draw(st.integers(1, 6)), np.random.default_rng(draw(seeds)), draw(dtypes)
    inputs = draw(st.just(hidden) | st.integers(1, 5))
    return GRUParameters(
        kernel=draw_weights(rng, (inputs, 3 * hidden), dtype),
        recurrent_kernel=draw_weights(rng, (hidden, 3 * hidden), dtype),
        bias=draw_weights(rng, (3 * hidden,), dtype),
        recurrent_bias=draw_weights(rng, (hidden,), dtype) if draw(st.booleans()) else None,
        recurrent_activation=draw(st.sampled_from(GATE_ACTIVATIONS)),
        activation=draw(st.sampled_from(OTHER_ACTIVATIONS)),
        clip=draw(clips),
    )


@st.composite
def rnn_parameters(draw: st.DrawFn) -> RNNParameters:
    hidden, rng, dtype = draw(st.integers(1, 6)), np.random.default_rng(draw(seeds)), draw(dtypes)
    inputs = draw(st.just(hidden) | st.integers(1, 5))
    return RNNParameters(
        kernel=draw_weights(rng, (inputs, hidden), dtype),
        recurrent_kernel=draw_weights(rng, (hidden, hidden), dtype),
        bias=draw_weights(rng, (hidden,), dtype),
        activation=draw(st.sampled_from(OTHER_ACTIVATIONS)),
        clip=draw(clips),
    )


def cell_parameters() -> st.SearchStrategy[Any]:
    """Any cell with any option."""
    return st.one_of(lstm_parameters(), gru_parameters(), rnn_parameters())


def draw_state(parameters: Any, leading: tuple[int, ...], rng: np.random.Generator) -> Any:
    """An initial state without zeros."""
    hidden = draw_weights(rng, (*leading, parameters.output_size), parameters.dtype)
    if parameters.kind != "lstm":
        return State(hidden_state=hidden)
    cell = draw_weights(rng, (*leading, parameters.hidden_size), parameters.dtype)
    return LSTMState(hidden_state=hidden, cell_state=cell)


@st.composite
def runs(draw: st.DrawFn, cells: Any = None) -> tuple[Any, np.ndarray, Any]:
    """A cell, inputs (..., T, D) with T >= 5, and an initial state that is not zero."""
    parameters = draw(cell_parameters() if cells is None else cells)
    leading = draw(st.sampled_from([(), (1,), (3,), (2, 3)]))
    rng = np.random.default_rng(draw(seeds))
    shape = (*leading, draw(st.integers(5, 9)), parameters.input_size)
    inputs = draw_weights(rng, shape, parameters.dtype)
    return parameters, inputs, draw_state(parameters, leading, rng)


@st.composite
def clamps(draw: st.DrawFn, parameters: Any, timesteps: int) -> tuple[Clamp, ...]:
    """Up to three signals of a run of `timesteps`, held for some units and timesteps."""
    drawn = []
    for _ in range(draw(st.integers(1, 3))):
        signal = draw(st.sampled_from([s.name for s in vocabulary(parameters.kind).recorded]))
        hidden = signal == "hidden_state"
        size = parameters.output_size if hidden else parameters.hidden_size
        first = draw(st.integers(0, timesteps - 1))
        drawn.append(
            Clamp(
                signal=signal,
                value=draw(st.sampled_from([0.0, 1.0, -0.5])),
                units=draw(st.none() | st.lists(st.integers(0, size - 1), min_size=1).map(tuple)),
                first=first,
                last=draw(st.integers(first, timesteps - 1)),
            )
        )
    return tuple(drawn)


def tolerance(dtype: Any, values: np.ndarray) -> float:
    """How far two right answers may lie apart: 1e-6 in float32, 1e-12 in float64, of the scale."""
    return (1e-6 if dtype == np.float32 else 1e-12) * max(1.0, float(np.abs(values).max(initial=0)))


def same(actual: np.ndarray, expected: np.ndarray, dtype: Any, slack: float = 1.0) -> None:
    """Assert equality up to `tolerance`, NaN nowhere."""
    assert actual.shape == expected.shape
    np.testing.assert_allclose(actual, expected, rtol=0, atol=slack * tolerance(dtype, expected))
