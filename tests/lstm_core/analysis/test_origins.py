"""A memory has an origin where one write outweighs all other terms of its decomposition."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import RNNParameters, unroll
from lstm_core.analysis import contributions, longest_carries, origins, survival
from lstm_core.analysis.origins import INITIAL, MAJORITY, origin_at
from tests.lstm_core.strategies import draw_weights, gru_parameters, lstm_parameters, runs

from .test_decomposition import carrying, memory


@st.composite
def single_runs(draw: st.DrawFn) -> Any:
    """A run of one sequence by an LSTM or GRU with any option, in either direction."""
    parameters, inputs, state = draw(runs(st.one_of(lstm_parameters(), gru_parameters())))
    if inputs.ndim > 2:
        inputs = inputs.reshape(-1, *inputs.shape[-2:])[0]
        state = None
    return unroll(parameters, inputs, state, reverse=draw(st.booleans()))


@settings(max_examples=50)
@given(single_runs())
def test_an_origin_is_the_largest_term_of_the_decomposition_and_its_share(trace: Any) -> None:
    found = origins(trace)
    for t in range(len(trace)):
        parts = contributions(trace, t)
        terms = np.abs(np.vstack([parts.written, parts.initial]).astype(np.float64))
        when = np.append(parts.timesteps, INITIAL)
        largest, total = terms.max(axis=0), terms.sum(axis=0)
        np.testing.assert_allclose(found.share[t] * total, largest, rtol=1e-4, atol=1e-12)
        for unit, named in enumerate(found.timestep[t]):
            (own,) = terms[when == named, unit]
            assert own == pytest.approx(largest[unit], rel=1e-4, abs=1e-12)
    np.testing.assert_array_equal(found.memory, memory(trace))


@settings(max_examples=30)
@given(single_runs(), st.data())
def test_the_origin_at_one_timestep_is_the_one_that_is_known_there(trace: Any, data: Any) -> None:
    t = data.draw(st.integers(0, len(trace) - 1))
    known = origins(trace)
    for unit in np.flatnonzero(np.abs(known.share[t] - MAJORITY) > 1e-5):  # else rounding decides
        origin = origin_at(trace, t, int(unit))
        written = known.known[t, unit] and known.timestep[t, unit] != INITIAL
        assert (origin is not None) == written
        if origin is not None:
            assert origin.timestep == known.timestep[t, unit]
            assert origin.share == pytest.approx(known.share[t, unit], abs=1e-5)


@settings(max_examples=50)
@given(single_runs())
def test_a_carry_is_known_at_its_end_and_survives_as_the_gates_say(trace: Any) -> None:
    found = origins(trace)
    carries = longest_carries(trace)
    assert [c.timesteps for c in carries] == sorted((c.timesteps for c in carries), reverse=True)
    for carry in carries:
        assert found.known[carry.until, carry.unit]
        assert found.timestep[carry.until, carry.unit] == carry.written
        left = survival(trace, carry.written)
        place = carry.until if trace.reverse else carry.until - carry.written
        assert carry.survived == pytest.approx(left[place, carry.unit], rel=1e-4, abs=1e-30)


def test_a_value_that_is_written_once_and_kept_has_that_write_as_its_origin() -> None:
    trace = carrying(0.99, 41)
    found = origins(trace)
    assert set(found.timestep[:, 0]) <= {0, INITIAL}
    (carry,) = longest_carries(trace) or (None,)
    parts = contributions(trace, 40)
    share = parts.written[0, 0] / (np.abs(parts.written).sum() + parts.initial[0])
    assert found.share[40, 0] == pytest.approx(max(share, 1 - share), rel=1e-6)
    assert (carry is not None) == (share >= 0.5)


def test_an_empty_memory_has_no_origin() -> None:
    trace = carrying(0.5, 60)
    known = origins(trace).known[:, 0]
    assert known[1]
    assert not known[50:].any()


def test_a_standard_rnn_and_a_batch_are_refused() -> None:
    rng = np.random.default_rng(0)
    rnn = RNNParameters(
        kernel=draw_weights(rng, (2, 3), np.float64),
        recurrent_kernel=draw_weights(rng, (3, 3), np.float64),
        bias=draw_weights(rng, (3,), np.float64),
    )
    with pytest.raises(ValueError, match="Standard RNN has no contributions"):
        origins(unroll(rnn, np.ones((5, 2))))
    with pytest.raises(ValueError, match=r"expected \(timesteps, input_size\)"):
        origins(unroll(rnn, np.ones((2, 5, 2))))
    with pytest.raises(ValueError, match=r"expected \(timesteps, input_size\)"):
        origin_at(unroll(rnn, np.ones((2, 5, 2))), 0, 0)
