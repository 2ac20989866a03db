"""A lesson: steps that each stand at one place of one run, and are finished by doing something.

A lesson is a file `app/lessons/english/NAME.toml`, and its twins in the other languages:

    title = "Why an LSTM remembers"
    order = 1
    minutes = 15

    [[steps]]
    title = "The forget gate"
    network = "first_letter"              # a demo, or one of its twins: "reber/rnn_same_size"
    sequence = "A, then 22 others"        # one of the demo's, by name
    timestep = 12                         # where the step begins
    unit = 0
    text = '''
    The forget gate is {forget_gate 12}: it keeps {forget_gate 12 %} of {previous_memory 12}.
    '''
    task = "Step on to timestep 20."      # what the reader does; needs `until`
    until = { timestep = 20 }             # or { unit = 3 }
    claims = ["forget_gate 1..22 >= 0.99"]

    [steps.question]                      # instead of `task` and `until`
    ask = "Will it forget here?"
    options = ["Yes", "No"]
    right = "No"
    reveal = 13                           # the timestep that shows the answer
    because = "The gate is {forget_gate 13}."

Paragraphs of a text are parted by blank lines. `[forget gate](forget_gate)` is a word that lights
up that part of the drawing. Numbers in braces are those of the run, filled in
when the step is shown (see `numbers`), and claims are statements about the run that a test
recomputes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from lstm_core.record import record

from ..words.language import spoken

HERE = Path(__file__).parent
DONE_BY = ("timestep", "unit")
LINK = re.compile(r"\[([^\[\]]+)\]\((\w+)\)")

T = TypeVar("T")


class LessonError(ValueError):
    """A lesson that cannot be read; the message names the file, the line and what was expected."""


@record
class Question:
    """What the reader answers before it is seen: one of `options` is `right`.

    `reveal` is the timestep at which the stage shows it, and `because` says why.
    """

    ask: str
    options: tuple[str, ...]
    right: str
    reveal: int
    because: str


@record
class Step:
    """One step of a lesson.

    `network` is a demo's name or a twin's, "demo/twin". The step is finished where the stage is
    at timestep `until_timestep` or later, at `until_unit`, or the question is answered; a step
    with none of them is only read.
    """

    title: str
    text: str
    network: str
    sequence: str
    timestep: int
    unit: int
    task: str = ""
    until_timestep: int | None = None
    until_unit: int | None = None
    question: Question | None = None
    claims: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text by paragraphs, each in one line."""
        parts = self.text.strip().split("\n\n")
        return tuple(" ".join(part.split()) for part in parts)

    def finished(self, timestep: int, unit: int, answered: bool) -> bool:
        """Return whether the reader has done what the step asks for."""
        if self.question is not None:
            return answered
        if self.until_timestep is not None:
            return timestep >= self.until_timestep
        return self.until_unit is None or unit == self.until_unit


def pieces(text: str) -> tuple[tuple[str, str], ...]:
    """Return a text in pieces, each with the part of the drawing that it speaks of, or ""."""
    parts: list[tuple[str, str]] = []
    end = 0
    for link in LINK.finditer(text):
        parts += [(text[end : link.start()], ""), (link[1], link[2])]
        end = link.end()
    return tuple(piece for piece in (*parts, (text[end:], "")) if piece[0])


@record
class Lesson:
    """A lesson by its file's `name`; lessons are offered by `order`."""

    name: str
    title: str
    order: int
    minutes: int
    steps: tuple[Step, ...]


def lesson_names() -> tuple[str, ...]:
    """Return the names of all lessons, in the order in which they are offered."""
    names = (path.stem for path in _folder().glob("*.toml"))
    return tuple(sorted(names, key=lambda name: (lesson(name).order, name)))


def lesson(name: str) -> Lesson:
    """Return the lesson of this name. Raises LessonError where its file says no lesson."""
    return read_lesson(name, (_folder() / f"{name}.toml").read_text(encoding="utf-8"))


def _folder() -> Path:
    """The lessons of the language that is spoken."""
    return HERE / spoken().folder


def read_lesson(name: str, text: str) -> Lesson:
    """Return the lesson that a TOML text spells. Raises LessonError, which names the line."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LessonError(f"{name}.toml is no TOML: {error}") from error
    head = _Table(data, f"{name}.toml", 1)
    steps = head.take("steps", list)
    if not steps:
        raise head.error("steps", "at least one [[steps]]")
    lines = [k for k, line in enumerate(text.splitlines(), 1) if line.strip() == "[[steps]]"]
    read = tuple(
        _step(_Table(step, f"{name}.toml", line)) for step, line in zip(steps, lines, strict=True)
    )
    return Lesson(
        name=name,
        title=head.take("title", str),
        order=head.take("order", int),
        minutes=head.take("minutes", int),
        steps=_last(head, read),
    )


def _last(table: _Table, value: T) -> T:
    """The value, once everything of the table was taken."""
    table.expect_nothing_else()
    return value


def _step(table: _Table) -> Step:
    """One step; LessonError where something is missing, of another kind or unknown."""
    until = table.part("until")
    limits = {key: until.take(key, int, None) for key in DONE_BY}
    until.expect_nothing_else()
    asked = table.part("question")
    question = _question(asked) if asked.given else None
    task = table.take("task", str, "")
    done = [key for key, limit in limits.items() if limit is not None]
    if bool(task) != bool(done) or len(done) > 1 or (done and question):
        raise table.error(
            "until", f"a task together with one of {', '.join(DONE_BY)}, or a question, or neither"
        )
    step = Step(
        title=table.take("title", str),
        text=table.take("text", str),
        network=table.take("network", str),
        sequence=table.take("sequence", str),
        timestep=table.take("timestep", int, 0),
        unit=table.take("unit", int, 0),
        task=task,
        until_timestep=limits["timestep"],
        until_unit=limits["unit"],
        question=question,
        claims=tuple(table.take("claims", list, [])),
    )
    return _last(table, step)


def _question(table: _Table) -> Question:
    question = Question(
        ask=table.take("ask", str),
        options=tuple(table.take("options", list)),
        right=table.take("right", str),
        reveal=table.take("reveal", int),
        because=table.take("because", str),
    )
    if question.right not in question.options:
        raise table.error("right", f"one of {', '.join(question.options)}")
    return _last(table, question)


class _Table:
    """A table of a lesson's file, from which what is read is taken out."""

    def __init__(self, data: Mapping[str, Any] | None, place: str, line: int):
        self.given = data is not None
        self._left = dict(data or {})
        self._place, self._line = place, line

    def take(self, key: str, kind: type, default: Any = ...) -> Any:
        """Return and remove a value; LessonError where it is missing or of another kind."""
        if key not in self._left:
            if default is ...:
                raise self.error(key, "it to be there")
            return default
        value = self._left.pop(key)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.error(key, {str: "a text", int: "a whole number"}.get(kind, "a list"))
        return value

    def part(self, key: str) -> _Table:
        """Return a table inside this one; an empty one where it is not given."""
        return _Table(self._left.pop(key, None), self._place, self._line)

    def error(self, key: str, expected: str) -> LessonError:
        """Return the error about a key of this table."""
        return LessonError(f"{self._place}, line {self._line}: {key}: expected {expected}")

    def expect_nothing_else(self) -> None:
        """Raise LessonError where something is left that nobody knows."""
        for key in self._left:
            raise self.error(key, "no such key: see the head of app/lessons/lesson.py")
