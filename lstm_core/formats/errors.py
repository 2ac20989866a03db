"""The one error of all readers and writers of model files."""

from __future__ import annotations


class ModelFileError(ValueError):
    """A model file that cannot be read or written, told in one plain sentence."""


def shown(text: object, limit: int = 80) -> str:
    """Return a name from a file as it can stand in a sentence: printable, quoted and short."""
    words = repr(str(text))
    return words if len(words) <= limit else f"{words[: limit - 2]}…{words[0]}"
