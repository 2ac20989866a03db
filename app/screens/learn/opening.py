"""From what the session remembers to the step of a lesson, with its run loaded."""

from __future__ import annotations

import dataclasses

from lstm_core.record import record

from ...lessons import Lesson, RunNumbers, Step, lesson, lesson_names
from ...session import state
from ...session.lesson_steps import open_step, step_numbers
from ...session.opened_view import OpenedView
from ...session.view import Source

LANDED, FINISHED, ANSWERS = "landed", "finished", "answers"  # what the page remembers


@record
class OpenedStep:
    """One step of a lesson: what is told, and what the stage beside it shows."""

    lesson: Lesson
    place: int
    opened: OpenedView

    @property
    def step(self) -> Step:
        """The step itself."""
        return self.lesson.steps[self.place]

    @property
    def key(self) -> str:
        """What the page remembers this step by."""
        return f"{self.lesson.name} {self.place}"

    @property
    def numbers(self) -> RunNumbers:
        """The run that fills the numbers of the text."""
        return step_numbers(self.step, self.opened)

    @property
    def answer(self) -> str:
        """What the reader answered to the step's question; "" where nothing yet."""
        answers: dict[str, int] = state.page_value(ANSWERS, {})
        question, place = self.step.question, answers.get(self.key)
        return "" if question is None or place is None else question.options[place]

    @property
    def finished(self) -> bool:
        """Whether the reader has done what the step asks for, now or before."""
        view = self.opened.view
        done: list[str] = state.page_value(FINISHED, [])
        return self.key in done or self.step.finished(view.t, view.unit, bool(self.answer))


def open_now() -> OpenedStep:
    """Return the step that the reader is at; its view names what is really shown.

    A step that has just come begins where its lesson says, unless the address names a timestep.
    """
    view = state.current_view()
    names = lesson_names()
    taught = lesson(view.lesson if view.lesson in names else names[0])
    place = min(view.step, len(taught.steps) - 1)
    step = taught.steps[place]
    known = state.page_value(LANDED)
    is_new = known != f"{taught.name} {place}"
    if is_new and not (known is None and state.address_says("t")):
        view = view.replace(t=step.timestep, unit=step.unit)
    opened = open_step(step, view)
    shown = opened.view.replace(demo="", source=Source(), lesson=taught.name, step=place)
    return OpenedStep(lesson=taught, place=place, opened=dataclasses.replace(opened, view=shown))


def remember(shown: OpenedStep) -> None:
    """Remember what is really shown, and that this step has been seen."""
    state.remember_view(shown.opened.view)
    state.remember_page()
    state.remember_for_page(LANDED, shown.key)


def remember_finished() -> None:
    """Remember where a step is finished, so that moving on does not undo it."""
    shown = open_now()
    if shown.finished:
        done: list[str] = state.page_value(FINISHED, [])
        state.remember_for_page(FINISHED, sorted({*done, shown.key}))


def remember_answer(key: str, place: int) -> None:
    """Remember which answer the reader gave to a step's question, the same in every language."""
    state.remember_for_page(ANSWERS, {**state.page_value(ANSWERS, {}), key: place})
