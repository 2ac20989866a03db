"""Training beside the pages: the library's numbers, fair shares, and an end to everything."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.trainer import Trainer
from app.trainer.limits import LONGEST_RUN
from app.trainer.trainer import GRACE
from app.trainer.worker_process import WorkerProcess
from lstm_core.experiment import Experiment, right

from .runs import (
    ENDLESS,
    HERE,
    SMALL,
    alone,
    same,
    standing,
    state,
    until,
    updates,
)

ROOT = Path(__file__).parents[3]


# A run is the library's run


@pytest.mark.parametrize(
    "experiment", [SMALL, SMALL.replace(cell="gru", optimiser="sgd", task="adding")]
)
def test_a_run_has_the_numbers_of_the_library(trainer: Trainer, experiment: Experiment) -> None:
    same(trainer, trainer.start("ada", experiment), experiment)


def test_a_run_that_paused_stepped_and_went_back_ends_as_one_that_never_stopped(
    trainer: Trainer,
) -> None:
    experiment = SMALL.replace(updates=400)
    run = trainer.start("ada", experiment)
    until(lambda: updates(trainer, run) > 5)
    trainer.pause(run)
    until(lambda: standing(trainer, run))
    assert state(trainer, run) == "paused"
    reached = updates(trainer, run)
    trainer.step(run)
    trainer.step(run)
    until(lambda: updates(trainer, run) == reached + 2 and standing(trainer, run))
    status, checkpoint = trainer.status(run), trainer.checkpoint(run)
    assert status is not None
    assert checkpoint is not None
    assert status.state == "paused"
    assert checkpoint.updates == reached + 2
    true = alone(experiment)
    assert status.curve.loss.tolist() == [p.loss for p in true[: reached + 2]]
    trainer.rewind(run, reached + 1)
    assert updates(trainer, run) == reached + 1
    trainer.rewind(run, 0)
    assert updates(trainer, run) == 0
    trainer.resume(run)
    same(trainer, run, experiment)


def test_a_run_can_go_back_while_it_trains_and_after_its_end(trainer: Trainer) -> None:
    run = trainer.start("ada", ENDLESS)
    until(lambda: trainer.checkpoint(run))
    trainer.rewind(run, 0)
    assert (state(trainer, run), updates(trainer, run)) == ("paused", 0)
    run = trainer.start("ada", SMALL)
    until(lambda: state(trainer, run) == "done" and standing(trainer, run))
    trainer.rewind(run, 30)
    kept = updates(trainer, run)
    assert kept <= 30
    trainer.step(run)
    until(lambda: updates(trainer, run) == kept + 1)


def test_what_is_stopped_keeps_what_it_learned_and_can_go_on(trainer: Trainer) -> None:
    run = trainer.start("ada", SMALL.replace(updates=2000))
    until(lambda: updates(trainer, run) > 0)
    trainer.stop(run)
    until(lambda: standing(trainer, run))
    checkpoint = trainer.checkpoint(run)
    assert checkpoint is not None
    assert (state(trainer, run), checkpoint.updates) == ("stopped", updates(trainer, run))
    trainer.resume(run)
    until(lambda: updates(trainer, run) > checkpoint.updates)


def test_a_run_that_is_resumed_is_given_the_processor_time_that_it_has_left(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trainer.start("ada", ENDLESS)
    until(lambda: updates(trainer, run) > 0)
    trainer.pause(run)
    until(lambda: standing(trainer, run))
    status = trainer.status(run)
    assert status is not None
    assert status.seconds > 0
    orders: list[dict[str, Any]] = []
    monkeypatch.setattr(WorkerProcess, "send", lambda _, document, *__: orders.append(document))
    trainer.resume(run)
    assert [order["seconds"] for order in orders] == [LONGEST_RUN - status.seconds]


def test_a_control_that_means_nothing_does_nothing(trainer: Trainer) -> None:
    run = trainer.start("ada", SMALL)
    until(lambda: state(trainer, run) == "done")
    for control in (trainer.pause, trainer.stop, trainer.resume, trainer.step):
        control(run)
        control("nobody's")
    trainer.rewind("nobody's", 3)
    trainer.forget("nobody's")
    assert (state(trainer, run), updates(trainer, run)) == ("done", SMALL.updates)
    assert trainer.status("nobody's") is None
    assert trainer.checkpoint("nobody's") is None


def test_a_checkpoint_says_the_success_on_fresh_sequences(trainer: Trainer) -> None:
    run = trainer.start("ada", SMALL)
    until(lambda: state(trainer, run) == "done" and standing(trainer, run))
    checkpoint = trainer.checkpoint(run)
    assert checkpoint is not None
    assert checkpoint.summary.success == right(SMALL, checkpoint.model, 32).mean()


def test_the_status_says_which_checkpoints_can_be_asked_for(trainer: Trainer) -> None:
    run = trainer.start("ada", SMALL)
    until(lambda: state(trainer, run) == "done" and standing(trainer, run))
    status = trainer.status(run)
    assert status is not None
    assert (status.checkpoints[0].updates, status.checkpoints[-1].updates) == (0, SMALL.updates)
    for mark in status.checkpoints:
        checkpoint = trainer.checkpoint(run, mark.updates)
        assert checkpoint is not None
        assert checkpoint.summary is mark


# Many at once


def test_ten_runs_on_two_workers_all_progress(trainer: Trainer) -> None:
    runs = [trainer.start(str(k), ENDLESS.replace(seed=k)) for k in range(10)]
    assert [len(trainer._runs_of(process)) for process in trainer._processes] == [5, 5]
    until(lambda: all(updates(trainer, run) > 0 for run in runs))
    seen = {run: updates(trainer, run) for run in runs}
    until(lambda: all(updates(trainer, run) > seen[run] for run in runs))


@pytest.mark.parametrize("end", ["forgotten", "done"])
def test_a_worker_that_runs_out_of_runs_is_given_some(trainer: Trainer, end: str) -> None:
    short = ENDLESS if end == "forgotten" else SMALL.replace(updates=5)
    runs = [trainer.start(str(k), ENDLESS if k % 2 else short) for k in range(6)]
    first = trainer._processes[0]
    if end == "forgotten":
        for run in runs[::2]:
            trainer.forget(run)
    left = [trainer._runs[run] for run in runs[1::2]]
    until(lambda: any(run in trainer._runs_of(first) for run in left))
    seen = [run.updates for run in left]
    until(lambda: all(run.updates > before for run, before in zip(left, seen, strict=True)))


def test_the_runs_of_a_worker_that_is_killed_are_told_as_failed_and_can_go_on(
    trainer: Trainer,
) -> None:
    experiment = SMALL.replace(updates=400)
    theirs = trainer.start("bob", ENDLESS)
    until(lambda: trainer.checkpoint(theirs))
    mine = trainer.start("ada", experiment)  # last, since it ends by itself
    until(lambda: trainer.checkpoint(mine))
    lease = trainer._runs[mine].assignment
    assert lease is not None
    os.kill(lease.process.pid, signal.SIGKILL)
    until(lambda: state(trainer, mine) == "failed")
    status = trainer.status(mine)
    assert status is not None
    assert status.problem.startswith("The process that trained this network ended unexpectedly")
    assert status.problem.count(".") == 1
    assert state(trainer, theirs) == "running"
    seen = updates(trainer, theirs)
    until(lambda: updates(trainer, theirs) > seen)
    until(lambda: len(trainer._processes) == 2)
    assert lease.process not in trainer._processes
    trainer.resume(mine)
    same(trainer, mine, experiment)


# An end to everything


def test_a_run_ends_some_time_after_its_session(trainer: Trainer) -> None:
    run, other = trainer.start("ada", ENDLESS), trainer.start("bob", ENDLESS)
    HERE.remove("ada")
    try:
        trainer.sweep(1000.0)
        trainer.sweep(1000.0 + GRACE - 1)
        assert trainer.status(run)
        HERE.add("ada")
        trainer.sweep(1000.0 + GRACE)  # it was a reload, or a tunnel
        HERE.remove("ada")
        trainer.sweep(2000.0)
        assert trainer.status(run)
        trainer.sweep(2000.0 + GRACE)
    finally:
        HERE.add("ada")
    assert trainer.status(run) is None
    assert trainer.status(other)
    held = [r.id for process in trainer._processes for r in trainer._runs_of(process)]
    assert held == [other]


def test_a_run_goes_over_to_who_knows_its_word_only_when_its_session_is_gone(
    trainer: Trainer,
) -> None:
    run = trainer.start("ada", ENDLESS)
    assert not trainer.take_over(run, "bob")
    HERE.remove("ada")
    try:
        assert trainer.take_over(run, "bob")
    finally:
        HERE.add("ada")
    assert (trainer.newest_run("ada"), trainer.newest_run("bob")) == (None, run)
    assert not trainer.take_over("nobody's", "bob")


def test_of_two_who_know_its_word_one_gets_the_run(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trainer.start("ada", ENDLESS)

    def alive(session: str) -> bool:
        """Somebody else is quicker, while this is asked."""
        monkeypatch.setattr(trainer, "_alive", lambda session: session != "ada")
        assert trainer.take_over(run, "bob")
        return False

    monkeypatch.setattr(trainer, "_alive", alive)
    assert not trainer.take_over(run, "eve")
    assert (trainer.newest_run("bob"), trainer.newest_run("eve")) == (run, None)


def test_a_new_run_of_a_session_takes_the_place_of_the_one_before(trainer: Trainer) -> None:
    old = trainer.start("ada", ENDLESS)
    new = trainer.start("ada", ENDLESS)
    assert trainer.status(old) is None
    assert trainer.newest_run("ada") == new


def test_workers_end_when_the_server_is_killed() -> None:
    script = (
        "import time\n"
        "from app.trainer import Trainer\n"
        "from lstm_core.experiment import Experiment\n"
        "trainer = Trainer(lambda session: True, workers=1, niceness=0)\n"
        "run = trainer.start('ada', Experiment(length=20, units=3, batch=4, updates=100_000))\n"
        "while not trainer.checkpoint(run): time.sleep(0.01)\n"
        "print(flush=True); time.sleep(600)"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert server.stdout is not None
    assert server.stdout.readline() == b"\n"
    server.kill()
    _, told = server.communicate(timeout=60)  # the worker has the other end, as long as it lives
    assert told == b""
