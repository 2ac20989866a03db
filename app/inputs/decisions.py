"""What a reader decides about a file, sorted for a page: questions, settings, corrections.

Pure: an understanding in, plain values out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from lstm_core.record import record

from .files import UploadError
from .questions import Question
from .understanding import Column, Understanding
from .understanding.by_vocabulary import VOCABULARY

INPUT = "input:"  # how the id of the question begins which column feeds an input
SETTINGS = ("scaling", "truth", "truth scaling", "rows")

RoleKind = Literal["input", "truth", "time", "index", "label", "number", "text", "symbol", "empty"]


@record
class Decisions:
    """The choices of an understanding, each in one of four places.

    `questions` must be answered before anything is run. `inputs` say which column feeds which
    input, `settings` how the numbers are scaled, what the prediction is held against and which
    rows are read, and `otherwise` what the file could be taken for instead.
    """

    questions: tuple[Question, ...]
    settings: tuple[Question, ...]
    inputs: tuple[Question, ...]
    otherwise: tuple[Question, ...]


@record
class Role:
    """What a column is used for: its kind of use, and which inputs it feeds."""

    kind: RoleKind
    inputs: tuple[str, ...] = ()


def decisions_of(seen: Understanding | UploadError) -> Decisions:
    """Return the choices of an understanding, or those that led to a refusal, sorted.

    A question that was answered stays one.
    """
    rest = [q for q in seen.choices if not q.asked]
    return Decisions(
        questions=tuple(q for q in seen.choices if q.asked),
        settings=tuple(q for q in rest if q.id in SETTINGS),
        inputs=tuple(q for q in rest if q.id.startswith(INPUT)),
        otherwise=tuple(q for q in rest if _is_alternative(q)),
    )


def _is_alternative(question: Question) -> bool:
    other = question.id not in SETTINGS and not question.id.startswith(INPUT)
    return other and len(question.options) > 1


def is_correctable(refusal: UploadError) -> bool:
    """Return whether a file that was refused may be read with another answer, or a vocabulary."""
    decisions = decisions_of(refusal)
    several = any(len(q.options) > 1 for q in (*decisions.questions, *decisions.inputs))
    return several or any(question.id == VOCABULARY for question in refusal.choices)


def chosen(question: Question) -> str | None:
    """Return the option that stands: the answer, else the preselection, else None."""
    return question.answer if question.answer is not None else question.preselection


def is_ready(understanding: Understanding) -> bool:
    """Return whether every question has an answer, or an option that is preselected."""
    return all(chosen(question) is not None for question in understanding.questions)


def confirmed(understanding: Understanding, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers, with the preselection of each question that was left as it stood."""
    standing = {q.id: q.preselection for q in understanding.questions if q.preselection is not None}
    return {**standing, **answers}


def without_later(
    seen: Understanding | UploadError, answers: Mapping[str, str], changed: str
) -> dict[str, str]:
    """Return the answers to what is decided before the choice `changed`.

    Later choices may hang on it: there may be other columns to choose from.
    """
    order = [question.id for question in seen.choices]
    before = set(order[: order.index(changed)]) if changed in order else set(order)
    return {name: answer for name, answer in answers.items() if name in before}


def roles_of(understanding: Understanding) -> tuple[Role, ...]:
    """Return what each column of the table is used for, in the file's order."""
    return tuple(_role(column, understanding) for column in understanding.table)


def _role(column: Column, understanding: Understanding) -> Role:
    names = {one.name for one in understanding.table}
    inputs = tuple(i for i, fed in understanding.inputs.items() if fed == column.name)
    if inputs:
        return Role(kind="input", inputs=inputs)
    if column.name == understanding.truth_column:
        return Role(kind="truth")
    together = [i for i, fed in understanding.inputs.items() if fed not in names]
    if together and column.kind in {"number", "empty"}:  # many columns feed one input
        return Role(kind="input" if column.kind == "number" else "empty", inputs=tuple(together))
    if not understanding.inputs and column.kind == "symbol":
        return Role(kind="input")
    return Role(kind=column.kind)
