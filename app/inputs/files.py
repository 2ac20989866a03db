"""What is wrong with a file or a text of the reader's, in one sentence."""

from __future__ import annotations


class UploadError(ValueError):
    """What was given cannot be read; its text is one clear sentence for the page."""


def counted(number: int, noun: str) -> str:
    """Return "1 cell", "2 cells"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
