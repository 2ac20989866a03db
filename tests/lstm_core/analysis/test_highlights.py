"""What stands out in a run, by criteria that anybody can check on its trace."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from lstm_core import Clamp, unroll
from lstm_core.analysis import highlights, longest_carries, origins
from lstm_core.analysis.highlights import Highlight, carry_by_chance
from lstm_core.training import initial_lstm, initial_rnn

from .test_origins import single_runs


def by_kind(found: tuple[Highlight, ...]) -> dict[str, Highlight]:
    assert len({h.kind for h in found}) == len(found)
    return {h.kind: h for h in found}


@settings(max_examples=60)
@given(single_runs())
def test_every_highlight_is_true_of_the_trace(trace: Any) -> None:
    found, origin = by_kind(highlights(trace)), origins(trace)
    memory, before = np.abs(origin.memory), np.abs(trace.previous.memory)
    if "carry" in found:
        carry = found["carry"]
        assert carry.value == longest_carries(trace)[0].timesteps
        assert carry.value == abs(carry.timestep - carry.since)
        for unit in carry.units:
            assert origin.timestep[carry.timestep, unit] == carry.since
    if "write" in found:
        write, end = found["write"], 0 if trace.reverse else len(trace) - 1
        assert write.timestep == end != write.since
        assert write.value == origin.share[end, write.units[0]] >= 0.5
    if "reset" in found:
        reset, gate = found["reset"], np.abs(trace.series(trace.vocabulary.keeping_gate))
        for unit in reset.units:
            assert gate[reset.timestep, unit] <= 0.1
            largest = max(memory[:, unit].max(), before[:, unit].max())
            assert before[reset.timestep, unit] >= 0.5 * largest


def held(*interventions: Clamp, timesteps: int = 30) -> dict[str, Highlight]:
    lstm = initial_lstm(np.random.default_rng(0), 2, 3)
    inputs = np.random.default_rng(1).normal(0, 1, (timesteps, 2))
    return by_kind(highlights(unroll(lstm, inputs, interventions=interventions)))


def test_a_write_behind_shut_input_gates_is_carried_to_the_end() -> None:
    found = held(
        Clamp(signal="input_gate", value=0.0, units=(1,), first=3),
        Clamp(signal="input_gate", value=0.0, units=(1,), last=1),
        Clamp(signal="forget_gate", value=1.0, units=(1,)),
        Clamp(signal="forget_gate", value=0.2, units=(0, 2)),
    )
    carry = found["carry"]
    assert (carry.units, carry.since, carry.timestep, carry.value) == ((1,), 2, 29, 27)
    assert found["write"].units == (1,)
    assert found["write"].since == 2
    assert found["write"].value == 1.0
    assert found["open"].units == (1,)


def test_a_forget_gate_that_shuts_on_a_full_memory_is_a_reset() -> None:
    found = held(
        Clamp(signal="forget_gate", value=1.0),
        Clamp(signal="candidate", value=1.0),
        Clamp(signal="forget_gate", value=0.0, units=(2,), first=28, last=28),
    )
    assert (found["reset"].units, found["reset"].timestep, found["reset"].value) == ((2,), 28, 0)


def test_saturation_is_no_habit_in_a_short_run() -> None:
    shut = Clamp(signal="forget_gate", value=0.05)
    assert found_units(held(shut), "shut") == (0, 1, 2)
    assert found_units(held(shut, timesteps=19), "shut") == ()


def found_units(found: dict[str, Highlight], kind: str) -> tuple[int, ...]:
    return found[kind].units if kind in found else ()


def test_dead_units_are_told_also_of_a_standard_rnn() -> None:
    assert held(Clamp(signal="output_gate", value=0.0, units=(2,)))["dead"].units == (2,)
    rnn = initial_rnn(np.random.default_rng(0), 2, 3)
    trace = unroll(
        rnn, np.ones((5, 2)), interventions=(Clamp(signal="hidden_state", value=0.5, units=(1,)),)
    )
    assert by_kind(highlights(trace))["always_on"].units == (1,)


def test_chance_is_the_same_network_on_the_same_inputs_in_random_order() -> None:
    lstm = initial_lstm(np.random.default_rng(0), 2, 3)
    inputs = np.zeros((12, 2))
    trace = unroll(lstm, inputs)
    assert carry_by_chance(trace, np.random.default_rng(0)) == pytest.approx(
        longest_carries(trace)[0].timesteps if longest_carries(trace) else 0
    )
    rnn = unroll(initial_rnn(np.random.default_rng(0), 2, 3), inputs)
    assert carry_by_chance(rnn, np.random.default_rng(0)) is None
