"""What stands above the heatmaps: what was read, what the network expects, what is true."""

from __future__ import annotations

import numpy as np

from lstm_core.model import ModelRun
from lstm_core.model.encoders import NumericEncoder
from lstm_core.record import Array

from ..components.stage import NumberStrip, StripLine, SymbolStrip
from ..inputs.uploads import Given
from .subjects import Subject


def strip_of(demo: Subject, sequence: Given, run: ModelRun) -> SymbolStrip | NumberStrip:
    """Return the strip of one run: symbols or numbers, as the network's encoder reads them."""
    if isinstance(demo.model.encoder, NumericEncoder):
        return _number_strip(demo, demo.model.encoder, sequence, run)
    tokens = tuple(str(symbol) for symbol in sequence)
    readout = demo.model.readout
    if run.predictions is None or readout is None or readout.activation == "linear":
        return SymbolStrip(tokens=tokens)
    if demo.legal_threshold is None:
        best = run.predictions.argmax(axis=-1)
        return SymbolStrip(
            tokens=tokens,
            predicted=tuple(readout.labels[k] for k in best),
            predicted_title="most likely",
            correct=demo.correct("".join(tokens), run.predictions),
            extra=_what_followed(demo, tokens, readout.labels, run.predictions),
        )
    return SymbolStrip(
        tokens=tokens,
        predicted=tuple(expected_symbols(demo, readout.labels, run.predictions)),
        predicted_title="answers" if names_classes(demo) else "may follow",
        correct=demo.correct("".join(tokens), run.predictions),
    )


def names_classes(demo: Subject) -> bool:
    """Whether the network names one of some classes, rather than a symbol that follows."""
    encoder, readout = demo.model.encoder, demo.model.readout
    symbols = () if encoder is None or isinstance(encoder, NumericEncoder) else encoder.alphabet
    return readout is not None and bool(symbols) and not set(readout.labels) <= set(symbols)


def _what_followed(
    demo: Subject, tokens: tuple[str, ...], labels: tuple[str, ...], predictions: Array
) -> tuple[StripLine, ...]:
    """The probability that was given to what did follow, where anybody knows what did."""
    targets = true_of(demo, tokens)
    if not isinstance(targets, tuple):
        return ()
    place = {label: k for k, label in enumerate(labels)}
    followed = tuple(next(iter(symbols)) if len(symbols) == 1 else "" for symbols in targets)
    values = np.full(len(tokens), np.nan)
    for t, symbol in enumerate(followed):
        if symbol in place:
            values[t] = min(predictions[t, place[symbol]], 1)
    line = StripLine(
        title="what followed",
        note="its probability",
        values=values,
        words=followed,
        signal="hidden_state",
    )
    return (line,)


def expected_symbols(demo: Subject, labels: tuple[str, ...], predictions: Array) -> list[str]:
    """Return, for each timestep, the labels whose probability says that they may follow."""
    likely = predictions > (demo.legal_threshold or 0.0)
    return ["".join(labels[k] for k in np.flatnonzero(row)) for row in likely]


def true_of(demo: Subject, sequence: Given) -> tuple[frozenset[str], ...] | Array | None:
    """Return what is true at each timestep; None where nobody knows of this network.

    Symbols: those that may follow, none where nothing may. Numbers: (T, K), NaN where nothing is
    asked.
    """
    if sequence and isinstance(sequence[0], str):
        targets = demo.targets("".join(map(str, sequence)))
        return None if targets is None else tuple(frozenset(legal) for legal in targets)
    readout = demo.model.readout
    return true_numbers(demo, sequence, len(readout.labels) if readout else 0)


def true_numbers(demo: Subject, sequence: Given, outputs: int) -> Array:
    """Return what is true at each timestep, (T, K) in the data's own units; NaN: nobody knows."""
    targets = demo.targets(np.asarray(sequence))
    if targets is None:
        return np.full((len(sequence), outputs), np.nan)
    return np.asarray(targets, np.float64)


def _number_strip(
    demo: Subject, encoder: NumericEncoder, sequence: Given, run: ModelRun
) -> NumberStrip:
    values = np.asarray(sequence, np.float64)
    readout = demo.model.readout
    if run.predictions is None or readout is None or readout.activation != "linear":
        return NumberStrip(columns=encoder.columns, values=values)
    if demo.targets(values) is None:
        return NumberStrip(
            columns=encoder.columns,
            values=values,
            predicted=run.predictions[:, 0].astype(np.float64),
            predicted_title=readout.labels[0],
        )
    truth = true_numbers(demo, sequence, run.predictions.shape[-1])[:, 0]
    predicted = run.predictions[:, 0].astype(np.float64)
    if not np.isfinite(truth[:-1]).any():  # a task that asks only at its end
        predicted = np.where(np.arange(len(predicted)) == len(predicted) - 1, predicted, np.nan)
    return NumberStrip(columns=encoder.columns, values=values, predicted=predicted, truth=truth)
