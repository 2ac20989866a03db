"""A worker trains its runs in turns, and needs nothing of the app."""

from __future__ import annotations

import queue
import subprocess
import sys
from pathlib import Path

import pytest

from app.trainer.worker import Worker

from .runs import ENDLESS, order

ROOT = Path(__file__).parents[3]


def test_runs_of_one_worker_never_differ_by_more_than_one_slice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.trainer.run_in_worker.SLICE", 0.004)
    worker = Worker(lambda words, arrays: None)
    cells = ("lstm", "gru", "rnn", "lstm_peephole", "rnn")
    for k, cell in enumerate(cells):
        worker.execute(order(ENDLESS.replace(cell=cell, units=3 + 8 * k), assignment=k))
    longest = 0.0
    for _ in range(60):
        turns = {k: run.turn for k, run in worker._runs.items()}
        worker.train_next(queue.SimpleQueue())
        longest = max(longest, *(worker._runs[k].turn - turns[k] for k in turns))
        spent = [run.turn for run in worker._runs.values()]
        assert max(spent) - min(spent) <= longest
    assert min(spent) > 0


def test_a_worker_imports_numpy_and_the_library_and_nothing_of_the_app() -> None:
    script = "import sys, app.trainer.worker; print(*{m.split('.')[0] for m in sys.modules})"
    bare = "import sys, numpy.random; print(*sys.modules)"
    loaded, numpy_alone = (
        set(subprocess.check_output([sys.executable, "-c", s], cwd=ROOT, text=True).split())
        for s in (script, bare)
    )
    known = {m.split(".")[0] for m in numpy_alone} | set(sys.stdlib_module_names)
    assert loaded - known == {"app", "lstm_core"}
