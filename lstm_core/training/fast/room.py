"""Memory that one update leaves to the next: a page that is touched anew costs more than sums."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ...record import Array

Rows = list[tuple[Array, ...]]


class Room:
    """Arrays by name, of one dtype; asking again for a name gives the same memory again."""

    def __init__(self, dtype: Any):
        self.dtype = np.dtype(dtype)
        self._blocks: dict[str, Array] = {}
        self._arrays: dict[str, Array] = {}
        self._rows: dict[str, Rows] = {}
        self._parts: dict[str, Room] = {}

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
        """Return each timestep's row of all `series`, views of this room's arrays.

        They are kept as long as those arrays: to cut a long run into rows takes time.
        """
        known = self._rows.get(name)
        if known is None:
            known = self._rows[name] = list(zip(*series(), strict=True))
        return known

    def part(self, name: str) -> Room:
        """Return the room inside this one that has its own names."""
        return self._parts.setdefault(name, Room(self.dtype))
