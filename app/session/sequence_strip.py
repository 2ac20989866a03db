"""What stands above the heatmaps: what was read, what the network expects, what is true."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lstm_core.model import ModelRun
from lstm_core.record import Array
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject

from ..components.stage import NumberStrip, StripLine, SymbolStrip
from ..words import stage as stage_words
from .own_sequence import HeldAgainst, column_names, digest
from .runs import run_key


def strip_key(subject: Subject, sequence: Sequence) -> tuple[str, ...]:
    """Return what names a strip: the run, its names and time stamps, and what is true."""
    truth = subject.truth.id if isinstance(subject.truth, HeldAgainst) else ""
    names = "\n".join(column_names(subject.model.encoder, sequence))
    times = "\n".join(sequence.times or ())
    return (*run_key(subject, sequence), digest(names), digest(times), truth)


def strip_of(subject: Subject, sequence: Sequence, run: ModelRun) -> SymbolStrip | NumberStrip:
    """Return the strip of one run: symbols or numbers, as they were read, with time stamps."""
    return replace(_strip(subject, sequence, run), times=sequence.times or ())


def _strip(subject: Subject, sequence: Sequence, run: ModelRun) -> SymbolStrip | NumberStrip:
    if sequence.numbers is not None:
        return _number_strip(subject, sequence, sequence.numbers, run)
    tokens, readout = sequence.symbols or (), subject.model.readout
    if run.predictions is None or readout is None or readout.activation == "linear":
        return SymbolStrip(tokens=tokens)
    correct = subject.correct(sequence, run.predictions)
    if subject.truth.legal_threshold is None:
        best = run.predictions.argmax(axis=-1)
        return SymbolStrip(
            tokens=tokens,
            predicted=tuple(readout.labels[k] for k in best),
            predicted_title=stage_words.TABLE["most_likely"],
            asks="guess",
            expected=tuple((readout.labels[k],) for k in best),
            correct=correct,
            extra=_what_followed(subject, sequence, readout.labels, run.predictions),
        )
    expected = _likely_symbols(subject, readout.labels, run.predictions)
    answers = names_classes(subject) or _asks_rarely(subject)
    return SymbolStrip(
        tokens=tokens,
        predicted=tuple(map("".join, expected)),
        predicted_title=stage_words.TABLE["answers" if answers else "may_follow"],
        asks="answer" if answers else "follow",
        expected=expected,
        legal=_legal_symbols(subject, sequence, readout.labels),
        is_known=_is_known(subject, sequence),
        correct=correct,
    )


def names_classes(subject: Subject) -> bool:
    """Whether the network names one of some classes, rather than a symbol that follows.

    It does where there is a symbol that it reads and can never name.
    """
    encoder, readout = subject.model.encoder, subject.model.readout
    symbols = encoder.alphabet if encoder else ()
    return readout is not None and bool(symbols) and not set(symbols) <= set(readout.labels)


def _what_followed(
    subject: Subject, sequence: Sequence, labels: tuple[str, ...], predictions: Array
) -> tuple[StripLine, ...]:
    """The probability that was given to what did follow, where anybody knows what did."""
    targets = subject.truth.targets(sequence)
    if not isinstance(targets, tuple):
        return ()
    place = {label: k for k, label in enumerate(labels)}
    followed = tuple(next(iter(symbols)) if len(symbols) == 1 else "" for symbols in targets)
    values = np.full(len(sequence), np.nan)
    for t, symbol in enumerate(followed):
        if symbol in place:
            values[t] = min(predictions[t, place[symbol]], 1)
    line = StripLine(
        title=stage_words.TABLE["what_followed"],
        note=stage_words.TABLE["its_probability"],
        values=values,
        labels=followed,
        signal="hidden_state",
    )
    return (line,)


def expected_symbols(subject: Subject, labels: tuple[str, ...], predictions: Array) -> list[str]:
    """Return, for each timestep, the labels whose probability says that they may follow."""
    return list(map("".join, _likely_symbols(subject, labels, predictions)))


def _likely_symbols(
    subject: Subject, labels: tuple[str, ...], predictions: Array
) -> tuple[tuple[str, ...], ...]:
    likely = predictions > (subject.truth.legal_threshold or 0.0)
    return tuple(tuple(labels[k] for k in np.flatnonzero(row)) for row in likely)


def _asks_rarely(subject: Subject) -> bool:
    """Whether the task asks nothing at some timestep before the last of its first example."""
    targets = subject.truth.targets(subject.examples[0].sequence)
    return isinstance(targets, tuple) and not all(targets[:-1])


def _legal_symbols(
    subject: Subject, sequence: Sequence, labels: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    """The labels that are right at each timestep; () where they are unknown."""
    targets = subject.truth.targets(sequence)
    if not isinstance(targets, tuple):
        return ()
    return tuple(tuple(label for label in labels if label in legal) for legal in targets)


def _is_known(subject: Subject, sequence: Sequence) -> bool:
    """Whether the task says anything of this sequence, or is none that could."""
    targets = subject.truth.targets(sequence)
    return not isinstance(targets, tuple) or any(targets)


def _number_strip(
    subject: Subject, sequence: Sequence, values: Array, run: ModelRun
) -> NumberStrip:
    readout = subject.model.readout
    columns = column_names(subject.model.encoder, sequence)
    if run.predictions is None or readout is None or readout.activation != "linear":
        return NumberStrip(columns=columns, values=values)
    predicted, targets = run.predictions[:, 0], subject.truth.targets(sequence)
    output = readout.labels[0] if len(readout.labels) > 1 else ""
    if not isinstance(targets, np.ndarray):
        return NumberStrip(
            columns=columns,
            values=values,
            output=output,
            predicted=predicted,
            predicted_title=readout.labels[0],
        )
    truth = targets[:, 0]
    if isinstance(subject.truth, HeldAgainst):
        return NumberStrip(
            columns=columns,
            values=values,
            output=output,
            predicted=predicted,
            truth=truth,
            truth_title=subject.truth.column,
        )
    if not np.isfinite(truth[:-1]).any():  # a task that asks only at its end
        last = np.arange(len(predicted)) == len(predicted) - 1
        predicted = np.where(last, predicted, np.nan)
    return NumberStrip(
        columns=columns,
        values=values,
        output=output,
        predicted=predicted,
        truth=truth,
        tolerance=subject.truth.tolerance,
    )
