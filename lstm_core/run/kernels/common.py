"""What all kernels share: memory, the input projection, the recurrent product, rows of time."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from ...record import Array


class RecordedLSTM(NamedTuple):
    """What the run of an LSTM records, in running order; both states begin with the initial one."""

    z: Array  # (T, N, B, H)
    gates: Array  # (T, N, B, H): the gates and the candidate
    cell_states: Array  # (T + 1, N, H)
    hidden_states: Array  # (T + 1, N, P)


def project_inputs(inputs: Array, kernel: Array, bias: Array, out: Array) -> None:
    """Write x·W + b of all timesteps into `out` (T, N, ...), as one product [x 1]·[W; b]."""
    x = inputs.reshape(-1, kernel.shape[0])
    x = np.concatenate([x, np.ones((len(x), 1), x.dtype)], axis=1)
    np.dot(x, np.vstack([kernel, bias]), out=out.reshape(-1, kernel.shape[1]))


def allocate(dtype: np.dtype[Any], *shapes: tuple[int, ...]) -> list[Array]:
    """Return empty arrays of these shapes in one block of memory.

    A page of memory that is touched for the first time costs more than what is computed on
    it. One block is given back and found again whole by the next run; many are not. Each array
    begins where a cache line of 64 bytes does, which what is computed on it is faster for.
    """
    line = 64 // dtype.itemsize
    sizes = [math.prod(shape) for shape in shapes]
    ends = np.cumsum([0, *(-(-size // line) * line for size in sizes)])
    block = np.empty(int(ends[-1]) + line, dtype)
    block = block[-block.ctypes.data % 64 // dtype.itemsize :]
    return [
        block[first : first + size].reshape(shape)
        for first, size, shape in zip(ends.tolist(), sizes, shapes, strict=False)
    ]


def keep_freed_memory() -> None:
    """Have the process keep the memory that the arrays of a run leave, for those of the next.

    The C library of Linux gives blocks above a certain size back to the system as soon as they
    are free. That size grows with the largest block that was ever freed, up to 32 MB: to as
    much this one raises it. It is never touched, so it costs nothing. As measured, batches of
    64 units spend a third of their time on memory that is new each time. Elsewhere nothing
    changes.
    """
    np.empty(2**25 - 2**14, np.uint8)


def recurrent_products(kernel: Array, scale: Array, out: Array) -> list[tuple[Array, Array]]:
    """Return the kernel times `scale` and where its product with h₋ goes: whole or in halves.

    A kernel about as large as a core's own cache is driven out of it by its own end before it
    is read again. In halves, which the caller reads forwards and backwards in turn, one half
    stays in the cache.
    """
    if not 2**19 < kernel.nbytes <= 2**21:
        return [(aligned(kernel, scale), out)]
    halves = (slice(kernel.shape[1] // 2), slice(kernel.shape[1] // 2, None))
    return [(aligned(kernel[:, half], scale[half]), out[half]) for half in halves]


def aligned(values: Array, scale: Array) -> Array:
    """Return a matrix times `scale`, beginning where a cache line of 64 bytes does.

    The recurrent product reads it at every timestep, and is a sixth faster for it.
    """
    (product,) = allocate(values.dtype, values.shape)
    return np.multiply(values, scale, out=product)


def squeezed(values: Array) -> Array:
    """Return one timestep's (N, ·); a batch of one loses its axis, see `each_timestep`."""
    return values[0] if len(values) == 1 else values


def each_timestep(*series: Array) -> Iterable[tuple[Array, ...]]:
    """Yield the rows of every series, by timestep; a batch of one loses its axis: it is faster."""
    single = series[0].shape[1] == 1
    return zip(*(s[:, 0] if single else s for s in series), strict=True)
