"""What a survey says of each sequence, gathered while its batch runs."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np

from ..model import Model, Readout
from ..record import Array
from ..sequence import Sequence as Read
from .plan import Plan
from .runs import Chunk
from .survey import ROW

SHUT, OPEN = 0.1, 0.9  # as in `analysis.time_scales`


class Tally:
    """Rows of a survey for N sequences; `add` takes each chunk of their runs once."""

    def __init__(self, model: Model, plan: Plan, sequences: Sequence[Read]):
        """Begin with nothing known."""
        count, width = len(sequences), len(plan.of("hidden_state").steps)
        self.plan = plan
        self.rows = np.zeros(count, ROW)
        self.rows["timesteps"] = [len(one) for one in sequences]
        self.rows["right"] = -1
        self._sums = np.zeros((count, width))
        self._saturated = np.zeros(count)
        self._gates = sum(len(plan.of(name).steps) for name in plan.gates)
        self._loss = Loss(model.readout, sequences, reads=plan.alphabet, columns=plan.columns)

    def add(self, chunk: Chunk) -> None:
        """Take the values of one chunk."""
        beyond = chunk.beyond
        rows = self.rows
        memory = _within(chunk.signals[self.plan.memory], beyond)
        largest = np.abs(memory).max(axis=1).max(axis=1)
        rows["memory"][chunk.rows] = np.maximum(rows["memory"][chunk.rows], largest)
        hidden = _within(chunk.signals["hidden_state"], beyond)
        self._sums[chunk.rows] += hidden.sum(axis=1, dtype=hidden.dtype)
        for name in self.plan.gates:
            gate = chunk.signals[name]
            extreme = _within((gate < SHUT) | (gate > OPEN), beyond).view(np.uint8)
            self._saturated[chunk.rows] += _counts(extreme)
        if self._loss.is_known and chunk.predictions is not None:
            self._loss.add(chunk, chunk.predictions)
        levels = self.plan.of(self.plan.memory)
        if largest.max(initial=0) >= levels.farthest.min():
            rows["clipped"][chunk.rows] += levels.outside(memory).sum(axis=(1, 2))

    def finished(self) -> tuple[Array, Array, list[str]]:
        """Return the rows, the mean hidden states (N, P) as float32, and what was predicted."""
        timesteps = np.maximum(self.rows["timesteps"], 1)
        gates = timesteps * self._gates
        self.rows["saturated"] = self._saturated / gates if self._gates else np.nan
        self.rows["loss"] = self._loss.mean()
        self.rows["right"] = self._loss.right
        means = (self._sums / timesteps[:, np.newaxis]).astype(np.float32)
        return self.rows, means, self._loss.predicted


def _within(values: Array, beyond: Array | None) -> Array:
    """Values (N, T, H), zero beyond the ends."""
    if beyond is None:
        return values
    kept = values.copy()
    kept[beyond] = 0
    return kept


def _counts(marked: Array) -> Array:
    """How many of (N, T, H) bytes of 0 and 1 are 1, (N,): T is at most 255 at a time."""
    total = np.zeros(len(marked))
    for first in range(0, marked.shape[1], 255):
        part = marked[:, first : first + 255]
        total += np.add.reduce(part, axis=1, dtype=np.uint8).sum(axis=1, dtype=np.int64)
    return total


class Loss:
    """How well a network predicts each of N sequences: what comes next, or the label.

    A network whose outputs are called as the symbols that it reads predicts the next symbol; one
    whose outputs are called as its columns, the next numbers; one whose outputs are called as the
    labels of the sequences, the label, at the last timestep. Where labels are numbers, a network
    with one linear output predicts them there.
    """

    def __init__(
        self,
        readout: Readout | None,
        sequences: Sequence[Read],
        reads: tuple[str, ...],
        columns: tuple[str, ...],
    ):
        """Find out what the outputs say; `is_known` is False where nobody knows."""
        self.predicted = [""] * len(sequences)
        self.right = np.full(len(sequences), -1, np.int8)
        self._sums, self._counts = np.zeros(len(sequences)), np.zeros(len(sequences))
        self._sequences, self._readout = sequences, readout
        self._labels = readout.labels if readout else ()
        self._place = {label: k for k, label in enumerate(self._labels)}
        self._kind = ""
        if readout is not None and readout.activation != "linear":
            if reads and set(reads) <= set(self._labels):
                self._kind = "symbols"
                self._next = [self._places(one) for one in sequences]
            elif {one.label for one in sequences if one.label is not None} & set(self._labels):
                self._kind = "label"
        elif readout is not None and columns and set(self._labels) <= set(columns):
            self._kind = "numbers"
            self._columns = [columns.index(label) for label in self._labels]
        elif len(self._labels) == 1 and any(is_number(one.label) for one in sequences):
            self._kind = "value"
        self.is_known = bool(self._kind)

    def add(self, chunk: Chunk, predictions: Array) -> None:
        """Take the predictions (N, T, K) of one chunk."""
        take = {
            "symbols": self._symbols,
            "label": self._label,
            "numbers": self._numbers,
            "value": self._value,
        }
        for n, row in enumerate(chunk.rows.tolist()):
            take[self._kind](row, chunk.first, predictions[n, : chunk.counts[n]])

    def mean(self) -> Array:
        """Return the mean loss of each sequence, (N,); NaN where nothing was predicted."""
        with np.errstate(invalid="ignore", divide="ignore"):
            mean: Array = self._sums / self._counts
        return mean

    def _places(self, one: Read) -> Array:
        """The output that each symbol of a sequence is; -1 for none."""
        assert one.places is not None
        ours = np.array([self._place.get(symbol, -1) for symbol in one.alphabet], np.int64)
        places: Array = ours[one.places]
        return places

    def _symbols(self, row: int, first: int, given: Array) -> None:
        came = self._next[row][first + 1 : first + 1 + len(given)]
        when = np.flatnonzero(came >= 0)
        self._put(row, -_logarithm(given[when, came[when]]))

    def _label(self, row: int, first: int, given: Array) -> None:
        one = self._sequences[row]
        if first + len(given) < len(one):
            return
        said = self._labels[int(given[-1].argmax())] if given.shape[1] > 1 else ""
        self.predicted[row] = said
        if one.label in self._place:
            self._put(row, -_logarithm(given[-1:, self._place[one.label]]))
            if said:
                self.right[row] = said == one.label

    def _value(self, row: int, first: int, given: Array) -> None:
        label, readout = self._sequences[row].label, self._readout
        if first + len(given) < len(self._sequences[row]):
            return
        self.predicted[row] = f"{float(given[-1, 0]):.4g}"
        if label is not None and is_number(label):
            scale = 1.0 if readout is None or readout.scale is None else float(readout.scale[0])
            self._put(row, np.array([((float(given[-1, 0]) - float(label)) / scale) ** 2]))

    def _numbers(self, row: int, first: int, given: Array) -> None:
        numbers, readout = self._sequences[row].numbers, self._readout
        assert numbers is not None
        assert readout is not None
        came = numbers[first + 1 : first + 1 + len(given), self._columns]
        scale = 1.0 if readout.scale is None else readout.scale
        errors = (given[: len(came)].astype(np.float64) - came) / scale
        self._put(row, (errors**2).mean(axis=1))

    def _put(self, row: int, losses: Array) -> None:
        self._sums[row] += float(losses.sum())
        self._counts[row] += len(losses)


def _logarithm(probabilities: Array) -> Array:
    """Return ln p in float64; what rounds to nothing counts as the smallest float32."""
    logarithm: Array = np.log(np.maximum(probabilities.astype(np.float64), 2.0**-126))
    return logarithm


def is_number(text: str | None) -> bool:
    """Return whether a text spells a finite number."""
    try:
        return text is not None and isfinite(float(text))
    except ValueError:
        return False
