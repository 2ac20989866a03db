"""Make the sunspots demo: forecast next year, and say how good that is beside simpler ways.

`python -m assets.demos.sunspots.make` takes the options of `assets.demos.demo_script`.
Training takes about a minute.

The years to 1920 train. The years to 1955 choose: the seed, when to stop, and the order of the
autoregression. The years after are looked at once, by `measure`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from assets.demos import demo_script
from lstm_core import Layer, Model, NumericEncoder
from lstm_core.record import Array
from lstm_core.tasks.sunspots import (
    Sunspots,
    autoregression,
    lagged,
    root_mean_square,
)
from lstm_core.training import (
    Batch,
    Recipe,
    cosine,
    initial_readout,
    training,
)

FOLDER = Path(__file__).resolve().parent
SERIES = Sunspots.load(FOLDER / "sunspots.csv")
TRAINED, CHOSEN = SERIES.years <= 1920, (SERIES.years > 1920) & (SERIES.years <= 1955)
HELD_OUT = SERIES.years > 1955
SEEDS = range(1, 9)
NETWORK = demo_script.Network(units=8)
WINDOW, WARM_UP, BATCH = 64, 8, 16  # years, years that don't count, windows
HIGHEST_ORDER = 12
RECIPE = Recipe(
    loss="squared_error",
    updates=500,
    learning_rate=0.01,
    schedule=cosine(last=0.03),
    longest_gradient=1.0,
)


def untrained(network: demo_script.Network, rng: np.random.Generator) -> Model:
    """A new network that reads and says sunspots, scaled by the training years."""
    years = SERIES.values[TRAINED]
    offset, scale = np.array([years.mean()]), np.array([years.std()])
    return Model(
        layers=(Layer(name=network.cell, forward=network.initial(rng, 1)),),
        encoder=NumericEncoder(columns=("sunspots",), offset=offset, scale=scale),
        readout=initial_readout(
            rng, network.units, ("sunspots next year",), "linear", offset=offset, scale=scale
        ),
    )


def batches(rng: np.random.Generator, model: Model) -> Iterator[Batch]:
    """Windows of training years, and after each year the one that came next."""
    assert model.encoder is not None
    years = SERIES.values[TRAINED]
    counts = (np.arange(WINDOW) >= WARM_UP).astype(np.float32)
    while True:
        starts = rng.integers(0, len(years) - WINDOW, BATCH)
        windows = years[starts[:, np.newaxis] + np.arange(WINDOW + 1), np.newaxis]
        yield Batch(
            inputs=np.stack([model.encoder.encode(window[:-1]) for window in windows]),
            targets=windows[:, 1:],
            weights=np.broadcast_to(counts, (BATCH, WINDOW)),
        )


def forecasts(model: Model) -> Array:
    """For each year what the network, having read all years before it, said; NaN for 1700."""
    predictions = model.run(SERIES.values).predictions
    assert predictions is not None
    return np.concatenate([[np.nan], predictions[:-1, 0]])


def autoregressive_forecasts(order: int) -> Array:
    """For each year what an autoregression fitted to the training years says; NaN at first."""
    coefficients = autoregression(SERIES.values[TRAINED], order)
    return np.concatenate([np.full(order, np.nan), lagged(SERIES.values, order) @ coefficients])


def error(said: Array, years: Array) -> float:
    """The root mean square error in those years, in sunspots."""
    return root_mean_square((said - SERIES.values)[years])


def chosen_order() -> int:
    """The order of the autoregression that is best in the years to choose by."""
    orders = range(1, HIGHEST_ORDER + 1)
    return min(orders, key=lambda order: error(autoregressive_forecasts(order), CHOSEN))


def train(network: demo_script.Network, on_progress: demo_script.OnProgress) -> Model:
    """The network that is best in the years to choose by, over all seeds and stopping points."""
    best, lowest = None, np.inf
    for seed in SEEDS:
        rng = np.random.default_rng(seed + 100 * network.trial)
        new = untrained(network, rng)
        for progress in training(new, batches(rng, new), network.recipe(RECIPE)):
            on_progress(progress)
            if progress.updates % 10:
                continue
            now = error(forecasts(progress.model), CHOSEN)
            if now < lowest:
                best, lowest = progress.model, now
                print(f"seed {seed}, {progress.updates:3} updates: {now:.2f} in 1921 to 1955")
    assert best is not None
    return best


TRIALS = demo_script.Trials(
    score=lambda model: error(forecasts(model), CHOSEN), judged="by their error in those years"
)


def measure(model: Model) -> dict[str, float]:
    """Every claim, in the held-out years."""
    said = {
        "network": forecasts(model),
        "autoregression": autoregressive_forecasts(chosen_order()),
        "persistence": np.concatenate([[np.nan], SERIES.values[:-1]]),
    }
    return {
        "held_out_years": int(HELD_OUT.sum()),
        "autoregression_order": chosen_order(),
        **{f"{name}_error": round(error(values, HELD_OUT), 2) for name, values in said.items()},
        **{f"{name}_choosing": round(error(values, CHOSEN), 2) for name, values in said.items()},
    }


def certificate() -> dict[str, Any]:
    """The certificate, but for what is measured or looked up."""
    return {
        "order": 3,
        "title": "Sunspots",
        "question": "How many sunspots will there be next year?",
        "summary": (
            "One number a year since 1700, in cycles of about eleven years that are never the "
            "same. At each year the network says the next one's number. It was trained on the "
            "years to 1920 and never saw those after 1955, where it does far better than saying "
            "next year is like this one, and a little worse than an autoregression on nine years: "
            "two centuries are little for a network to learn from."
        ),
        "max_timesteps": 1_000_000,
        "sequences": [
            _stretch("1700 to 2008", "The whole series; what it says after 1955 is honest.", 1700),
            _stretch("1956 to 2008", "The held-out years, read from a standing start.", 1956),
            _stretch("1790 to 1840", "Three weak cycles in a row, the Dalton minimum.", 1790, 1840),
            _stretch("1935 to 1965", "Up to 1957, the highest peak there is.", 1935, 1965),
        ],
        "provenance": {
            "task": "sunspots",
            "seed": SEEDS[0],
            "training": (
                f"Windows of {WINDOW} years out of 1700 to 1920, {BATCH} an update, Adam, "
                f"learning rate 0.01 falling to 0.0003 as a cosine. Of seeds {SEEDS[0]} to "
                f"{SEEDS[-1]} and every tenth of {RECIPE.updates} updates, the network with the "
                "least error in 1921 to 1955 was kept; so was the order of the autoregression."
            ),
            "date": "2026-11-23",
            "licence": "Weights: MIT, as this project. Series: public domain (statsmodels).",
            "criterion": (
                "Root mean square error of the one-step forecast in 1956 to 2008, in sunspots, "
                "having read all years before; beside persistence (next year is like this one) "
                "and an autoregression fitted by least squares to the same training years."
            ),
            "published": (
                "Yule 1927 forecast the same series by autoregression, the first ever; no error "
                "is published for this split, so the two simpler ways are measured here."
            ),
        },
    }


def _stretch(name: str, note: str, first: int, last: int = 2008) -> dict[str, Any]:
    sequence = SERIES.between(first, last).tolist()
    return {"name": name, "note": note, "sequence": sequence}


if __name__ == "__main__":
    demo_script.run(FOLDER, NETWORK, train, measure, certificate, TRIALS)
