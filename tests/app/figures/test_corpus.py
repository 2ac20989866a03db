"""The pictures of all sequences show what was surveyed, in any browser."""

from __future__ import annotations

import numpy as np
import pytest

from app.figures.corpus import MOST_POINTS, drawn_points, projected
from app.words import sequences as words
from lstm_core.corpus import Projection


def projection_of(sequences: int) -> Projection:
    """So many sequences, each at its own number."""
    points = np.stack([np.arange(sequences), -np.arange(sequences)], axis=1)
    return Projection(points=points, explained=np.array([0.75, 0.25]))


@pytest.mark.parametrize("sequences", [1, 2, MOST_POINTS, MOST_POINTS + 1, 3 * MOST_POINTS + 7])
def test_a_point_is_a_sequence_and_of_very_many_a_sample_is_drawn(sequences):
    names = [f"number {k}" for k in range(sequences)]
    groups = (["even", "odd"] * (sequences // 2 + 1))[:sequences]
    figure = projected(projection_of(sequences), names, groups)
    drawn = sorted(int(k) for trace in figure.data for k in trace.customdata)
    assert drawn == drawn_points(sequences).tolist()
    assert len(set(drawn)) == min(sequences, MOST_POINTS)
    for trace in figure.data:
        np.testing.assert_array_equal(trace.x, trace.customdata)
        np.testing.assert_array_equal(trace.y, -np.asarray(trace.customdata))
        assert list(trace.text) == [names[k] for k in trace.customdata]
        assert {groups[k] for k in trace.customdata} == {trace.name}


def test_the_points_are_drawn_where_a_browser_has_no_webgl():
    figure = projected(projection_of(3), ["a", "b", "c"], ["", "", ""])
    assert {trace.type for trace in figure.data} == {"scatter"}


def test_the_note_says_where_not_all_sequences_are_drawn():
    assert words.states_note(300, 300) == words.STATES_NOTE
    assert "5,000 of the 12,000 sequences are drawn." in words.states_note(5000, 12_000)
