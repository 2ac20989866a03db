"""Runs that take long: one at a time, in order, and none for whoever is gone."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.runtime.scriptrunner import StopException

from app.session import heavy_runs
from app.session.heavy_runs import in_turn, run_seconds
from lstm_core.model import Layer, Model
from lstm_core.training import initial_lstm

LONG = 10 * heavy_runs.SHORT
MEASURED = {16: 5.9, 64: 9.5, 128: 9.7, 256: 22.5, 512: 71, 1024: 303}
"""Microseconds per timestep of an LSTM by its units: 1000 timesteps of 16 inputs, one thread."""


@pytest.mark.parametrize("units", MEASURED)
def test_how_long_a_run_takes_is_estimated_to_a_factor_of_two(units: int) -> None:
    cell = initial_lstm(np.random.default_rng(0), 16, 1)
    layer = SimpleNamespace(hidden_size=units, bidirectional=False)
    both = SimpleNamespace(hidden_size=units, bidirectional=True)
    assert run_seconds(Model(layers=(Layer(name="a", forward=cell),)), 10) < 1e-3
    one = run_seconds(SimpleNamespace(layers=(layer,)), 1000)
    assert 0.5 < one / (MEASURED[units] * 1e-3) < 2
    assert run_seconds(SimpleNamespace(layers=(both, layer)), 1000) == pytest.approx(3 * one)


def test_two_long_runs_are_never_under_way_together_and_short_ones_do_not_wait() -> None:
    most, under_way = [], []
    begun, go_on = threading.Event(), threading.Event()

    def long() -> None:
        under_way.append(1)
        most.append(len(under_way))
        begun.set()
        go_on.wait(10)
        under_way.pop()

    threads = [threading.Thread(target=in_turn, args=(LONG, long)) for _ in range(3)]
    for thread in threads:
        thread.start()
    begun.wait(10)
    assert in_turn(0, lambda: "at once") == "at once"
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert most == [1, 1, 1]


def test_a_long_run_may_ask_for_another_one() -> None:
    assert in_turn(LONG, lambda: in_turn(LONG, lambda: "both")) == "both"


def test_a_session_that_is_gone_while_it_waits_runs_nothing(monkeypatch) -> None:
    monkeypatch.setattr(heavy_runs, "LOOK", 0.01)
    monkeypatch.setattr(heavy_runs, "alive", lambda session: False)
    monkeypatch.setattr(
        heavy_runs, "get_script_run_ctx", lambda **_: SimpleNamespace(session_id="gone")
    )
    monkeypatch.setattr("streamlit.stop", stopped)
    begun, go_on, ran = threading.Event(), threading.Event(), list[int]()

    def long() -> None:
        begun.set()
        go_on.wait(10)

    first = threading.Thread(target=in_turn, args=(LONG, long))
    first.start()
    begun.wait(10)
    with pytest.raises(StopException):
        in_turn(LONG, lambda: ran.append(1))
    go_on.set()
    first.join(10)
    assert in_turn(LONG, lambda: "the next one") == "the next one"
    assert ran == []


def stopped() -> None:
    raise StopException
