"""What is wrong with a file or a text of the reader's, in one sentence."""

from __future__ import annotations

from .questions import Question


class UploadError(ValueError):
    """What was given cannot be read; its text is one clear sentence for the page.

    `choices` are the decisions that led here, as those of an `Understanding`: with another
    answer to one of them the same file may be read.
    """

    def __init__(self, sentence: str, choices: tuple[Question, ...] = ()):
        super().__init__(sentence)
        self.choices = choices


def counted(number: int, noun: str) -> str:
    """Return "1 cell", "2 cells", "1,000 cells"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
