"""Searches for garbage leave out what was imported, which is none.

Python's collector goes through all objects now and then. Those that NumPy, pandas, Plotly and
Streamlit are made of, over 100,000, cost it a tenth of a second each time, in which nobody else
computes: beside visitors who open pages without end, every fourteenth step waited for it.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping, Sized

OLDEST = 2  # the generation of objects that a full search goes through
LIBRARY = 50  # modules: so many are imported when a library is


class ImportsLeftOut:
    """Called by the collector: freezes what has survived a full search since a library came.

    What sessions were using at that moment is frozen with it: it is still freed when nothing
    refers to it, but a circle of it stays. That happens once for each library.
    """

    def __init__(self, imported: Sized = sys.modules, freeze: Callable[[], None] = gc.freeze):
        self._imported, self._freeze = imported, freeze
        self._frozen = 0  # modules

    def __call__(self, phase: str, info: Mapping[str, int]) -> None:
        """Hear that a search of a generation starts or stops."""
        now = len(self._imported)
        if phase == "stop" and info["generation"] == OLDEST and now >= self._frozen + LIBRARY:
            self._frozen = now
            self._freeze()


def leave_out_imports() -> None:
    """Let all searches from now on leave out what was imported; once for a process."""
    if not any(isinstance(callback, ImportsLeftOut) for callback in gc.callbacks):
        gc.callbacks.append(ImportsLeftOut())
