"""How an address names a corpus: by what it is made of, never by where it lies.

fresh.2000          so many fresh sequences of the network's task
examples            those that the network comes with
upload.<id>         those of a file that the session has given; a link alone gives it to nobody
local               the folder that the app was started with
"""

from __future__ import annotations

import re

LOCAL, EXAMPLES, FRESH, UPLOAD = "local", "examples", "fresh", "upload"

_SPELLED = re.compile(rf"{LOCAL}|{EXAMPLES}|{FRESH}\.[1-9][0-9]{{0,4}}|{UPLOAD}\.[0-9a-f]{{32}}")


def is_spelled(text: str) -> bool:
    """Return whether a text names a corpus, there or not."""
    return _SPELLED.fullmatch(text) is not None


def spelled(kind: str, count: int = 0, upload: str = "") -> str:
    """Return the name of a corpus; `upload` is the id of a file that a reader gave."""
    if kind == FRESH:
        return f"{FRESH}.{count}"
    return f"{UPLOAD}.{upload}" if kind == UPLOAD else kind


def parted(text: str) -> tuple[str, str]:
    """Return the kind of a named corpus and what follows it: a count, an id, or ""."""
    kind, _, rest = text.partition(".")
    return kind, rest
