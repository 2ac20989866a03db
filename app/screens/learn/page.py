"""Learn: lessons that are told beside the real stage, each step finished by doing something.

What the reader wants to find out here, who knows what a neural network is and has never
understood an LSTM:

1. Where do I begin, and how long does it take?          the lesson, and which step of how many
2. What is this part for?                                the text, with numbers of this very run
3. What do I do now?                                     the task, or the question to answer first
4. Was I right?                                          the answer, shown on the stage
5. Can I come back, skip, or show this step to a class?  Back, Next, the address
"""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from ...components.stage import follow, stage
from ...figures.glossary import glossary_of_all
from ...incidents import contained
from ...lessons import Question, filled, lesson, lesson_names, linked
from ...session import state
from ...session.scenes import scene
from ...session.view import spell
from ...words import learn as words
from ..shared import links
from ..shared.history import spell_into_history
from . import opening
from .opening import OpenedStep

HERE = Path(__file__).parent
GUIDE = "guide"  # the fragment that follows the stage


def page() -> None:
    """Show the page."""
    state.open_page("learn")
    shown = opening.open_now()
    opening.remember(shown)
    if "network" not in shown.opened.view.hidden:
        _lesson_picker(shown)
    _guide()
    stage(scene(shown.opened), shown.opened.view, key=state.stage_key(), followed=True)
    st.html(HERE / "learn.css")
    st.html(glossary_of_all())
    links.teaching(shown.lesson.title, shown.opened.view.hidden)


def _lesson_picker(shown: OpenedStep) -> None:
    titles = {name: lesson(name).title for name in lesson_names()}
    state.set_widget("lesson", shown.lesson.name)
    st.segmented_control(
        words.LESSON,
        list(titles),
        format_func=titles.__getitem__,
        key="lesson",
        required=True,
        label_visibility="collapsed",
        on_change=_pick_lesson,
    )


def _pick_lesson() -> None:
    state.change_view(lesson=state.widget_value("lesson"), step=0)


@st.fragment(key=GUIDE)
@contained
def _guide() -> None:
    """Tell the step; it follows when the stage rests."""
    if state.page_is_behind():
        st.rerun()
    shown = opening.open_now()
    spell_into_history(state.with_language(spell(shown.opened.view)))
    follow(state.stage_key(), ("t", "unit"), on_report=_follow, always=True)
    step, numbers = shown.step, shown.numbers
    lesson_place = words.place(shown.place, len(shown.lesson.steps), shown.lesson.minutes)
    paragraphs = "".join(f"<p>{linked(text, numbers)}</p>" for text in step.paragraphs)
    st.html(
        f'<div class="lesson"><p class="here">{escape(lesson_place)}</p>'
        f"<h2>{escape(step.title)}</h2>{paragraphs}{_task(shown)}</div>"
    )
    if step.question is not None:
        _question(shown)
    _buttons(shown)


def _task(shown: OpenedStep) -> str:
    """What is to be done, and whether it is."""
    if not shown.step.task:
        return ""
    done = f" <strong>{words.DONE}</strong>" if shown.finished else ""
    return f'<p class="task">{linked(shown.step.task, shown.numbers)}{done}</p>'


def _question(shown: OpenedStep) -> None:
    """Ask before it is seen; what is right is said once there is an answer."""
    question = shown.step.question
    assert question is not None
    key = f"answer-{shown.lesson.name}-{shown.place}"
    state.set_widget(key, shown.answer or None)
    st.radio(
        filled(question.ask, shown.numbers),
        question.options,
        index=None,
        key=key,
        horizontal=True,
        on_change=_answer,
        args=(key, shown.key, question),
    )
    if shown.answer:
        right = shown.answer == question.right
        verdict = words.RIGHT if right else words.WRONG.format(right=question.right)
        because = escape(filled(question.because, shown.numbers))
        st.html(
            f'<div class="verdict {"right" if right else "wrong"}" role="status">'
            f"<p><strong>{escape(verdict)}</strong> {because}</p></div>"
        )


def _answer(key: str, step: str, question: Question) -> None:
    """Take the answer in, and have the stage show what is so."""
    if (given := state.widget_value(key)) in question.options:
        opening.remember_answer(step, question.options.index(given))
        state.change_view(t=question.reveal)
    st.rerun()


def _buttons(shown: OpenedStep) -> None:
    """Lead on and back; nobody is kept from skipping a step."""
    last = shown.place == len(shown.lesson.steps) - 1
    with st.container(horizontal=True, key="lesson-buttons"):
        st.button(
            words.BACK,
            key="lesson-back",
            disabled=shown.place == 0,
            on_click=_go,
            args=(shown.place - 1,),
        )
        st.button(
            words.AGAIN if last else words.NEXT,
            key="lesson-next",
            type="primary" if shown.finished else "secondary",
            on_click=_go,
            args=(0 if last else shown.place + 1,),
        )
    if last:
        ways = ((".", words.EXPLORE), ("train", words.TRAIN), ("model", words.MODEL))
        anchors = (f'<a href="{to}" target="_self">{escape(text)}</a>' for to, text in ways)
        st.html(f'<p class="lesson">{escape(words.LAST)} {" · ".join(anchors)}</p>')


def _go(place: int) -> None:
    opening.remember_finished()
    state.change_view(step=place)
    st.rerun()


def _follow() -> None:
    """Take in where the stage has come to rest, and whether that finishes the step."""
    state.follow_stage()
    opening.remember_finished()
