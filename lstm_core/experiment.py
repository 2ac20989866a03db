"""An experiment: everything that decides a training run, as words and numbers.

Task, cell, size, initialisation, optimiser and seed: the same experiment gives the same network,
number for number on one machine and NumPy. Update k learns from batch k, which is drawn from
(seed, k) alone: so a run can go on from any earlier point, and come out the same.

    for progress in training(model_of(e), batches(e), recipe_of(e)): ...

Sources of the cells: see `lstm_core.cells`; of the initialisations: `training.initial`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, Literal, get_args

import numpy as np

from .cells.gru import GRUParameters
from .cells.lstm import LSTMParameters, LSTMVariant
from .cells.rnn import RNNParameters
from .model import Layer, Model
from .record import Array, record
from .tasks import LENGTHS, Task, make_task
from .training import (
    SGD,
    Adam,
    Batch,
    Recipe,
    cosine,
    initial_gru,
    initial_lstm,
    initial_readout,
    initial_rnn,
)

Cell = Literal["lstm", "lstm_no_forget", "lstm_coupled", "lstm_peephole", "gru", "rnn"]
OptimiserName = Literal["adam", "sgd"]

WEIGHTS, BATCHES, TEST = range(3)  # what a seed is drawn on for: three streams that never meet
MOMENTUM = 0.9
LONGEST_WORD = 40  # characters of a word in a link that are read, and that an error repeats
VARIANTS: dict[str, LSTMVariant] = {
    "lstm": LSTMVariant(),
    "lstm_no_forget": LSTMVariant(forget="none"),
    "lstm_coupled": LSTMVariant(forget="coupled"),
    "lstm_peephole": LSTMVariant(),
}
RANGES: dict[str, tuple[float, float]] = {
    "units": (1, 1024),
    "forget_bias": (-10, 10),
    "learning_rate": (1e-6, 10),
    "last": (0, 1),
    "updates": (1, 1_000_000),
    "batch": (1, 1024),
    "longest_gradient": (1e-6, 1e6),
    "write_penalty": (0, 100),
    "seed": (0, 2**32 - 1),
}
"""The lowest and the highest that each number of an experiment may be; lengths: `tasks.LENGTHS`."""


@record
class Experiment:
    """What is trained, how, and from which seed.

    `length` is the task's own measure of how long its sequences are (see `tasks.LENGTHS`); None
    is the literature's. `chrono` draws the gates' biases for the task's longest lag, in place of
    `forget_bias`; a standard RNN has no gates, and both mean nothing to it. The learning rate
    falls as a cosine to the share `last` of where it began. `write_penalty` is what writing into
    the memory costs, see `training.write_penalty`; it means nothing to a standard RNN either.
    """

    task: str = "temporal_order_6a"
    length: int | None = None
    cell: Cell = "lstm"
    units: int = 8
    forget_bias: float = 1.0
    chrono: bool = False
    optimiser: OptimiserName = "adam"
    learning_rate: float = 0.01
    last: float = 0.01
    updates: int = 1500
    batch: int = 64
    longest_gradient: float = 1.0
    write_penalty: float = 0.0
    seed: int = 1

    def check(self) -> None:
        """Raise ValueError, in one sentence, for what cannot be trained."""
        _one_of("task", self.task, tuple(LENGTHS))
        _one_of("cell", self.cell, get_args(Cell))
        _one_of("optimiser", self.optimiser, get_args(OptimiserName))
        shortest, longest = LENGTHS[self.task].shortest, LENGTHS[self.task].longest
        if self.length is not None:
            _within("length", self.length, shortest, longest)
        for name, (low, high) in RANGES.items():
            _within(name, getattr(self, name), low, high)

    def replace(self, **changes: Any) -> Experiment:
        """Return a copy with some fields replaced; raises as `check` does."""
        return dataclasses.replace(self, **changes)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ValueError(f"{name} is {value[:LONGEST_WORD]!r}: expected one of {', '.join(known)}")


def _within(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:  # NaN is not, either
        raise ValueError(f"{name} is {value}: expected {low:g} to {high:g}")


def recommended(task: str, cell: Cell = "lstm", *, length: int | None = None) -> Experiment:
    """Return the experiment that we found to work for a task, with this cell in it.

    >>> recommended("adding", "gru").replace(units=6, seed=3).learning_rate
    0.02
    """
    settings = make_task(task, length).settings
    return Experiment(task=task, length=length, cell=cell, **dataclasses.asdict(settings))


def task_of(experiment: Experiment) -> Task:
    """Return the task of an experiment."""
    return make_task(experiment.task, experiment.length)


def model_of(experiment: Experiment, dtype: Any = np.float32) -> Model:
    """Return the network before its first update."""
    task = task_of(experiment)
    rng = np.random.default_rng([experiment.seed, WEIGHTS])
    cell = _cell(experiment, task, rng, dtype)
    return Model(
        layers=(Layer(name=experiment.cell, forward=cell),),
        encoder=task.encoder,
        readout=initial_readout(rng, experiment.units, task.labels, task.readout, dtype=dtype),
    )


def _cell(
    experiment: Experiment, task: Task, rng: np.random.Generator, dtype: Any
) -> LSTMParameters | GRUParameters | RNNParameters:
    sizes = (task.encoder.input_size, experiment.units)
    chrono = max(task.lag, 3) if experiment.chrono else None
    if experiment.cell == "rnn":
        return initial_rnn(rng, *sizes, dtype=dtype)
    if experiment.cell == "gru":
        return initial_gru(rng, *sizes, chrono=chrono, dtype=dtype)
    return initial_lstm(
        rng,
        *sizes,
        forget_bias=experiment.forget_bias,
        chrono=chrono,
        variant=VARIANTS[experiment.cell],
        peepholes=experiment.cell == "lstm_peephole",
        dtype=dtype,
    )


def batches(experiment: Experiment, first: int = 0) -> Iterator[Batch]:
    """Yield the batches of the updates from number `first` on, without end."""
    task, update = task_of(experiment), first
    while True:
        rng = np.random.default_rng([experiment.seed, BATCHES, update])
        yield task.batch(rng, experiment.batch)
        update += 1


def recipe_of(experiment: Experiment) -> Recipe:
    """Return how the experiment is trained."""
    return Recipe(
        loss=task_of(experiment).loss,
        updates=experiment.updates,
        learning_rate=experiment.learning_rate,
        optimiser=Adam() if experiment.optimiser == "adam" else SGD(momentum=MOMENTUM),
        schedule=cosine(last=experiment.last),
        longest_gradient=experiment.longest_gradient,
        write_penalty=experiment.write_penalty,
    )


def right(experiment: Experiment, model: Model, count: int, draw: int = 0) -> Array:
    """Return whether `model` gets each of `count` fresh sequences right, (count,) bool.

    They are the same for every seed, so that networks compare, and no batch is drawn from the
    same stream. Another `draw` is another set of sequences.
    """
    return task_of(experiment).right(model, np.random.default_rng([draw, TEST, TEST]), count)


def size(experiment: Experiment) -> int:
    """Return how many numbers the experiment trains.

    n(H) is a polynomial of the second degree in the units H, so the three smallest networks tell.
    """
    one, two, three = (model_of(experiment.replace(units=units)).size for units in (1, 2, 3))
    more, left = two - one, experiment.units - 1
    return one + left * more + left * (left - 1) // 2 * (three - two - more)


def with_size(experiment: Experiment, numbers: int) -> Experiment:
    """Return the experiment with as many units as come nearest to `numbers` trained numbers."""
    low, high = 1, 1024
    while low < high:
        middle = (low + high) // 2
        low, high = (
            (middle + 1, high)
            if size(experiment.replace(units=middle)) < numbers
            else (low, middle)
        )
    nearest = min(
        (units for units in (low - 1, low) if units >= 1),
        key=lambda units: abs(size(experiment.replace(units=units)) - numbers),
    )
    return experiment.replace(units=nearest)


def spell(experiment: Experiment) -> dict[str, str]:
    """Return the experiment as words, for a link or a file: what has its default is left out.

    The default is the task's own recommendation for an LSTM.

    >>> spell(recommended("adding").replace(units=6, seed=3))
    {'task': 'adding', 'units': '6', 'seed': '3'}
    """
    plain = recommended(experiment.task, length=experiment.length)
    spelled = {"task": experiment.task}
    for field in dataclasses.fields(experiment):
        value = getattr(experiment, field.name)
        if field.name != "task" and value != getattr(plain, field.name):
            spelled[field.name] = str(int(value)) if isinstance(value, bool) else str(value)
    if experiment.length is not None:
        spelled["length"] = str(experiment.length)
    return spelled


def read(words: dict[str, str]) -> Experiment:
    """Return the experiment that these words spell: `read(spell(e))` has every field of `e`.

    Raises ValueError, in one sentence, for a word that cannot be read or trained.
    """
    task = words.get("task", Experiment.task)
    _one_of("task", task, tuple(LENGTHS))
    length = _number("length", words["length"], int) if "length" in words else None
    if length is not None:
        _within("length", length, LENGTHS[task].shortest, LENGTHS[task].longest)
    plain = recommended(task, length=length)
    changes: dict[str, Any] = {}
    for field in dataclasses.fields(plain):
        if field.name in words and field.name not in ("task", "length"):
            kind, word = type(getattr(plain, field.name)), words[field.name]
            changes[field.name] = word if kind is str else _number(field.name, word, kind)
    return plain.replace(**changes)


def _number(name: str, text: str, kind: Any) -> Any:
    """A word of an experiment as the number that it has there; `kind` is int, float or bool."""
    try:
        if len(text) > LONGEST_WORD:
            raise ValueError
        return {"0": False, "1": True}[text] if kind is bool else kind(text)
    except (ValueError, KeyError, OverflowError):
        expected = {int: "a whole number", float: "a number", bool: "0 or 1"}[kind]
        raise ValueError(f"{name} is {text[:LONGEST_WORD]!r}: expected {expected}") from None
