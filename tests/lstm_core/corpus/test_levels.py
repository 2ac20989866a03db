"""A level's edge parts values and bytes alike, exactly."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from lstm_core import signal
from lstm_core.corpus.levels import levels_of

NAMES = st.sampled_from(["cell_state", "forget_gate", "hidden_state"])
PARTS = st.floats(-1, 1, width=32, allow_nan=False, allow_subnormal=False)


@example(name="cell_state", reach=65.0, part=0.0, code=128)  # levels of 2: what is less than 0
@given(name=NAMES, reach=st.floats(0, 100), part=PARTS, code=st.integers(1, 255))
def test_a_value_reaches_an_edge_exactly_where_its_byte_does(name, reach, part, code):
    reached = np.array([reach if name == "cell_state" else 1.0])
    levels = levels_of(signal("lstm", name), reached)
    edge = levels.values(np.array([code], np.uint8))
    near = [
        edge[0],
        np.nextafter(edge[0], np.float32(9e9)),
        min(np.nextafter(edge[0], np.float32(-9e9)), edge[0] - np.finfo(np.float32).tiny),
    ]
    for value in np.array([np.float32(part) * np.float32(2 * reached[0]), *near], np.float32):
        assert (value >= edge[0]) == (levels.codes(np.array([value]))[0] >= code)


@given(name=NAMES, reach=st.floats(0, 100), values=st.lists(PARTS, min_size=1, max_size=9))
def test_a_byte_stands_for_a_value_at_most_a_step_above_it(name, reach, values):
    levels = levels_of(signal("lstm", name), np.array([reach if name == "cell_state" else 1.0]))
    size = reach if name == "cell_state" else 0.99
    inside = (np.abs(values) if name == "forget_gate" else np.array(values)) * size
    inside = inside.astype(np.float32)[:, np.newaxis]
    above = inside - levels.values(levels.codes(inside))
    assert ((above >= 0) & (above <= levels.steps)).all()


def test_what_lies_outside_all_levels_is_known_unit_by_unit_and_what_is_no_number_is_the_lowest():
    levels = levels_of(signal("lstm", "cell_state"), np.array([0.2, 30.0]))
    values = np.array([[1, 1], [-1, -64], [-1.01, 64], [0.99, -64.1], [np.nan, 0]], np.float32)
    outside = [[True, False], [False, False], [True, True], [False, True], [False, False]]
    assert levels.outside(values).tolist() == outside
    assert levels.codes(values)[:, 0].tolist() == [255, 0, 0, 254, 0]


def test_a_threshold_goes_to_an_edge_that_all_units_have():
    levels = levels_of(signal("lstm", "cell_state"), np.array([0.2, 30.0]))
    assert levels.steps.tolist() == [1 / 128, 0.5]
    threshold = levels.nearest_edge(3.3)
    assert threshold == 3.5
    assert levels.first_codes(threshold).tolist() == [128 + 448, 128 + 7]
    assert levels.nearest_edge(1e9) == levels.range[1]
