"""What a page steps through: a demo, a network trained here, or a model that the reader brought.

All are a trained network with sequences to run. Of the first two we know what is true at each
timestep; of a model that somebody brought we know what its file says, and nothing else.
"""

from __future__ import annotations

import dataclasses
from typing import Any, Protocol

import numpy as np

from lstm_core.demo import NamedSequence, verdicts
from lstm_core.experiment import Experiment, spell, task_of
from lstm_core.model import Model
from lstm_core.model.encoders import EmbeddingEncoder, NumericEncoder, OneHotEncoder
from lstm_core.record import Array, record
from lstm_core.tasks import Targets, Task

from ..words import train as train_words
from ..words import your_model as model_words

LONGEST = 100_000  # timesteps of a sequence of the reader's own
LARGEST_RUN = 4_000_000  # its timesteps times all units of the chain: some 200 MB of signals
MOST_NUMBERS = 1_000_000  # its timesteps times the inputs
SHOWN_TIMESTEPS = 60  # of the sequences that we make up
FRESH = 4  # sequences of its task that a trained network begins with
TRAINED, AT = "trained", "at"  # how the name of a trained network begins and ends


class Subject(Protocol):
    """A network that can be stepped through; see `lstm_core.demo.Demo` for the fields."""

    @property
    def name(self) -> str:
        """The word by which caches and links know it."""

    @property
    def title(self) -> str:
        """What it is called on the page: data, never markup."""

    @property
    def question(self) -> str:
        """One sentence: what the network is asked."""

    @property
    def model(self) -> Model:
        """What is run: one chain of layers, with an encoder."""

    @property
    def sequences(self) -> tuple[NamedSequence, ...]:
        """Sequences to begin with, at least one."""

    @property
    def max_timesteps(self) -> int:
        """How long a sequence of the reader's own may be."""

    @property
    def legal_threshold(self) -> float | None:
        """The probability above which a symbol counts as one that may follow, if there is one."""

    def random_sequence(self, seed: int) -> Any:
        """Return the sequence of this seed."""

    def targets(self, sequence: Any) -> Targets | None:
        """Return what is true at each timestep; None where nobody knows."""

    def correct(self, sequence: Any, predictions: Array) -> Array:
        """Return at each timestep whether the prediction is right, (T,): 1, 0, or -1 unknown."""


@record
class Uploaded:
    """One chain of layers of a model that the reader brought.

    `whole` is all that was found in the file; the chain's first layer is its layer `first`.
    """

    name: str
    title: str
    whole: Model
    first: int
    model: Model
    sequences: tuple[NamedSequence, ...]
    max_timesteps: int
    question: str = ""
    legal_threshold: float | None = None

    def random_sequence(self, seed: int) -> Any:
        """Return symbols drawn evenly, or numbers (T, D) from the standard normal distribution.

        Neither is what the network was trained on, and the page says so.
        """
        return _random_sequence(self.model, seed)

    def targets(self, sequence: Any) -> None:
        """Return None: nobody has told us what is true."""

    def correct(self, sequence: Any, predictions: Array) -> Array:
        """Return that nobody knows, (T,) of -1."""
        return np.full(len(predictions), -1, np.int8)


def uploaded(name: str, title: str, whole: Model, layer: int) -> Uploaded:
    """Return the chain of `whole` that its layer `layer` belongs to, ready to be stepped.

    A chain whose inputs the file says nothing about reads numbers as they are. A layer that
    there is not takes the first.
    """
    layer = layer if 0 <= layer < len(whole.layers) else 0
    first = first_of_chain(whole, layer)
    chain = whole.chain(layer)
    question = ""
    if chain.encoder is None:
        question = model_words.reads_numbers(chain.layers[0].input_size)
        chain = dataclasses.replace(chain, encoder=as_they_are(chain.layers[0].input_size))
    return Uploaded(
        name=f"{name}-{first}",
        title=title,
        whole=whole,
        first=first,
        model=chain,
        sequences=_beginnings(chain),
        max_timesteps=longest_sequence(chain),
        question=question,
    )


def first_of_chain(model: Model, layer: int) -> int:
    """Return the place of the layer that begins the chain of layer `layer`."""
    return max(k for k in range(layer + 1) if k == 0 or not model.layers[k].follows)


def as_they_are(size: int) -> NumericEncoder:
    """Return an encoder of `size` numbers, called x0, x1, …, that changes nothing."""
    columns = tuple(f"x{k}" for k in range(size))
    return NumericEncoder(columns=columns, offset=np.zeros(size), scale=np.ones(size))


def longest_sequence(chain: Model) -> int:
    """Return how many timesteps can be run without filling the server's memory."""
    units = sum(layer.hidden_size * (1 + layer.bidirectional) for layer in chain.layers)
    inputs = chain.layers[0].input_size
    return max(SHOWN_TIMESTEPS, min(LONGEST, LARGEST_RUN // units, MOST_NUMBERS // inputs))


def _beginnings(chain: Model) -> tuple[NamedSequence, ...]:
    """The sequences to begin with: said to be made up, because they are."""
    encoder = chain.encoder
    drawn = _random_sequence(chain, 0)
    if isinstance(encoder, OneHotEncoder | EmbeddingEncoder):
        in_order = encoder.alphabet[:SHOWN_TIMESTEPS]
        return (
            NamedSequence(**model_words.RANDOM_SYMBOLS, sequence=drawn),
            NamedSequence(**model_words.SYMBOLS_IN_ORDER, sequence=in_order),
        )
    return (
        NamedSequence(**model_words.RANDOM_NUMBERS, sequence=drawn),
        NamedSequence(**model_words.ZEROS, sequence=np.zeros(np.shape(drawn))),
    )


def _random_sequence(chain: Model, seed: int) -> Any:
    rng = np.random.default_rng(seed)
    encoder = chain.encoder
    if isinstance(encoder, OneHotEncoder | EmbeddingEncoder):
        places = rng.integers(len(encoder.alphabet), size=SHOWN_TIMESTEPS)
        return tuple(encoder.alphabet[k] for k in places)
    scaled = rng.standard_normal((SHOWN_TIMESTEPS, chain.layers[0].input_size))
    scaled = scaled.astype(np.float32).astype(np.float64)  # what a float32 network reads exactly
    if isinstance(encoder, NumericEncoder):
        return scaled * encoder.scale + encoder.offset
    return scaled


@record
class Trained:
    """A network that was trained here: what its recipe made after `update` updates.

    Its name is the recipe, so that a link tells how to make it again. `success` is the share of
    fresh sequences that it got right.
    """

    experiment: Experiment
    update: int
    success: float
    model: Model
    task: Task
    sequences: tuple[NamedSequence, ...]
    max_timesteps: int

    @property
    def name(self) -> str:
        """Recipe and update in one word."""
        return trained_name(self.experiment, self.update)

    @property
    def title(self) -> str:
        """What it is called on the page."""
        chosen = self.experiment
        return train_words.trained(self.task.title, chosen.cell, chosen.units, self.update)

    @property
    def question(self) -> str:
        """What the task asks."""
        return self.task.question

    @property
    def legal_threshold(self) -> float | None:
        """The task's."""
        return self.task.legal_threshold

    @property
    def tolerance(self) -> float | None:
        """The task's."""
        return self.task.tolerance

    def random_sequence(self, seed: int) -> Any:
        """Return the task's sequence of this seed."""
        return self.task.random_sequence(np.random.default_rng(seed))

    def targets(self, sequence: Any) -> Targets:
        """Return what is true at each timestep."""
        return self.task.targets(sequence)

    def correct(self, sequence: Any, predictions: Array) -> Array:
        """Return at each timestep whether the prediction is right, as `Demo.correct` does."""
        targets = self.targets(sequence)
        return verdicts(
            targets, predictions, self.task.labels, self.legal_threshold, self.tolerance
        )


def trained(
    experiment: Experiment, update: int, success: float, model: Model, watched: Any
) -> Trained:
    """Return a trained network, ready to be stepped: first through the `watched` sequence."""
    task = task_of(experiment)
    fresh = tuple(
        NamedSequence(
            name=train_words.fresh(k),
            note=train_words.FRESH_NOTE,
            sequence=task.random_sequence(np.random.default_rng([k, update])),
        )
        for k in range(1, FRESH + 1)
    )
    return Trained(
        experiment=experiment,
        update=update,
        success=success,
        model=model,
        task=task,
        sequences=(NamedSequence(**train_words.WATCHED, sequence=watched), *fresh),
        max_timesteps=longest_sequence(model),
    )


def trained_name(experiment: Experiment, update: int) -> str:
    """Return the word for what a recipe makes after `update` updates.

    "trained~task.adding~seed.3~at.600": letters that an address carries as they are.
    """
    words = {**spell(experiment), AT: str(update)}
    return "~".join([TRAINED, *(f"{name}.{value}" for name, value in words.items())])


def recipe_words(name: str) -> dict[str, str] | None:
    """Return the words of the recipe in the name of a trained network; None for another name."""
    first, *pairs = name.split("~")
    if first != TRAINED:
        return None
    words = dict(pair.partition(".")[::2] for pair in pairs)
    words.pop(AT, None)
    return words
