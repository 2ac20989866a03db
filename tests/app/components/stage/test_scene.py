"""What the stage sends to the browser, decoded and held against the trace itself."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.components.shared.payload import Packer
from app.components.stage import (
    Changed,
    NumberStrip,
    Scene,
    StripLine,
    SymbolStrip,
    build_scene,
    tiles,
)
from app.components.stage.scene import cut_details, value_range
from app.container import unpack
from lstm_core import Clamp, unroll, vocabulary
from lstm_core.tasks import Event
from lstm_core.vocabulary import Signal
from tests.lstm_core.strategies import cell_parameters

from .scenes import make_lstm, make_scene


@cache
def run_of_1003() -> Scene:
    """A run that is too long to be sent in full."""
    return make_scene(make_lstm(), 1003)


@given(cell_parameters(), st.integers(1, 9), st.booleans())
def test_the_browser_gets_the_very_numbers_of_the_trace(cell: Any, timesteps: int, reverse: bool):
    scene = make_scene(cell, timesteps, reverse)
    document, arrays = unpack(scene.payload)
    (tile,) = document["tiles"]
    assert (tile["start"], tile["stop"], tile["factor"]) == (0, timesteps, 1)
    for signal in scene.trace.vocabulary.recorded:
        sent = arrays[tile["exact"][signal.name]]
        np.testing.assert_array_equal(sent, scene.trace.series(signal.name).astype(np.float32))


@given(cell_parameters(), st.integers(2, 9), st.booleans())
def test_what_came_in_is_what_went_out_of_the_timestep_before(
    cell: Any, timesteps: int, reverse: bool
):
    scene = make_scene(cell, timesteps, reverse)
    document, arrays = unpack(scene.payload)
    exact = document["tiles"][0]["exact"]
    kept = "cell_state" if cell.kind == "lstm" else "hidden_state"
    carried, memory = arrays[exact["carried"]], arrays[exact[kept]]
    if reverse:
        carried, memory = carried[::-1], memory[::-1]
    np.testing.assert_array_equal(carried[1:], memory[:-1])
    assert not carried[0].any()  # the run began with zeros


def test_what_the_drawing_adds_up_is_what_the_cell_computed():
    scene = make_scene(make_lstm(), 30)
    document, arrays = unpack(scene.payload)
    n = {k: arrays[v].astype(float) for k, v in document["tiles"][0]["exact"].items()}
    total = n["forget_gate"] * n["carried"] + n["input_gate"] * n["candidate"]
    np.testing.assert_allclose(total, n["cell_state"], atol=1e-6)
    np.testing.assert_allclose(n["output_gate"] * n["squashed"], n["hidden_state"], atol=1e-6)


@given(st.integers(1, 40))
def test_ranges_hold_every_value_and_zero_is_in_the_middle_of_signed_ones(timesteps: int):
    scene = make_scene(make_lstm(), timesteps)
    document, _ = unpack(scene.payload)
    for described in document["signals"]:
        values = scene.trace.series(described["name"])
        assert described["low"] <= values.min()
        assert values.max() <= described["high"]
        assert described["low"] in (0, -described["high"])


@pytest.fixture
def long_scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A run that is longer than the screen is wide, with one spike in one gate's unit."""
    monkeypatch.setattr(tiles, "COLUMNS", 50)
    return make_scene(make_lstm(), 1003)


def decoded(scene: Scene, payload: bytes, tile: dict[str, Any], name: str) -> tuple[Any, Any]:
    """Low and high of a coarse tile as numbers, the way the browser reads them."""
    document, arrays = unpack(scene.payload)
    described = next(s for s in document["signals"] if s["name"] == name)
    low, high = (arrays[described[k]] for k in ("unit_low", "unit_high"))
    own = unpack(payload)[1]
    sides = tile["coarse"][name]
    bytes_low = own[sides["low"]] / 255
    bytes_high = own[sides.get("high", sides["low"])] / 255
    return low + bytes_low * (high - low), low + bytes_high * (high - low)


def test_a_long_run_is_sent_as_the_range_of_each_bin(long_scene: Scene):
    document, _ = unpack(long_scene.payload)
    (tile,) = document["tiles"]
    assert tile["factor"] == 21
    for signal in long_scene.trace.vocabulary.recorded:
        low, high = decoded(long_scene, long_scene.payload, tile, signal.name)
        values = long_scene.trace.series(signal.name)
        step = (values.max(axis=0) - values.min(axis=0)) / 255
        for k in range(len(low)):
            own = values[k * 21 : (k + 1) * 21]
            np.testing.assert_array_less(np.abs(low[k] - own.min(axis=0)), step / 2 + 1e-6)
            np.testing.assert_array_less(np.abs(high[k] - own.max(axis=0)), step / 2 + 1e-6)


def test_bytes_grow_with_the_screen_and_not_with_the_run(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tiles, "COLUMNS", 50)
    short = len(make_scene(make_lstm(), 1000).payload)
    long = len(make_scene(make_lstm(), 20_000).payload)
    assert long < 1.1 * short


@cache
def pooled_run() -> tuple[Any, tiles.Overview]:
    """A run with gaps in a unit's memory, pooled as for a screen of 12 columns."""
    trace = run_of_1003().trace
    memory = trace.series("cell_state").copy()
    memory[100:400, 1] = np.nan
    gapped = dataclasses.replace(trace, cell_state=memory)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiles, "COLUMNS", 12)
        patch.setattr(tiles, "BLOCK", 7)
        return gapped, tiles.overview(gapped)


def planes_of(seen: tiles.Overview, window: tuple[int, int], columns: int) -> Any:
    """A coarse tile, and what it holds of each signal and side."""
    packer, names = Packer(), [*seen.extents]
    trace, strip = pooled_run()[0], run_of_1003().strip
    tile = tiles.coarse_tile(packer, trace, strip, seen, window, names, columns)
    return tile, packer.arrays


@given(st.integers(0, 1002), st.integers(1, 1003), st.integers(1, 30))
def test_a_tile_cut_from_the_pooled_run_is_the_one_cut_from_the_run(
    first: int, length: int, columns: int
):
    seen = pooled_run()[1]
    assert len(seen.bins) == len(seen.extents)
    window = (first, min(1003, first + length))
    tile, planes = planes_of(seen, window, columns)
    same, direct = planes_of(dataclasses.replace(seen, bins={}), window, columns)
    assert tile == same
    for name, values in planes.items():
        np.testing.assert_array_equal(values, direct[name])
    assert tile["start"] <= first < window[1] <= tile["stop"] <= 1003
    assert tile["start"] % tile["factor"] == 0


def test_details_hold_no_more_than_was_asked_for(monkeypatch: pytest.MonkeyPatch):
    scene = run_of_1003()
    (finer,) = unpack(cut_details(scene, (200, 900), None, {}, ["cell_state", "x"]))[0]["tiles"]
    assert (list(finer["coarse"]), finer["factor"]) == (["cell_state"], 1)
    (exact,) = unpack(cut_details(scene, None, (200, 300), {}))[0]["tiles"]
    assert (exact["start"], exact["stop"]) == (200, 300)
    monkeypatch.setattr(tiles, "COARSE_BYTES", 1)  # then the least columns are left
    (coarser,) = unpack(cut_details(scene, (0, 1003), None, {}))[0]["tiles"]
    assert (len(coarser["coarse"]), coarser["factor"]) == (6, 3)


def test_of_a_hundred_units_no_view_takes_more_than_a_megabyte():
    scene = make_scene(make_lstm(128), 4000)
    beside = scene_header(scene)["detail_timesteps"] // 4
    for view in ((0, 4000), (1000, 1480), (1000, 1300), (1000, 1010)):
        alone = len(cut_details(scene, view, None, {}))
        both = len(cut_details(scene, view, (3000, 3000 + beside), {}))
        assert alone <= 1_000_000
        assert both <= 1_000_000
    assert len(cut_details(scene, None, (0, 4000), {})) <= 1_000_000


def scene_header(scene: Scene) -> dict[str, Any]:
    return unpack(scene.payload)[0]


@given(st.integers(-50, 1100), st.integers(-50, 1100), st.integers(-50, 1100))
def test_details_on_demand_are_exact_and_inside_the_run(first: int, last: int, start: int):
    scene = run_of_1003()
    payload = cut_details(scene, (first, last), (start, start + 40), {"stage": "stage"})
    document, arrays = unpack(payload)
    tile = document["tiles"][0]
    assert 0 <= tile["start"] < tile["stop"] <= 1003
    sent = arrays[tile["exact"]["cell_state"]]
    own = scene.trace.cell_state[tile["start"] : tile["stop"]]
    np.testing.assert_array_equal(sent, own)
    assert tile["strip"]["tokens"] == list(scene.strip.tokens[tile["start"] : tile["stop"]])


@pytest.mark.parametrize("asked", [1, 15, 16, 17, 1003])
def test_details_are_exact_for_no_more_timesteps_than_may_be_sent_at_once(
    asked: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tiles, "DETAIL_BYTES", 20 * tiles.bytes_per_timestep(run_of_1003().trace))
    document, arrays = unpack(cut_details(run_of_1003(), (0, 1003), (100, 100 + asked), {}))
    tile = document["tiles"][0]
    assert (tile["start"], tile["stop"]) == (100, 100 + min(asked, 20))
    assert len(arrays[tile["exact"]["cell_state"]]) == min(asked, 20)
    assert unpack(make_scene(make_lstm(), 9).payload)[0]["detail_timesteps"] == 20


def test_at_least_sixteen_timesteps_of_details_are_sent(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tiles, "DETAIL_BYTES", 1)
    assert tiles.detail_timesteps(run_of_1003().trace) == 16


def test_one_wrong_prediction_marks_its_whole_bin(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tiles, "COLUMNS", 3)
    trace = unroll(make_lstm(), np.zeros((7, 2), np.float32))
    strip = SymbolStrip(tokens=tuple("abcdefg"), correct=np.array([1, 0, 1, -1, 1, -1, 0]))
    document, arrays = unpack(build_scene(trace, strip).payload)
    (tile,) = document["tiles"]
    assert (tile["factor"], "tokens" in tile["strip"]) == (3, False)
    assert arrays[tile["strip"]["wrong"]].tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    "strip",
    [
        SymbolStrip(tokens=tuple("abc"), times=("Mon", "Tue", "Wed")),
        NumberStrip(columns=("v",), values=np.ones((3, 1)), times=("Mon", "Tue", "Wed")),
    ],
)
def test_time_stamps_are_sent_where_each_timestep_stands_alone(strip):
    trace = unroll(make_lstm(), np.zeros((3, 2), np.float32))
    (tile,) = unpack(build_scene(trace, strip).payload)[0]["tiles"]
    assert tile["strip"]["times"] == ["Mon", "Tue", "Wed"]
    with pytest.raises(ValueError, match="times has 1 timesteps: expected 3"):
        dataclasses.replace(strip, times=("Mon",))


def test_events_are_sent_with_their_timesteps_and_labels():
    trace = unroll(make_lstm(), np.zeros((3, 2), np.float32))
    events = [Event(timestep=1, label="T to remember"), Event(timestep=2, label="wrong")]
    scene = build_scene(trace, SymbolStrip(tokens=tuple("abc")), events=events)
    assert unpack(scene.payload)[0]["events"] == [[1, "T to remember"], [2, "wrong"]]


def test_what_is_held_is_sent_and_the_memory_as_it_was_where_gates_can_be_pulled():
    strip, held = SymbolStrip(tokens=tuple("abc")), Clamp(signal="cell_state", value=0, first=1)
    trace = unroll(make_lstm(), np.zeros((3, 2), np.float32), interventions=(held,))
    assert unpack(build_scene(trace, strip).payload)[0]["changed"] is None
    changed = Changed(base="a run", before=trace.cell_state)
    header, arrays = unpack(build_scene(trace, strip, changed=changed).payload)
    assert header["held"] == [{"signal": "cell_state", "units": None, "first": 1, "last": None}]
    np.testing.assert_array_equal(arrays[header["changed"]["before"]], trace.cell_state)


def test_a_run_is_sent_in_full_where_it_fits_the_screen_and_the_wire(
    monkeypatch: pytest.MonkeyPatch,
):
    trace = run_of_1003().trace
    for columns, timesteps, fits in ((1003, 1003, True), (1002, 1003, False), (1003, 1002, False)):
        monkeypatch.setattr(tiles, "COLUMNS", columns)
        monkeypatch.setattr(tiles, "FIRST_BYTES", timesteps * tiles.bytes_per_timestep(trace))
        assert tiles.is_small(trace) == fits


def signal_of(low: float | None, high: float | None) -> Signal:
    known = vocabulary("lstm").signals[0]
    return dataclasses.replace(known, low=low, high=high)


@pytest.mark.parametrize(
    ("own", "reached", "drawn"),
    [
        ((0.0, 1.0), (0.2, 0.8), (0.0, 1.0)),  # the signal's own range, whatever is reached
        ((-1.0, 1.0), (-1.0, 1.0), (-1.0, 1.0)),
        ((0.0, 1.0), (0.0, 3.0), (0.0, 3.0)),  # beyond it, but never negative
        ((0.0, 1.0), (-0.5, 3.0), (-3.0, 3.0)),  # beyond it on both sides
        ((-1.0, 1.0), (0.5, 3.0), (-3.0, 3.0)),  # signed, though not in this run
        ((None, None), (-4.0, 3.0), (-4.0, 4.0)),  # no range of its own
        ((None, None), (0.0, 0.0), (-1.0, 1.0)),  # nothing moved
    ],
)
def test_colours_reach_as_far_as_the_signal_may_or_as_the_run_went(
    own: tuple[float | None, float | None], reached: tuple[float, float], drawn: tuple[float, float]
):
    low, high = (np.array([value, (reached[0] + reached[1]) / 2]) for value in reached)
    extent = tiles.Extent(low=low, high=high, mean=(low + high) / 2)
    assert value_range(signal_of(*own), extent) == drawn


def test_a_scene_is_known_by_what_it_holds():
    assert make_scene(make_lstm(), 9).id == make_scene(make_lstm(), 9).id
    assert make_scene(make_lstm(), 9).id != make_scene(make_lstm(), 10).id
    assert make_scene(make_lstm(), 9).id != make_scene(make_lstm(seed=1), 9).id


def test_scenes_that_differ_in_a_word_are_not_taken_for_each_other():
    trace = unroll(make_lstm(), np.zeros((3, 2), np.float32))
    right, wrong = np.array([1, 1, 1]), np.array([1, 0, 1])
    scenes = [
        build_scene(trace, SymbolStrip(tokens=tuple("abc"))),
        build_scene(trace, SymbolStrip(tokens=tuple("abd"))),
        build_scene(trace, SymbolStrip(tokens=tuple("abc"), tokens_title="hears")),
        build_scene(trace, SymbolStrip(tokens=tuple("abc"), predicted=tuple("bca"))),
        build_scene(trace, SymbolStrip(tokens=tuple("abc"), correct=right)),
        build_scene(trace, SymbolStrip(tokens=tuple("abc"), correct=wrong)),
        build_scene(trace, SymbolStrip(tokens=tuple("abc")), layer_note="layer 2"),
    ]
    assert len({scene.id for scene in scenes}) == len(scenes)
    assert len({unpack(scene.payload)[0]["id"] for scene in scenes}) == len(scenes)


def test_tokens_travel_as_data_whatever_they_are():
    tokens = ("<b>", '"', "\u2028", "\n", "", "𝄞", "</script>")
    trace = unroll(make_lstm(), np.zeros((7, 2), np.float32))
    document, _ = unpack(build_scene(trace, SymbolStrip(tokens=tokens, predicted=tokens)).payload)
    assert tuple(document["tiles"][0]["strip"]["tokens"]) == tokens
    assert tuple(document["tiles"][0]["strip"]["predicted"]) == tokens


def test_numbers_keep_their_gaps_and_their_columns():
    trace = unroll(make_lstm(), np.zeros((4, 2), np.float32))
    values = np.arange(8.0).reshape(4, 2)
    truth = np.array([np.nan, np.nan, np.nan, 0.5])
    strip = NumberStrip(columns=("value", "mark"), values=values, truth=truth)
    document, arrays = unpack(build_scene(trace, strip).payload)
    sent = document["tiles"][0]["strip"]
    np.testing.assert_array_equal(arrays[sent["values"]["low"]], values)
    np.testing.assert_array_equal(arrays[sent["truth"]["low"]][:, 0], truth)
    assert document["strip"]["ranges"]["truth"] == [[0.5, 0.5]]
    assert "predicted" not in sent


def scene_with(values: np.ndarray, labels: tuple[str, ...] = ()) -> Scene:
    lines = (
        StripLine(title="knows", values=values, labels=labels),
        StripLine(title="b", values=values),
    )
    trace = unroll(make_lstm(), np.zeros((len(values), 2), np.float32))
    return build_scene(trace, SymbolStrip(tokens=("a",) * len(values), extra=lines))


@given(st.lists(st.floats(0, 1) | st.just(np.nan), min_size=1, max_size=9))
def test_a_row_of_shares_keeps_its_numbers_its_gaps_and_its_labels(values: list[float]):
    labels = tuple("TP"[t % 2] for t in range(len(values)))
    document, arrays = unpack(scene_with(np.array(values), labels).payload)
    sent = document["tiles"][0]["strip"]
    expected = np.array([values, values], np.float32).T
    np.testing.assert_array_equal(arrays[sent["extra"]["low"]], expected)
    assert sent["labels"] == [list(labels), []]
    assert [line["title"] for line in document["strip"]["extra"]] == ["knows", "b"]


def test_a_row_of_shares_of_a_long_run_is_the_range_of_each_bin(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tiles, "COLUMNS", 50)
    values = np.random.default_rng(0).random(1003)
    values[21:42] = np.nan
    scene = scene_with(values)
    document, arrays = unpack(scene.payload)
    sent = document["tiles"][0]["strip"]
    assert "labels" not in sent
    for side, extreme in (("low", np.min), ("high", np.max)):
        bins = [extreme(values[k : k + 21]) for k in range(0, 1003, 21)]
        expected = np.array([bins, bins], np.float32).T
        np.testing.assert_array_equal(arrays[sent["extra"][side]], expected)
    cut, details = unpack(cut_details(scene, (0, 1003), (500, 540), {}))
    exact = cut["tiles"][0]
    shares = details[exact["strip"]["extra"]["low"]]
    assert shares.shape == (exact["stop"] - exact["start"], 2)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"values": np.array([0.0, 1.5])}, "values are 0.0..1.5: expected 0..1"),
        ({"values": np.zeros((2, 1))}, "values are (2, 1): expected (timesteps,)"),
        ({"values": np.zeros(2), "labels": ("a",)}, "labels has 1 timesteps: expected 2"),
    ],
)
def test_a_row_that_holds_no_shares_is_refused(fields: dict[str, Any], sentence: str):
    with pytest.raises(ValueError, match=".*") as refusal:
        StripLine(title="knows", **fields)
    assert str(refusal.value) == sentence


def test_a_row_that_is_shorter_than_its_strip_is_refused():
    with pytest.raises(ValueError, match="knows has 2 timesteps: expected 3"):
        SymbolStrip(tokens=tuple("abc"), extra=(StripLine(title="knows", values=np.zeros(2)),))


@pytest.mark.parametrize(
    ("inputs", "tokens", "sentence"),
    [
        (np.zeros((2, 3, 2)), 3, "inputs are (2, 3, 2): expected (timesteps, input_size)"),
        (np.zeros((0, 2)), 0, "inputs are (0, 2): expected (timesteps, input_size)"),
        (np.zeros((3, 2)), 4, "strip has 4 timesteps: expected 3"),
    ],
)
def test_what_cannot_be_played_is_refused(inputs: np.ndarray, tokens: int, sentence: str):
    trace = unroll(make_lstm(), inputs.astype(np.float32))
    with pytest.raises(ValueError, match=".*") as refusal:
        build_scene(trace, SymbolStrip(tokens=("a",) * tokens))
    assert str(refusal.value) == sentence


def test_a_strip_whose_rows_do_not_fit_is_refused():
    with pytest.raises(ValueError, match="predicted has 1 timesteps: expected 2"):
        SymbolStrip(tokens=("a", "b"), predicted=("a",))
    with pytest.raises(ValueError, match="truth has 3 timesteps: expected 2"):
        NumberStrip(columns=("x",), values=np.zeros((2, 1)), truth=np.zeros(3))
