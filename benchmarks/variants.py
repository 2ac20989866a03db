"""Variants of the LSTM: one task, one size, and the ways in which an LSTM can begin or be built.

Each variant is trained from five seeds with everything else the same, and kept in
assets/studies/variants.json, from which the page Memory draws. `python -m benchmarks variants`
goes on where it was stopped.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Any

from lstm_core.experiment import Experiment, recommended, size

from .measure import table
from .studies import FOLDER, Kept, Outcome, Run, carry_on, chosen, read, write

FILE = FOLDER / "variants.json"
SEEDS = range(1, 6)
PLAIN = recommended("temporal_order_6a", length=30).replace(
    units=8, updates=800, batch=64, learning_rate=0.01, chrono=False, forget_bias=1.0
)


@dataclass(frozen=True)
class Variant:
    """One way to begin or to build the cell, and who proposed it."""

    name: str
    source: str
    changes: dict[str, Any]

    @property
    def experiment(self) -> Experiment:
        """The experiment, but for its seed."""
        return PLAIN.replace(**self.changes)


VARIANTS = (
    Variant("forget bias 1", "Jozefowicz et al. 2015", {}),
    Variant("forget bias -1", "", {"forget_bias": -1.0}),
    Variant("forget bias 0", "Gers et al. 2000", {"forget_bias": 0.0}),
    Variant("forget bias 2", "", {"forget_bias": 2.0}),
    Variant("chrono", "Tallec & Ollivier 2018", {"chrono": True}),
    Variant("no forget gate", "Hochreiter & Schmidhuber 1997", {"cell": "lstm_no_forget"}),
    Variant("coupled gates", "Greff et al. 2017", {"cell": "lstm_coupled"}),
    Variant("peepholes", "Gers & Schmidhuber 2000", {"cell": "lstm_peephole"}),
    Variant("GRU", "Cho et al. 2014", {"cell": "gru"}),
    Variant("standard RNN", "Elman 1990", {"cell": "rnn"}),
    Variant(
        "standard RNN, a third of the rate", "Elman 1990", {"cell": "rnn", "learning_rate": 0.0033}
    ),
)


def main() -> None:
    """Do what is missing, and print the table."""
    runs = [Run(v.name, v.experiment.replace(seed=seed)) for seed in SEEDS for v in VARIANTS]
    kept = {known["name"]: known["runs"] for known in read(FILE).get("variants", [])}
    found = carry_on(runs, kept, lambda now: write(FILE, _document(now)))
    write(FILE, _document(chosen(runs, found)))
    rows = [_row(variant, found[variant.name]) for variant in VARIANTS]
    print("\n" + table(["variant", "numbers", "succeeded", "sequences", "wrong of 2,560"], rows))


def _document(kept: Kept) -> dict[str, Any]:
    return {
        "task": PLAIN.task,
        "length": PLAIN.length,
        "variants": [_described(v, kept.get(v.name, [])) for v in VARIANTS],
    }


def _described(variant: Variant, runs: list[Outcome]) -> dict[str, Any]:
    experiment = variant.experiment
    return {
        "name": variant.name,
        "source": variant.source,
        "cell": experiment.cell,
        "units": experiment.units,
        "numbers": size(experiment),
        "forget_bias": experiment.forget_bias,
        "chrono": experiment.chrono,
        "runs": runs,
    }


def _row(variant: Variant, runs: list[Outcome]) -> list[str]:
    needed = sorted(r["sequences_to_success"] for r in runs if r["sequences_to_success"])
    wrong = sorted(r["wrong"] for r in runs)
    return [
        variant.name,
        str(size(variant.experiment)),
        f"{len(needed)} of {len(runs)}",
        f"{statistics.median(needed):,.0f}" if needed else "-",
        ", ".join(f"{w:,}" for w in wrong),
    ]
