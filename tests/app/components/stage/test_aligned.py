"""A scene of an alignment is as long as that, and says where a run reads nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.components.stage import (
    MemoryAlong,
    NumberStrip,
    StripLine,
    SymbolStrip,
    blank_strip,
    build_aligned_scene,
    events_along,
    strip_along,
    unit_orders,
)
from app.components.stage.aligned import gaps
from app.components.stage.scene import cut_details
from app.container import unpack
from lstm_core import unroll
from lstm_core.analysis.alignment import NOTHING, memory_along
from lstm_core.analysis.ordering import time_scales
from lstm_core.tasks import Event
from lstm_core.training import initial_lstm

PLACES = np.array([NOTHING, 0, NOTHING, NOTHING, 1, 2])
TRACE = unroll(initial_lstm(np.random.default_rng(0), 2, 3), np.ones((3, 2), np.float32))


def memory(places: np.ndarray) -> MemoryAlong:
    signal = next(s for s in TRACE.vocabulary.recorded if s.name == "cell_state")
    return MemoryAlong(trace=TRACE, signal=signal, values=memory_along(TRACE, places))


def scene(places: np.ndarray, **more):
    strip = strip_along(SymbolStrip(tokens=("a", "b", "c")), places)
    orders = unit_orders(TRACE, time_scales(TRACE))
    return build_aligned_scene(memory(places), strip, orders, places, **more)


@settings(max_examples=30)
@given(st.lists(st.booleans(), min_size=1, max_size=20))
def test_the_gaps_are_the_places_at_which_nothing_is_read(reads):
    places = np.where(reads, np.cumsum(reads) - 1, NOTHING)
    inside = [k for first, stop in gaps(places) for k in range(first, stop)]
    assert inside == [k for k, read in enumerate(reads) if not read]


def test_the_browser_gets_the_memory_alone_and_what_is_read_at_each_place():
    header, arrays = unpack(scene(PLACES).payload)
    assert [signal["name"] for signal in header["signals"]] == ["cell_state"]
    (tile,) = header["tiles"]
    assert list(tile["exact"]) == ["cell_state"]
    expected = [np.zeros(3), *TRACE.cell_state[[0, 0, 0, 1, 2]]]
    np.testing.assert_array_equal(arrays[tile["exact"]["cell_state"]], expected)
    np.testing.assert_array_equal(arrays[header["places_read"]], PLACES)
    assert header["gaps"] == [[0, 1], [2, 4]]
    assert tile["strip"]["tokens"] == ["", "a", "", "", "b", "c"]


def test_a_run_without_gaps_is_counted_as_its_own_timesteps():
    header, _ = unpack(scene(np.arange(3), by_place=True).payload)
    assert (header["places_read"], header["gaps"], header["by_place"]) == (None, [], False)


def test_exact_numbers_of_a_stretch_are_cut_by_place():
    header, arrays = unpack(cut_details(scene(PLACES), (0, 6), (3, 5), {}))
    tile = header["tiles"][0]
    assert tile["start"] == 3
    shown = arrays[tile["exact"]["cell_state"]][:2]
    np.testing.assert_array_equal(shown, TRACE.cell_state[[0, 1]])


def test_a_strip_has_nothing_where_nothing_was_read():
    line = StripLine(title="share", values=np.array([0.1, 0.2, 0.3]), labels=("x", "y", "z"))
    symbols = SymbolStrip(
        tokens=("a", "b", "c"),
        predicted=("b", "c", "d"),
        correct=np.array([1, 0, 1]),
        extra=(line,),
        times=("1", "2", "3"),
    )
    along = strip_along(symbols, PLACES)
    assert along.predicted == ("", "b", "", "", "c", "d")
    assert along.times == ("", "1", "", "", "2", "3")
    assert along.verdicts.tolist() == [-1, 1, -1, -1, 0, 1]
    np.testing.assert_array_equal(along.extra[0].values, [np.nan, 0.1, np.nan, np.nan, 0.2, 0.3])
    numbers = NumberStrip(columns=("x",), values=np.array([[1.0], [2.0], [3.0]]))
    read = strip_along(numbers, PLACES).values[:, 0]
    np.testing.assert_array_equal(read, [np.nan, 1, np.nan, np.nan, 2, 3])
    assert blank_strip(4).timesteps == 4


def test_events_stand_at_the_places_of_their_timesteps_beside_one_more():
    events = [Event(timestep=0, label="first"), Event(timestep=2, label="last")]
    more = Event(timestep=5, label="parting")
    along = events_along(events, PLACES, more)
    assert [(e.timestep, e.label) for e in along] == [(1, "first"), (5, "parting, last")]


def test_a_memory_that_stands_beside_another_has_no_other_signal():
    with pytest.raises(ValueError, match="signal is 'hidden_state': here is cell_state"):
        memory(PLACES).series("hidden_state")
