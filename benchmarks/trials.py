"""A hundred and fifty trials of embedded Reber: as many as the paper of 1997 made.

Each is one of the table's runs (see `tasks`) from a seed of its own. Kept in
assets/studies/trials.json without their curves; `python -m benchmarks trials` goes on where it
was stopped.
"""

from __future__ import annotations

import statistics
from typing import Any

from lstm_core.experiment import recommended, size, task_of

from .studies import FOLDER, Kept, Run, carry_on, read, write

FILE = FOLDER / "trials.json"
TRIALS = range(1, 151)
EXPERIMENT = recommended("embedded_reber")
GROUP = EXPERIMENT.task
CURVE = ("updates", "success", "loss")


def main() -> None:
    """Do the trials that are missing, and print what they came to."""
    runs = [Run(GROUP, EXPERIMENT.replace(seed=seed)) for seed in TRIALS]
    kept = {GROUP: read(FILE).get("runs", [])}
    found = carry_on(runs, kept, lambda now: write(FILE, _document(now)))[GROUP]
    needed = [run["sequences_to_success"] for run in found if run["sequences_to_success"]]
    print(
        f"\n{len(needed)} of {len(found)} trials succeeded, after a median of "
        f"{statistics.median(needed):,.0f} sequences ({min(needed):,} to {max(needed):,}); "
        f"{sum(run['wrong'] == 0 for run in found)} have none wrong of {found[0]['of']:,}"
    )


def _document(kept: Kept) -> dict[str, Any]:
    """What is kept: a run's words and what came of it, without the way there."""
    return {
        "task": EXPERIMENT.task,
        "published": task_of(EXPERIMENT).published,
        "units": EXPERIMENT.units,
        "numbers": size(EXPERIMENT),
        "runs": [{k: v for k, v in run.items() if k not in CURVE} for run in kept[GROUP]],
    }
