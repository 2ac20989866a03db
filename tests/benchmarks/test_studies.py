"""A long study can be stopped anywhere, and what it says is what was run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import studies, tasks, trials, variants
from benchmarks.studies import Run, carry_on, chosen, outcome, read, write
from lstm_core.experiment import Experiment, batches, model_of, recipe_of, right
from lstm_core.experiment import read as read_words
from lstm_core.training import fit

TINY = Experiment(length=20, units=2, batch=2, updates=4)
RUNS = [Run("two units", TINY), Run("three units", TINY.replace(units=3))]


@pytest.fixture(autouse=True)
def small_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studies, "CHECKED", 8)
    monkeypatch.setattr(studies, "TESTED", 16)
    monkeypatch.setattr(studies, "PART", 8)


def quiet(text: str) -> None:
    """Say nothing."""


def test_what_is_kept_of_a_run_is_what_its_words_train() -> None:
    found = outcome(TINY)
    again = read_words(found["experiment"])
    model = fit(model_of(again), batches(again), recipe_of(again))
    wrong = sum(int((~right(again, model, 8, 2 + part)).sum()) for part in range(2))
    assert (found["wrong"], found["of"]) == (wrong, 16)
    assert found["updates"] == [1, 2, 3, 4]
    assert found["success"][-1] == pytest.approx(right(again, model, 8, 1).mean(), abs=1e-4)


def test_a_study_that_was_stopped_goes_on_where_it_was() -> None:
    kept: dict[str, Any] = {}
    files: list[Any] = []

    def stop_after_one(now: Any) -> None:
        files.append(now)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_on(RUNS, kept, stop_after_one, quiet)
    done: list[str] = []
    found = carry_on(RUNS, files[0], lambda now: None, done.append)
    assert done[0] == "1 of 2 runs are done"
    assert {name: len(runs) for name, runs in found.items()} == {"two units": 1, "three units": 1}


def test_a_run_whose_words_have_changed_is_done_again() -> None:
    found = carry_on(RUNS[:1], {}, lambda now: None, quiet)
    changed = Run("two units", TINY.replace(learning_rate=0.02))
    assert chosen([changed], found) == {"two units": []}
    again = carry_on([changed], found, lambda now: None, quiet)
    assert again["two units"][0]["experiment"]["learning_rate"] == "0.02"


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    document = {"task": "x", "variants": [{"name": "aⁿ", "runs": [outcome(TINY)]}]}
    write(tmp_path / "study.json", document)
    back = read(tmp_path / "study.json")
    assert {name: back[name] for name in document} == document
    assert {"date", "machine", "criterion"} <= set(back)
    assert read(tmp_path / "none.json") == {}


def test_success_is_counted_in_sequences_at_the_first_check_that_passes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shares = iter([0.5, 0.995, 0.9, 1.0])
    monkeypatch.setattr(studies, "right", lambda e, m, n, draw: np.full(n, next(shares, 1.0)))
    monkeypatch.setattr(studies, "TESTED", 0)
    assert outcome(TINY)["sequences_to_success"] == 2 * TINY.batch


VARIANTS, TASKS = read(variants.FILE), read(tasks.FILE)


def test_the_committed_variants_are_those_of_today() -> None:
    runs = [
        Run(v.name, v.experiment.replace(seed=s)) for s in variants.SEEDS for v in variants.VARIANTS
    ]
    kept = {variant["name"]: variant["runs"] for variant in VARIANTS.get("variants", [])}
    assert {name: len(found) for name, found in chosen(runs, kept).items()} == {
        variant.name: len(variants.SEEDS) for variant in variants.VARIANTS
    }


@pytest.mark.parametrize("row", TASKS.get("rows", []), ids=lambda row: row["task"])
def test_the_committed_table_has_five_seeds_of_each_cell(row: dict[str, Any]) -> None:
    for cell, found in row["cells"].items():
        assert sorted(run["seed"] for run in found["runs"]) == list(tasks.SEEDS), cell
        assert all(run["of"] == 2560 for run in found["runs"])
    lstm, rnn = (row["cells"][cell]["numbers"] for cell in tasks.CELLS)
    assert rnn == pytest.approx(lstm, rel=0.15)


def test_the_committed_trials_are_as_many_as_the_papers_and_those_of_today() -> None:
    runs = [Run(trials.GROUP, trials.EXPERIMENT.replace(seed=seed)) for seed in trials.TRIALS]
    found = chosen(runs, {trials.GROUP: read(trials.FILE)["runs"]})[trials.GROUP]
    assert len(found) == 150
    assert all(run["of"] == 2560 for run in found)
