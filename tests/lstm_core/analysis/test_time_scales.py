"""How long units remember, how often they write and how often their gates are saturated."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from lstm_core import Clamp, unroll
from lstm_core.analysis import survival, time_scales
from lstm_core.training import initial_lstm, initial_rnn

from ..strategies import runs
from .test_decomposition import WITH_SUM, carrying


@settings(max_examples=50)
@given(runs(WITH_SUM))
def test_after_its_half_life_half_of_a_memory_is_left_if_the_gates_go_on_like_that(
    drawn: Any,
) -> None:
    parameters, inputs, state = drawn
    trace = unroll(parameters, inputs, state)
    if inputs.ndim > 2:
        return
    scales = time_scales(trace)
    assert scales.half_life is not None
    kept = np.abs(trace.series(trace.vocabulary.keeping_gate).astype(np.float64)).prod(axis=0)
    lossy = (kept > 1e-200) & (kept < 1)
    left = 0.5 ** (len(trace) / scales.half_life[lossy])
    np.testing.assert_allclose(left, kept[lossy], rtol=1e-5)
    assert np.isinf(scales.half_life[kept >= 1]).all()
    assert (scales.half_life[kept == 0] < 1e-3 * len(trace) + 1).all()


def test_a_gate_of_one_half_has_a_half_life_of_one_timestep() -> None:
    scales = time_scales(carrying(0.5, 9))
    assert scales.half_life == pytest.approx([1.0])
    assert scales.half_life_quantiles is not None
    assert scales.half_life_quantiles[:, 0] == pytest.approx([1.0, 1.0, 1.0])
    assert time_scales(carrying(0.99, 9)).half_life == pytest.approx([np.log(0.5) / np.log(0.99)])


def test_a_gate_that_is_held_open_never_forgets_and_one_held_shut_forgets_at_once() -> None:
    lstm = initial_lstm(np.random.default_rng(0), 2, 2)
    inputs = np.random.default_rng(1).normal(0, 1, (12, 2))
    for value, expected in ((1.0, np.inf), (0.0, 0.0)):
        held = (Clamp(signal="forget_gate", value=value),)
        scales = time_scales(unroll(lstm, inputs, interventions=held))
        assert scales.half_life is not None
        assert (scales.half_life == expected).all()
        (forget,) = [s for s in scales.saturation if s.signal == "forget_gate"]
        assert (forget.open == value).all()
        assert (forget.shut == 1 - value).all()


def test_a_unit_that_writes_once_writes_at_one_of_its_timesteps() -> None:
    scales = time_scales(carrying(0.9, 20))
    assert scales.write_frequency == pytest.approx([1 / 20])


def test_padding_counts_for_nothing() -> None:
    lstm = initial_lstm(np.random.default_rng(0), 2, 3, dtype=np.float64)
    inputs = np.random.default_rng(1).normal(0, 1, (2, 9, 2))
    padded = time_scales(unroll(lstm, inputs, lengths=np.array([4, 9])))
    alone = [time_scales(unroll(lstm, inputs[k, :n])) for k, n in enumerate((4, 9))]
    mean = [4 / a.half_life for a in alone[:1]] + [9 / a.half_life for a in alone[1:]]
    np.testing.assert_allclose(13 / padded.half_life, sum(mean), rtol=1e-9)


def test_a_unit_that_shows_nothing_is_dead_and_one_that_never_changes_is_always_on() -> None:
    lstm = initial_lstm(np.random.default_rng(0), 2, 3)
    inputs = np.random.default_rng(1).normal(0, 1, (9, 2))
    held = (
        Clamp(signal="output_gate", value=0.0, units=(0,)),
        Clamp(signal="hidden_state", value=0.7, units=(1,)),
    )
    scales = time_scales(unroll(lstm, inputs, interventions=held))
    assert list(scales.dead) == [True, False, False]
    assert list(scales.always_on) == [False, True, False]


def test_a_standard_rnn_has_no_half_life_and_an_empty_run_is_refused() -> None:
    rnn = initial_rnn(np.random.default_rng(0), 2, 3)
    scales = time_scales(unroll(rnn, np.ones((4, 2))))
    assert (scales.half_life, scales.write_frequency, scales.saturation) == (None, None, ())
    with pytest.raises(ValueError, match="expected at least one"):
        time_scales(unroll(rnn, np.ones((0, 2))))
    assert survival(carrying(0.5, 3), 0).shape == (3, 1)
