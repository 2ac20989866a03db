"""Long studies that can be stopped and go on: trained runs by group, kept in one small file.

What is done is in the file and is not done again; a run whose words have changed since is.
Progress is shown as it goes, and the file is written after each run.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from lstm_core.experiment import Experiment, batches, model_of, recipe_of, right, spell
from lstm_core.training import training

from .measure import machine

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "studies"
CHECKS = 40  # how often a run is tested on its way
CHECKED = 256  # fresh sequences each time, the same ones
SUCCESS = 0.99  # of them right: the run has succeeded
TESTED, PART = 2560, 256  # fresh sequences at the end, and how many of them at once

CRITERION = (
    f"A run has succeeded once {SUCCESS:.0%} of {CHECKED} fresh sequences are right; it is tested "
    f"{CHECKS} times on its way. At its end {TESTED:,} other fresh sequences are counted."
)

Outcome = dict[str, Any]
Kept = dict[str, list[Outcome]]


@dataclass(frozen=True)
class Run:
    """One run of a study: the group it belongs to, and what is trained."""

    group: str
    experiment: Experiment


def outcome(experiment: Experiment) -> Outcome:
    """Train one experiment and return what came of it, ready for the file."""
    began = time.process_time()
    every = max(1, experiment.updates // CHECKS)
    curve: dict[str, list[Any]] = {"updates": [], "success": [], "loss": []}
    model, recent = model_of(experiment), []
    for progress in training(model, batches(experiment), recipe_of(experiment)):
        model = progress.model
        recent.append(progress.loss)
        if progress.updates % every == 0 or progress.updates == experiment.updates:
            curve["updates"].append(progress.updates)
            curve["success"].append(round(float(right(experiment, model, CHECKED, 1).mean()), 4))
            curve["loss"].append(float(f"{np.mean(recent):.4g}"))
            recent = []
    points = zip(curve["updates"], curve["success"], strict=True)
    first = next((updates for updates, success in points if success >= SUCCESS), None)
    wrong = sum(int((~right(experiment, model, PART, 2 + k)).sum()) for k in range(TESTED // PART))
    return {
        "experiment": spell(experiment),
        "seed": experiment.seed,
        "sequences_to_success": None if first is None else first * experiment.batch,
        "sequences": experiment.updates * experiment.batch,
        "wrong": wrong,
        "of": TESTED,
        "seconds": round(time.process_time() - began),
        **curve,
    }


def carry_on(
    runs: Sequence[Run],
    kept: Kept,
    keep: Callable[[Kept], object],
    say: Callable[[str], object] = print,
) -> Kept:
    """Do the runs that are not in `kept` yet, and return the outcomes of all of them by group.

    `keep` is called after each run, so that stopping loses one run at the most.
    """
    missing = [run for run in runs if find(kept, run) is None]
    say(f"{len(runs) - len(missing)} of {len(runs)} runs are done")
    began = time.monotonic()
    for number, run in enumerate(missing, 1):
        found = outcome(run.experiment)
        kept.setdefault(run.group, []).append(found)
        keep(chosen(runs, kept))
        left = (time.monotonic() - began) / number * (len(missing) - number)
        say(
            f"{number}/{len(missing)} {run.group}, seed {found['seed']}: {found['wrong']:,} of "
            f"{TESTED:,} wrong, success after {found['sequences_to_success'] or 'no'} sequences, "
            f"{found['seconds']} s; about {left / 60:.0f} min left"
        )
    return chosen(runs, kept)


def chosen(runs: Sequence[Run], kept: Kept) -> Kept:
    """Return, of what is kept, the outcomes of these runs by group, in their order."""
    found: Kept = {run.group: [] for run in runs}
    for run in runs:
        if (result := find(kept, run)) is not None:
            found[run.group].append(result)
    return found


def find(kept: Kept, run: Run) -> Outcome | None:
    """Return what came of a run, where exactly this experiment has been run."""
    words = spell(run.experiment)
    return next((f for f in kept.get(run.group, []) if f["experiment"] == words), None)


def read(path: Path) -> dict[str, Any]:
    """Return the document in a file; nothing where there is no file."""
    document: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return document


def write(path: Path, document: dict[str, Any]) -> None:
    """Write a document with date, machine and criterion: whole, or not at all; a run a line."""
    head = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "machine": machine(), "criterion": CRITERION}
    path.parent.mkdir(exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(_spelled({**head, **document}) + "\n", encoding="utf-8")
    partial.replace(path)


def _spelled(value: Any, indent: str = "") -> str:
    """JSON in which what holds a list of runs is spread out, and a run is one line."""
    if isinstance(value, dict) and "seed" not in value:
        rows = [f"{json.dumps(k)}: {_spelled(v, indent + ' ')}" for k, v in value.items()]
        return "{\n" + ",\n".join(f"{indent} {row}" for row in rows) + f"\n{indent}}}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows = [f"{indent} {_spelled(item, indent + ' ')}" for item in value]
        return "[\n" + ",\n".join(rows) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)
