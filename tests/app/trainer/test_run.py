"""What the server knows of one run, whatever its worker does."""

from __future__ import annotations

from typing import Any, cast

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
