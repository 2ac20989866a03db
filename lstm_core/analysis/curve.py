"""A matrix of derivatives for each earlier timestep, drawn as curves: how much, and which way."""

from __future__ import annotations

import numpy as np

from ..record import Array, record
from .jacobians import largest_singular_value


@record
class Curve:
    """The derivatives of R numbers at timestep t by K numbers at each timestep s, drawn."""

    norm: Array  # ‖J‖ (Frobenius): (s,), inf where it overflows
    balance: Array  # Σ J / Σ |J|: (s,), in [-1, 1], 0 where there is nothing
    units: Array  # the norm of each row of J: (s, R), one for each unit at t
    own: Array | None  # the diagonal of J where it is a unit's by itself: (s, R)
    spectral: Array | None  # σ_max(J): (s,), where it was asked for
    at: int  # which of the s is t

    @property
    def relative(self) -> Array:
        """The norm as a share of that at s = t (s,); 0 where that is 0."""
        own = self.norm[self.at]
        with np.errstate(invalid="ignore"):
            shares: Array = self.norm / own if own else np.zeros_like(self.norm)
        return shares


class Drawing:
    """A curve in the making; matrices come in the order in which a sweep back finds them."""

    def __init__(self, spectral: bool):
        self._units: list[Array] = []
        self._balance: list[float] = []
        self._own: list[Array] = []
        self._spectral: list[float] | None = [] if spectral else None

    def add(self, matrix: Array, own: bool = False) -> None:
        """Add J (R, K) of one timestep; `own` where its diagonal is each unit by itself."""
        self._units.append(frobenius(matrix))
        self._balance.append(_balance(matrix))
        if own:
            self._own.append(np.diagonal(matrix).copy())
        if self._spectral is not None:
            self._spectral.append(largest_singular_value(matrix))

    def curve(self, ascending: bool) -> Curve:
        """Return the curve over time, `ascending` where the sweep went towards later times."""
        order = slice(None, None, 1 if ascending else -1)
        units = np.stack(self._units)[order]
        return Curve(
            norm=frobenius(units),
            balance=np.array(self._balance)[order],
            units=units,
            own=np.stack(self._own)[order] if self._own else None,
            spectral=None if self._spectral is None else np.array(self._spectral)[order],
            at=0 if ascending else len(units) - 1,
        )


def frobenius(values: Array, axes: int = 1) -> Array:
    """Return ‖·‖ over the last `axes` axes; no square underflows, what has overflowed is inf."""
    over = tuple(range(-axes, 0))
    size = np.abs(values).max(axis=over, keepdims=True, initial=0)
    scale = np.where((size > 0) & np.isfinite(size), size, 1)
    with np.errstate(over="ignore", invalid="ignore"):
        norms: Array = np.sqrt(np.sum((values / scale) ** 2, axis=over)) * scale.squeeze(over)
    return np.where(np.isfinite(norms), norms, np.inf)


def _balance(matrix: Array) -> float:
    """Σ J / Σ |J|; 0 where there is nothing, or nothing that is a number."""
    size = np.abs(matrix).max(initial=0)
    if size == 0 or not np.isfinite(size):
        return 0.0
    scaled = matrix / size
    return float(scaled.sum() / np.abs(scaled).sum())
