"""Make the counting demo: ten units that count a, b and c, and where they lose count.

`python -m assets.demos.counter.make` takes the options of `assets.demos.demo_script`.
Training takes a minute or two.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from assets.demos import demo_script
from lstm_core import Model
from lstm_core.tasks.counting import Counting, counting_string
from lstm_core.training import Recipe, cosine

FOLDER = Path(__file__).resolve().parent
SEED = 1
NETWORK = demo_script.Network(units=10)
TASK = Counting(letters="abc", most=40)
MOST_TESTED = 200
BREAKS = 65  # the first n that the kept network gets wrong: a test holds it
BATCH = 32
FORGET_BIAS = 5.0  # a counter forgets nothing
RECIPE = Recipe(
    loss="cross_entropy",
    updates=1500,
    learning_rate=0.02,
    schedule=cosine(last=0.01),
    longest_gradient=1.0,
)


def train(network: demo_script.Network, on_progress: demo_script.OnProgress) -> Model:
    """The trained model, from nothing but the seed."""
    open_gates = {"chrono": TASK.lag} if network.cell == "gru" else {"forget_bias": FORGET_BIAS}
    return demo_script.train_on(
        TASK, network, on_progress, seed=SEED, batch=BATCH, recipe=RECIPE, **open_gates
    )


def measure(model: Model) -> dict[str, float]:
    """Every claim: each n there is up to `MOST_TESTED`, one string each."""
    right = TASK.accepted(model, np.arange(1, MOST_TESTED + 1))
    return {
        "trained_to_n": TASK.most,
        "right_up_to_n": TASK.furthest(model, MOST_TESTED),
        "strings_right_of_trained": int(right[: TASK.most].sum()),
        "strings_right_of_200": int(right.sum()),
    }


def certificate() -> dict[str, Any]:
    """The certificate, but for what is measured or looked up."""
    notes = {
        5: "Five of each. One unit climbs while it reads a, and comes down again with b.",
        20: "Twenty of each: the same slopes, four times as long.",
        TASK.most: "The longest it was trained on.",
        BREAKS - 1: "Longer than anything it was trained on, and still right.",
        BREAKS: "One more, and it loses count: watch what the counters have come to.",
    }
    sequences = [
        {"name": f"n = {n}", "note": note, "sequence": counting_string(TASK.letters, n)}
        for n, note in notes.items()
    ]
    return {
        "order": 5,
        "title": "Counting aⁿbⁿcⁿ",
        "question": "Were there as many b and c as a? And how far can it count?",
        "summary": (
            "Between S and T stand some a, then as many b, then as many c. At every position the "
            f"network says which symbols may follow. It was trained on up to {TASK.most} of each; "
            "no finite list of cases would carry it further, only counting does, and a cell "
            "state that adds the same amount at each step is a counter."
        ),
        "max_timesteps": 100_000,
        "sequences": sequences,
        "provenance": {
            "task": TASK.name,
            "seed": SEED,
            "training": (
                f"{RECIPE.updates} updates with Adam on {BATCH} strings of n = 1 to {TASK.most} "
                f"each, short ones more often; learning rate {RECIPE.learning_rate:g} falling to "
                f"{RECIPE.learning_rate / 100:g} as a cosine; forget bias {FORGET_BIAS:g} (a GRU "
                f"has none: chrono biases for {TASK.lag} timesteps instead)."
            ),
            "date": "2026-11-25",
            "licence": "MIT, as this project",
            "criterion": (
                f"{TASK.criterion} Each n from 1 to {MOST_TESTED} is tested; up to which n all "
                "are right is what it counts to."
            ),
            "published": TASK.published,
        },
    }


if __name__ == "__main__":
    demo_script.run(FOLDER, NETWORK, train, measure, certificate)
