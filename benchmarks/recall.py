"""What the networks that come with the app still know: measured once, kept for Memory.

`python -m benchmarks recall` writes assets/studies/recall.npz anew. It takes a minute; run it after
a network was trained anew or the probe has changed (a test says when the file is out of date).
"""

from __future__ import annotations

from pathlib import Path

from lstm_core.demo import Demo, list_demos, list_twins, load_demo, load_twin
from lstm_core.recall_study import Study, fresh_sequences, probe_recall, to_bytes

from .studies import FOLDER

DEMOS = Path(__file__).resolve().parents[1] / "assets" / "demos"
FILE = FOLDER / "recall.npz"


def main() -> None:
    """Measure every network of every task that has something to remember, and write the file."""
    study: Study = {}
    for name in list_demos(DEMOS):
        drawn = fresh_sequences(load_demo(DEMOS / name))
        if drawn is None:
            continue
        for network in networks(name):
            study[network.provenance.sha256] = known = probe_recall(network, drawn)
            for each in known:
                recall = each.recall
                last = f"{recall.score[-1]:.3f} at {recall.lags[-1]}"
                print(f"{network.name}: {recall.measure} {last}")
    FILE.write_bytes(to_bytes(study))


def networks(name: str) -> list[Demo]:
    """Return a demo and its twins."""
    folder = DEMOS / name
    return [load_demo(folder), *(load_twin(folder, twin) for twin in list_twins(folder))]
