"""The table that stands beside the papers: every task, our LSTM and the standard RNN, five seeds.

The RNN has as many trained numbers as the LSTM, sees the same sequences for as many updates, and
has its learning rate chosen anew: the best of three on a sixth seed with a quarter of the updates.
Kept in assets/studies/tasks.json; `python -m benchmarks tasks [NAME ...]` goes on where it was
stopped, with the tasks that are named or with all.
"""

from __future__ import annotations

import statistics
import sys
from typing import Any

import numpy as np

from lstm_core.experiment import (
    Cell,
    Experiment,
    batches,
    model_of,
    recipe_of,
    recommended,
    size,
    task_of,
    with_size,
)
from lstm_core.tasks import LENGTHS
from lstm_core.training import training

from .measure import table
from .studies import FOLDER, Kept, Outcome, Run, carry_on, read, write

FILE = FOLDER / "tasks.json"
SEEDS = range(1, 6)
TRIAL_SEED, TRIAL = 6, 0.25
RATES = (1.0, 1 / 3, 1 / 10)
CELLS: tuple[Cell, ...] = ("lstm", "rnn")


def main() -> None:
    """Do what is missing of the tasks that are named, or of all, and print the whole table."""
    wanted = sys.argv[2:] or list(LENGTHS)
    for name in wanted:
        if name not in LENGTHS:
            sys.exit(f"task is {name!r}: expected one of {', '.join(LENGTHS)}")
    for name in wanted:
        _study(name)
    document = read(FILE)
    rates, kept = document["rnn_rates"], _kept(document)
    rows = [row for name in LENGTHS if name in rates for row in _rows(name, kept, rates)]
    print("\n" + table(HEAD, rows))


def _study(name: str) -> None:
    """Do what is missing of one task; the file may change meanwhile, by another process."""
    rate = read(FILE).get("rnn_rates", {}).get(name)
    if rate is None:
        lstm = recommended(name)
        rate = _best_rate(with_size(lstm.replace(cell="rnn"), size(lstm)))
        print(f"{name}: the standard RNN learns at {rate:.4g}", flush=True)

    def keep(now: Kept) -> None:
        document = read(FILE)
        rates = {**document.get("rnn_rates", {}), name: rate}
        write(FILE, _document({**_kept(document), **now}, rates))

    keep(carry_on(_runs(name, rate), _kept(read(FILE)), keep))


def _kept(document: dict[str, Any]) -> Kept:
    """The outcomes in the file, by task and cell."""
    return {
        f"{row['task']} {cell}": found["runs"]
        for row in document.get("rows", [])
        for cell, found in row["cells"].items()
    }


def experiments(name: str, rate: float) -> dict[Cell, Experiment]:
    """Return what is trained for a task, but for the seed: by cell."""
    lstm = recommended(name)
    rnn = with_size(lstm.replace(cell="rnn", learning_rate=rate), size(lstm))
    return {"lstm": lstm, "rnn": rnn}


def _runs(name: str, rate: float) -> list[Run]:
    both = experiments(name, rate)
    return [Run(f"{name} {cell}", both[cell].replace(seed=s)) for s in SEEDS for cell in CELLS]


def _best_rate(experiment: Experiment) -> float:
    """The learning rate at which a short training with a seed of its own ends lowest."""
    updates = max(1, round(TRIAL * experiment.updates))
    trial = experiment.replace(seed=TRIAL_SEED, updates=updates)
    rates = [float(f"{experiment.learning_rate * factor:.3g}") for factor in RATES]
    return min(rates, key=lambda rate: _last_loss(trial.replace(learning_rate=rate)))


def _last_loss(experiment: Experiment) -> float:
    losses = [
        progress.loss
        for progress in training(model_of(experiment), batches(experiment), recipe_of(experiment))
    ]
    last = float(np.mean(losses[-max(1, len(losses) // 10) :]))
    return last if np.isfinite(last) else float("inf")


def _document(kept: Kept, rates: dict[str, float]) -> dict[str, Any]:
    return {
        "rnn_rates": rates,
        "rows": [_described(n, kept, rates[n]) for n in LENGTHS if n in rates],
    }


def _described(name: str, kept: Kept, rate: float) -> dict[str, Any]:
    both = experiments(name, rate)
    task = task_of(both["lstm"])
    return {
        "task": name,
        "title": task.title,
        "length": LENGTHS[name].usual,
        "published": task.published,
        "cells": {
            cell: {
                "units": experiment.units,
                "numbers": size(experiment),
                "runs": kept.get(f"{name} {cell}", []),
            }
            for cell, experiment in both.items()
        },
    }


HEAD = ["task", "cell", "units", "numbers", "succeeded", "sequences", "wrong of 2,560", "s a run"]


def _rows(name: str, kept: Kept, rates: dict[str, float]) -> list[list[str]]:
    both = experiments(name, rates[name])
    return [_row(name, both[cell], kept.get(f"{name} {cell}", [])) for cell in CELLS]


def _row(name: str, experiment: Experiment, runs: list[Outcome]) -> list[str]:
    needed = sorted(r["sequences_to_success"] for r in runs if r["sequences_to_success"])
    return [
        name,
        experiment.cell,
        str(experiment.units),
        f"{size(experiment):,}",
        f"{len(needed)} of {len(runs)}",
        f"{statistics.median(needed):,.0f}" if needed else "-",
        ", ".join(f"{w:,}" for w in sorted(r["wrong"] for r in runs)),
        f"{statistics.median(r['seconds'] for r in runs):.0f}" if runs else "-",
    ]
