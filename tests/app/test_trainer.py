"""Training beside the pages: the library's numbers, fair shares, and an end to everything."""

from __future__ import annotations

import dataclasses
import io
import os
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from app.trainer import RefusedError, Snapshot, Trainer, check, limits, watched, words
from app.trainer import progress as points
from app.trainer.checkpoints import before, thinned
from app.trainer.curve import Record
from app.trainer.lease import Lease
from app.trainer.messages import Message, read, write
from app.trainer.trainer import GRACE
from app.trainer.worker import Worker
from lstm_core.experiment import Experiment, batches, model_of, recipe_of, recommended, right
from lstm_core.tasks import LENGTHS, make_task
from lstm_core.training import Progress, training
from lstm_core.weights import weights

ROOT = Path(__file__).parents[2]
SMALL = Experiment(length=20, units=3, batch=4, updates=60)
ENDLESS = SMALL.replace(updates=100_000)
FEW = 40  # points of a short curve
HERE = {"ada", "bob", "eve"}


@pytest.fixture(scope="module")
def trainer() -> Iterator[Trainer]:
    """Two workers, and the sessions of `HERE` and those called by a number."""
    made = Trainer(lambda session: session in HERE or session.isdigit(), workers=2, niceness=0)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _free(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "trainer" in request.fixturenames:
        made: Trainer = request.getfixturevalue("trainer")
        for word in list(made._runs):
            made.forget(word)


@cache
def alone(experiment: Experiment) -> tuple[Progress, ...]:
    """Return every progress of an experiment that nobody disturbs."""
    return tuple(training(model_of(experiment), batches(experiment), recipe_of(experiment)))


def until(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait for something that other processes bring about."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.005)


def state(trainer: Trainer, run: str) -> str:
    status = trainer.status(run)
    return "gone" if status is None else status.state


def updates(trainer: Trainer, run: str) -> int:
    status = trainer.status(run)
    return -1 if status is None else status.updates


def standing(trainer: Trainer, run: str) -> bool:
    """Whether the run has come back from its worker."""
    return trainer._runs[run].lease is None


def same(trainer: Trainer, run: str, experiment: Experiment) -> None:
    """Hold every number of a finished run against those of the library."""
    until(lambda: state(trainer, run) == "done" and standing(trainer, run))
    status, snapshot, true = trainer.status(run), trainer.snapshot(run), alone(experiment)
    assert status is not None
    assert snapshot is not None
    assert status.curve.updates.tolist() == [p.updates for p in true]
    assert status.curve.loss.tolist() == [p.loss for p in true]
    assert status.curve.gradient_norm.tolist() == [p.gradient_norm for p in true]
    assert snapshot.updates == experiment.updates
    for name, array in weights(true[-1].model).items():
        np.testing.assert_array_equal(weights(snapshot.model)[name], array)


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


def test_a_new_run_of_a_session_takes_the_place_of_the_one_before(trainer: Trainer) -> None:
    old = trainer.start("ada", ENDLESS)
    new = trainer.start("ada", ENDLESS)
    assert trainer.status(old) is None
    assert trainer.run_of("ada") == new


def test_workers_end_when_the_server_is_killed() -> None:
    script = (
        "import sys, time; sys.path.insert(0, '.')\n"
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


# Bounds


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"updates": 1_000_000}, "This would take about "),
        ({"units": 1024, "batch": 512}, "One update would take about "),
        ({"units": 700, "batch": 64, "length": 500}, "One update would take about "),
    ],
)
def test_what_would_take_too_much_is_refused_in_one_sentence(
    trainer: Trainer, changes: dict[str, Any], told: str
) -> None:
    before = trainer.start("ada", ENDLESS)
    with pytest.raises(RefusedError) as refused:
        trainer.start("ada", recommended("adding").replace(**changes))
    assert str(refused.value).startswith(told)
    assert str(refused.value).endswith(".")
    assert trainer.run_of("ada") == before


@pytest.mark.parametrize("task", LENGTHS)
def test_what_is_recommended_is_never_refused(task: str) -> None:
    check(recommended(task))


def test_more_runs_than_the_machine_can_train_are_refused(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.trainer.trainer.TRAINING_AT_ONCE", 2)
    first, _ = trainer.start("ada", ENDLESS), trainer.start("bob", ENDLESS)
    with pytest.raises(RefusedError, match="^2 networks are being trained here already"):
        trainer.start("eve", ENDLESS)
    trainer.pause(first)
    trainer.start("eve", ENDLESS)
    monkeypatch.setattr("app.trainer.trainer.RUNS_KEPT", 3)
    monkeypatch.setattr("app.trainer.trainer.TRAINING_AT_ONCE", 9)
    with pytest.raises(RefusedError, match="^3 training runs are kept here already"):
        trainer.start("1", ENDLESS)
    trainer.start("eve", ENDLESS)  # in place of its own


def test_a_run_ends_with_its_processor_time_and_keeps_what_it_learned() -> None:
    told, tell = listener()
    lease = Lease(order(ENDLESS, seconds=0.02), tell)
    while not lease.over:
        lease.work(lambda: True)
    assert told[-1].words["reason"] == "time"
    assert told[-2].words["told"] == "checkpoint"
    assert told[-2].words["progress"]["updates"] == told[-1].words["updates"]


def test_numbers_without_bounds_are_told_and_never_kept() -> None:
    told, tell = listener()
    at = alone(SMALL)[4]
    wild = {name: np.full_like(array, np.inf) for name, array in points.arrays_of(at).items()}
    wild_order = order(SMALL, progress=points.words_of(at))
    with np.errstate(all="ignore"):
        Lease(dataclasses.replace(wild_order, arrays=wild), tell).work(lambda: False)
    assert [message.words["told"] for message in told] == ["over"]
    assert told[0].words["reason"] == "diverged"
    assert told[0].words["updates"] == 5
    assert words.diverged(5).startswith("After 5 updates the numbers grew beyond all bounds")


# What is told


def order(experiment: Experiment, lease: int = 1, **changes: Any) -> Message:
    """Return the order to train an experiment from its beginning."""
    told = {"do": "train", "lease": lease, "experiment": dataclasses.asdict(experiment)}
    told |= {"until": experiment.updates, "seconds": 60.0, "progress": None, **changes}
    return Message(words=told, arrays={})


def listener() -> tuple[list[Message], Callable[..., None]]:
    """Return a list, and a function that takes messages down in it."""
    told: list[Message] = []
    return told, lambda words, arrays: told.append(Message(words=words, arrays=dict(arrays)))


def test_the_first_point_is_told_before_anything_else() -> None:
    told, tell = listener()
    lease = Lease(order(SMALL), tell)
    lease.work(lambda: False)
    assert [message.words["told"] for message in told] == ["points"]
    lease.work(lambda: False)
    assert [message.words["told"] for message in told[:2]] == ["points", "checkpoint"]
    assert [number for number, _, _ in told[0].words["points"]] == [1]
    assert told[1].words["progress"]["updates"] == 0


def test_a_checkpoint_says_the_success_on_fresh_sequences(trainer: Trainer) -> None:
    run = trainer.start("ada", SMALL)
    until(lambda: state(trainer, run) == "done" and standing(trainer, run))
    snapshot = trainer.snapshot(run)
    assert snapshot is not None
    assert snapshot.mark.success == right(SMALL, snapshot.model, 32).mean()


def test_the_status_says_which_checkpoints_can_be_asked_for(trainer: Trainer) -> None:
    run = trainer.start("ada", SMALL)
    until(lambda: state(trainer, run) == "done" and standing(trainer, run))
    status = trainer.status(run)
    assert status is not None
    assert (status.checkpoints[0].updates, status.checkpoints[-1].updates) == (0, SMALL.updates)
    for mark in status.checkpoints:
        snapshot = trainer.snapshot(run, mark.updates)
        assert snapshot is not None
        assert snapshot.mark is mark


@settings(max_examples=20)
@given(
    st.dictionaries(st.text(max_size=5), st.integers() | st.floats(allow_nan=False) | st.none()),
    st.dictionaries(
        st.text(max_size=5),
        arrays_of.arrays(st.sampled_from([np.float32, np.float64, np.uint8]), (2, 3)),
        max_size=3,
    ),
)
def test_a_message_is_read_as_it_was_written(told: dict[str, Any], arrays: dict[str, Any]) -> None:
    pipe = io.BytesIO()
    write(pipe, told, arrays)
    whole = pipe.getvalue()
    message = read(cast(Any, io.BytesIO(whole)))
    assert message is not None
    assert message.words == told
    assert message.arrays.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(message.arrays[name], array)
    assert read(cast(Any, io.BytesIO(whole[:-1]))) is None


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
def test_a_progress_is_put_together_as_it_was_taken_apart(cell: Any, optimiser: Any) -> None:
    experiment = SMALL.replace(cell=cell, optimiser=optimiser, updates=5)
    true = alone(experiment)
    middle = points.progress_of(experiment, points.words_of(true[2]), points.arrays_of(true[2]))
    apart, again = points.arrays_of(true[2]), points.arrays_of(middle)
    assert apart.keys() == again.keys()
    assert any(name.startswith("states.") for name in apart)
    assert all((apart[name] == again[name]).all() for name in apart)
    recipe, rest = recipe_of(experiment), batches(experiment, 3)
    *_, last = training(middle.model, rest, recipe, resume=middle)
    assert last.loss == true[-1].loss


# What is kept


def kept(numbers: list[int], size: int = 1) -> list[Snapshot]:
    """Return checkpoints of which only the updates and the size matter."""
    return [cast(Snapshot, SimpleNamespace(updates=number, size=size)) for number in numbers]


@settings(max_examples=30)
@given(st.integers(3, 12), st.integers(1, 300), st.integers(1, 50))
def test_checkpoints_stay_few_and_spread_over_the_run(most: int, count: int, apart: int) -> None:
    left: list[Snapshot] = []
    for number in range(count):
        left = thinned([*left, *kept([number * apart])], most=most)
    numbers = [snapshot.updates for snapshot in left]
    assert len(numbers) == min(most, count)
    assert (numbers[0], numbers[-1]) == (0, (count - 1) * apart)
    if count > 1:
        assert max(np.diff(numbers)) <= max(3 * numbers[-1] / (len(numbers) - 1), apart)


def test_checkpoints_stay_within_their_bytes() -> None:
    left = thinned(kept(list(range(10)), size=100), most=60, size=450)
    assert (left[0].updates, left[-1].updates, len(left)) == (0, 9, 4)


def test_the_checkpoint_before_an_update_is_the_last_one_that_is_not_after_it() -> None:
    assert [before(kept([5, 10, 20]), k).updates for k in (0, 5, 9, 10, 99)] == [5, 5, 5, 10, 20]


@settings(max_examples=20)
@given(st.integers(1, 5 * FEW), st.integers(1, 2 * FEW), st.integers(0, 2**32 - 1))
def test_a_curve_stays_short_and_loses_no_peak(count: int, piece: int, seed: int) -> None:
    losses, norms = np.random.default_rng(seed).uniform(0, 9, (2, count))
    rows = [(k + 1, losses[k], norms[k]) for k in range(count)]
    made, at_once = Record(FEW), Record(FEW)
    at_once.add(rows)
    for start in range(0, count, piece):
        made.add(rows[start : start + piece])
    curve = made.curve()
    assert len(curve.updates) <= FEW
    assert curve.updates[-1] == count
    assert (curve.loss_high.max(), curve.loss_low.min()) == (losses.max(), losses.min())
    assert (curve.gradient_norm_high.max(), curve.gradient_norm_low.min()) == (
        norms.max(),
        norms.min(),
    )
    np.testing.assert_allclose(curve.loss[0], losses[: curve.every].mean())
    np.testing.assert_allclose(curve.gradient_norm[0], norms[: curve.every].mean())
    np.testing.assert_array_equal(curve.loss, at_once.curve().loss)


@settings(max_examples=20)
@given(st.integers(0, 2 * FEW))
def test_a_curve_that_is_cut_ends_there_and_goes_on_to_the_same_end(at: int) -> None:
    rows = [(k + 1, float(k % 7), 1.0) for k in range(2 * FEW)]
    made = Record(FEW)
    made.add(rows)
    made.cut(at)
    assert not len(made) or at - made.every < made.curve().updates[-1] <= at
    made.add(rows[at:])
    assert made.curve().updates[-1] == 2 * FEW
    assert (np.diff(made.curve().updates) > 0).all()


# What is watched


@pytest.mark.parametrize("task", LENGTHS)
@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_what_is_watched_is_the_run_of_one_sequence(task: str, cell: Any) -> None:
    experiment = recommended(task, cell).replace(units=3)
    model, sequence = model_of(experiment), watched.watched_sequence(experiment)
    seen, run = watched.watched(experiment, model), model_of(experiment).run(sequence)
    trace = run.layers[0].forward
    assert list(seen.signals) == [known.name for known in trace.words.recorded]
    for name, shown in seen.signals.items():
        step = (shown.high - shown.low) / np.iinfo(shown.values.dtype).max
        np.testing.assert_allclose(shown.numbers(), trace.series(name), atol=0.51 * step)
    assert run.predictions is not None
    np.testing.assert_array_equal(seen.predictions, run.predictions)
    assert (seen.cell_gradient is None) == (cell != "lstm")
    assert seen.hidden_gradient.shape == (run.timesteps,)
    assert seen.hidden_gradient.max() > 0
    rebuilt = watched.watched_of(watched.words_of(seen), watched.arrays_of(seen))
    assert rebuilt.loss == seen.loss
    assert rebuilt.signals["hidden_state"].values is seen.signals["hidden_state"].values


def test_the_error_is_that_of_what_may_follow_at_each_timestep() -> None:
    task = make_task("embedded_reber")
    sequence = watched.watched_sequence(recommended(task.name))
    targets, asked = watched.asked(task, sequence)
    for symbols, target, counts in zip(task.targets(sequence), targets, asked, strict=True):
        assert {task.labels[k] for k in np.flatnonzero(target)} == symbols
        assert (target.sum(), counts) == ((1, 1) if symbols else (0, 0))


def test_the_gradient_of_the_last_timestep_is_the_readouts_alone() -> None:
    experiment = recommended("adding").replace(units=3)
    task, model = make_task("adding"), model_of(experiment)
    sequence = watched.watched_sequence(experiment)
    seen, readout, run = watched.watched(experiment, model), model.readout, model.run(sequence)
    assert readout is not None
    assert run.predictions is not None
    wrong = run.predictions[-1] - task.targets(sequence)[-1]
    assert seen.loss == pytest.approx(float(wrong[0] ** 2), rel=1e-5)
    expected = np.linalg.norm(2 * wrong @ readout.kernel.T)
    assert seen.hidden_gradient[-1] == pytest.approx(expected, rel=1e-5)


def test_every_bound_is_a_positive_number() -> None:
    bounds = [getattr(limits, n) for n in dir(limits) if n.isupper() and n != "BLOCKS"]
    assert all(bound > 0 for bound in bounds)
