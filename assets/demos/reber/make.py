"""Make the embedded Reber demo: train 12 units to say what may follow, and test all they say.

`python -m assets.demos.reber.make` takes the options of `assets.demos.demo_script`.
Training takes about a minute.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from assets.demos import demo_script
from lstm_core import Layer, Model, OneHotEncoder
from lstm_core.tasks import reber
from lstm_core.training import Recipe, cosine, fit, initial_readout

FOLDER = Path(__file__).resolve().parent
SEED = 3
NETWORK = demo_script.Network(units=12)
TRAINING_STRINGS = 20_000
TEST_SEED = 1_000_003
RECIPE = Recipe(
    loss="cross_entropy",
    updates=8000,
    learning_rate=0.02,
    schedule=cosine(last=0.01),
    longest_gradient=1.0,
)
BATCH = 32
LONG_WAY = "BTBPTTTTTTTTTTTTVPXTTTTTTTTVPXTTTTTTTTTTTTVPXTTTTTTTTTTTVPXVVETE"


@cache
def training_strings() -> tuple[str, ...]:
    """The strings that the network has seen, as the grammar draws them, some more than once."""
    rng = np.random.default_rng(SEED)
    return tuple(reber.embedded_reber(rng) for _ in range(TRAINING_STRINGS))


def train(network: demo_script.Network, on_progress: demo_script.OnProgress) -> Model:
    """The trained model, from nothing but the seed."""
    rng = np.random.default_rng([SEED + network.trial, 1])
    cell = network.initial(rng, 7, forget_bias=2.0)
    new = Model(
        layers=(Layer(name=network.cell, forward=cell),),
        encoder=OneHotEncoder(alphabet=reber.ALPHABET),
        readout=initial_readout(rng, network.units, reber.ALPHABET, "softmax"),
    )
    batches = reber.batches(rng, training_strings(), BATCH)
    return fit(new, batches, network.recipe(RECIPE), on_progress)


@cache
def unseen_strings(count: int) -> tuple[str, ...]:
    """The first `count` strings of the test, none of which the network has seen."""
    rng = np.random.default_rng(TEST_SEED)
    return reber.distinct_strings(rng, count, unlike=set(training_strings()))


def measure(model: Model, strings: int = 10_000) -> dict[str, float]:
    """Every claim, on `strings` strings that the network has not seen, no two alike."""
    unseen = unseen_strings(strings)
    margins = np.array([m for part in _parts(unseen) for m in _margins(model, part)])
    right = (margins[:, 0] > reber.THRESHOLD) & (margins[:, 1] < reber.THRESHOLD)
    return {
        "strings": strings,
        "strings_right": int(right.sum()),
        "longest_string": max(map(len, unseen)),
        "lowest_legal": round(float(margins[:, 0].min()), 4),
        "highest_illegal": round(float(margins[:, 1].max()), 4),
    }


def _parts(strings: tuple[str, ...], size: int = 500) -> list[tuple[str, ...]]:
    return [strings[k : k + size] for k in range(0, len(strings), size)]


def _margins(model: Model, strings: tuple[str, ...]) -> list[tuple[float, float]]:
    inputs, _, lengths = reber.one_hot(strings)
    predictions = model.run_inputs(inputs, lengths).predictions
    assert predictions is not None
    return [reber.margins(p, string) for p, string in zip(predictions, strings, strict=True)]


def certificate() -> dict[str, Any]:
    """The certificate, but for what is measured or looked up."""
    return {
        "order": 1,
        "title": "Embedded Reber grammar",
        "question": "Which symbols may come next, and does the ending match the beginning?",
        "summary": (
            "Each string starts with B and then T or P, and its last symbol but one must be the "
            "same T or P again. In between stands a little grammar of its own, as long as it "
            "likes. The network has to carry one symbol across all of that."
        ),
        "max_timesteps": 1_000_000,
        "sequences": [
            {
                "name": "Keep T in mind",
                "note": "The second symbol is T; after twenty others it must come again. "
                "Watch which units hold it.",
                "sequence": "BTBTSSXXTTVPXVPXTTTVVETE",
            },
            {
                "name": "Remember T",
                "note": "The shortest there is: the second symbol is T, "
                "and so is the last but one.",
                "sequence": "BTBTXSETE",
            },
            {
                "name": "Remember P",
                "note": "The same inner string after P: only what is remembered differs.",
                "sequence": "BPBTXSEPE",
            },
            {
                "name": "A long way",
                "note": "Sixty symbols lie between the first T and the second.",
                "sequence": LONG_WAY,
            },
            {
                "name": "The loop S",
                "note": "S repeats, and after each one S or X may follow, however many there were.",
                "sequence": "BPBTSSSSSSSSXSEPE",
            },
            {
                "name": "A broken promise",
                "note": "It began with T and ends with P: the last but one symbol is illegal.",
                "sequence": "BTBPVVEPE",
            },
        ],
        "provenance": {
            "task": "embedded_reber",
            "seed": SEED,
            "training": (
                f"{TRAINING_STRINGS} strings as the grammar draws them; {RECIPE.updates} updates "
                f"with Adam on {BATCH} of them each, learning rate 0.02 falling to 0.0002 as a "
                "cosine; forget bias 2. Of the seeds 3, 4, 5 and 6 trained alike, 3 and 5 get "
                "all strings right, 4 and 6 get 9,989 and 9,992."
            ),
            "date": "2026-11-23",
            "licence": "MIT, as this project",
            "criterion": (
                "A string is right when, at every position but the last, each symbol that may "
                f"follow has a probability above {reber.THRESHOLD} and every other one below. The "
                "strings are all different and none of them was trained on."
            ),
            "published": (
                "Hochreiter & Schmidhuber 1997, experiment 1: all test strings right after 8,440 "
                "training sequences (3 blocks of 2 cells, 276 weights); 148 of 150 trials succeed."
            ),
        },
    }


if __name__ == "__main__":
    demo_script.run(FOLDER, NETWORK, train, measure, certificate)
