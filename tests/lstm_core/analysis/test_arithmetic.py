"""The arithmetic of a unit adds up to what the cell recorded, for every cell and option."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import Clamp, GRUParameters, LSTMParameters, LSTMVariant, unroll
from lstm_core.activations import activation
from lstm_core.analysis.arithmetic import state_arithmetic, unit_arithmetic
from lstm_core.vocabulary import vocabulary

from ..strategies import (
    cell_parameters,
    draw_state,
    draw_weights,
    gru_parameters,
    lstm_parameters,
    seeds,
)


@st.composite
def moments(draw, cells=None):
    """One sequence's trace in float64, and a timestep and a unit of it.

    In half of them a signal of that unit is held at that timestep.
    """
    parameters = draw(cell_parameters() if cells is None else cells).astype(np.float64)
    rng = np.random.default_rng(draw(seeds))
    inputs = draw_weights(rng, (draw(st.integers(1, 6)), parameters.input_size), np.float64)
    initial = draw_state(parameters, (), rng)
    t, unit = (
        draw(st.integers(0, len(inputs) - 1)),
        draw(st.integers(0, parameters.hidden_size - 1)),
    )
    held: tuple[Clamp, ...] = ()
    if draw(st.booleans()):
        names = [s.name for s in vocabulary(parameters.kind).recorded]
        if parameters.output_size != parameters.hidden_size:
            names.remove("hidden_state")
        held = (
            Clamp(signal=draw(st.sampled_from(names)), value=0.3, units=(unit,), first=t, last=t),
        )
    return unroll(parameters, inputs, initial, None, draw(st.booleans()), held), t, unit


def outcome(computed):
    """The value that holds: the one that is held, or the one that was computed."""
    return computed.value if computed.held is None else computed.held


def close(actual, expected):
    assert actual == pytest.approx(expected, rel=1e-12, abs=1e-12)


@given(moments())
def test_parts_add_up_to_the_preactivation_that_the_cell_recorded(moment):
    trace, t, unit = moment
    recorded = dict(zip(trace.parameters.blocks, trace.preactivation[t, :, unit], strict=True))
    for block in unit_arithmetic(trace, t, unit):
        if block.parts:
            close(sum(part.value for part in block.parts), block.total)
            close(block.preactivation, recorded[block.signal.name])


@given(moments())
def test_every_block_ends_at_the_value_that_the_cell_recorded(moment):
    trace, t, unit = moment
    for block in unit_arithmetic(trace, t, unit):
        close(outcome(block), trace.series(block.signal.name)[t, unit])


@given(moments(lstm_parameters(plain=True)))
def test_value_is_the_activation_of_the_preactivation(moment):
    for block in unit_arithmetic(*moment):
        close(block.value, activation(block.activation)(np.array([block.preactivation]))[0])


@given(moments())
def test_the_terms_of_a_part_add_up_to_the_part(moment):
    for block in unit_arithmetic(*moment):
        for part in block.parts:
            if "bias" not in part.name:
                close(part.products.sum(), part.value)
                np.testing.assert_array_equal(part.products, part.sources * part.weights)


@given(moments())
def test_largest_terms_come_first_and_none_left_out_is_larger(moment):
    for block in unit_arithmetic(*moment):
        named = block.largest_terms(3)
        everything = sorted(
            (abs(p) for part in block.parts for p in part.products if p), reverse=True
        )
        assert [abs(term.product) for term in named] == everything[:3]
        for term in named:
            (part,) = (part for part in block.parts if part.name == term.part)
            assert part.products[term.index] == term.product == term.source * term.weight


@given(moments())
def test_input_terms_read_the_input_of_that_timestep(moment):
    trace, t, _unit = moment
    for block in unit_arithmetic(*moment):
        for part in block.parts:
            if part.name == "input":
                np.testing.assert_array_equal(part.sources, trace.input[t])


@given(moments(lstm_parameters(variant=LSTMVariant(forget="coupled"))))
def test_a_coupled_forget_gate_has_no_arithmetic_of_its_own(moment):
    forget, entry, *_ = unit_arithmetic(*moment)
    assert forget.parts == ()
    assert forget.preactivation is None
    close(forget.value, 1 - outcome(entry))


def test_a_peephole_of_the_output_gate_sees_the_new_belt():
    rng = np.random.default_rng(5)
    parameters = LSTMParameters(
        kernel=rng.normal(size=(2, 12)),
        recurrent_kernel=rng.normal(size=(3, 12)),
        bias=rng.normal(size=12),
        peephole=rng.normal(size=(3, 3)),
    )
    trace = unroll(parameters, rng.normal(size=(4, 2)))
    forget, entry, candidate, output = unit_arithmetic(trace, 2, 1)
    close(output.part("peephole"), parameters.peephole[2, 1] * trace.cell_state[2, 1])
    close(forget.part("peephole"), parameters.peephole[1, 1] * trace.cell_state[1, 1])
    close(entry.part("peephole"), parameters.peephole[0, 1] * trace.cell_state[1, 1])
    assert candidate.part("peephole") == 0


@given(moments(gru_parameters()))
def test_a_closed_reset_gate_hides_the_past_from_the_candidate(moment):
    trace, t, unit = moment
    parameters: GRUParameters = trace.parameters
    *_, candidate = unit_arithmetic(trace, t, unit)
    opening = trace.reset_gate[t]
    before = trace.previous.hidden_state[t]
    weights = parameters.split(parameters.recurrent_kernel)["candidate"][:, unit]
    seen = opening[unit] * before if parameters.reset_after else opening * before
    close(candidate.part("recurrent"), float(seen @ weights))


@given(moments(lstm_parameters()))
def test_the_belt_is_kept_plus_written_and_is_shown_through_the_output_gate(moment):
    trace, t, unit = moment
    memory, shown = state_arithmetic(trace, t, unit)
    close(outcome(memory), trace.cell_state[t, unit])
    close(memory.products[0][0] * memory.products[0][1], trace.retained[t, unit])
    close(memory.products[1][0] * memory.products[1][1], trace.written[t, unit])
    if trace.parameters.projection is None:
        close(outcome(shown), trace.hidden_state[t, unit])


@given(moments(gru_parameters()))
def test_the_hidden_state_of_a_gru_is_kept_plus_written(moment):
    trace, t, unit = moment
    (state,) = state_arithmetic(trace, t, unit)
    close(outcome(state), trace.hidden_state[t, unit])


def test_a_unit_or_timestep_that_is_not_there_is_named():
    parameters = LSTMParameters(
        kernel=np.ones((1, 8)), recurrent_kernel=np.ones((2, 8)), bias=np.ones(8)
    )
    trace = unroll(parameters, np.ones((3, 1)))
    with pytest.raises(IndexError, match=r"unit is 2: expected 0\.\.1"):
        unit_arithmetic(trace, 0, 2)
    with pytest.raises(IndexError, match=r"timestep is 3: expected 0\.\.2"):
        unit_arithmetic(trace, 3, 0)
    with pytest.raises(ValueError, match="timesteps, inputs"):
        unit_arithmetic(unroll(parameters, np.ones((2, 3, 1))), 0, 0)
