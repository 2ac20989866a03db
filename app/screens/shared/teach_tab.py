"""The tab for teachers: a lesson link, its QR code, a lesson plan, and a hand-out to print."""

from __future__ import annotations

import streamlit as st

from ...figures.handout import Handout, handout
from ...session.opened_view import OpenedView
from ...session.subjects import title_of
from ...words import teaching as words
from ...words.formatting import short
from ...words.language import spoken
from ...words.phrases import said
from . import links, take_along
from .exercises_tab import drawn_exercises
from .labels import here, tokens

MOST_NUMBERS = 2  # of a timestep, above a column of the hand-out


def teach(opened: OpenedView) -> None:
    """Show what makes of the screen something to hand to a class."""
    st.html(here(opened))
    st.download_button(
        words.HANDOUT,
        lambda: handout(_content(opened), spoken().code),
        help=words.HANDOUT_HELP,
        file_name=f"{take_along.file_stem(opened)}-handout.html",
        mime="text/html",
        on_click="ignore",
    )
    links.lesson_links(title_of(opened.subject))


def _content(opened: OpenedView) -> Handout:
    """What the hand-out shows: the run, timestep and unit of the stage, and the exercises."""
    named = f"{title_of(opened.subject)}: {said(opened.sequence.name)}".removesuffix(": ")
    numbers = () if opened.sequence.numbers is None else opened.sequence.numbers
    read = tuple(" ".join(map(short, row[:MOST_NUMBERS])) for row in numbers)
    return Handout(
        title=named,
        question=said(opened.subject.question),
        trace=opened.trace,
        tokens=tokens(opened) or read,
        t=opened.view.t,
        unit=max(opened.view.unit, 0),
        exercises=drawn_exercises(opened),
        number=opened.view.exercise,
    )
