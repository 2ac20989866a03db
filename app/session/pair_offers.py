"""What can stand beside the run on the stage: minimal pairs, other sequences, other networks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lstm_core import ModelFileError, ReplaceInput, SequenceError, edited
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject
from lstm_core.tasks import Targets

from ..words import pair as words
from . import demos, model_files, state
from .beside import Beside
from .opened_view import OpenedView

MOST_SYMBOLS = 12  # that are offered in place of the one at the cursor
MOST_AT_EVENT = 3  # and of one at an event
MOST_EVENTS = 3


def offered_sequences(opened: OpenedView) -> dict[Beside, str]:
    """Return what of sequences can stand beside that on the stage, with names, minimal pairs first.

    A symbol at a timestep that matters is offered before one at the cursor; of symbols those come
    first that might have followed as well, then those of the other timesteps that matter.
    """
    offered = {}
    for beside in (*_exchanges(opened), *_symbols(opened), *_asked(opened)):
        offered[beside] = _name(opened, beside)
    if opened.before is not None:
        offered[Beside(kind="unchanged")] = words.UNCHANGED
    for example in opened.subject.examples:
        if example.sequence.id != opened.sequence.id:
            beside = Beside(kind="sequence", value=example.sequence.name)
            offered[beside] = example.sequence.name
    return offered


def _name(opened: OpenedView, beside: Beside) -> str:
    if beside.kind == "exchange":
        first, second = beside.timesteps
        symbols = opened.sequence.symbols or ()
        return words.exchanged(symbols[first], first, symbols[second], second)
    return words.minimal(beside.value, beside.timesteps[0])


def _event_timesteps(opened: OpenedView) -> list[int]:
    """The timesteps of symbols that matter, but for the last, which only asks."""
    events = opened.subject.truth.events(opened.sequence) if opened.sequence.symbols else ()
    return [e.timestep for e in events if e.timestep < len(opened.sequence) - 1][:MOST_EVENTS]


def _legal(targets: Targets | None, t: int) -> frozenset[str]:
    """The symbols that may stand at t, as far as anybody knows."""
    return targets[t - 1] if isinstance(targets, tuple) and t else frozenset()


def _exchanges(opened: OpenedView) -> Iterator[Beside]:
    """The two symbols that matter in the other order, where both may stand there."""
    symbols, times = opened.sequence.symbols or (), _event_timesteps(opened)
    targets = opened.subject.truth.targets(opened.sequence)
    for first, second in pairwise(times):
        a, b = symbols[first], symbols[second]
        there, later = _legal(targets, first), _legal(targets, second)
        if a != b and (not there or b in there) and (not later or a in later):
            yield Beside(kind="exchange", timesteps=(first, second))


def _symbols(opened: OpenedView) -> Iterator[Beside]:
    """The same sequence with another symbol where it matters, and at the cursor."""
    symbols, encoder = opened.sequence.symbols, opened.subject.model.encoder
    if symbols is None or encoder is None:
        return
    times, t = _event_timesteps(opened), opened.view.t
    targets = opened.subject.truth.targets(opened.sequence)
    elsewhere = {symbols[event] for event in times}
    for at in dict.fromkeys((*times, t)):
        others = {symbol for symbol in encoder.alphabet if symbol != symbols[at]}
        legal = _legal(targets, at) & others
        known = elsewhere & others - legal
        ranked = (*sorted(legal), *sorted(known), *sorted(others - legal - known))
        for symbol in ranked[: MOST_SYMBOLS if at == t else MOST_AT_EVENT]:
            yield Beside(kind="symbol", value=symbol, timesteps=(at,))


def _asked(opened: OpenedView) -> Iterator[Beside]:
    """The pair that the view asks for, where this sequence can be changed so."""
    beside, encoder = opened.view.beside, opened.subject.model.encoder
    symbols = opened.sequence.symbols
    fits = symbols is not None and all(t < len(opened.sequence) for t in beside.timesteps)
    if beside.kind == "exchange" and fits:
        yield beside
    if beside.kind == "symbol" and fits and encoder and beside.value in encoder.alphabet:
        yield beside


def sequence_beside(opened: OpenedView, beside: Beside) -> Sequence:
    """Return a sequence that is offered."""
    symbols, times = opened.sequence.symbols or (), beside.timesteps
    if beside.kind == "unchanged":
        return opened.unchanged_sequence
    if beside.kind == "sequence":
        example = opened.subject.example(beside.value)
        assert example is not None
        return example.sequence
    values = [beside.value] if beside.kind == "symbol" else [symbols[t] for t in times[::-1]]
    edits = [ReplaceInput(timestep=t, value=v) for t, v in zip(times, values, strict=True)]
    return edited(opened.sequence, edits).sequence


def offered_networks(opened: OpenedView) -> dict[Beside, tuple[str, Subject]]:
    """Return the other networks that can read what is on the stage, with their names."""
    return {
        Beside(kind="network", value=value): (name, reader)
        for value, name, subject in (*_files(opened), *_twins(opened))
        if subject.name != opened.subject.name and _reads(reader := opened.read_by(subject), opened)
    }


def _files(opened: OpenedView) -> Iterator[tuple[str, str, Subject]]:
    """The other files of this session; of each the chain that stands where the open one does."""
    held = state.held_model()
    if held is None:
        return
    for file, name in state.opened_models().items():
        if file == held["file"]:
            continue
        try:
            yield name, name, model_files.uploaded_chain(file, name, held["layer"], {})
        except (model_files.ModelGoneError, ModelFileError):
            continue


def _twins(opened: OpenedView) -> Iterator[tuple[str, str, Subject]]:
    """A demo's own network and its twins."""
    demo = opened.view.demo
    if demo in demos.demo_names():
        yield demo, demos.demo(demo).title, demos.demo(demo)
        for name in demos.twin_names(demo):
            yield name, demos.twin(demo, name).title, demos.twin(demo, name)


def _reads(subject: Subject, opened: OpenedView) -> bool:
    """Whether a network can read the sequence on the stage."""
    encoder, mine = subject.model.encoder, opened.subject.model.encoder
    if encoder is None or mine is None or encoder.reads_symbols != mine.reads_symbols:
        return False
    try:
        encoder.check_readable(opened.unchanged_sequence)
    except SequenceError:
        return False
    return True
