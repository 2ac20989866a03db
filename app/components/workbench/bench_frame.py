"""What is the same at every checkpoint of a training run: the watched sequence and its colours.

A long sequence is pooled, so that a checkpoint stays small: each column of a picture stands for
`factor` timesteps. Of a signal it shows the value furthest from the unit's mean (a one-step
spike stays), of the answer the timestep that is asked.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from lstm_core.experiment import Experiment, task_of
from lstm_core.record import Array, record
from lstm_core.sequence import Sequence
from lstm_core.tasks import Task
from lstm_core.vocabulary import CellVocabulary, Signal, vocabulary

from ... import theme
from ...trainer import watched_sequence
from ...words import train as train_words
from ...words import workbench as bench_words
from ...words.phrases import said
from ..shared.spoken import browser_words

COLUMNS = 600  # of a picture
ROWS = 32  # units shown
LINES = 3  # of numbers read that get a picture of their own
RARE = 3  # a symbol that occurs so seldom is written even where there is no room for all


@record
class Frame:
    """A run's watched sequence, ready to be sent; `words` is what is no array.

    T timesteps are C = ⌈T / factor⌉ columns; R of the H units are shown.
    """

    words: dict[str, Any]
    factor: int
    units: Array  # (R,), which units
    picked: Array  # (C,), the timestep that stands for a column in the answer
    truth: Array  # (C, K): uint8, 1 where a label is true; or float32, NaN where nothing is asked
    read: Array | None  # (C, D) float32; None for symbols


def make_frame(experiment: Experiment) -> Frame:
    """Return the frame of an experiment's runs."""
    task, sequence = task_of(experiment), watched_sequence(experiment)
    factor = -(-len(sequence) // COLUMNS)
    true, asked = truth_of(task, sequence)
    picked = representatives(asked, factor)
    units = np.unique(np.linspace(0, experiment.units - 1, min(ROWS, experiment.units)).astype(int))
    cell = vocabulary("lstm" if experiment.cell.startswith("lstm") else experiment.cell)
    read, described = _read(sequence, factor)
    words = {
        "words": browser_words(bench_words.TABLE),
        "heading": train_words.HEADING,
        "empty": train_words.EMPTY,
        "note": train_words.left_out(len(units), experiment.units, factor),
        "timesteps": len(sequence),
        "factor": factor,
        "units": units.tolist(),
        "signals": [_described(signal, cell) for signal in cell.recorded],
        "read": described,
        "asked": _asked(task, true, asked),
        "colours": _colours(cell),
    }
    return Frame(
        words=words, factor=factor, units=units, picked=picked, truth=true[picked], read=read
    )


def truth_of(task: Task, sequence: Sequence) -> tuple[Array, Array]:
    """Return what is true, (T, K): uint8 by labels, or float32 numbers; and where it is asked."""
    true = task.targets(sequence)
    if isinstance(true, np.ndarray):
        return true.astype(np.float32), np.asarray(np.isfinite(true).all(axis=-1))
    labels = np.array([[label in legal for label in task.labels] for legal in true], np.uint8)
    return labels, np.asarray(labels.any(axis=-1))


def representatives(asked: Array, factor: int) -> Array:
    """Return the timestep that stands for each bin of `factor`: the last asked, or the last."""
    bins = [np.arange(k, min(k + factor, len(asked))) for k in range(0, len(asked), factor)]
    return np.array([b[asked[b]][-1] if asked[b].any() else b[-1] for b in bins])


def pooled(values: Array, factor: int) -> Array:
    """Return the value furthest from its column's mean in each bin of `factor` rows of (T, R)."""
    if factor == 1:
        return values
    missing = -len(values) % factor
    full = np.concatenate([values, np.repeat(values[-1:], missing, axis=0)])
    bins = full.reshape(-1, factor, values.shape[1])
    distance = np.abs(bins - values.mean(axis=0, dtype=np.float64))
    place = distance.argmax(axis=1)[:, np.newaxis, :]
    extremes: Array = np.take_along_axis(bins, place, axis=1)[:, 0, :]
    return extremes


def _read(sequence: Sequence, factor: int) -> tuple[Array | None, dict[str, Any]]:
    """What is read: numbers as lines, symbols as text."""
    if sequence.numbers is not None:
        columns = sequence.columns[:LINES]
        values = sequence.numbers[:, : len(columns)].astype(np.float32)
        ranges = np.stack([values.min(axis=0), values.max(axis=0)], axis=1).tolist()
        described = {"kind": "numbers", "columns": list(columns), "ranges": ranges}
        return pooled(values, factor), described
    tokens = list(sequence.symbols or ())
    often = Counter(tokens)
    letters = all(len(token) == 1 for token in tokens)
    return None, {
        "kind": "symbols",
        "tokens": "".join(tokens) if letters else tokens,
        "rare": sorted(token for token, count in often.items() if count <= RARE),
    }


def _asked(task: Task, true: Array, asked: Array) -> dict[str, Any]:
    """What is predicted; `once` is the only timestep at which it is asked, or -1."""
    kind = "labels" if true.dtype == np.uint8 else "numbers"
    once = int(np.flatnonzero(asked)[0]) if asked.sum() == 1 else -1
    return {
        "kind": kind,
        "labels": list(task.labels),
        "title": train_words.ANSWER,
        "legend": train_words.TRUTH["once" if kind == "numbers" and once >= 0 else kind],
        "once": once,
    }


def _described(signal: Signal, cell: CellVocabulary) -> dict[str, Any]:
    return {
        "name": signal.name,
        "title": said(signal.title),
        "symbol": signal.symbol,
        "meaning": said(signal.meaning),
        "low": signal.low,
        "high": signal.high,
        "unbounded": signal.low is None,
        "memory": signal.name == cell.memory,
    }


def _colours(cell: CellVocabulary) -> dict[str, object]:
    """The theme's colours of the cell's signals, and of the lines of the curves."""
    names = tuple(signal.name for signal in cell.recorded)
    signed = tuple(signal.low is None or signal.low < 0 for signal in cell.recorded)
    return theme.bench_colours(names, signed)
