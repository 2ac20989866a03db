"""Pictures of a changed run and of reasons: their numbers, and what below zero looks like."""

from __future__ import annotations

import numpy as np
import pytest

from app import theme
from app.figures.reasons import answers_by_timestep
from app.figures.what_if import changed_memory

BEFORE = np.arange(12.0).reshape(4, 3)
AFTER = BEFORE + np.array([[0.0], [0.5], [-2.0], [0.0]])


@pytest.mark.parametrize("unit", [-1, 2])
def test_a_changed_run_shows_one_unit_of_both_and_the_difference_of_all(unit):
    figure = changed_memory(BEFORE, AFTER, unit, "cell_state", first=7, names=("A", "B"))
    lines, difference = figure.data[:2], figure.data[2]
    assert [line.name for line in lines] == ["A", "B"]
    for line, values in zip(lines, (BEFORE, AFTER), strict=True):
        shown = values.mean(axis=1) if unit < 0 else values[:, unit]
        np.testing.assert_array_equal(line.y, shown)
        assert list(line.x) == [7, 8, 9, 10]
    np.testing.assert_array_equal(difference.z, (AFTER - BEFORE).T)
    assert (difference.zmin, difference.zmax) == (-2, 2)


def test_the_lines_stand_above_the_difference_over_one_axis_of_time():
    figure = changed_memory(BEFORE, AFTER, 0, "cell_state")
    layout = figure.layout
    assert layout.yaxis.domain[0] > layout.yaxis2.domain[1]
    assert (layout.xaxis.matches, layout.xaxis.showticklabels) == ("x2", False)
    assert layout.yaxis2.autorange == "reversed"
    assert [trace.xaxis for trace in figure.data] == ["x", "x", "x2"]


@pytest.mark.parametrize("dark", [False, True])
def test_a_bar_below_zero_has_the_colour_of_what_is_below_zero(dark):
    values = np.array([0.5, -1.0, 0.0, -0.1])
    nothing = np.array([], int), np.array([])
    (bars,) = answers_by_timestep({"gradient": values}, nothing, 1, dark=dark).data
    np.testing.assert_array_equal(bars.y, values)
    scale = dict(bars.marker.colorscale)
    above, below = theme.signal_colour("cell_state", dark), theme.palette(dark)["below_zero"]
    assert [scale[share] for share in bars.marker.color] == [above, below, above, below]
    assert (bars.marker.cmin, bars.marker.cmax) == (0, 1)
