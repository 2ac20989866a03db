"""Sunspots, year by year since 1700: one step ahead, beside two honest rivals.

    persistence      next year is like this year
    autoregression   x_t = a₀ + Σ aₖ·x_{t-k}, k = 1..p, by least squares

Source of the series: NOAA's National Geophysical Data Center, as the public-domain copy in
statsmodels. Yule 1927 invented autoregression for it.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import ClassVar

import numpy as np

from ..record import Array, record
from ..sequence import Sequence, number_sequence
from .common import numbers_of
from .events import Event

COLUMNS = ("sunspots",)
STRETCH = 60
"""Years in a random stretch: five or six cycles."""


@record
class Sunspots:
    """The series, one value a year; the task is the value of the year to come."""

    legal_threshold: ClassVar[float | None] = None
    tolerance: ClassVar[float | None] = None

    years: Array  # (T,), consecutive
    values: Array  # (T,), mean sunspot number, at least 0

    @classmethod
    def load(cls, path: Path) -> Sunspots:
        """Read a csv with the columns year and sunspots."""
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        return cls(
            years=np.array([int(float(row["year"])) for row in rows]),
            values=np.array([float(row["sunspots"]) for row in rows]),
        )

    def between(self, first: int, last: int) -> Array:
        """Return the values of the years `first` to `last`, both included, (T, 1)."""
        inside = (self.years >= first) & (self.years <= last)
        return self.values[inside, np.newaxis]

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return a stretch of 60 years out of the series, (60, 1)."""
        start = int(rng.integers(len(self.values) - STRETCH + 1))
        return number_sequence(self.values[start : start + STRETCH], COLUMNS)

    def targets(self, sequence: Sequence) -> Array:
        """Return at each timestep the value that came next, (T, 1).

        After the last timestep it is NaN, unless the sequence is a stretch of the series that
        occurs once in it: then the series knows the year after.
        """
        values = numbers_of(sequence).reshape(-1)
        targets = np.full((len(values), 1), np.nan)
        targets[:-1, 0] = values[1:]
        if 0 < len(values) <= len(self.values):
            stretches = np.lib.stride_tricks.sliding_window_view(self.values, len(values))
            starts = np.flatnonzero((stretches == values).all(axis=1))
            if len(starts) == 1 and starts[0] + len(values) < len(self.values):
                targets[-1] = self.values[starts[0] + len(values)]
        return targets

    def cue(self, sequence: Sequence) -> None:
        """Return None: no year has to be remembered more than another."""

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return (): no timestep matters more than another."""
        return ()


def autoregression(values: Array, order: int) -> Array:
    """Return a₀..a_p (p + 1,) that fit `values` (T,) best by least squares, p = `order`."""
    rows = lagged(values, order)
    coefficients: Array = np.linalg.lstsq(rows, values[order:], rcond=None)[0]
    return coefficients


def lagged(values: Array, order: int) -> Array:
    """Return for each t >= p the row 1, x_{t-1}, ..., x_{t-p}: (T - p, p + 1)."""
    lags = [values[order - k : len(values) - k] for k in range(1, order + 1)]
    return np.stack([np.ones(len(values) - order), *lags], axis=1)


def root_mean_square(errors: Array) -> float:
    """Return √(mean of errors²), in the unit of the errors."""
    return float(np.sqrt(np.mean(np.square(errors))))
