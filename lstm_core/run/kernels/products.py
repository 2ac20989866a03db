"""The product that a batch makes at every timestep, in pieces that OpenBLAS is fast at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ...record import Array
from .common import allocate

SMALL = 10**6  # multiplications up to which OpenBLAS reads matrices where they are
PIECE = 36_000  # numbers of a kernel's piece: 144 kB of float32
ROWS = (32, 16, 8)  # of a batch, the most first
NARROWEST = 16  # columns of a piece


def block_products(
    kernels: Sequence[Array], scale: Array, batch: int
) -> Callable[[Array, Array], None]:
    """Return what writes x·K times `scale` of four blocks K (D, H) into (4, N, H), for x (N, D).

    `kernels` (·, 4H), one under the other, are the blocks side by side, of D rows in all, and
    `scale` (4, 1, 1) has a factor for each block.

    Where processors have AVX-512, OpenBLAS makes products of up to a million multiplications
    from the matrices where they are. It copies those of larger ones into an order of its own
    first, at every timestep anew. A batch's product in pieces of its rows and columns takes
    three quarters of the time, as measured, and half of it at 64 units.
    """
    depth, width = sum(map(len, kernels)), kernels[0].shape[1] // 4
    parts = _parts(depth, width)
    columns = width // parts
    rows = next((n for n in ROWS if n * columns * depth <= SMALL), batch)
    whole = batch - batch % rows if rows else 0
    (pieces,) = allocate(kernels[0].dtype, (4, parts, depth, columns))
    first = 0
    for kernel in kernels:
        end = first + len(kernel)
        pieces[:, :, first:end] = kernel.reshape(-1, 4, parts, columns).transpose(1, 2, 0, 3)
        first = end
    pieces *= scale[:, np.newaxis]
    for_all_rows = pieces[:, :, np.newaxis]  # each is read once for all of them, while it is near

    def multiply(x: Array, out: Array) -> None:
        by_piece = out.reshape(4, batch, parts, columns).swapaxes(1, 2)
        if whole:
            into = by_piece[:, :, :whole].reshape(4, parts, -1, rows, columns)
            np.matmul(x[:whole].reshape(-1, rows, depth), for_all_rows, into)
        if whole < batch:
            np.matmul(x[whole:], pieces, by_piece[:, :, whole:])

    return multiply


def _parts(depth: int, width: int) -> int:
    """Into how many equal parts a block's columns are cut so that a part is a small piece."""
    for parts in range(1, width // NARROWEST + 1):
        if not width % parts and depth * (width // parts) <= PIECE:
            return parts
    return 1
