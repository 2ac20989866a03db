"""Ten students who press Train at once: how far each one comes, and who waits how long.

The trainer of the Train page, without a page: what is measured from "pressed" to "first point" is
until the server has it; where more press than are trained at once, those who wait have their turn
meanwhile. Each student trains the same task from another seed. Beside them somebody
steps through a run of 64 units x 200 timesteps in a browser: key to painted, before and meanwhile.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from app.trainer import Status, Trainer
from app.trainer.limits import TRAINING_AT_ONCE
from lstm_core.experiment import recommended

from .browser import SCENE, keys
from .measure import asked, machine, spread
from .visit import Visit, app, browser

STUDENTS = 10
SECONDS = 20
PRESSES = 10
PATIENCE = 240  # seconds for a first point
EXPERIMENT = recommended("temporal_order_6a").replace(updates=20_000)


def main() -> None:
    """Print the updates of each student, the wait for a first point, and what the server pays."""
    students = asked(2, "students", STUDENTS)
    print(f"{students} students, {EXPERIMENT.task}, {EXPERIMENT.units} units; {machine()}\n")
    trainer = Trainer(lambda session: True)
    try:
        warm(trainer)
        alone = [first_point(trainer, "alone") for _ in range(PRESSES)]
        print(f"  pressed to first point, alone: {spread(alone)}")
        trainer.forget(trainer.newest_run("alone") or "")
        with browser() as chromium, app("benchmarks/scene.py") as server:
            visit = Visit(chromium, server.url + SCENE)
            print("  a reader of the stage, while nobody trains:")
            keys(visit)
            together(trainer, students)
            print("  the same reader, while they all train:")
            keys(visit)
            visit.close()
        presses = PRESSES if students <= TRAINING_AT_ONCE else 1  # who waits, waits for long
        others = [first_point(trainer, "0") for _ in range(presses)]
        print(f"  pressed to first point, with {students - 1} others: {spread(others)}")
        reading(trainer)
    finally:
        trainer.close()


def together(trainer: Trainer, students: int) -> None:
    """Let all train at once, and print how far they come."""
    started, paid = time.perf_counter(), time.process_time()
    runs = [trainer.start(str(k), EXPERIMENT.replace(seed=k)) for k in range(students)]
    wait(lambda: all(status(trainer, run).updates for run in runs), every=0.05)
    first = time.perf_counter() - started
    time.sleep(max(0.0, SECONDS - first))
    reached = [status(trainer, run) for run in runs]
    took, paid = time.perf_counter() - started, time.process_time() - paid
    updates = [s.updates for s in reached]
    seconds = [s.seconds for s in reached]
    print(f"  all {students} pressed at once to the last one's first point: {1000 * first:,.0f} ms")
    print(
        f"  updates of each after {took:.0f} s: min {min(updates)}, "
        f"median {statistics.median(updates):g}, max {max(updates)}"
    )
    print(
        f"  processor seconds of each: min {min(seconds):.2f}, "
        f"median {statistics.median(seconds):.2f}, max {max(seconds):.2f}, all {sum(seconds):.1f}"
    )
    print(f"  the server's own processor time meanwhile: {100 * paid / took:.1f} % of a core")


def reading(trainer: Trainer) -> None:
    """Print what it costs to look at a run that trains."""
    run, times = trainer.newest_run("0") or "", []
    for _ in range(1000):
        start = time.perf_counter()
        status(trainer, run)
        times.append(1e6 * (time.perf_counter() - start))
    print(f"  a look at a run: {spread(times, 'µs')}")


def first_point(trainer: Trainer, session: str) -> float:
    """Return the milliseconds from pressing Train, in place of the run before, to a first point."""
    start = time.perf_counter()
    run = trainer.start(session, EXPERIMENT)
    wait(lambda: len(status(trainer, run).curve.updates) > 0)
    return 1000 * (time.perf_counter() - start)


def warm(trainer: Trainer) -> None:
    """Let every worker train something once: a page that was open a while has done so."""
    runs = [trainer.start(f"warm {k}", EXPERIMENT) for k in range(trainer.workers)]
    wait(lambda: all(status(trainer, run).updates for run in runs))
    for run in runs:
        trainer.forget(run)


def status(trainer: Trainer, run: str) -> Status:
    """Return how a run stands that is there."""
    found = trainer.status(run)
    assert found is not None
    return found


def wait(until: Callable[[], object], every: float = 0.001) -> None:
    """Look every so many seconds, for at most PATIENCE; SystemExit where it does not come."""
    end = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > end:
            raise SystemExit(f"nothing came in {PATIENCE} s")
        time.sleep(every)
