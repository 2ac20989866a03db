"""Regular expressions of readers, each in a process of its own that is ended where it takes long.

An expression can take longer than anybody lives, and Python waits for it with everybody else. What
is no more than a text is looked for at once.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from typing import Any

from lstm_core.corpus import SearchIndex

from ...trainer.background import background_process
from ..heavy_runs import in_turn
from .expressions import Place, pattern_places

SECONDS = 10.0  # that one expression may take


class TooLongError(Exception):
    """An expression that took longer than it may."""


def places_of(index: SearchIndex, pattern: str, most: int) -> list[Place]:
    """Return where a regular expression matches, the first `most`.

    Raises re.error for what is none, and TooLongError for one that takes too long.
    """
    if is_plain(pattern) or index.folder is None:
        return pattern_places(index, pattern, most)
    re.compile(pattern)
    asked = {"folder": str(index.folder), "pattern": pattern, "most": most}
    return [(sequence, t, text) for sequence, t, text in in_turn(SECONDS, lambda: apart(asked))]


def names_with(names: Sequence[str], pattern: str) -> list[int]:
    """Return which names have a text in them, or match an expression, in either case of letters.

    What is no expression, or takes too long, is looked for as it is.
    """
    try:
        if not is_plain(pattern):
            re.compile(pattern)
            asked = {"names": list(names), "pattern": pattern}
            return [int(k) for k in in_turn(SECONDS, lambda: apart(asked))]
    except (re.error, TooLongError):
        pass
    text = pattern.casefold()
    return [k for k, name in enumerate(names) if text in name.casefold()]


def is_plain(pattern: str) -> bool:
    """Return whether an expression is no more than a text."""
    return re.search(r"[\\^$.|?*+()\[\]{}]", pattern) is None


def apart(asked: dict[str, Any]) -> list[Any]:
    """Return the answer of a process of its own.

    Raises TooLongError where it takes more than `SECONDS`, or comes to nothing.
    """
    with background_process(f"{__package__}.expressions") as process:
        try:
            answer, _ = process.communicate(json.dumps(asked).encode(), SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
    if process.returncode:
        raise TooLongError
    found: list[Any] = json.loads(answer)
    return found
