"""How a signal is kept in one byte: 256 levels whose edges are powers of two times whole numbers.

    code = clip(⌊value / step⌋ + offset, 0, 255)          value(code) = (code - offset) · step

A step is a power of two, so that the division is exact: value >= value(k) is code >= k for every
level k inside the range, not nearly but always. A threshold is therefore a level's edge.
"""

from __future__ import annotations

import numpy as np

from ..record import Array, record
from ..vocabulary import Signal

COUNT = 256
SIGNED = 128  # the offset of a signal that goes below zero
HEADROOM = 2.0  # of what the pilot reached


@record
class Levels:
    """The levels of one signal: `steps` (H,) are the widths, one for each unit."""

    signal: str
    offset: int
    steps: Array  # (H,) float32, powers of two

    def codes(self, values: Array) -> Array:
        """Return the levels of values (..., H) as bytes.

        What lies outside takes the last one, and what is no number the lowest. Numbers so small
        that float32 has no more digits for them (1e-38) may count as 0.
        """
        scaled = np.multiply(values, 1 / self.steps, dtype=np.float32)
        if self.offset:
            np.floor(scaled, out=scaled)
            scaled += np.float32(self.offset)
        np.clip(scaled, np.float32(0), np.float32(COUNT - 1), out=scaled)
        with np.errstate(invalid="ignore"):
            return scaled.astype(np.uint8)  # which rounds down, and makes 0 of NaN

    def values(self, codes: Array) -> Array:
        """Return the lower edges of levels (..., H), as float32."""
        edges: Array = (codes.astype(np.float32) - self.offset) * self.steps
        return edges

    @property
    def farthest(self) -> Array:
        """The size up to which each unit of a signed signal has levels, (H,)."""
        return self.offset * self.steps

    def outside(self, values: Array) -> Array:
        """Return which values (..., H) lie outside all levels, as bool."""
        return (values < -self.farthest) | (values >= (COUNT - self.offset) * self.steps)

    @property
    def coarsest(self) -> float:
        """The widest step of all units: thresholds that are multiples of it are edges of all."""
        return float(self.steps.max())

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest edge of any unit."""
        edges = self.coarsest * (np.array([0, COUNT - 1]) - self.offset)
        return float(edges[0]), float(edges[1])

    def nearest_edge(self, threshold: float) -> float:
        """Return the edge of all units that is nearest to a threshold, inside the range."""
        low, high = self.range
        edge = round(threshold / self.coarsest) * self.coarsest
        return float(min(max(edge, low + self.coarsest), high))

    def first_codes(self, threshold: float) -> Array:
        """Return for each unit the first level that is at or above a threshold, (H,) whole."""
        edges: Array = np.ceil(np.float64(threshold) / self.steps.astype(np.float64)) + self.offset
        return edges.astype(np.int64)


def levels_of(signal: Signal, reached: Array) -> Levels:
    """Return the levels of a signal whose units reached these sizes in a pilot, (H,).

    A gate has levels of 1/256, a signal within ±1 of 1/128. One without a range of its own has
    levels for twice as far as each unit reached.
    """
    if signal.low is not None and signal.high is not None and reached.max(initial=0) <= signal.high:
        signed = signal.low < 0
        step = signal.high / (SIGNED if signed else COUNT)
        return Levels(
            signal=signal.name,
            offset=SIGNED if signed else 0,
            steps=np.full(len(reached), step, np.float32),
        )
    wanted = np.maximum(reached.astype(np.float64) * HEADROOM, 1.0)
    steps = 2.0 ** np.ceil(np.log2(wanted)) / SIGNED
    return Levels(signal=signal.name, offset=SIGNED, steps=steps.astype(np.float32))
