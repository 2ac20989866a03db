"""Make the temporal order demo: eight units say which of two symbols came first.

`python -m assets.demos.temporal_order.make` takes the options of `assets.demos.demo_script`.
Training takes half a minute.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from assets.demos import demo_script
from lstm_core import Model
from lstm_core.tasks.common import last_predictions, string_of
from lstm_core.tasks.temporal_order import TOLERANCE, TemporalOrder
from lstm_core.training import Recipe, cosine

FOLDER = Path(__file__).resolve().parent
SEED = 1
NETWORK = demo_script.Network(units=8)
TASK = TemporalOrder(symbols=2, length=100)
TEST_SEED = 1_000_000
BATCH = 64
RECIPE = Recipe(
    loss="cross_entropy",
    updates=1500,
    learning_rate=0.01,
    schedule=cosine(last=0.01),
    longest_gradient=1.0,
)


def train(network: demo_script.Network, on_progress: demo_script.OnProgress) -> Model:
    """The trained model, from nothing but the seed."""
    return demo_script.train_on(
        TASK, network, on_progress, seed=SEED, batch=BATCH, recipe=RECIPE, chrono=TASK.lag
    )


def measure(model: Model, sequences: int = 2560) -> dict[str, float]:
    """Every claim, on fresh sequences."""
    batch = TASK.batch(np.random.default_rng(TEST_SEED), sequences)
    true = np.eye(len(TASK.labels))[batch.targets.max(axis=1)]
    errors = np.abs(last_predictions(model, batch) - true).max(axis=1)
    return {
        "sequences": sequences,
        "sequences_wrong": int((errors >= TOLERANCE).sum()),
        "largest_error": round(float(errors.max()), 4),
    }


def watched(order: str, seed: int) -> str:
    """The first sequence of a seed whose symbols stand in this order."""
    rng = np.random.default_rng(seed)
    while True:
        sequence = TASK.random_sequence(rng)
        if TASK.targets(sequence)[-1] == {order}:
            return string_of(sequence)


def certificate() -> dict[str, Any]:
    """The certificate, but for what is measured or looked up."""
    notes = {
        "XX": "X twice. What the first wrote has to be there still when the second comes.",
        "XY": "X, then Y, among letters that mean nothing. Watch what is written at each.",
        "YX": "The same two symbols the other way round: only their order tells them apart.",
        "YY": "Y twice, and forty letters of noise after the second.",
    }
    named = [
        {"name": f"{order[0]}, then {order[1]}", "note": note, "sequence": watched(order, 20 + k)}
        for k, (order, note) in enumerate(notes.items())
    ]
    return {
        "order": 4,
        "title": "Temporal order",
        "question": TASK.question,
        "summary": (
            "Between E and B stand a hundred letters. Most mean nothing; one near the tenth and "
            "one near the fiftieth is an X or a Y. At the very end the network must say which two "
            "there were, in their order. Nothing it says before is asked for."
        ),
        "max_timesteps": 1_000_000,
        "sequences": [named[1], named[2], named[0], named[3]],
        "provenance": {
            "task": TASK.name,
            "seed": SEED,
            "training": (
                f"{RECIPE.updates} updates with Adam on {BATCH} fresh sequences each, learning "
                "rate 0.01 falling to 0.0001 as a cosine; chrono biases for the longest lag, "
                f"{TASK.lag} timesteps."
            ),
            "date": "2026-11-25",
            "licence": "MIT, as this project",
            "criterion": (
                "A sequence of 100 to 110 timesteps is right when every output at its last "
                f"timestep is within {TOLERANCE} of the truth; 2,560 fresh sequences, the 1997 "
                "specification."
            ),
            "published": TASK.published,
        },
    }


if __name__ == "__main__":
    demo_script.run(FOLDER, NETWORK, train, measure, certificate)
