"""The strip above the heatmaps: what the network read, and what it made of it."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from lstm_core.analysis.pooling import pool
from lstm_core.record import Array, record

from ...words import stage as stage_words
from ..shared.payload import Packer

Asks = Literal["", "follow", "guess", "answer"]

UNKNOWN, WRONG, RIGHT = -1, 0, 1


@record
class StripLine:
    """One more row under a strip: a share at every timestep, drawn as a filled line.

    values (T,) are in 0..1; NaN leaves a gap. `labels` are texts, one for each timestep, or ():
    that of "now" stands before its number ("T 0.98": what is believed, and how firmly).
    `reference` is a dashed line, such as what a guess is worth. `note` stands small under the
    title. `signal` names whose colour the line has; "" is the memory's.
    """

    title: str
    values: Array
    labels: tuple[str, ...] = ()
    reference: float | None = None
    note: str = ""
    signal: str = ""

    def check(self) -> None:
        """Raise ValueError where values are no shares, or labels are not as many."""
        if self.values.ndim != 1:
            raise ValueError(f"values are {self.values.shape}: expected (timesteps,)")
        known = self.values[~np.isnan(self.values)]
        if known.size and (known.min() < 0 or known.max() > 1):
            raise ValueError(f"values are {known.min()}..{known.max()}: expected 0..1")
        _expect_length("labels", self.labels or self.values, len(self.values))


@record
class SymbolStrip:
    """The sequence as symbols, with what the network expects to follow each.

    tokens: one text per timestep (T). predicted: a short text per timestep, such as "TP" for
    "T or P may follow"; () where the network predicts nothing. correct (T,): 1 right, 0 wrong,
    -1 unknown; None where nobody knows. `extra` are rows below, each as long. `times` are the time
    stamps of the timesteps; () where they have none. A title that is "" is the usual one. Texts are
    data: the page never reads them as markup.

    The sentence under the drawing takes `predicted` apart: `expected` are the symbols of each
    timestep, `legal` those that are right, `asks` says what they are: "follow" (exactly those
    that may follow), "guess" (the likeliest one), "answer" (a class); "" leaves them unsaid.
    `is_known` is False where the task makes no such sequence: then nobody knows what is right.
    """

    tokens: tuple[str, ...]
    predicted: tuple[str, ...] = ()
    correct: Array | None = None
    tokens_title: str = ""
    predicted_title: str = ""
    asks: Asks = ""
    expected: tuple[tuple[str, ...], ...] = ()
    legal: tuple[tuple[str, ...], ...] = ()
    is_known: bool = True
    extra: tuple[StripLine, ...] = ()
    times: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise ValueError where the rows are not equally long."""
        _expect_extra(self.extra, len(self.tokens))
        _expect_length("predicted", self.predicted or self.tokens, len(self.tokens))
        _expect_length("correct", self.verdicts, len(self.tokens))
        _expect_length("expected", self.expected or self.tokens, len(self.tokens))
        _expect_length("legal", self.legal or self.tokens, len(self.tokens))
        _expect_length("times", self.times or self.tokens, len(self.tokens))

    @property
    def timesteps(self) -> int:
        """T."""
        return len(self.tokens)

    @property
    def verdicts(self) -> Array:
        """Right, wrong or unknown, (T,) of int8."""
        if self.correct is None:
            return np.full(len(self.tokens), UNKNOWN, np.int8)
        return np.asarray(self.correct).astype(np.int8)


@record
class NumberStrip:
    """The sequence as numbers, drawn as small lines, with the prediction against the truth.

    values (T, D) are what the network read, in the user's own units, a name in `columns` each.
    predicted (T,) and truth (T,) are drawn in one chart where they are given; NaN leaves a gap
    (a task that asks only at its last timestep has one number and NaN before). `unit` stands
    behind the numbers, such as "sunspots". A prediction is right where its error is below
    `tolerance`; None where nobody says so. `extra` are rows below, each as long. `times` are the
    time stamps of the timesteps; () where they have none. A title that is "" is the usual one.
    `output` names the output that is predicted where the network has several, else it is "".
    """

    columns: tuple[str, ...]
    values: Array
    predicted: Array | None = None
    truth: Array | None = None
    unit: str = ""
    output: str = ""
    predicted_title: str = ""
    truth_title: str = ""
    tolerance: float | None = None
    extra: tuple[StripLine, ...] = ()
    times: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise ValueError where shapes do not fit."""
        if self.values.ndim != 2 or self.values.shape[1] != len(self.columns):
            raise ValueError(
                f"values are {self.values.shape}: expected (timesteps, {len(self.columns)})"
            )
        for name in ("predicted", "truth"):
            series = getattr(self, name)
            _expect_length(name, self.values if series is None else series, self.timesteps)
        _expect_length("times", self.times or self.values, self.timesteps)
        _expect_extra(self.extra, self.timesteps)

    @property
    def timesteps(self) -> int:
        """T."""
        return len(self.values)

    def lines(self) -> dict[str, Array]:
        """Return the lines to draw: values (T, D), and predicted and truth (T, 1) if given."""
        lines = {"values": self.values, "predicted": self.predicted, "truth": self.truth}
        return {
            name: np.asarray(line, np.float32).reshape(self.timesteps, -1)
            for name, line in lines.items()
            if line is not None
        }


Strip = SymbolStrip | NumberStrip


def _expect_length(name: str, values: Any, timesteps: int) -> None:
    if len(values) != timesteps:
        raise ValueError(f"{name} has {len(values)} timesteps: expected {timesteps}")


def _expect_extra(extra: tuple[StripLine, ...], timesteps: int) -> None:
    for line in extra:
        _expect_length(line.title, line.values, timesteps)


def strip_words(strip: Strip) -> dict[str, Any]:
    """Return what holds for the whole strip: its kind, titles and ranges."""
    names = ("title", "note", "reference", "signal")
    extra = [{name: getattr(line, name) for name in names} for line in strip.extra]
    return {**_own_words(strip), "extra": extra}


def _own_words(strip: Strip) -> dict[str, Any]:
    words = stage_words.TABLE
    if isinstance(strip, SymbolStrip):
        follows = strip.predicted_title or words["may_follow"]
        titles = [strip.tokens_title or words["reads"], follows if strip.predicted else ""]
        return {"kind": "symbols", "titles": titles, "asks": strip.asks, "known": strip.is_known}
    ranges = {name: _range(line) for name, line in strip.lines().items()}
    return {
        "kind": "numbers",
        "columns": list(strip.columns),
        "unit": strip.unit,
        "output": strip.output,
        "tolerance": strip.tolerance,
        "titles": {
            "predicted": strip.predicted_title or words["predicted"],
            "truth": strip.truth_title or words["truth"],
        },
        "ranges": ranges,
    }


def _range(line: Array) -> list[list[float]]:
    """Lowest and highest finite number of each column; 0 and 1 where there is none."""
    columns = (column[np.isfinite(column)] for column in line.T)
    return [[float(c.min()), float(c.max())] if c.size else [0.0, 1.0] for c in columns]


def describe_strip(packer: Packer, strip: Strip, start: int, stop: int, factor: int) -> Any:
    """Pack timesteps start..stop-1 of the strip: exact at factor 1, else pooled.

    Pooled symbols keep only whether a prediction was wrong in a bin; pooled numbers keep the
    lowest and highest.
    """
    extra = _describe_extra(packer, strip.extra, start, stop, factor)
    if factor == 1 and strip.times:
        extra["times"] = list(strip.times[start:stop])
    if isinstance(strip, SymbolStrip):
        return {**_describe_symbols(packer, strip, start, stop, factor), **extra}
    return {**_describe_lines(packer, strip.lines(), start, stop, factor), **extra}


def _describe_lines(
    packer: Packer, lines: dict[str, Array], start: int, stop: int, factor: int
) -> dict[str, Any]:
    """Pack lines (T, columns): the numbers, or the lowest and highest of each bin."""
    pooled = {name: pool(line[start:stop], factor) for name, line in lines.items()}
    if factor == 1:
        return {name: {"low": packer.add(p.low)} for name, p in pooled.items()}
    return {
        name: {"low": packer.add(p.low), "high": packer.add(p.high)} for name, p in pooled.items()
    }


def _describe_extra(
    packer: Packer, extra: tuple[StripLine, ...], start: int, stop: int, factor: int
) -> dict[str, Any]:
    """Pack the extra rows, a column each; their labels where every timestep stands alone."""
    if not extra:
        return {}
    columns = np.stack([line.values for line in extra], axis=1).astype(np.float32)
    described = _describe_lines(packer, {"extra": columns}, start, stop, factor)
    if factor == 1:
        described["labels"] = [list(line.labels[start:stop]) for line in extra]
    return described


def _describe_symbols(
    packer: Packer, strip: SymbolStrip, start: int, stop: int, factor: int
) -> dict[str, Any]:
    wrong = (strip.verdicts[start:stop] == WRONG).astype(np.uint8)
    described: dict[str, Any] = {"wrong": packer.add(pool(wrong, factor).high)}
    if factor == 1:
        described["verdicts"] = packer.add((strip.verdicts[start:stop] + 1).astype(np.uint8))
        described["tokens"] = list(strip.tokens[start:stop])
        described["predicted"] = list(strip.predicted[start:stop])
        described["expected"] = [list(texts) for texts in strip.expected[start:stop]]
        described["legal"] = [list(texts) for texts in strip.legal[start:stop]]
    return described
