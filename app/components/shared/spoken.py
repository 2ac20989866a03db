"""What a component says in the browser, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...words.language import spoken


def browser_words(table: Mapping[str, str]) -> dict[str, Any]:
    """Return a table of sentences as js/words.js takes it: with the code of their language."""
    return {"language": spoken().code, "table": dict(table)}
