"""What the units of a network are about: probed on its own sequences, or on the reader's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from lstm_core.analysis.probes import Probe, Property, probes
from lstm_core.analysis.text_properties import text_properties
from lstm_core.record import Array, record
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject
from lstm_core.tasks.common import Cue

from .heavy_runs import in_turn, run_seconds
from .opened_view import OpenedView
from .own_sequence import HeldAgainst, column_names
from .runs import run_key
from .shared_store import store

TIMESTEPS = 12_000  # of all sequences that are probed
MOST_SEQUENCES = 200
LEAST = 60  # timesteps: fewer are too few to hold a part out
LARGEST_ALPHABET = 12  # symbols that are properties of their own
LETTERS = 20  # symbols from which on an alphabet of single characters is a text


@record
class Probed:
    """All probes of one signal, and on how many sequences and timesteps."""

    probes: tuple[Probe, ...]
    sequences: int
    timesteps: int


def probed(opened: OpenedView, signal: str) -> Probed | None:
    """Return how well the units on the stage tell what is known; None where too little is read.

    The sequences are all of the reader's file, or else fresh ones of the network's task.
    """
    view = opened.view
    own = opened.own.upload.id if opened.own and opened.own.upload else ""
    run = run_key(opened.subject, opened.unchanged_sequence)
    key = ("probes", *run, own, view.layer, view.direction, signal)
    seconds = run_seconds(opened.subject.model, TIMESTEPS)
    return store.get_or_compute(key, lambda: in_turn(seconds, lambda: _probed(opened, signal)))


def _probed(opened: OpenedView, signal: str) -> Probed | None:
    view, model = opened.view, opened.subject.model
    series, known = [], []
    for subject, sequence in _sequences(opened):
        trace = getattr(model.run(sequence).layers[view.layer], view.direction)
        series.append(trace.series(signal))
        known.append(properties_of(subject, sequence))
        if sum(map(len, series)) >= TIMESTEPS:
            break
    if sum(map(len, series)) < LEAST:
        return None
    joined = [_joined(parts) for parts in zip(*known, strict=True)]
    varied = [one for one in joined if np.ptp(one.values) > 0]
    results = probes(np.concatenate(series), varied, np.random.default_rng(0))
    return Probed(probes=results, sequences=len(series), timesteps=sum(map(len, series)))


def _sequences(opened: OpenedView) -> Iterator[tuple[Subject, Sequence]]:
    """The sequences to probe on, each with a network that knows what is true of it."""
    if opened.own is not None:
        for place in range(min(MOST_SEQUENCES, len(opened.own.understanding.sequences))):
            one = replace(opened.own, place=place)
            yield one.reader(opened.subject), one.sequence
        return
    for seed in range(MOST_SEQUENCES):
        yield opened.subject, opened.subject.random_sequence(seed)


def _joined(parts: tuple[Property, ...]) -> Property:
    return Property(name=parts[0].name, values=np.concatenate([part.values for part in parts]))


def properties_of(subject: Subject, sequence: Sequence) -> tuple[Property, ...]:
    """Return what is known of each timestep: of what is read, and of what is true."""
    properties = [Property(name="timestep", values=np.arange(len(sequence), dtype=np.float32))]
    encoder = subject.model.encoder
    if sequence.numbers is not None:
        names = column_names(encoder, sequence)
        properties += [
            Property(name=name, values=column.astype(np.float32))
            for name, column in zip(names, sequence.numbers.T, strict=False)
        ]
    alphabet = encoder.alphabet if encoder is not None else ()
    if sequence.symbols is not None and len(alphabet) >= LETTERS:
        properties += text_properties(sequence.symbols)
    elif sequence.symbols is not None and len(alphabet) <= LARGEST_ALPHABET:
        properties += _symbols(sequence.symbols, alphabet)
    few = len(alphabet) <= LARGEST_ALPHABET
    return (*properties, *_truth(subject, sequence)) if few else tuple(properties)


def _symbols(symbols: tuple[str, ...], alphabet: tuple[str, ...]) -> Iterator[Property]:
    """For each symbol whether it is read now, and how often it was read so far."""
    read = np.array(symbols)
    for symbol in alphabet:
        now = (read == symbol).astype(np.float32)
        yield Property(name=f"reads {symbol}", values=now)
        yield Property(name=f"how often {symbol} was read", values=now.cumsum())


def _truth(subject: Subject, sequence: Sequence) -> Iterator[Property]:
    """What has to be remembered, from when it was read, and the reader's own column."""
    truth = subject.truth
    if isinstance(truth, HeldAgainst):
        if np.isfinite(truth.values).all():
            yield Property(name=truth.column, values=truth.values.astype(np.float32))
        return
    cue, encoder = truth.cue(sequence), subject.model.encoder
    labels = subject.model.readout.labels if subject.model.readout else ()
    if encoder is not None and encoder.reads_symbols:
        for symbol in dict.fromkeys((*labels, *encoder.alphabet)):
            yield Property(name=f"has to remember {symbol}", values=_kept(sequence, cue, symbol))
    else:
        yield Property(name="the number to remember", values=_kept(sequence, cue, None))


def _kept(sequence: Sequence, cue: Cue | None, symbol: str | None) -> Array:
    """What has to be kept at each timestep: whether it is a symbol, or the number; 0 before."""
    kept = np.zeros(len(sequence), np.float32)
    for stage in cue.stages() if cue is not None else ():
        kept[stage.timestep :] = stage.value == symbol if symbol is not None else stage.value
    return kept
