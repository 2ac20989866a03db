"""Small made-up results and untrained twins in the format of the real ones, for tests alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from lstm_core.demo import save_twin
from lstm_core.experiment import Experiment, model_of, recommended

DEMOS = Path(__file__).parents[2] / "assets" / "demos"

UPDATES = list(range(0, 2001, 100))
VARIANTS = (  # name, cell, forget bias, chrono, source, updates to success (0: never) of each seed
    ("forget bias −1", "lstm", -1, False, "", (0, 0, 1900, 0, 0)),
    ("forget bias 0", "lstm", 0, False, "", (1500, 0, 1700, 1900, 0)),
    ("forget bias 1", "lstm", 1, False, "Jozefowicz 2015", (900, 1200, 1000, 1500, 1100)),
    ("chrono", "lstm", 1, True, "Tallec & Ollivier 2018", (400, 500, 450, 600, 380)),
    ("no forget gate", "lstm_no_forget", 1, False, "Hochreiter 1997", (700, 0, 900, 800, 1000)),
    ("GRU", "gru", 1, False, "Cho 2014", (600, 800, 700, 900, 0)),
    ("standard RNN", "rnn", 0, False, "Elman 1990", (0, 0, 0, 0, 0)),
)


def run(seed: int, updates: int) -> dict[str, Any]:
    """One seed that succeeds after so many updates; 0 is never."""
    steps = np.array(UPDATES)
    success = 0.25 + 0.75 / (1 + np.exp(-(steps - updates) / 120)) if updates else 0.25 + 0 * steps
    return {
        "seed": seed,
        "updates": UPDATES,
        "success": np.round(success, 3).tolist(),
        "loss": (1 - success).tolist(),
        "sequences_to_success": 32 * updates if updates else None,
        "wrong": 1 if updates else 1920,
        "of": 2560,
    }


def variants_study() -> dict[str, Any]:
    """A study of seven variants from five seeds each."""
    return {
        "task": "temporal_order_6a",
        "length": 100,
        "date": "2026-11-26",
        "machine": "a made-up machine",
        "criterion": "Every output at the last timestep is within 0.3 of the truth.",
        "variants": [
            {
                "name": name,
                "cell": cell,
                "units": 8,
                "numbers": 580,
                "forget_bias": bias,
                "chrono": chrono,
                "source": source,
                "runs": [run(seed, updates) for seed, updates in enumerate(reached, start=1)],
            }
            for name, cell, bias, chrono, source, reached in VARIANTS
        ],
    }


def tasks() -> dict[str, Any]:
    """A table of two tasks."""

    def cell(units: int, numbers: int, reached: tuple[int, ...]) -> dict[str, Any]:
        runs = [
            {
                "seed": seed,
                "sequences_to_success": sequences or None,
                "wrong": seed if sequences else 2000 + seed,
                "of": 2560,
                "seconds": 20.0,
            }
            for seed, sequences in enumerate(reached, start=1)
        ]
        return {"units": units, "numbers": numbers, "runs": runs}

    return {
        "date": "2026-11-26",
        "machine": "a made-up machine",
        "rows": [
            {
                "task": "embedded_reber",
                "length": None,
                "published": "Hochreiter & Schmidhuber 1997: 8,440 sequences.",
                "cells": {
                    "lstm": cell(12, 1051, (9000, 8000, 12000, 9500, 10000)),
                    "rnn": cell(26, 1073, (60000, 0, 0, 90000, 0)),
                },
            },
            {
                "task": "adding",
                "length": 100,
                "published": "Hochreiter & Schmidhuber 1997: <74,000> sequences.",
                "cells": {"lstm": cell(4, 133, (90000,) * 5), "rnn": cell(9, 130, (0,) * 5)},
            },
        ],
    }


def demos_with_twins(folder: Path) -> Path:
    """Copy two demos, one of them with twins that have learnt nothing, and one without any."""
    for name in ("reber", "adding", "sunspots"):
        copy = folder / f"memory_{name}"
        shutil.copytree(DEMOS / name, copy, ignore=shutil.ignore_patterns("twins"))
    twins = {
        "rnn_same_size": ("rnn", 12),
        "rnn_same_count": ("rnn", 26),
        "gru_same_size": ("gru", 12),
    }
    for name, (cell, units) in twins.items():
        _save(
            folder / "memory_reber", name, recommended("embedded_reber", cell).replace(units=units)
        )
    _save(folder / "memory_adding", "rnn_same_count", recommended("adding", "rnn").replace(units=9))
    return folder


def _save(folder: Path, name: str, experiment: Experiment) -> None:
    words = json.loads((folder / "demo.json").read_text())
    provenance = words["provenance"] | {"training": f"<i>not at all</i>, {name}"}
    del provenance["sha256"]
    if "strings" in provenance["reached"]:
        provenance["reached"] = {"strings": 10_000, "strings_right": 7}
    save_twin(folder, name, model_of(experiment), {"title": name, "provenance": provenance})
