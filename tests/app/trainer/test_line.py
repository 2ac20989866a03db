"""Waiting in line for training: in order, one place a session, and everybody's turn comes."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from app.trainer import Trainer
from app.trainer.limits import LONGEST_TURN
from app.trainer.trainer import GRACE, REST

from .runs import ENDLESS, HERE, SMALL, same, standing, state, until, updates


@pytest.fixture
def two(trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trainer]:
    """A trainer that trains two runs at once."""
    monkeypatch.setattr("app.trainer.trainer.TRAINING_AT_ONCE", 2)
    yield trainer
    for run in list(trainer._runs):  # while there may still be two alone
        trainer.forget(run)


def places(trainer: Trainer, *runs: str) -> list[int]:
    """The places of runs in the line; 0 for one that does not wait."""
    known = [trainer.status(run) for run in runs]
    return [-1 if status is None else status.place for status in known]


def test_who_comes_first_is_trained_first_and_the_others_move_up(two: Trainer) -> None:
    runs = [two.start(str(k), ENDLESS) for k in range(5)]
    assert places(two, *runs) == [0, 0, 1, 2, 3]
    assert [state(two, run) for run in runs[2:]] == ["queued"] * 3
    two.forget(runs[0])
    assert places(two, *runs[1:]) == [0, 0, 1, 2]
    until(lambda: updates(two, runs[2]) > 0)
    assert [updates(two, run) for run in runs[3:]] == [0, 0]
    assert len(two._assigned) == 2


def test_a_run_that_has_ended_makes_room_for_the_next_one(two: Trainer) -> None:
    runs = [two.start(str(k), SMALL) for k in range(4)]
    assert places(two, *runs) == [0, 0, 1, 2]
    for run in runs:
        same(two, run, SMALL)


@pytest.mark.parametrize("leaves", ["pause", "stop", "forget"])
def test_who_leaves_the_line_holds_nobody_up(two: Trainer, leaves: str) -> None:
    runs = [two.start(str(k), ENDLESS) for k in range(5)]
    getattr(two, leaves)(runs[2])
    told = {"pause": "paused", "stop": "stopped", "forget": "gone"}
    assert state(two, runs[2]) == told[leaves]
    assert places(two, *runs[3:]) == [1, 2]
    if leaves != "forget":
        two.resume(runs[2])
        assert places(two, *runs[2:]) == [3, 1, 2]


def test_a_session_that_chooses_anew_keeps_its_place_in_the_line(two: Trainer) -> None:
    runs = [two.start(str(k), ENDLESS) for k in range(5)]
    again = two.start("3", SMALL)
    assert places(two, runs[2], again, runs[4]) == [1, 2, 3]
    assert two.status(runs[3]) is None


def test_a_session_that_is_trained_and_begins_anew_comes_after_those_who_wait(
    two: Trainer,
) -> None:
    runs = [two.start(str(k), ENDLESS) for k in range(3)]
    again = two.start("0", ENDLESS)
    assert places(two, runs[2], again) == [0, 1]


def test_a_single_update_waits_its_turn_too(two: Trainer) -> None:
    runs = [two.start(str(k), ENDLESS) for k in range(3)]
    two.pause(runs[2])
    two.step(runs[2])
    assert places(two, runs[2]) == [1]
    two.forget(runs[0])
    until(lambda: updates(two, runs[2]) == 1 and standing(two, runs[2]))
    assert state(two, runs[2]) == "paused"


def test_after_a_turn_a_run_gives_way_and_goes_on_later_with_the_same_numbers(
    two: Trainer,
) -> None:
    longer = SMALL.replace(updates=590)
    mine = two.start("ada", longer)
    others = [two.start(session, ENDLESS) for session in ("bob", "eve")]
    until(lambda: two.checkpoint(mine))
    two.sweep(time.monotonic() + LONGEST_TURN - 5)
    assert places(two, mine, *others) == [0, 0, 1]  # the turn is not over
    two.sweep(time.monotonic() + LONGEST_TURN)
    until(lambda: places(two, mine, *others) == [1, 0, 0])
    assert 0 < updates(two, mine) < longer.updates
    for other in others:
        two.forget(other)
    same(two, mine, longer)


def test_nobody_gives_way_while_nobody_waits(two: Trainer) -> None:
    runs = [two.start(session, ENDLESS) for session in ("ada", "bob")]
    two.sweep(time.monotonic() + 10 * LONGEST_TURN)
    assert not any(a.recalled for run in runs if (a := two._runs[run].assignment))


def test_nothing_is_trained_for_a_session_that_is_gone_and_goes_on_when_it_is_back(
    two: Trainer,
) -> None:
    runs = [two.start(session, ENDLESS) for session in ("ada", "bob", "eve")]
    until(lambda: updates(two, runs[0]) > 0)
    HERE.remove("ada")
    try:
        two.sweep(1000.0)
        two.sweep(1000.0 + REST)
        until(lambda: standing(two, runs[0]))
        assert places(two, runs[2]) == [0]  # it has the turn of the one that is gone
        reached = updates(two, runs[0])
    finally:
        HERE.add("ada")
    two.sweep(1001.0 + REST)
    assert places(two, runs[0]) == [1]
    two.forget(runs[1])
    until(lambda: updates(two, runs[0]) > reached)


def test_who_waits_and_goes_leaves_the_line(two: Trainer) -> None:
    runs = [two.start(session, ENDLESS) for session in ("1", "2", "ada", "bob")]
    HERE.remove("ada")
    try:
        two.sweep(1000.0)
        two.sweep(1000.0 + REST)
        assert places(two, runs[3]) == [1]
        two.sweep(1000.0 + GRACE)
    finally:
        HERE.add("ada")
    assert two.status(runs[2]) is None
