"""The run that comes of the reader's changes: what is read, what it begins with, what is held."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from lstm_core import Clamp, Edit, EditedSequence, LayerState, SequenceError, edited
from lstm_core.model import ModelRun, can_go_on, generated, rerun
from lstm_core.model.layer import Direction
from lstm_core.record import Array, record
from lstm_core.run.edits import ADDED
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject
from lstm_core.tasks import Event, GroundTruth, Targets
from lstm_core.tasks.common import Cue

from .holding import fits
from .own_sequence import HeldAgainst
from .runs import model_run, run_key
from .shared_store import store
from .what_if import (
    Change,
    Changes,
    GoOn,
    Start,
    StartAfter,
    edits_of,
    of_kind,
    spell_changes,
)


def fitting(
    changes: Changes, subject: Subject, sequence: Sequence, layer: int, direction: Direction
) -> tuple[Changes, EditedSequence]:
    """Return those changes that a network's run over a sequence can have, and what is then read.

    An edit that cannot be made, or makes what the network cannot read, is left out, and so is a
    clamp on a signal, a unit or a timestep that is not there.
    """
    read = edited(sequence, ())
    kept: list[Edit] = []
    for edit in edits_of(changes):
        tried = _tried(subject, sequence, (*kept, edit))
        if tried is not None:
            read, kept = tried, [*kept, edit]
    plain = model_run(subject, sequence)
    trace = getattr(plain.layers[layer], direction)
    more = _to_generate(changes, subject, len(read.sequence))
    length = len(read.sequence) + sum(one.timesteps for one in more)
    units: int = trace.parameters.hidden_size
    names = [example.sequence.name for example in subject.examples]

    def fitting_change(change: Change) -> bool:
        match change:
            case Clamp():
                return fits(change, trace, length)
            case Start():
                return (change.unit or 0) < units
            case StartAfter():
                return change.sequence == "" or change.sequence in names
            case GoOn():
                return any(change is one for one in more)
            case _:
                return any(change is edit for edit in kept)

    return tuple(filter(fitting_change, changes)), read


def _to_generate(changes: Changes, subject: Subject, length: int) -> tuple[GoOn, ...]:
    """The last wish to go on, where the network can and the run stays short enough; else ()."""
    wishes = of_kind(changes, GoOn)[-1:]
    if not wishes or can_go_on(subject.model):
        return ()
    return wishes if length + wishes[0].timesteps <= subject.max_timesteps else ()


def with_generated(
    subject: Subject,
    sequence: Sequence,
    changes: Changes,
    read: EditedSequence,
    layer: int,
    direction: Direction,
) -> EditedSequence:
    """Return what is read with what the network goes on with, all its changes on."""
    wishes = of_kind(changes, GoOn)
    if not wishes:
        return read
    (wish,) = wishes
    key = ("generated", *run_key(subject, sequence), spell_changes(changes), layer, direction)
    whole = store.get_or_compute(
        key,
        lambda: generated(
            subject.model,
            read.sequence,
            wish.timesteps,
            np.random.default_rng(wish.seed),
            wish.temperature,
            {layer: {direction: of_kind(changes, Clamp)}},
            start_states(subject, sequence, changes, layer, direction),
        ),
    )
    origin = np.append(read.origin, np.full(wish.timesteps, ADDED))
    return EditedSequence(sequence=whole, origin=origin)


def _tried(subject: Subject, sequence: Sequence, edits: tuple[Edit, ...]) -> EditedSequence | None:
    """The sequence after some edits; None where that cannot be, or cannot be read."""
    try:
        read = edited(sequence, edits)
        if len(read.sequence) > subject.max_timesteps:
            return None
        if subject.model.encoder is not None:
            subject.model.encoder.check_readable(read.sequence)
    except (ValueError, SequenceError):
        return None
    return read


@record
class KnownUntil:
    """What is true of a sequence up to a length, after which the network wrote it itself."""

    truth: GroundTruth
    length: int
    legal_threshold: float | None
    tolerance: float | None

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return a sequence of the network's own task."""
        return self.truth.random_sequence(rng)

    def targets(self, sequence: Sequence) -> Targets | None:
        """Return what is true at each timestep: unknown where the next one is the network's own."""
        targets, known = self.truth.targets(sequence), self.length - 1
        if targets is None:
            return None
        if isinstance(targets, tuple):
            return (*targets[:known], *(frozenset[str](),) * (len(targets) - known))
        return np.where(np.arange(len(targets))[:, np.newaxis] < known, targets, np.nan)

    def cue(self, sequence: Sequence) -> Cue | None:
        """Return what has to be remembered."""
        return self.truth.cue(sequence)

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return the timesteps that matter in what the network did not write itself."""
        return tuple(one for one in self.truth.events(sequence) if one.timestep < self.length)


def with_truth(subject: Subject, origin: Array, changes: Changes) -> Subject:
    """Return a network that knows what is true of the changed sequence.

    A column of the reader's follows the edits; of what the network wrote itself nothing is true.
    """
    truth = subject.truth
    if isinstance(truth, HeldAgainst):
        values = np.where(origin >= 0, truth.values[origin], np.nan)
        return dataclasses.replace(subject, truth=dataclasses.replace(truth, values=values))
    own = sum(one.timesteps for one in of_kind(changes, GoOn))
    if not own:
        return subject
    known = KnownUntil(
        truth=truth,
        length=len(origin) - own,
        legal_threshold=truth.legal_threshold,
        tolerance=truth.tolerance,
    )
    return dataclasses.replace(subject, truth=known)


def changed_run(
    subject: Subject,
    sequence: Sequence,
    changes: Changes,
    read: Sequence,
    layer: int,
    direction: Direction,
) -> ModelRun:
    """Return a network's run over a sequence with changes, which make `read` of it."""
    key = ("run", *run_key(subject, sequence), spell_changes(changes), layer, direction)

    def compute() -> ModelRun:
        return rerun(
            subject.model,
            model_run(subject, sequence),
            subject.model.encode(read),
            {layer: {direction: of_kind(changes, Clamp)}},
            start_states(subject, sequence, changes, layer, direction),
        )

    return store.get_or_compute(key, compute)


def start_states(
    subject: Subject, sequence: Sequence, changes: Changes, layer: int, direction: Direction
) -> Mapping[int, LayerState]:
    """Return the states that a changed run begins with, by layer; {} where they are the usual."""
    states: dict[int, LayerState] = {}
    plain = model_run(subject, sequence)
    for change in of_kind(changes, StartAfter):
        states = _run_before(subject, sequence, change.sequence).final_states
    typed = of_kind(changes, Start)
    if typed:
        zero = _zeros(plain.final_states[layer])
        states[layer] = _typed(states.get(layer, zero), typed, direction)
    return states


def _run_before(subject: Subject, sequence: Sequence, name: str) -> ModelRun:
    example = subject.example(name)
    read = example.sequence if example else sequence
    return model_run(subject.starting(example), read)


def _zeros(state: LayerState) -> LayerState:
    cell = None if state.cell is None else np.zeros_like(state.cell)
    return LayerState(hidden=np.zeros_like(state.hidden), cell=cell)


def _typed(state: LayerState, starts: tuple[Start, ...], direction: Direction) -> LayerState:
    """The state with what was typed in the memory of one direction."""
    memory = np.array(state.hidden if state.cell is None else state.cell)
    row = memory[1 if direction == "backward" else 0] if memory.ndim > 1 else memory
    for start in starts:
        row[slice(None) if start.unit is None else start.unit] = start.value
    if state.cell is None:
        return LayerState(hidden=memory)
    return LayerState(hidden=state.hidden, cell=memory)


def earlier_values(before: Array, origin: Array) -> Array:
    """Return a series (T, ·) of the unchanged run at the timesteps of the changed one, (T', ·).

    NaN where the changed run reads what the other did not.
    """
    aligned = before[np.maximum(origin, 0)].astype(np.float64)
    aligned[origin < 0] = np.nan
    return aligned
