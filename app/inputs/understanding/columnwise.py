"""The columns of a table one by one, or several at once where there is much to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")

MUCH = 1_000_000  # cells from which columns are worked on at once
AT_ONCE = 4  # columns: pyarrow's functions run beside each other


def columnwise(function: Callable[[S], T], columns: Iterable[S], cells: int) -> Iterator[T]:
    """Yield what a function makes of each column, in order; `cells` is how large the table is."""
    if cells < MUCH:
        yield from map(function, columns)
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(function, columns)
