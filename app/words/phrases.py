"""What the core says of itself, in the language that is spoken.

`lstm_core` names its signals, tasks and demos in English, as a library does. A language's
`core.py` and `demos.py` have what these texts are called on the page: `PHRASES` whole texts,
`PATTERNS` texts with a slot, such as "asks for {what}". English has none: a text says itself.
Tests hold that the other languages know every text of the core that a page shows, and no other.
"""

from __future__ import annotations

import re
from functools import cache

from .language import module

SLOT = re.compile(r"\{(\w+)\}")


def said(text: str) -> str:
    """Return a text of the core in the language that is spoken; one that is not known stays."""
    core, demos = module("core"), module("demos")
    for phrases in (core.PHRASES, demos.PHRASES):
        if text in phrases:
            return str(phrases[text])
    for pattern, template in core.PATTERNS.items():
        if match := _expression(pattern).fullmatch(text):
            parts = {name: said(part) for name, part in match.groupdict().items()}
            return str(template.format(**parts))
    return text


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    """What matches a text of this pattern, its slots by name."""
    parts = SLOT.split(pattern)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if k % 2 else re.escape(part) for k, part in enumerate(parts))
    )
