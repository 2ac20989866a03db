"""What browsers may say to a room, and what is made of it: words, keys, and where a teacher is.

All of it is data. A word is letters and digits, a place is one of our pages and the parameters of
an address as a browser spells them; whatever is anything else is refused here.
"""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ...words import pages

LONGEST_MESSAGE = 8192  # characters
SHORTEST_WORD, LONGEST_WORD = 3, 24  # letters
KEY = re.compile(r"[0-9a-f]{32}")
QUERY = re.compile(r"[A-Za-z0-9*._+%&=-]{0,6000}")
"""Parameters as a browser spells them: everything else is a percent sign and two digits."""


@dataclass(frozen=True)
class Look:
    """Where a teacher is: the path of a page below the app's address, and its parameters."""

    page: str
    query: str


def message_in(text: object) -> dict[str, Any]:
    """Return what a browser says; {} for what is no JSON object, or too long."""
    if not isinstance(text, str) or len(text) > LONGEST_MESSAGE:
        return {}
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def room_word(said: object) -> str | None:
    """Return a room's word as it is compared: 3 to 24 letters, digits or hyphens, in lower case.

    None for anything else.
    """
    if not isinstance(said, str) or len(said) > LONGEST_MESSAGE:
        return None
    word = unicodedata.normalize("NFKC", said.strip()).casefold()
    plain = all(letter.isalnum() or letter == "-" for letter in word)
    return word if plain and SHORTEST_WORD <= len(word) <= LONGEST_WORD else None


def fingerprint(key: object) -> str | None:
    """Return what is kept of a leader's key, 32 hexadecimal digits; None where it is none."""
    if not isinstance(key, str) or not KEY.fullmatch(key):
        return None
    return sha256(key.encode()).hexdigest()


def look_in(said: object) -> Look | None:
    """Return where a teacher says they are, [page, parameters]; None where that is no place."""
    match said:
        case [str(page), str(query)] if page in pages.TITLES and QUERY.fullmatch(query):
            return Look(page, query)
    return None


class Pace:
    """How many messages one connection may send: a burst, and so many a second after it."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        burst: int = 100,
        rate: float = 10.0,
    ):
        """Begin with the whole burst."""
        self._clock, self._burst, self._rate = clock, burst, rate
        self._left, self._at = float(burst), clock()

    def allows(self) -> bool:
        """Return whether one more message may come now; it counts."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        self._left -= 1
        return self._left >= 0
