"""What every make.py shares: train or take what is there, measure it, say it, and certify it."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lstm_core.demo import load_demo, save_demo
from lstm_core.model import Model
from lstm_core.training import Progress


def run(
    folder: Path,
    train: Callable[[], Model],
    measure: Callable[[Model], dict[str, float]],
    words: Callable[[], dict[str, Any]],
) -> None:
    """Train, measure, print; with --write keep the result, with --measure skip the training."""
    parser = argparse.ArgumentParser(description=f"Make the demo {folder.name} again.")
    parser.add_argument("--write", action="store_true", help="keep weights and certificate")
    parser.add_argument("--measure", action="store_true", help="measure the kept weights only")
    chosen = parser.parse_args()
    began = time.monotonic()
    model = load_demo(folder).model if chosen.measure else train()
    reached = measure(model)
    print(f"{model.size} trained numbers, {time.monotonic() - began:.0f} s")
    for name, value in reached.items():
        print(f"{name:32} {value:g}")
    if chosen.write:
        certificate = words()
        certificate["provenance"]["reached"] = reached
        save_demo(folder, model, certificate)
    elif (folder / "demo.json").exists():
        same = load_demo(folder).provenance.reached == reached
        print("as demo.json says" if same else "demo.json says something else: another machine's")


def say_every(updates: int) -> Callable[[Progress], None]:
    """Return a hook that prints where training stands, every so many updates."""

    def say(progress: Progress) -> None:
        if progress.updates % updates == 0:
            print(
                f"{progress.updates:6} updates   loss {progress.loss:.6f}   "
                f"gradient {progress.gradient_norm:.4f}   rate {progress.learning_rate:.5f}",
                flush=True,
            )

    return say
