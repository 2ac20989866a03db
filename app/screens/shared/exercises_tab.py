"""The tab with exercises: what is f if …? On a sequence whose numbers are nowhere seen."""

from __future__ import annotations

import secrets
from html import escape

import streamlit as st

from lstm_core.analysis.exercises import TOLERANCE, Exercise, exercises

from ...session import state
from ...session.opened_view import OpenedView, trace_of
from ...session.runs import model_run
from ...session.view import LARGEST_EXERCISE
from ...words import teaching as words
from ...words.formatting import number, short


def exercises_panel(opened: OpenedView) -> None:
    """Ask what follows from numbers of this network, and say whether an answer is right.

    The number of the exercises is the seed that draws the sequence, the timesteps and the units, so
    that a link hands a class the same ones.
    """
    seed = opened.view.exercise
    lead = escape(words.exercises_lead(seed, TOLERANCE))
    st.html(f'<p class="note">{lead}</p>')
    shown = st.toggle(words.SHOW_ANSWERS, key=f"answers-{seed}")
    stem = f"exercise-{opened.subject.name}-{opened.trace.kind}-{seed}"
    for place, exercise in enumerate(drawn_exercises(opened)):
        _ask(exercise, f"{stem}-{place}", shown)
    st.button(words.OTHER_EXERCISES, key="other-exercises", on_click=_draw)


def drawn_exercises(opened: OpenedView) -> tuple[Exercise, ...]:
    """Return the exercises that the view's seed draws, from a sequence that it draws, too."""
    sequence = opened.subject.random_sequence(opened.view.exercise)
    trace = trace_of(model_run(opened.subject, sequence), opened.view)
    return exercises(trace, opened.view.exercise)


def _draw() -> None:
    state.change_view(exercise=secrets.randbelow(LARGEST_EXERCISE) + 1)


def _ask(exercise: Exercise, key: str, shown: bool) -> None:
    """Show one exercise, and what is to be said of the answer that was typed."""
    givens = ", ".join(f"{name} = {short(value)}" for name, value in exercise.givens)
    question = words.exercise(exercise.asked, givens, exercise.unit, exercise.timestep)
    typed = st.text_input(question, key=key, width=420, autocomplete="off")
    place = st.empty()
    if typed.strip():
        value = read_number(typed)
        place.html(_verdict(exercise, value))
    if shown:
        answer = f"{exercise.equation} = {number(exercise.answer)}"
        st.html(f'<p class="answer">{escape(answer)}</p>')


def _verdict(exercise: Exercise, value: float | None) -> str:
    if value is None:
        said, kind = words.NO_NUMBER, "wrong"
    elif exercise.is_right(value):
        said, kind = words.exercise_right(exercise.equation), "right"
    else:
        said, kind = words.exercise_wrong(exercise.equation), "wrong"
    return f'<div class="verdict {kind}" role="status"><p>{escape(said)}</p></div>'


def read_number(text: str) -> float | None:
    """Return the number that is typed, with a point or a comma; None where it is none."""
    plain = text.strip().replace("−", "-").replace(",", ".")
    try:
        value = float(plain) if len(plain) <= 20 else float("nan")
    except ValueError:
        return None
    return value if abs(value) < 1e6 else None
