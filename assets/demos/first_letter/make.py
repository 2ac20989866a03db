"""Make the demo First letter: one unit that keeps one letter, and writes nothing else.

`python -m assets.demos.first_letter.make` takes the options of `assets.demos.demo_script`.
Training takes half a minute.

The network is made to be read: what it writes into its memory costs something in training, so
that it writes once and keeps what it wrote. It is the smallest there is, an LSTM of one unit.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from assets.demos import demo_script
from lstm_core import Model
from lstm_core.analysis import contributions, survival
from lstm_core.tasks.first_letter import TOLERANCE, FirstLetter, errors
from lstm_core.training import Recipe, cosine

FOLDER = Path(__file__).resolve().parent
SEED = 9
NETWORK = demo_script.Network(units=1)
TASK = FirstLetter()
TEST_SEED = 1_000_000
BATCH = 64
FORGET_BIAS = 5.0
RECIPE = Recipe(
    loss="cross_entropy",
    updates=1500,
    learning_rate=0.02,
    schedule=cosine(last=0.01),
    longest_gradient=1.0,
    write_penalty=1.0,
)
TWENTY_TWO = "AcdeedcddcecdecddeccedcE"
CRITERION = (
    f"A sequence is right when every output at E is within {TOLERANCE} of the truth: 2,560 fresh "
    f"sequences, all of the longest lag, {TASK.lag} timesteps. The share of the first write is "
    "that of all that was written and is still there at E, in absolute values; first write kept "
    "is how much of it is left. No smaller network could get all right: no LSTM has fewer units."
)


def train(network: demo_script.Network, on_progress: demo_script.OnProgress) -> Model:
    """The trained model, from nothing but the seed."""
    open_gates = {"chrono": TASK.lag} if network.cell == "gru" else {"forget_bias": FORGET_BIAS}
    return demo_script.train_on(
        TASK, network, on_progress, seed=SEED, batch=BATCH, recipe=RECIPE, **open_gates
    )


def measure(model: Model, sequences: int = 2560) -> dict[str, float]:
    """Every claim, on fresh sequences of the longest lag."""
    lags = np.full(sequences, TASK.lag)
    batch = TASK.of_lags(np.random.default_rng(TEST_SEED), lags)
    missing = errors(model, batch)
    reached: dict[str, float] = {
        "sequences": sequences,
        "sequences_wrong": int((missing >= TOLERANCE).sum()),
        "largest_error": round(float(missing.max()), 4),
    }
    trace = model.run_inputs(batch.inputs, batch.lengths).layers[0].forward
    if trace.kind == "rnn":  # whose state is no sum of writes
        return reached
    parts = contributions(trace, TASK.lag)
    first = np.abs(parts.written[:, 0]).sum(axis=-1)
    every = (np.abs(parts.written).sum(axis=-2) + np.abs(parts.initial)).sum(axis=-1)
    return {
        **reached,
        "share_of_first_write": round(float((first / every).mean()), 4),
        "first_write_kept": round(float(survival(trace, 0)[:, TASK.lag].mean()), 4),
    }


def drawn(first: str, lag: int, seed: int) -> str:
    """The first sequence of a seed that begins with this letter and has this lag."""
    rng = np.random.default_rng(seed)
    while True:
        inputs = TASK.of_lags(rng, np.array([lag])).inputs[0]
        string = "".join(TASK.encoder.alphabet[k] for k in inputs.argmax(axis=-1))
        if string.startswith(first):
            return string


def certificate() -> dict[str, Any]:
    """The certificate, but for what is measured or looked up."""
    sequences = {
        "A, then 22 others": (
            TWENTY_TWO,
            "A is written once, at timestep 0. Watch it ride along while 22 letters go by that "
            "mean nothing.",
        ),
        "B, then 22 others": (
            "B" + TWENTY_TWO[1:],
            "The same letters after B: only the first differs, and what is carried from it.",
        ),
        "A, then 99 others": (
            drawn("A", TASK.lag, 1),
            "The longest lag it was trained on: a hundred timesteps from A to the answer.",
        ),
        "B, then 299 others": (
            drawn("B", 3 * TASK.lag, 2),
            "Three times as long as anything it was trained on.",
        ),
        "A at once": ("AE", "The shortest there is: the answer is asked at once."),
    }
    return {
        "order": 0,
        "title": TASK.title,
        "question": TASK.question,
        "summary": (
            "A sequence begins with A or B. Then come c, d and e at random, up to 99 of them, and "
            "they mean nothing. At E the network must say which letter was the first. It is the "
            "smallest LSTM there is, one unit, and it was made to be read: in training, writing "
            "into the memory costs something. So it writes the first letter down and keeps it. One "
            "letter is little to keep: of its twins a standard RNN of one unit keeps it too, while "
            "one of three units, trained alike, does not learn to."
        ),
        "max_timesteps": 1_000_000,
        "sequences": [
            {"name": name, "note": note, "sequence": string}
            for name, (string, note) in sequences.items()
        ],
        "provenance": {
            "task": TASK.name,
            "seed": SEED,
            "training": (
                f"{RECIPE.updates} updates with Adam on {BATCH} fresh sequences each, of lags from "
                f"1 to {TASK.lag}; learning rate 0.02 falling to 0.0002 as a cosine; forget bias "
                f"{FORGET_BIAS:g}; {RECIPE.write_penalty:g} · mean |i·g| added to the loss. Of the "
                f"seeds 1 to 12 trained alike some learn it and some write nothing; {SEED} was "
                "taken because it writes A as a positive number and, of those that do, has the "
                "largest share of the first write."
            ),
            "date": "2026-11-28",
            "licence": "MIT, as this project",
            "criterion": CRITERION,
            "published": "None: the task is our own, made to be looked at.",
        },
    }


if __name__ == "__main__":
    demo_script.run(FOLDER, NETWORK, train, measure, certificate)
