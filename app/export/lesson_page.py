"""The static page of a lesson: all its steps, of which the page's script shows one at a time."""

from __future__ import annotations

from html import escape
from typing import Any

from lstm_core.record import record

from ..lessons import Question, RunNumbers, Step, filled, lesson, linked
from ..session.lesson_steps import open_step, step_numbers
from ..session.opened_view import OpenedView
from ..session.view import View
from ..words import learn as words
from ..words import site as site_words
from .document import document, stage_place
from .runs import Runs, settings_table

FOLDER = "learn"


@record
class _Shown:
    """A step of a lesson with the run that it is about."""

    step: Step
    place: int
    opened: OpenedView

    @property
    def numbers(self) -> RunNumbers:
        """What fills the numbers of its text."""
        return step_numbers(self.step, self.opened)


def lesson_page(name: str, runs: Runs) -> str:
    """Return the page of a lesson; its scenes go to `runs`."""
    taught = lesson(name)
    steps = [_opened(step, place) for place, step in enumerate(taught.steps)]
    data = {
        "kind": "lesson",
        "settings": settings_table(),
        "steps": [_described(step, runs) for step in steps],
    }
    places = [words.place(k, len(steps), taught.minutes) for k in range(len(steps))]
    sections = map(_section, steps, places)
    content = "\n".join([f"<h1>{escape(taught.title)}</h1>", *sections, _buttons(), stage_place()])
    return document(taught.title, content, up="../", data=data)


def _opened(step: Step, place: int) -> _Shown:
    view = View(t=step.timestep, unit=step.unit)
    return _Shown(step=step, place=place, opened=open_step(step, view))


def _described(shown: _Shown, runs: Runs) -> dict[str, Any]:
    """What the page's script must know of a step."""
    step, question = shown.step, shown.step.question
    return {
        "scene": f"../{runs.add(shown.opened)}",
        "t": step.timestep,
        "unit": step.unit,
        "until_timestep": step.until_timestep,
        "until_unit": step.until_unit,
        "question": question and {"right": question.right, "reveal": question.reveal},
    }


def _section(shown: _Shown, here: str) -> str:
    """What is told in a step, and what is asked or to be done; `here` says which step it is."""
    step, numbers, place = shown.step, shown.numbers, shown.place
    parts = [
        f'<p class="here">{escape(here)}</p>',
        f"<h2>{escape(step.title)}</h2>",
        *(f"<p>{linked(text, numbers)}</p>" for text in step.paragraphs),
    ]
    if step.task:
        done = f'<strong class="done" hidden>{escape(words.DONE)}</strong>'
        parts.append(f'<p class="task">{linked(step.task, numbers)} {done}</p>')
    if step.question:
        parts.append(_question(step.question, numbers, place))
    hidden = " hidden" if place else ""
    return f'<section class="step" id="step-{place}"{hidden}>{"".join(parts)}</section>'


def _question(question: Question, numbers: RunNumbers, place: int) -> str:
    """A question with its answers, and what is said to a right one and to a wrong one."""
    radios = "".join(
        f'<label><input type="radio" name="answer-{place}" value="{escape(option)}" '
        f'autocomplete="off"> {escape(option)}</label>'
        for option in question.options
    )
    because = escape(filled(question.because, numbers))
    verdicts = {"right": words.RIGHT, "wrong": words.WRONG.format(right=question.right)}
    said = "".join(
        f'<div class="verdict" id="verdict-{place}-{kind}" role="status" hidden>'
        f"<p><strong>{escape(verdict)}</strong> {because}</p></div>"
        for kind, verdict in verdicts.items()
    )
    asked = escape(filled(question.ask, numbers))
    return f"<fieldset><legend>{asked}</legend>{radios}</fieldset>{said}"


def _buttons() -> str:
    """What leads on and back; at the end, where to go from there."""
    return (
        '<div class="lesson-buttons">'
        f'<button type="button" id="back" disabled>{escape(words.BACK)}</button>'
        f'<button type="button" id="on" data-on="{escape(words.NEXT)}" '
        f'data-again="{escape(words.AGAIN)}">{escape(words.NEXT)}</button></div>'
        f'<p id="last" hidden>{escape(site_words.LAST)} '
        f'<a href="../index.html#networks">{escape(site_words.NETWORKS)}</a></p>'
    )
