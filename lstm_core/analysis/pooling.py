"""Long runs, pooled so that they fit a screen: every bin keeps its smallest and largest value.

A value that stands out for one timestep survives in the bin's low or high; under the mean it
would fade, under striding it would vanish.
"""

from __future__ import annotations

from math import ceil

import numpy as np

from ..record import Array, record

FEW = 32  # timesteps in a bin, up to which all bins take one timestep after another
BLOCK = 1 << 16  # numbers that are compared with as many others at once


@record
class Pooled:
    """The range of each bin of `factor` timesteps: low and high, (bins, ...)."""

    factor: int
    low: Array
    high: Array


def pooling_factor(timesteps: int, columns: int) -> int:
    """Return how many timesteps share a bin so that at most `columns` bins are needed.

    Raises ValueError where `columns` is not positive.
    """
    if columns < 1:
        raise ValueError(f"columns is {columns}: expected at least 1")
    return max(1, ceil(timesteps / columns))


def pool(values: Array, factor: int) -> Pooled:
    """Pool (T, ...) over time in bins of `factor`; the last bin may be shorter.

    low[k] = min and high[k] = max over values[k·factor : (k+1)·factor]. NaN is left out; a bin
    of nothing but NaN is NaN. Raises ValueError for no timesteps or a factor below 1.
    """
    if factor < 1 or not len(values):
        raise ValueError(f"factor is {factor}, timesteps {len(values)}: expected at least 1 each")
    if factor == 1:
        return Pooled(factor=1, low=values, high=values)
    low, high = _reduce(np.minimum, values, factor), _reduce(np.maximum, values, factor)
    if np.isnan(low).any():  # rare, and slower
        low, high = _reduce(np.fmin, values, factor), _reduce(np.fmax, values, factor)
    return Pooled(factor=factor, low=low, high=high)


def pool_again(bins: Pooled, count: int) -> Pooled:
    """Pool bins, `count` of them in each; the last may be of fewer.

    It is what `pool` makes of the run at once: pool_again(pool(x, a), b) = pool(x, a·b). NaN and
    errors as in `pool`.
    """
    if count < 1 or not len(bins.low):
        raise ValueError(f"count is {count}, bins {len(bins.low)}: expected at least 1 each")
    low, high = _reduce(np.fmin, bins.low, count), _reduce(np.fmax, bins.high, count)
    return Pooled(factor=bins.factor * count, low=low, high=high)


def _reduce(extreme: np.ufunc, values: Array, factor: int) -> Array:
    """The extreme of each bin; whole bins as one reshaped array, many times faster."""
    whole = len(values) // factor
    bins = values[: whole * factor].reshape(whole, factor, *values.shape[1:])
    found = _extremes(extreme, bins)
    if len(values) == whole * factor:
        return found
    rest = extreme.reduce(values[whole * factor :], axis=0)
    return np.concatenate([found, rest[np.newaxis]])


def _extremes(extreme: np.ufunc, bins: Array) -> Array:
    """The extreme of each of the whole bins (bins, factor, ...).

    Of few timesteps in each, NumPy takes the first of all bins, then the second and so on in half
    the time; in blocks, so that what it has so far stays in the processor's cache.
    """
    count, factor = bins.shape[:2]
    if factor > FEW:
        return np.asarray(extreme.reduce(bins, axis=1))
    found = np.empty((count, *bins.shape[2:]), bins.dtype)
    block = max(1, BLOCK // max(1, found[:1].size))
    for first in range(0, count, block):
        here, of = found[first : first + block], bins[first : first + block]
        here[...] = of[:, 0]
        for k in range(1, factor):
            extreme(here, of[:, k], out=here)
    return found
