"""Corpora are made one after another, for as long as somebody waits for them."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from app.session import demos
from app.session.corpora import kept, making, patterns, work
from app.session.corpora.makings import Makings
from app.session.corpora.sources import Made, order_of
from app.session.corpora.work import Order, make, refused
from app.words import sequences as words
from lstm_core import corpus

DEMO = demos.demo("temporal_order")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(kept.OPTION, str(tmp_path / "corpora"))
    return tmp_path / "corpora"


def fresh(count: int) -> Made:
    return Made(kind="fresh", count=count)


def order(folder, **other) -> Order:
    asked = order_of(DEMO, fresh(30), 0, "forward", folder, 300, 60.0)
    return replace(asked, **other)


def files(folder) -> dict[str, bytes]:
    """What is in a folder, by path."""
    found = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in found}


def test_what_was_stopped_stays_and_goes_on_to_the_same_bytes(tmp_path):
    told: list[int] = []
    make(order(tmp_path / "a"), told.append, lambda: len(told) == 2)
    done = told[-1]
    assert 0 < done < 30
    assert len(kept.opened(tmp_path / "a")) == done
    for name in "ab":
        assert make(order(tmp_path / name), told.append, lambda: False) == ""
    assert files(tmp_path / "a") == files(tmp_path / "b")


@pytest.mark.parametrize(
    ("bound", "why"),
    [({"largest": 1}, "room"), ({"seconds": -1.0}, "time"), ({"layer": 7}, "layer")],
)
def test_a_survey_ends_at_its_bounds_and_says_why(tmp_path, bound, why):
    told: list[int] = []
    assert why in refused(order(tmp_path / "a", **bound), told.append, lambda: False)
    assert why == "layer" or len(kept.opened(tmp_path / "a")) == told[-1] < 30


def test_a_survey_that_finds_no_memory_keeps_what_is_done(tmp_path, monkeypatch):
    told: list[int] = []

    def block_of(*given):
        if told:
            raise MemoryError
        return corpus.block_of(*given)

    monkeypatch.setattr(work, "block_of", block_of)
    assert make(order(tmp_path / "a"), told.append, lambda: False) == "memory"
    assert len(kept.opened(tmp_path / "a")) == told[-1] < 30


def test_a_process_that_is_cancelled_stops_and_what_is_done_stays():
    one = Makings().begin(DEMO, fresh(10_000), 0, "forward")
    while not one.progress.done and not one.ended:
        time.sleep(0.01)
    one.cancel()
    one.wait()
    assert one.problem == ""
    assert 0 < one.progress.done < 10_000
    assert len(kept.opened(kept.folder_of(one.key))) == one.progress.done


def test_a_process_makes_what_this_one_makes_and_its_loss_is_said(tmp_path, monkeypatch):
    wanted = order(tmp_path / "wanted", block=making.BLOCK)
    make(wanted, lambda done: None, lambda: False)
    makings = Makings()
    one = makings.begin(DEMO, fresh(30), 0, "forward")
    one.wait()
    assert (one.problem, one.progress.done, one.process) == ("", 30, None)
    assert files(kept.folder_of(one.key)) == files(tmp_path / "wanted")
    monkeypatch.setattr(making, "MEMORY", 0)
    lost = makings.begin(DEMO, fresh(31), 0, "forward")
    lost.wait()
    assert lost.problem == words.BROKE
    assert makings.counts() == {"running": 0, "waiting": 0}


def test_an_expression_is_answered_by_a_process_and_ended_where_it_takes_long(monkeypatch):
    names = ["seed 1", "SEED 12", 40 * "a" + "b"]
    assert patterns.names_with(names, r"seed 1.?$") == [0, 1]
    assert patterns.names_with(names, "Eed 12") == [1]
    monkeypatch.setattr(patterns, "SECONDS", 1.0)
    assert patterns.names_with(names, "(a+)+$") == []


@pytest.fixture
def held(monkeypatch):
    """Makings whose work lasts until it is cancelled."""
    monkeypatch.setattr(making.Making, "_work", lambda self, _: str(self._cancelled.wait(60) or ""))
    monkeypatch.setattr(making, "WATCH", 0.01)


def test_others_wait_with_their_place_and_move_up(held):
    makings = Makings(alive=lambda session: True)
    first, second, third = (
        makings.begin(DEMO, fresh(k + 2), 0, "forward", f"reader {k}") for k in range(3)
    )
    assert [one.progress.before for one in (first, second, third)] == [0, 1, 2]
    assert makings.counts() == {"running": 1, "waiting": 2}
    makings.leave(second.key, "reader 1")
    second.wait()
    assert third.progress.before == 1
    makings.leave(first.key, "reader 0")
    first.wait()
    assert third.progress.before == 0
    makings.leave(third.key, "reader 2")
    third.wait()


def test_a_reader_has_one_survey_and_one_that_others_wait_for_goes_on(held):
    makings = Makings(alive=lambda session: True)
    first = makings.begin(DEMO, fresh(2), 0, "forward", "a")
    assert makings.join(first.key, "b") is first
    second = makings.begin(DEMO, fresh(3), 0, "forward", "a")
    assert first.sessions == {"b"}
    assert not first.ended
    makings.leave(first.key, "b")
    first.wait()
    makings.leave(second.key, "a")
    second.wait()


def test_a_survey_ends_with_the_last_session_that_waits_for_it(held, monkeypatch):
    monkeypatch.setattr(making, "GONE", 0.0)
    there = threading.Event()
    there.set()
    makings = Makings(alive=lambda session: there.is_set())
    first = makings.begin(DEMO, fresh(2), 0, "forward", "a")
    waits = makings.begin(DEMO, fresh(3), 0, "forward", "b")
    time.sleep(0.05)
    assert not waits.ended
    there.clear()
    waits.wait()  # it ends in the line, and never runs
    assert np.isclose(waits.progress.done, 0)
    makings.leave(first.key, "a")
    first.wait()
