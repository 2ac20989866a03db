"""What every demo's make.py shares: it trains, measures, and certifies the demo and its twins.

python -m assets.demos.NAME.make             train, measure, compare with the kept certificate
python -m assets.demos.NAME.make --measure   measure the kept weights, and the twins'
python -m assets.demos.NAME.make --write     train, measure, keep weights and certificate
python -m assets.demos.NAME.make --twins     train, measure and keep the demo's twins

A demo's twins are other cells trained on the same task with the same care: the same data, batches,
updates, optimiser and schedule. The one thing that is chosen anew for each is its learning rate,
out of `RATES`, by short trials with another seed.
"""

from __future__ import annotations

import argparse
import dataclasses
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from lstm_core import GRUParameters, Layer, LSTMParameters, Model, RNNParameters
from lstm_core.demo import TWINS, Demo, list_twins, load_demo, load_twin, save_demo, save_twin
from lstm_core.record import record
from lstm_core.tasks import Task
from lstm_core.training import (
    Progress,
    Recipe,
    fit,
    initial_gru,
    initial_lstm,
    initial_readout,
    initial_rnn,
)
from lstm_core.vocabulary import vocabulary

RATES = {"1": 1.0, "1/3": 1 / 3, "1/10": 1 / 10}


@record
class Network:
    """Which network a script trains: the demo's own, or a twin, or a trial for a twin.

    `rate` multiplies the demo's learning rate, `share` its number of updates; `trial` is added to
    its seed.
    """

    units: int
    cell: str = "lstm"
    rate: float = 1.0
    share: float = 1.0
    trial: int = 0

    def recipe(self, recipe: Recipe) -> Recipe:
        """Return the demo's recipe with this network's learning rate and updates."""
        return dataclasses.replace(
            recipe,
            learning_rate=recipe.learning_rate * self.rate,
            updates=max(1, round(recipe.updates * self.share)),
        )

    def initial(
        self,
        rng: np.random.Generator,
        input_size: int,
        forget_bias: float = 1.0,
        chrono: float | None = None,
    ) -> LSTMParameters | GRUParameters | RNNParameters:
        """Return the untrained cell; see `initial_lstm` for its gates' biases.

        A GRU has no forget bias and a standard RNN no gates: biases that a cell lacks are ignored.
        """
        if self.cell == "lstm":
            return initial_lstm(rng, input_size, self.units, forget_bias=forget_bias, chrono=chrono)
        if self.cell == "gru":
            return initial_gru(rng, input_size, self.units, chrono=chrono)
        return initial_rnn(rng, input_size, self.units)


OnProgress = Callable[[Progress], object]
Train = Callable[[Network, OnProgress], Model]
Measure = Callable[[Model], dict[str, float]]


def train_on(
    task: Task,
    network: Network,
    on_progress: OnProgress,
    *,
    seed: int,
    batch: int,
    recipe: Recipe,
    **biases: float,
) -> Model:
    """Train a network on fresh sequences of a task, `batch` an update, from nothing but the seed.

    `biases` are those of its gates (see `Network.initial`).
    """
    rng = np.random.default_rng(seed + network.trial)
    cell = network.initial(rng, task.encoder.input_size, **biases)
    new = Model(
        layers=(Layer(name=network.cell, forward=cell),),
        encoder=task.encoder,
        readout=initial_readout(rng, network.units, task.labels, task.readout),
    )
    recipe = network.recipe(recipe)
    batches = (task.batch(rng, batch) for _ in range(recipe.updates))
    return fit(new, batches, recipe, on_progress)


@record
class Trials:
    """How the learning rate of a twin is chosen: by short trainings, the lowest score wins.

    Each has `share` of the demo's updates. `score` judges the trained model, and `judged` describes
    it in the certificate; without one, the score is the loss at the end.
    """

    share: float = 0.25
    score: Callable[[Model], float] | None = None
    judged: str = "by the loss at their end"

    def scores(self, twin: Network, train: Train) -> dict[str, float]:
        """Return the score of a short training with each of `RATES`; lower is better."""
        short = dataclasses.replace(twin, share=self.share, trial=1)
        return {
            rate: self._score(dataclasses.replace(short, rate=factor), train)
            for rate, factor in RATES.items()
        }

    def _score(self, trial: Network, train: Train) -> float:
        """The score of one short training: infinity where it diverged."""
        losses: list[float] = []
        model = train(trial, lambda progress: losses.append(progress.loss))
        if self.score is not None:
            return self.score(model)
        last = float(np.mean(losses[-max(1, len(losses) // 10) :]))
        return last if np.isfinite(last) else float("inf")


USUAL = Trials()


def run(
    folder: Path,
    network: Network,
    train: Train,
    measure: Measure,
    certificate: Callable[[], dict[str, Any]],
    trials: Trials = USUAL,
) -> None:
    """Do what the command line asks: train, measure and print, and keep the result with --write.

    --measure skips the training. --twins trains and keeps the twins instead, all or those named.
    """
    parser = argparse.ArgumentParser(description=f"Make the demo {folder.name} again.")
    parser.add_argument("--write", action="store_true", help="keep weights and certificate")
    parser.add_argument("--measure", action="store_true", help="measure the kept weights only")
    parser.add_argument(
        "--twins", nargs="*", choices=[*TWINS], help="train the twins, and keep them"
    )
    chosen = parser.parse_args()
    if chosen.twins is not None:
        for name in chosen.twins or TWINS:
            make_twin(folder, name, network, train, measure, trials)
        return
    began = time.monotonic()
    kept = load_demo(folder).model if chosen.measure else None
    model = kept or train(network, say_every(500))
    reached = measure(model)
    print(f"{model.size} trained numbers, {time.monotonic() - began:.0f} s")
    for name, value in reached.items():
        print(f"{name:32} {value:g}")
    if chosen.write:
        written = certificate()
        written["provenance"]["reached"] = reached
        save_demo(folder, model, written)
    elif (folder / "demo.json").exists():
        same = load_demo(folder).provenance.reached == reached
        print("as demo.json says" if same else "demo.json says something else: another machine's")
    if chosen.measure:
        for name in list_twins(folder):
            print(name, measure(load_twin(folder, name).model))


def make_twin(
    folder: Path, name: str, network: Network, train: Train, measure: Measure, trials: Trials
) -> None:
    """Choose the learning rate of one twin, train it, measure it, and keep it."""
    demo, (cell, _, alike) = load_demo(folder), name.split("_")
    units = network.units if alike == "size" else _units_for(demo.model, cell)
    twin = dataclasses.replace(network, cell=cell, units=units)
    tried = trials.scores(twin, train)
    best = min(tried, key=lambda rate: tried[rate])
    model = train(dataclasses.replace(twin, rate=RATES[best]), say_every(500))
    reached = measure(model)
    print(name, units, "units,", best, "of the rate,", tried, reached, flush=True)
    provenance = {
        "task": demo.provenance.task,
        "seed": demo.provenance.seed,
        "training": _twin_training(demo, model, trials, tried, best),
        "date": time.strftime("%Y-%m-%d"),
        "licence": demo.provenance.licence,
        "criterion": demo.provenance.criterion,
        "published": demo.provenance.published,
        "reached": reached,
        "made_by": f"python -m assets.demos.{folder.name}.make --twins {name}",
    }
    title = f"{vocabulary(cell).title}, {units} {'unit' if units == 1 else 'units'}"
    save_twin(folder, name, model, {"title": title, "alike": alike, "provenance": provenance})


def _twin_training(
    demo: Demo, model: Model, trials: Trials, tried: dict[str, float], best: str
) -> str:
    """How a twin was trained, for its certificate."""
    results = ", ".join(f"{value:.4g} with {rate}" for rate, value in tried.items())
    return (
        f"As the demo's LSTM: {demo.provenance.training} Only the learning rate was chosen anew, "
        f"{trials.judged} of trials with another seed and {trials.share:.0%} of the updates: "
        f"{results} of the LSTM's rate. {best} was taken; {model.size:,} trained numbers beside "
        f"the LSTM's {demo.model.size:,}."
    )


def _units_for(model: Model, cell: str) -> int:
    """As many units as come nearest to the model's number of trained numbers."""
    (layer,), readout = model.layers, model.readout
    assert readout is not None
    return min(
        range(1, 2048),
        key=lambda units: abs(
            _numbers(cell, layer.input_size, units, len(readout.labels)) - model.size
        ),
    )


def _numbers(cell: str, inputs: int, units: int, outputs: int) -> int:
    """The numbers of a network with one layer of this cell and a readout."""
    blocks = {"lstm": 4, "gru": 3, "rnn": 1}[cell]
    recurrent_bias = units if cell == "gru" else 0
    layer = blocks * units * (inputs + units + 1) + recurrent_bias
    return layer + (units + 1) * outputs


def say_every(updates: int) -> OnProgress:
    """Return a hook that prints where training stands, every so many updates."""

    def say(progress: Progress) -> None:
        if progress.updates % updates == 0:
            print(
                f"{progress.updates:6} updates   loss {progress.loss:.6f}   "
                f"gradient {progress.gradient_norm:.4f}   rate {progress.learning_rate:.5f}",
                flush=True,
            )

    return say
