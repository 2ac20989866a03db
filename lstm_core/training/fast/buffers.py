"""Memory that one update leaves to the next.

A page of memory that is touched for the first time costs more than what is computed on it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ...record import Array

Rows = list[tuple[Array, ...]]  # one tuple for each timestep


class Buffers:
    """Arrays by name, of one dtype; asking again for a name gives the same memory again."""

    def __init__(self, dtype: Any):
        self.dtype = np.dtype(dtype)
        self._blocks: dict[str, Array] = {}
        self._arrays: dict[str, Array] = {}
        self._rows: dict[str, Rows] = {}
        self._parts: dict[str, Buffers] = {}

    def array(self, name: str, *shape: int) -> Array:
        """Return the array `name` with whatever it held; new memory only where it has grown."""
        array = self._arrays.get(name)
        if array is None or array.shape != shape:
            size = math.prod(shape)
            block = self._blocks.get(name)
            if block is None or block.size < size:
                block = self._blocks[name] = np.empty(size, self.dtype)
            array = self._arrays[name] = block[:size].reshape(shape)
            self._rows.clear()
        return array

    def rows(self, name: str, series: Callable[[], tuple[Array, ...]]) -> Rows:
        """Return each timestep's row of all `series`, views of these arrays.

        They are kept as long as those arrays: to cut a long run into rows takes time.
        """
        known = self._rows.get(name)
        if known is None:
            known = self._rows[name] = list(zip(*series(), strict=True))
        return known

    def part(self, name: str) -> Buffers:
        """Return the buffers inside these that have names of their own."""
        return self._parts.setdefault(name, Buffers(self.dtype))
