"""Training beside the pages: the library's numbers, fair shares, and an end to everything."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from app.trainer import Trainer
from app.trainer.run import Lease, Run
from app.trainer.trainer import GRACE
from app.trainer.worker import Worker
from lstm_core.experiment import Experiment

from .runs import (
    ENDLESS,
    HERE,
    SMALL,
    alone,
    order,
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
    experiment = SMALL.replace(updates=150)
    run = trainer.start("ada", experiment)
    until(lambda: updates(trainer, run) > 5)
    trainer.pause(run)
    until(lambda: standing(trainer, run))
    assert state(trainer, run) == "paused"
    reached = updates(trainer, run)
    trainer.step(run)
    trainer.step(run)
    until(lambda: updates(trainer, run) == reached + 2 and standing(trainer, run))
    status, snapshot = trainer.status(run), trainer.snapshot(run)
    assert status is not None
    assert snapshot is not None
    assert status.state == "paused"
    assert snapshot.updates == reached + 2
    true = alone(experiment)
    assert status.curve.loss.tolist() == [p.loss for p in true[: reached + 2]]
    trainer.rewind(run, reached + 1)
    assert updates(trainer, run) == reached + 1
    trainer.rewind(run, 0)
    assert updates(trainer, run) == 0
    trainer.resume(run)
    same(trainer, run, experiment)


def test_an_update_that_is_asked_for_while_the_run_comes_back_is_done_afterwards() -> None:
    run, process = Run("word", "ada", ENDLESS), cast(Any, None)
    run.begin(Lease(1, process))
    run.learned([(k, 1.0, 1.0) for k in (1, 2, 3)])
    run.want(going=False)  # Pause; before the worker has heard of it:
    run.want(going=False, steps=1)  # One update
    run.over({"reason": "halted"})
    assert (run.steps, run.wanted) == (1, True)
    run.begin(Lease(2, process))
    run.learned([(1, 1.0, 1.0)])
    run.over({"reason": "until"})
    assert (run.steps, run.wanted) == (0, False)


def test_a_run_can_go_back_while_it_trains_and_after_its_end(trainer: Trainer) -> None:
    run = trainer.start("ada", ENDLESS)
    until(lambda: trainer.snapshot(run))
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
    snapshot = trainer.snapshot(run)
    assert snapshot is not None
    assert (state(trainer, run), snapshot.updates) == ("stopped", updates(trainer, run))
    trainer.resume(run)
    until(lambda: updates(trainer, run) > snapshot.updates)


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
    assert trainer.snapshot("nobody's") is None


# Many at once


def test_ten_runs_on_two_workers_all_progress(trainer: Trainer) -> None:
    runs = [trainer.start(str(k), ENDLESS.replace(seed=k)) for k in range(10)]
    assert [len(trainer._held(process)) for process in trainer._processes] == [5, 5]
    until(lambda: all(updates(trainer, run) > 0 for run in runs))
    seen = {run: updates(trainer, run) for run in runs}
    until(lambda: all(updates(trainer, run) > seen[run] for run in runs))


def test_runs_of_one_worker_never_differ_by_more_than_one_slice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.trainer.lease.SLICE", 0.004)
    worker = Worker(lambda words, arrays: None)
    cells = ("lstm", "gru", "rnn", "lstm_peephole", "rnn")
    for k, cell in enumerate(cells):
        worker.obey(order(ENDLESS.replace(cell=cell, units=3 + 8 * k), lease=k))
    longest = 0.0
    for _ in range(60):
        turns = {k: lease.turn for k, lease in worker._leases.items()}
        worker.turn(queue.SimpleQueue())
        longest = max(longest, *(worker._leases[k].turn - turns[k] for k in turns))
        spent = [lease.turn for lease in worker._leases.values()]
        assert max(spent) - min(spent) <= longest
    assert min(spent) > 0


@pytest.mark.parametrize("end", ["forgotten", "done"])
def test_a_worker_that_runs_out_of_runs_is_given_some(trainer: Trainer, end: str) -> None:
    short = ENDLESS if end == "forgotten" else SMALL.replace(updates=5)
    runs = [trainer.start(str(k), ENDLESS if k % 2 else short) for k in range(6)]
    first = trainer._processes[0]
    if end == "forgotten":
        for run in runs[::2]:
            trainer.forget(run)
    left = [trainer._runs[run] for run in runs[1::2]]
    until(lambda: any(run in trainer._held(first) for run in left))
    seen = [run.updates for run in left]
    until(lambda: all(run.updates > before for run, before in zip(left, seen, strict=True)))


def test_the_runs_of_a_worker_that_is_killed_are_told_as_failed_and_can_go_on(
    trainer: Trainer,
) -> None:
    experiment = SMALL.replace(updates=150)
    mine, theirs = trainer.start("ada", experiment), trainer.start("bob", ENDLESS)
    until(lambda: trainer.snapshot(mine) and trainer.snapshot(theirs))
    lease = trainer._runs[mine].lease
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
    held = [r.word for process in trainer._processes for r in trainer._held(process)]
    assert held == [other]


def test_a_run_goes_over_to_who_knows_its_word_only_when_its_session_is_gone(
    trainer: Trainer,
) -> None:
    run = trainer.start("ada", ENDLESS)
    assert not trainer.adopt(run, "bob")
    HERE.remove("ada")
    try:
        assert trainer.adopt(run, "bob")
    finally:
        HERE.add("ada")
    assert (trainer.run_of("ada"), trainer.run_of("bob")) == (None, run)
    assert not trainer.adopt("nobody's", "bob")


def test_of_two_who_know_its_word_one_gets_the_run(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trainer.start("ada", ENDLESS)

    def alive(session: str) -> bool:
        """Somebody else is quicker, while this is asked."""
        monkeypatch.setattr(trainer, "_alive", lambda session: session != "ada")
        assert trainer.adopt(run, "bob")
        return False

    monkeypatch.setattr(trainer, "_alive", alive)
    assert not trainer.adopt(run, "eve")
    assert (trainer.run_of("bob"), trainer.run_of("eve")) == (run, None)


def test_a_new_run_of_a_session_takes_the_place_of_the_one_before(trainer: Trainer) -> None:
    old = trainer.start("ada", ENDLESS)
    new = trainer.start("ada", ENDLESS)
    assert trainer.status(old) is None
    assert trainer.run_of("ada") == new


def test_workers_end_when_the_server_is_killed() -> None:
    script = (
        "import time\n"
        "from app.trainer import Trainer\n"
        "from lstm_core.experiment import Experiment\n"
        "trainer = Trainer(lambda session: True, workers=1, niceness=0)\n"
        "run = trainer.start('ada', Experiment(length=20, units=3, batch=4, updates=100_000))\n"
        "while not trainer.snapshot(run): time.sleep(0.01)\n"
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


def test_a_worker_imports_numpy_and_the_library_and_nothing_of_the_app() -> None:
    script = "import sys, app.trainer.worker; print(*{m.split('.')[0] for m in sys.modules})"
    bare = "import sys, numpy.random; print(*sys.modules)"
    loaded, numpy_alone = (
        set(subprocess.check_output([sys.executable, "-c", s], cwd=ROOT, text=True).split())
        for s in (script, bare)
    )
    known = {m.split(".")[0] for m in numpy_alone} | set(sys.stdlib_module_names)
    assert loaded - known == {"app", "lstm_core"}
