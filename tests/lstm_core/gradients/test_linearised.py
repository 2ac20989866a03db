"""The timesteps of a run as linear maps: what they do where a sequence has ended."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import unroll
from lstm_core.gradients.common import StateGradient
from lstm_core.gradients.linearised import linearised_run

from ..strategies import cell_parameters, draw_state, draw_weights, seeds

TIMESTEPS, LENGTHS = 5, np.array([5, 2, 0])


@given(cell_parameters(), seeds, st.booleans())
def test_on_padding_a_map_hands_the_cell_states_gradient_on_and_is_otherwise_zero(
    parameters, seed, reverse
):
    rng = np.random.default_rng(seed)
    inputs = draw_weights(rng, (3, TIMESTEPS, parameters.input_size), parameters.dtype)
    run = unroll(parameters, inputs, draw_state(parameters, (3,), rng), LENGTHS, reverse)
    linearised = linearised_run(run)
    for t in range(TIMESTEPS):
        after = StateGradient(
            np.ones((3, linearised.output_size), parameters.dtype),
            None
            if linearised.cell_size is None
            else np.full((3, linearised.cell_size), 2, parameters.dtype),
        )
        step = linearised.back(t, after)
        ended = t >= LENGTHS
        assert not step.preactivation[ended].any()
        assert not step.before.hidden[ended].any()
        if step.before.cell is not None:
            assert np.all(step.before.cell[ended] == 2)
