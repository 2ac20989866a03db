"""What is noticed and decided while a file is read: remarks, answers and open questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from ..arrays import shown
from ..files import UploadError
from ..questions import Question

T = TypeVar("T")

Tell = Callable[[str, int, int], None]
"""Takes how far the reading of a file has come: what is counted, how many are done, of how many."""

BYTES, COLUMNS = "bytes", "columns"  # what is counted: first one, then the other


def tell_nobody(counted: str, done: int, total: int) -> None:
    """Tell nobody how far the reading has come."""


class Undecided(Exception):  # noqa: N818 - not an error: the reader has the word
    """A question stands open without which nothing can be read."""


class Notes:
    """Collects remarks, and settles each decision by an answer or else by a preselection."""

    def __init__(
        self, name: str, answers: Mapping[str, str] | None = None, tell: Tell = tell_nobody
    ):
        self.name = name
        self.tell = tell
        self.answers = dict(answers or {})
        self.remarks: list[str] = []
        self.choices: list[Question] = []
        self.open: list[Question] = []

    def remark(self, text: str) -> None:
        """Keep a sentence for the reader, once."""
        if text not in self.remarks:
            self.remarks.append(text)

    def choose(
        self,
        id: str,
        text: str,
        options: Mapping[str, T],
        preselection: str | None = None,
        *,
        ask: bool = True,
        typed: Callable[[str], T] | None = None,
        example: str = "",
    ) -> T | None:
        """Return the value of the option that was answered, or that is preselected, or None.

        With `ask` an open question remains until it is answered; without it the preselection
        stands, and can be corrected. `typed` reads an answer that is not among the options.
        Raises UploadError for an answer that cannot be read.
        """
        answer = self.answers.get(id)
        question = Question(
            id=id,
            text=text,
            options=tuple(options),
            preselection=preselection,
            answer=answer,
            example=example,
            asked=ask,
        )
        if all(one.id != id for one in self.choices):  # one answer settles what is asked twice
            self.choices.append(question)
        if answer is None:
            if ask and all(one.id != id for one in self.open):
                self.open.append(question)
            return None if preselection is None else options[preselection]
        if answer in options:
            return options[answer]
        if typed is not None:
            return typed(answer)
        raise UploadError(
            f"{text} The answer {shown(answer)!r} is none of these: choose {_listed(options)}."
        )

    def require(
        self,
        id: str,
        text: str,
        options: Mapping[str, T],
        preselection: str | None = None,
        *,
        ask: bool = True,
    ) -> T:
        """Return as `choose` does; raise Undecided where there is nothing to go on with."""
        value = self.choose(id, text, options, preselection, ask=ask)
        if value is None:
            raise Undecided
        return value


def _listed(options: Mapping[str, object]) -> str:
    few = [repr(shown(option)) for option in list(options)[:6]]
    return " or ".join(few) + (" …" if len(options) > 6 else "")
