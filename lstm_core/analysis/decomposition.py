"""Who wrote what is in the memory: the exact decomposition of the cell state into its writes.

An LSTM's update c = f∘c₋ + i∘g, unrolled, is a sum with one term for each earlier timestep:

    c_t = Σ_s survival(s, t) ∘ i_s ∘ g_s + survival(start, t) ∘ c_0
    survival(s, t) = Π_{r = s+1 .. t} f_r

A GRU's update h = z∘h₋ + (1 - z)∘n has the same form, with the update gate z in place of f and
the hidden state in place of c. A standard RNN has no such sum: its whole state goes through a
tanh at every timestep, and nothing is kept as it was.

Where an intervention holds the memory at a value, nothing of what was there before is left, and
the value takes the place of what was written (`writes`): the sum goes on from there, as exactly.

The decomposition says what was written and is still there. It does not say what caused it: the
gates themselves depend on earlier inputs through the hidden state.

Products are formed backwards from t, block by block in float64, without logarithms or divisions;
one that falls below the smallest normal number of float64 is zero.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..record import Array, record
from ..run.trace import Trace
from .writes import initial_memory, kept_share, writes

BLOCK = 2**16  # products formed at once: few enough to stay in a processor's cache
SMALLEST = float(np.finfo(np.float64).tiny)


@record
class Contributions:
    """What each timestep's write and the initial state contribute to the memory at one timestep.

    `written` is (..., n, H), one row for each of the `timesteps` (n,) at which it was written:
    0..t where the run reads forwards, t..T-1 where it reads backwards. `initial` is (..., H).
    Their sum over n is the cell state of an LSTM (the hidden state of a GRU) at t. In padding
    everything is zero, as the trace is.
    """

    written: Array
    initial: Array
    timesteps: Array

    @property
    def total(self) -> Array:
        """The sum of all contributions, (..., H): the memory itself."""
        total: Array = self.written.sum(axis=-2) + self.initial
        return total


def contributions(trace: Trace, t: int) -> Contributions:
    """Return what each write and the initial state contribute to the memory at timestep `t`.

    `t` may be negative, counted from the end. The dtype is the trace's. Takes time and memory
    proportional to the timesteps before `t`.

    Where an intervention holds the memory, what is held is the write of that timestep. Raises
    ValueError for a standard RNN, whose state is no sum of writes; IndexError for a timestep
    outside the run.

    >>> from lstm_core import unroll
    >>> from lstm_core.training import initial_lstm
    >>> trace = unroll(initial_lstm(np.random.default_rng(0), 3, 2), np.ones((5, 3)))
    >>> parts = contributions(trace, 4)
    >>> parts.written.shape, np.allclose(parts.total, trace[4].cell_state)
    ((5, 2), True)
    """
    t = _timestep(trace, t)
    keep, valid = _by_time(kept_share(trace)), _valid(trace)
    before = slice(t, None) if trace.reverse else slice(0, t + 1)
    written = _by_time(writes(trace))[before]
    ordered, kept, counted = (
        values if trace.reverse else values[::-1]
        for values in (written, keep[before], valid[before])
    )
    result = np.zeros(ordered.shape, ordered.dtype)
    product = np.ones(ordered.shape[1:]) * counted[0]
    for block in _blocks(ordered):
        survivals, product = _running_products(product, kept[block], counted[block])
        np.multiply(survivals, ordered[block], out=result[block], casting="same_kind")
        if not product.any():
            break
    own_order = result if trace.reverse else result[::-1]
    return Contributions(
        written=np.moveaxis(own_order, 0, -2),
        initial=(product * initial_memory(trace)).astype(result.dtype),
        timesteps=np.arange(trace.timesteps)[before],
    )


def survival(trace: Trace, t: int) -> Array:
    """Return the share of the write at timestep `t` that is left at each later timestep.

    Where the run reads forwards the result is (..., T - t, H), for timesteps t..T-1, and begins
    with 1; where it reads backwards it is (..., t + 1, H), for timesteps 0..t, and ends with 1.
    It is zero in padding.

    Raises as `contributions` does.
    """
    t = _timestep(trace, t)
    keep, valid = _by_time(kept_share(trace)), _valid(trace)
    after = slice(0, t + 1) if trace.reverse else slice(t, None)
    kept, counted = (
        values[::-1] if trace.reverse else values for values in (keep[after], valid[after])
    )
    result = np.zeros(kept.shape, kept.dtype)
    result[0] = counted[0]
    product = np.ones(kept.shape[1:]) * counted[0]
    for block in _blocks(kept[1:]):
        factors = kept[1:][block].astype(np.float64)
        factors[0] *= product
        _multiply_down(factors)
        np.multiply(factors, counted[1:][block], out=result[1:][block], casting="same_kind")
        product = _normal(factors[-1])
        if not product.any():
            break
    return np.moveaxis(result[::-1] if trace.reverse else result, 0, -2)


def contribution_matrix(trace: Trace, unit: int) -> Array:
    """Return who wrote what is in one unit's memory at every timestep, (T, T).

    Row t holds, at column s, what the write of timestep s contributes to the memory at t; it is
    zero where s lies after t in the order in which the run reads. The initial state's share is
    left out. For one sequence, (T, ·) without batch axes.

    Raises ValueError for a batch, and as `contributions` does.
    """
    if trace.input.ndim != 2:
        raise ValueError(f"inputs are {trace.input.shape}: expected (timesteps, input_size)")
    keep = np.asarray(kept_share(trace)[:, unit], np.float64)
    written = np.asarray(writes(trace)[:, unit], np.float64)
    order = np.arange(len(trace))[::-1] if trace.reverse else np.arange(len(trace))
    matrix = np.zeros((len(trace), len(trace)))
    row = np.zeros(len(trace))
    for t in order:
        row = row * keep[t]
        row[t] = written[t]
        matrix[t] = row
    return matrix


def _timestep(trace: Trace, t: int) -> int:
    """The timestep counted from the start; IndexError outside the run."""
    if not -len(trace) <= t < len(trace):
        raise IndexError(f"timestep is {t}: expected 0..{len(trace) - 1}")
    return t % len(trace)


def _by_time(series: Array) -> Array:
    """A series (..., T, H) with time first, (T, ..., H)."""
    return np.moveaxis(series, -2, 0)


def _valid(trace: Trace) -> Array:
    """1 where a timestep is read, 0 in padding, (T, ..., 1)."""
    if trace.lengths is None:
        return np.ones((len(trace), *(1,) * (trace.input.ndim - 1)))
    time = np.arange(len(trace)).reshape(-1, *(1,) * trace.lengths.ndim)
    return (time < trace.lengths).astype(np.float64)[..., np.newaxis]


def _blocks(values: Array) -> Iterator[slice]:
    """Stretches of timesteps (T, ...) that hold about BLOCK numbers each, at least one."""
    size = max(1, BLOCK // max(1, int(np.prod(values.shape[1:]))))
    return (slice(start, start + size) for start in range(0, len(values), size))


def _running_products(product: Array, kept: Array, counted: Array) -> tuple[Array, Array]:
    """The survival of each write of a block, latest first, and the product for the next block.

    Row k of the survivals is `product` times the gates of the rows before k: a write is not
    multiplied by the gate of its own timestep. Padding multiplies by 1.
    """
    factors = kept.astype(np.float64)
    if not counted.all():
        factors = np.where(counted > 0, factors, 1.0)
    survivals = np.empty_like(factors)
    survivals[0], survivals[1:] = product, factors[:-1]
    _multiply_down(survivals)
    return survivals, _normal(survivals[-1] * factors[-1])


def _multiply_down(rows: Array) -> None:
    """Multiply each row by the product of those before it, in place.

    Row by row: several times as fast as `np.multiply.accumulate`, which goes down columns.
    """
    multiply, product = np.multiply, rows[0]
    for row in rows[1:]:
        multiply(product, row, row)
        product = row


def _normal(product: Array) -> Array:
    """The products, with zero in place of those too small for a normal number of float64."""
    return np.where(np.abs(product) < SMALLEST, 0.0, product)
