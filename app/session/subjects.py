"""What a page steps through: a demo, a network trained here, or a model that the reader brought.

All are a trained network with sequences to run. Of the first two we know what is true at each
timestep; of a model that the reader brought, only what its file says is known.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from lstm_core.experiment import Experiment, spell, task_of
from lstm_core.model import Model, keeps_time
from lstm_core.model.encoders import Encoder, NumericEncoder
from lstm_core.record import record
from lstm_core.sequence import Sequence, number_sequence
from lstm_core.subject import Example, Subject
from lstm_core.tasks import Event, GroundTruth, Task

from ..words import capture as words
from ..words import train as train_words
from ..words import your_model as model_words
from ..words.phrases import said

LONGEST = 1_000_000  # timesteps of a sequence of the reader's own
LARGEST_RUN = 4_000_000  # its timesteps times all units of the chain: some 200 MB of signals
MOST_NUMBERS = 8_000_000  # its timesteps times the inputs
SHOWN_TIMESTEPS = 60  # of the sequences that we make up
MOST_RECORDED = 500  # recorded sequences of a model that are offered
FRESH = 4  # sequences of its task that a trained network begins with
TRAINED, AT = "trained", "at"  # how the name of a trained network begins and ends

# Sequences that are made up here. Their names stand in addresses, so they are English whatever
# the language; `phrases` has what they are called on the page.
RANDOM_SYMBOLS = {
    "name": "Random symbols",
    "note": "Symbols drawn at random, each as often as any other: made up, not real data.",
}
SYMBOLS_IN_ORDER = {
    "name": "Symbols in their order",
    "note": "The first symbols of the alphabet in their order: made up, not real data.",
}
RANDOM_NUMBERS = {
    "name": "Random numbers",
    "note": "Numbers drawn at random (mean 0, deviation 1): made up, not real data.",
}
ZEROS = {"name": "Zeros", "note": "All inputs are zero: what the network does by itself."}
WATCHED = {
    "name": "The watched sequence",
    "note": "The sequence that was watched while the network learned.",
}
FRESH_NAME = "Fresh {k}"
FRESH_NOTE = "A fresh sequence that the network has not learned from."


@record
class Unknown:
    """The truth about a model that the reader brought: unknown.

    It draws sequences of `timesteps` that the encoder can read. They are not what the network
    was trained on, and the page says so.
    """

    legal_threshold: ClassVar[float | None] = None
    tolerance: ClassVar[float | None] = None

    encoder: Encoder
    timesteps: int

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return symbols drawn evenly, or numbers (T, D) that are standard normal when scaled."""
        return self.encoder.random_sequence(rng, self.timesteps)

    def targets(self, sequence: Sequence) -> None:
        """Return None: what is true is unknown."""

    def cue(self, sequence: Sequence) -> None:
        """Return None: what has to be remembered is unknown."""

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return (): which timesteps matter is unknown."""
        return ()


@record
class Recorded(Unknown):
    """The truth about sequences that were recorded where a model lives: where calls begin.

    `seams` are those timesteps and the number of the call, by the sequence's id.
    """

    seams: Mapping[str, tuple[tuple[int, int], ...]]

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return the timesteps at which another call begins."""
        seams = self.seams.get(sequence.id, ())
        return tuple(Event(timestep=t, label=words.seam(call + 1)) for t, call in seams)


@record
class Uploaded(Subject):
    """One chain of layers of a model that the reader brought.

    `whole` is the whole model of the file; the chain's first layer is its layer `first`.
    """

    whole: Model
    first: int


def uploaded(
    name: str, title: str, whole: Model, layer: int, ours: Subject | None = None
) -> Uploaded:
    """Return the chain of `whole` that its layer `layer` belongs to, ready to be stepped.

    A chain whose inputs the file says nothing about reads numbers as they are. A layer that
    there is not takes the first. `ours` is the demo whose network is in the file, if it is one:
    then its sequences, its question and its truth are known.
    """
    layer = layer if 0 <= layer < len(whole.layers) else 0
    first = first_of_chain(whole, layer)
    described, chain = whole.chain(layer), readable(whole.chain(layer))
    size, encoder = chain.input_size, chain.encoder
    assert encoder is not None
    known = described.encoder or chain.recorded
    question = "" if known else model_words.reads_numbers(size)
    longest = longest_sequence(chain)
    unknown = Unknown(encoder=encoder, timesteps=min(SHOWN_TIMESTEPS, longest))
    examples, truth = _examples(chain, unknown, longest, ours)
    return Uploaded(
        name=f"{name}-{first}",
        title=title,
        whole=whole,
        first=first,
        model=chain,
        examples=examples,
        truth=truth,
        max_timesteps=longest,
        question=ours.question if ours else question,
    )


def readable(chain: Model) -> Model:
    """Return a chain that reads numbers as they are where its file does not say what it reads.

    What makes other timesteps of those that are read is left out: the chain reads what it gives,
    so that what was read stands beside each timestep.
    """
    others = [k for k, stage in enumerate(chain.front) if not keeps_time(stage)]
    if others:
        chain = dataclasses.replace(chain, front=chain.front[others[-1] + 1 :], encoder=None)
    if chain.encoder is not None:
        return chain
    return dataclasses.replace(chain, encoder=as_they_are(chain.input_size))


def first_of_chain(model: Model, layer: int) -> int:
    """Return the place of the layer that begins the chain of layer `layer`."""
    return max(k for k in range(layer + 1) if k == 0 or not model.layers[k].follows)


def as_they_are(size: int) -> NumericEncoder:
    """Return an encoder of `size` numbers, called x0, x1, …, that changes nothing."""
    columns = tuple(f"x{k}" for k in range(size))
    return NumericEncoder(columns=columns, offset=np.zeros(size), scale=np.ones(size))


def longest_sequence(chain: Model) -> int:
    """Return how many timesteps can be run without filling the server's memory, at least 1."""
    units = sum(layer.hidden_size * (1 + layer.bidirectional) for layer in chain.layers)
    inputs = max(chain.input_size, chain.layers[0].input_size)
    return max(1, min(LONGEST, LARGEST_RUN // units, MOST_NUMBERS // inputs))


def _made_up(truth: Unknown) -> tuple[Example, ...]:
    """Return sequences to begin with: said to be made up, because they are."""
    drawn = truth.random_sequence(np.random.default_rng(0))
    simplest = truth.encoder.simplest_sequence(truth.timesteps)
    if truth.encoder.reads_symbols:
        return (
            _example(drawn, **RANDOM_SYMBOLS),
            _example(simplest, **SYMBOLS_IN_ORDER),
        )
    return (
        _example(drawn, **RANDOM_NUMBERS),
        _example(simplest, **ZEROS),
    )


def _examples(
    chain: Model, unknown: Unknown, longest: int, ours: Subject | None
) -> tuple[tuple[Example, ...], GroundTruth]:
    """Return sequences to begin with, and what is true: recorded, of our own demo, or made up."""
    if chain.recorded:
        return _recorded(chain, unknown, longest)
    return (ours.examples, ours.truth) if ours else (_made_up(unknown), unknown)


def _recorded(chain: Model, unknown: Unknown, longest: int) -> tuple[tuple[Example, ...], Recorded]:
    """Return the recorded sequences of a chain, at most `MOST_RECORDED`, and their seams.

    One that is longer than can be run here is cut.
    """
    examples: list[Example] = []
    seams: dict[str, tuple[tuple[int, int], ...]] = {}
    for one in chain.recorded[:MOST_RECORDED]:
        sequence = number_sequence(
            one.inputs[:longest],
            unknown.encoder.columns,
            name=words.recorded_name(one.first_call, one.calls, one.row, one.rows),
        )
        note = words.recorded_note(len(one), len(sequence), one.calls)
        examples.append(Example(sequence=sequence, note=note, start=one.start))
        if one.calls < len(one):  # of a call for each timestep nothing need be marked
            calls = enumerate(one.seams, start=one.first_call + 1)
            seams[sequence.id] = tuple((t, call) for call, t in calls if t < len(sequence))
    return tuple(examples), Recorded(
        encoder=unknown.encoder, timesteps=unknown.timesteps, seams=seams
    )


def _example(sequence: Sequence, name: str, note: str) -> Example:
    return Example(sequence=dataclasses.replace(sequence, name=name), note=note)


@record
class Trained(Subject):
    """A network that was trained here: what its recipe made after `update` updates.

    Its name is the recipe, so that a link tells how to make it again. `success` is the share of
    fresh sequences that it got right.
    """

    experiment: Experiment
    update: int
    success: float


def trained(
    experiment: Experiment, update: int, success: float, model: Model, watched: Sequence
) -> Trained:
    """Return a trained network, ready to be stepped: first through the `watched` sequence."""
    task = task_of(experiment)
    return Trained(
        name=trained_name(experiment, update),
        title=f"{task.title}, update {update:,}",
        question=task.question,
        experiment=experiment,
        update=update,
        success=success,
        model=model,
        truth=task,
        examples=(
            _example(watched, **WATCHED),
            *(_fresh(task, k, update) for k in range(1, FRESH + 1)),
        ),
        max_timesteps=longest_sequence(model),
    )


def _fresh(task: Task, k: int, update: int) -> Example:
    """Return the k-th fresh sequence of the task that a trained network begins with."""
    drawn = task.random_sequence(np.random.default_rng([k, update]))
    return _example(drawn, FRESH_NAME.format(k=k), FRESH_NOTE)


def title_of(subject: Subject) -> str:
    """Return what a network is called in the language that is spoken."""
    if not isinstance(subject, Trained):
        return said(subject.title)
    experiment, task = subject.experiment, said(task_of(subject.experiment).title)
    return train_words.trained(task, experiment.cell, experiment.units, subject.update)


def trained_name(experiment: Experiment, update: int) -> str:
    """Return the name of what a recipe makes after `update` updates.

    "trained~task.adding~seed.3~at.600": letters that an address carries as they are.
    """
    settings = {**spell(experiment), AT: str(update)}
    return "~".join([TRAINED, *(f"{name}.{value}" for name, value in settings.items())])


def recipe_words(name: str) -> dict[str, str] | None:
    """Return the settings in the name of a trained network, as spelled; None for another name."""
    first, *pairs = name.split("~")
    if first != TRAINED:
        return None
    settings = dict(pair.partition(".")[::2] for pair in pairs)
    settings.pop(AT, None)
    return settings
