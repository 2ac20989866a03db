"""What stands above the heatmaps: what was read, what the network expects, what is true."""

from __future__ import annotations

from typing import Any

import numpy as np

from app.stage import NumberStrip, SymbolStrip
from lstm_core.demo import Demo
from lstm_core.encoders import NumericEncoder
from lstm_core.model import ModelRun, Readout
from lstm_core.record import Array

from .uploads import Given


def strip_of(demo: Demo, sequence: Given, run: ModelRun) -> SymbolStrip | NumberStrip:
    """Return the strip of one run: symbols or numbers, as the demo's encoder reads them."""
    if isinstance(demo.model.encoder, NumericEncoder):
        return _number_strip(demo, demo.model.encoder, sequence, run)
    tokens = tuple(str(symbol) for symbol in sequence)
    if run.predictions is None or demo.model.readout is None:
        return SymbolStrip(tokens=tokens)
    expected = expected_symbols(demo, run.predictions)
    return SymbolStrip(
        tokens=tokens,
        predicted=tuple("".join(labels) for labels in expected),
        correct=_correct(expected, true_symbols(demo, sequence)),
    )


def expected_symbols(demo: Demo, predictions: Array) -> list[tuple[str, ...]]:
    """Return, for each timestep, the labels whose probability says that they may follow."""
    labels = _readout(demo).labels
    likely = predictions > demo.legal_threshold
    return [tuple(labels[k] for k in np.flatnonzero(row)) for row in likely]


def true_symbols(demo: Demo, sequence: Given) -> list[frozenset[str] | None]:
    """Return, for each timestep, the symbols that may really follow; None where nobody knows."""
    targets = demo.targets("".join(map(str, sequence)))
    if targets is None:
        return [None] * len(sequence)
    return [None if target is None else frozenset(target) for target in targets]


def true_numbers(demo: Demo, sequence: Given, outputs: int) -> Array:
    """Return what is true at each timestep, (T, K) in the data's own units; NaN: nobody knows."""
    truth = np.full((len(sequence), outputs), np.nan)
    targets: Any = demo.targets(sequence)
    if targets is not None:
        truth[:] = np.asarray(targets, np.float64).reshape(len(sequence), -1)
    return truth


def _correct(expected: list[tuple[str, ...]], true: list[frozenset[str] | None]) -> Array | None:
    """1 where exactly what may follow was expected, 0 where not, -1 where nobody knows."""
    if all(target is None for target in true):
        return None
    return np.array(
        [
            -1 if target is None else int(frozenset(labels) == target)
            for labels, target in zip(expected, true, strict=True)
        ],
        np.int8,
    )


def _number_strip(
    demo: Demo, encoder: NumericEncoder, sequence: Given, run: ModelRun
) -> NumberStrip:
    values = np.asarray(sequence, np.float64)
    if run.predictions is None:
        return NumberStrip(columns=encoder.columns, values=values)
    truth = true_numbers(demo, sequence, run.predictions.shape[-1])[:, 0]
    predicted = run.predictions[:, 0].astype(np.float64)
    if not np.isfinite(truth[:-1]).any():  # a task that asks only at its end
        predicted = np.where(np.arange(len(predicted)) == len(predicted) - 1, predicted, np.nan)
    return NumberStrip(columns=encoder.columns, values=values, predicted=predicted, truth=truth)


def _readout(demo: Demo) -> Readout:
    if demo.model.readout is None:
        raise ValueError(f"demo {demo.name} has no readout: it predicts nothing")
    return demo.model.readout
