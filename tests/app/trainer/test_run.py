"""What the server knows of one run, whatever its worker does."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.trainer import Checkpoint
from app.trainer.limits import LONGEST_RUN
from app.trainer.run import Assignment, Run

from .runs import ENDLESS


def test_an_update_that_is_asked_for_while_the_run_comes_back_is_done_afterwards() -> None:
    run, process = Run("word", "ada", ENDLESS), cast(Any, None)
    run.assign(Assignment(1, process))
    run.add_points([(k, 1.0, 1.0) for k in (1, 2, 3)])
    run.ask(to_the_end=False)  # Pause; before the worker has heard of it:
    run.ask(to_the_end=False, steps=1)  # One update
    run.end_assignment({"reason": "recalled"})
    assert (run.steps, run.active) == (1, True)
    run.assign(Assignment(2, process))
    run.add_points([(1, 1.0, 1.0)])
    run.end_assignment({"reason": "until"})
    assert (run.steps, run.active) == (0, False)


def assigned() -> Run:
    """Return a run that a worker has had from its beginning."""
    run = Run("run", "ada", ENDLESS)
    run.assign(Assignment(1, cast(Any, None)))
    return run


def checkpoint(updates: int) -> Checkpoint:
    """Return a checkpoint of which only the updates and the size matter."""
    return cast(Checkpoint, SimpleNamespace(updates=updates, size=1))


def test_every_single_update_that_one_assignment_did_is_counted() -> None:
    run = Run("run", "ada", ENDLESS)
    run.ask(to_the_end=False, steps=3)
    run.assign(Assignment(1, cast(Any, None)))
    run.add_points([(1, 1.0, 1.0), (2, 1.0, 1.0)])
    run.end_assignment({"reason": "recalled"})
    assert (run.steps, run.active) == (1, True)


def test_the_time_left_is_the_updates_left_at_the_present_pace() -> None:
    run = assigned()
    for now, updates in ((10.0, 20), (12.0, 60)):
        run.add_points([(updates, 1.0, 1.0)])
        run.add_time(now, seconds=now - 10)
    assert run.status().seconds_left == pytest.approx((ENDLESS.updates - 60) / 20)


def test_a_run_is_done_when_its_last_checkpoint_is_here() -> None:
    run, last = assigned(), ENDLESS.updates
    run.add_points([(last, 1.0, 1.0)])
    states = [run.state]
    run.add_checkpoint(checkpoint(last))
    run.end_assignment({"reason": "until"})
    assert [*states, run.state] == ["running", "done"]


def test_the_processor_time_of_every_assignment_counts_towards_the_longest_run() -> None:
    run = assigned()
    run.add_time(0.0, seconds=100.0)
    run.end_assignment({"reason": "recalled"})
    run.assign(Assignment(2, cast(Any, None)))
    run.add_time(1.0, seconds=20.0)
    assert run.processor_time_left == LONGEST_RUN - 120


def test_going_back_from_a_failure_leaves_a_run_that_is_paused_and_can_go_on() -> None:
    run = assigned()
    for updates in (0, 5):
        run.add_checkpoint(checkpoint(updates))
    run.lose_worker()
    assert run.state == "failed"
    run.rewind(0)
    assert (run.state, run.problem, len(run.checkpoints)) == ("paused", "", 1)
    run.ask(to_the_end=True)
    assert run.active
