"""What the process of one regular expression does: it finds where the expression matches.

A question comes in as JSON, and the answer goes out likewise. See `patterns`.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

from lstm_core.corpus import SearchIndex

AROUND = 12  # symbols on either side of a place

Place = tuple[int, int, str]


def pattern_places(index: SearchIndex, pattern: str, most: int) -> list[Place]:
    """Return where a regular expression matches: sequence, timestep, and the text around.

    Raises re.error for what is none.
    """
    expression = re.compile(pattern)
    places: list[Place] = []
    for sequence, text, ends in index.texts():
        for match in expression.finditer(text):
            if match.end() == match.start():
                continue
            t = int(np.searchsorted(ends, match.start(), side="right"))
            around = text[max(match.start() - AROUND, 0) : match.end() + AROUND]
            places.append((sequence, t, around))
            if len(places) == most:
                return places
    return places


def answer(asked: dict[str, Any]) -> list[Any]:
    """Return what a process is asked for: places in an index, or which names match."""
    if "folder" in asked:
        index = SearchIndex.open(Path(asked["folder"]))
        return list(pattern_places(index, asked["pattern"], asked["most"]))
    expression = re.compile(asked["pattern"], re.IGNORECASE)
    return [k for k, name in enumerate(asked["names"]) if expression.search(name)]


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
