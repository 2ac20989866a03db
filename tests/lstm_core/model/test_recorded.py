"""Recorded sequences beside our own run: how far they are apart, and where."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given

from lstm_core import Layer, LayerState
from lstm_core.model import RecordedSequence, agreement, recorded
from lstm_core.training import initial_lstm
from tests.lstm_core.strategies import seeds


def chain(seed: int) -> tuple[Layer, ...]:
    rng = np.random.default_rng(seed)
    sizes = ((3, 4), (4, 2))
    return tuple(
        Layer(name=f"{k}", forward=initial_lstm(rng, *size)) for k, size in enumerate(sizes)
    )


def sequence(layers: tuple[Layer, ...], seed: int, timesteps: int = 9) -> RecordedSequence:
    """What another implementation would have recorded: our own run over the whole."""
    rng = np.random.default_rng(seed)
    values = inputs = rng.normal(size=(timesteps, 3)).astype(np.float32)
    start = tuple(LayerState(hidden=rng.normal(size=n), cell=rng.normal(size=n)) for n in (4, 2))
    for layer, state in zip(layers, start, strict=True):
        values = layer.unroll(values, state.hidden, state.cell).outputs
    return RecordedSequence(layer=0, inputs=inputs, start=start, outputs=values)


@given(seeds)
def test_a_run_in_pieces_gives_what_the_whole_gives(seed: int):
    layers = chain(seed)
    one = sequence(layers, seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recorded, "MOST_AT_ONCE", 4 * 6)
        found = agreement(layers, (one,))
    assert found.difference < 1e-6
    assert (found.numbers, found.sequences) == (9 * 2, 1)


@given(seeds)
def test_the_place_of_the_largest_difference_is_named(seed: int):
    layers = chain(seed)
    right, wrong = sequence(layers, seed), sequence(layers, seed + 1)
    outputs = wrong.outputs.copy()
    outputs[5, 1] += 0.25
    found = agreement(layers, (right, dataclasses.replace(wrong, outputs=outputs)))
    assert (found.sequence, found.timestep, found.unit) == (1, 5, 1)
    assert found.difference == pytest.approx(0.25)
    assert found.theirs - found.ours == pytest.approx(0.25)


def test_a_difference_that_is_no_number_is_the_largest_and_an_empty_sequence_has_none():
    layers = chain(0)
    right, wrong = sequence(layers, 0), sequence(layers, 1)
    outputs = wrong.outputs.copy()
    outputs[3, 0] = np.nan
    broken = dataclasses.replace(wrong, outputs=outputs)
    empty = dataclasses.replace(right, inputs=right.inputs[:0], outputs=right.outputs[:0])
    for recordings in ((right, broken, empty), (broken, empty, right)):
        found = agreement(layers, recordings)
        assert np.isnan(found.difference)
        assert (recordings[found.sequence], found.timestep, found.sequences) == (broken, 3, 2)
    assert agreement(layers, (empty,)) is None


def test_the_last_output_alone_is_compared_with_the_last():
    layers = chain(0)
    one = sequence(layers, 0)
    final = dataclasses.replace(one, outputs=None, final=one.outputs[-1])
    found = agreement(layers, (final,))
    assert found.difference < 1e-6
    assert found.numbers == 2


def test_where_nothing_was_answered_there_is_nothing_to_say():
    layers = chain(0)
    silent = dataclasses.replace(sequence(layers, 0), outputs=None)
    assert agreement(layers, (silent,)) is None
