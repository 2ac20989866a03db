"""Where to look first: halfway along the longest carry, or in the middle."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import unroll
from lstm_core.analysis import contribution_matrix, moment
from lstm_core.analysis.ordering import time_scales
from lstm_core.cells.lstm import LSTMParameters
from lstm_core.demo import list_demos, load_demo

from ..strategies import cell_parameters, seeds

DEMOS = Path(__file__).parents[3] / "assets" / "demos"


def carried(trace, unit):
    """Return for how long the write at each timestep holds the majority of a unit, (T, T) bool.

    Row t, column s: whether at t the write of s makes up half of all terms or more. An empty
    memory (a tenth of the largest) has no majority.
    """
    sizes = np.abs(contribution_matrix(trace, unit))
    memory = np.abs(trace.series(trace.vocabulary.memory)[:, unit])
    there = memory >= 0.1 * memory.max()
    return (sizes >= 0.5 * sizes.sum(axis=1, keepdims=True)) & (sizes > 0) & there[:, np.newaxis]


def longest(trace):
    """Return the longest carry of each unit, (H, 3): timesteps, written, until; -1 for none."""
    found = []
    for unit in range(trace.hidden_state.shape[1]):
        until, written = carried(trace, unit).nonzero()
        ages = until - written
        k = ages.argmax() if len(ages) else None
        found.append((-1, 0, 0) if k is None else (ages[k], written[k], until[k]))
    return np.array(found)


@pytest.mark.parametrize("name", [n for n in list_demos(DEMOS) if n != "python"])
def test_a_demo_opens_halfway_along_its_longest_carry_or_in_the_middle(name):
    demo = load_demo(DEMOS / name)
    trace = demo.model.run(demo.examples[0].sequence).layers[0].forward
    first, carries = moment(trace), longest(trace)
    unit = int(carries[:, 0].argmax())
    timesteps, written, until = carries[unit]
    if timesteps >= 0.1 * len(trace):
        assert first.unit == unit
        assert abs(first.t - (written + until) / 2) <= 0.5
        assert carried(trace, unit)[first.t].any()
    else:
        assert (first.t, first.unit) == (len(trace) // 2, int(time_scales(trace).argmax()))


@settings(max_examples=40, deadline=None)
@given(cell_parameters(), st.integers(1, 12), seeds)
def test_a_moment_is_in_the_run(parameters, timesteps, seed):
    inputs = np.random.default_rng(seed).normal(size=(timesteps, parameters.input_size))
    trace = unroll(parameters, inputs.astype(parameters.dtype))
    first = moment(trace)
    assert 0 <= first.t < timesteps
    assert 0 <= first.unit < parameters.hidden_size


def test_what_is_written_once_and_kept_is_shown_on_its_way():
    inputs = np.zeros((11, 1))
    inputs[2] = 1
    kernel = np.array([[0.0, 0.0, 9.0, 0.0]])  # i f g o: only the candidate reads
    keeps = LSTMParameters(
        kernel=kernel, recurrent_kernel=np.zeros((1, 4)), bias=np.array([9.0, 9.0, 0.0, 9.0])
    )
    assert (moment(unroll(keeps, inputs)).t, moment(unroll(keeps, inputs)).unit) == (6, 0)
