"""A decision about a file that is the reader's to make."""

from __future__ import annotations

from lstm_core.record import record


@record
class Question:
    """A decision about a file, in words.

    `options` are what may be answered. `preselection` is the option that stands while nothing
    is answered; None where none is clearly likelier. `answer` is what the reader chose, if
    anything. `example` shows how an answer may be typed that is not among the options, or is "".
    `asked` says whether it must be answered before anything is run.
    """

    id: str
    text: str
    options: tuple[str, ...]
    preselection: str | None = None
    answer: str | None = None
    example: str = ""
    asked: bool = True
