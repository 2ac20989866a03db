"""Full searches for garbage are seldom, and leave out what was imported, which is none.

Python's collector goes through all objects now and then. Those that NumPy, pandas, Plotly and
Streamlit are made of, over 100,000, cost it a tenth of a second each time, in which nobody else
computes; beside visitors who open pages without end it searched every other second, and every
fourteenth step waited for it. What becomes garbage in circles meanwhile is bounded by the objects
that are made between two searches.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping, Sized

OLDEST = 2  # the generation of objects that a full search goes through
LIBRARY = 50  # modules: so many are imported when a library is
SOON, SELDOM = 10, 50  # searches of the middle generation before a full one; 10 is Python's own


class ImportsLeftOut:
    """Called by the collector: freezes what has survived a full search since a library came.

    That search comes soon, all others are seldom. What sessions were using at that moment is
    frozen with it: it is still freed when nothing refers to it, but a circle of it stays. That
    happens once for each library.
    """

    def __init__(
        self,
        imported: Sized = sys.modules,
        freeze: Callable[[], None] = gc.freeze,
        pace: Callable[[int], None] | None = None,
    ):
        """Watch what is imported; `pace` takes how many middle searches a full one waits for."""
        self._imported, self._freeze, self._pace = imported, freeze, pace or _search_after
        self._frozen = 0  # modules

    def __call__(self, phase: str, info: Mapping[str, int]) -> None:
        """Hear that a search of a generation starts or stops."""
        if phase != "stop" or not info["generation"]:
            return
        came = len(self._imported) >= self._frozen + LIBRARY
        if came and info["generation"] == OLDEST:
            self._frozen, came = len(self._imported), False
            self._freeze()
        self._pace(SOON if came else SELDOM)


def _search_after(middle_searches: int) -> None:
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, middle_searches)


def leave_out_imports() -> None:
    """Let searches from now on leave out what was imported, and be seldom; once for a process."""
    if not any(isinstance(callback, ImportsLeftOut) for callback in gc.callbacks):
        gc.callbacks.append(ImportsLeftOut())
