"""The table and the scatter of all units show the numbers of `time_scales`."""

from __future__ import annotations

import numpy as np
import pytest

from app.figures.unit_facts import saturation_scatter, time_scale_table
from app.words import why as words
from lstm_core import unroll
from lstm_core.analysis import time_scales
from lstm_core.training import initial_gru, initial_lstm, initial_rnn

INPUTS = np.random.default_rng(1).normal(0, 1, (30, 2))


@pytest.mark.parametrize("make", [initial_lstm, initial_gru, initial_rnn])
def test_the_table_has_a_row_per_unit_and_every_number_of_the_time_scales(make):
    trace = unroll(make(np.random.default_rng(0), 2, 5), INPUTS)
    scales, frame = time_scales(trace), time_scale_table(time_scales(trace), trace.vocabulary)
    assert list(frame[words.UNIT_COLUMN]) == [0, 1, 2, 3, 4]
    assert set(frame[words.UNITS_COLUMNS["shows"]]) <= set(words.SHOWS.values())
    assert (words.UNITS_COLUMNS["half_life"] in frame) == (scales.half_life is not None)
    if scales.half_life is not None:
        np.testing.assert_array_equal(frame[words.UNITS_COLUMNS["half_life"]], scales.half_life)
        np.testing.assert_array_equal(frame[words.UNITS_COLUMNS["writes"]], scales.write_frequency)
    titles = {signal.name: signal.title for signal in trace.vocabulary.recorded}
    for gate in scales.saturation:
        title = titles[gate.signal]
        np.testing.assert_array_equal(frame[words.OPEN_SHARE.format(title=title)], gate.open)
        np.testing.assert_array_equal(frame[words.SHUT_SHARE.format(title=title)], gate.shut)


def test_the_scatter_has_a_point_per_unit_and_rings_the_selected_one():
    trace = unroll(initial_lstm(np.random.default_rng(0), 2, 5), INPUTS)
    (gate,) = [s for s in time_scales(trace).saturation if s.signal == "forget_gate"]
    (points,) = saturation_scatter(gate, "forget gate", unit=3).data
    np.testing.assert_array_equal(points.x, gate.shut)
    np.testing.assert_array_equal(points.y, gate.open)
    assert list(points.marker.line.width) == [0, 0, 0, 3, 0]
