"""The bars that the server adds up: each is what a write left, wherever the browser looks."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.components.shared.payload import Packer
from app.components.stage import MEAN_OF_UNITS, Scene, memory_bars
from app.components.stage.memory_bars import pack_bars, written_at
from app.components.stage.scene import cut_details
from app.container import unpack
from lstm_core import GRUParameters, RNNParameters
from lstm_core.analysis import contributions

from .scenes import make_lstm, make_scene

T = 1003


def cell(kind: str) -> Any:
    rng = np.random.default_rng(3)
    blocks = {"gru": 3, "rnn": 1}[kind]
    made = {"gru": GRUParameters, "rnn": RNNParameters}[kind]
    shapes = {"kernel": (3, blocks * 4), "recurrent_kernel": (4, blocks * 4), "bias": blocks * 4}
    return made(**{name: rng.normal(size=shape) for name, shape in shapes.items()})


@cache
def scene(kind: str = "lstm", reverse: bool = False) -> Scene:
    return make_scene(make_lstm() if kind == "lstm" else cell(kind), T, reverse)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("kind", ["lstm", "gru"])
def test_all_bars_together_are_what_the_unit_holds(kind: str, reverse: bool):
    trace = scene(kind, reverse).trace
    for t in (0, 500, T - 1):
        bars = np.array([written_at(trace, t, unit) for unit in range(3)])
        initial = contributions(trace, t).initial[:3]
        np.testing.assert_allclose(bars.sum(axis=1) + initial, trace.state.memory[t, :3], atol=1e-5)
        unread = bars[:, :t] if reverse else bars[:, t + 1 :]
        assert not unread.any()
        assert bars[:, t].all()


def test_of_all_units_a_bar_is_the_sum_of_sizes():
    trace = scene().trace
    units = range(trace.parameters.hidden_size)
    sizes = np.abs([written_at(trace, 700, unit) for unit in units])
    np.testing.assert_allclose(written_at(trace, 700, MEAN_OF_UNITS), sizes.sum(axis=0))


@given(st.integers(-9, 1100), st.integers(-9, 99), st.integers(-9, 1100), st.integers(-9, 1100))
def test_what_is_asked_for_outside_of_the_run_is_taken_to_its_nearest_place(
    t: int, unit: int, first: int, end: int
):
    packer, trace = Packer(), scene().trace
    sent = pack_bars(packer, trace, {"t": t, "unit": unit, "window": [first, end]})
    assert 0 <= sent["start"] < sent["stop"] <= T
    bars = written_at(trace, sent["t"], sent["unit"])
    expected = bars[sent["start"] : sent["stop"]].astype(np.float32)
    for side in ("low", "high"):
        np.testing.assert_array_equal(packer.arrays[sent[side]], expected)
    assert (sent["largest"], sent["total"]) == (np.abs(bars).max(), np.abs(bars).sum())


def test_where_many_timesteps_share_a_bar_the_largest_each_way_is_kept(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(memory_bars, "MOST_BARS", 20)
    packer, trace = Packer(), scene().trace
    sent = pack_bars(packer, trace, {"t": 1000, "unit": 0, "window": [0, T]})
    bars = written_at(trace, 1000, 0)
    low, high = packer.arrays[sent["low"]], packer.arrays[sent["high"]]
    assert (sent["factor"], len(low)) == (51, 20)
    for k, part in enumerate(np.split(bars, range(51, T, 51))):
        np.testing.assert_allclose([low[k], high[k]], [part.min(), part.max()], rtol=1e-6)


def test_another_stretch_of_the_same_bars_is_not_added_up_again(monkeypatch: pytest.MonkeyPatch):
    added = []

    def counted(trace: Any, t: int, unit: int) -> Any:
        added.append((t, unit))
        return written_at(trace, t, unit)

    monkeypatch.setattr(memory_bars, "written_at", counted)
    trace, other = scene().trace, scene("gru").trace
    for of, t, unit, window in [
        (trace, 301, 0, [0, T]),
        (trace, 301, 0, [100, 200]),
        (other, 301, 0, [100, 200]),
        (trace, 301, 0, [150, 180]),
        (trace, 301, 1, [150, 180]),
        (trace, 302, 1, [150, 180]),
    ]:
        pack_bars(Packer(), of, {"t": t, "unit": unit, "window": window})
    assert added == [(301, 0), (301, 0), (301, 1), (302, 1)]


def test_bars_come_with_details_where_they_are_asked_for_and_the_cell_keeps_what_is_written():
    asked = {"t": 900, "unit": 1, "window": [0, T]}
    document, arrays = unpack(cut_details(scene(), None, None, {}, bars=asked))
    bars = written_at(scene().trace, 900, 1).astype(np.float32)
    np.testing.assert_array_equal(arrays[document["bars"]["high"]], bars)
    assert document["tiles"] == []
    assert "bars" not in unpack(cut_details(scene(), None, None, {}))[0]
    assert "bars" not in unpack(cut_details(scene("rnn"), None, None, {}, bars=asked))[0]
