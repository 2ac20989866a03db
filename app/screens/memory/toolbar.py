"""The row above the stages: which task, how the networks are alike, which sequence."""

from __future__ import annotations

import streamlit as st

from ...session import demos, state
from ...session.view import LIKELIEST, Source
from ...words import common as words
from ...words import memory as memory_words
from ...words.phrases import said
from ..shared import links, toolbar
from . import results
from .networks import Comparison, alikes, has_gru


def controls(shown: Comparison) -> None:
    """Show the row of controls."""
    with st.container(horizontal=True, key="row", vertical_alignment="bottom"):
        if toolbar.shows(shown.opened, "network"):
            _task_picker(shown)
        if toolbar.shows(shown.opened, "cell"):
            _alike_picker(shown)
        toolbar.sequence_controls(shown.opened, words.NEW_HELP)
        if toolbar.shows(shown.opened, "link"):
            links.copy_link()


def _task_picker(shown: Comparison) -> None:
    state.set_widget("task", shown.demo.name)
    st.selectbox(
        memory_words.TASK,
        results.compared_demos(),
        format_func=lambda name: said(demos.demo(name).title),
        key="task",
        on_change=_pick_task,
        width=230,
    )


def _pick_task() -> None:
    state.clear_notice()
    state.change_view(demo=state.widget_value("task"), source=Source(), units=(), output=LIKELIEST)


def _alike_picker(shown: Comparison) -> None:
    name, view = shown.demo.name, shown.opened.view
    state.set_widget("alike", view.alike)
    st.segmented_control(
        memory_words.ALIKE,
        alikes(name),
        format_func=memory_words.ALIKES.__getitem__,
        key="alike",
        required=True,
        help=memory_words.ALIKE_HELP,
        on_change=_pick,
        args=("alike",),
    )
    _third_toggle(view.third, there=has_gru(name, view.alike))


def _third_toggle(chosen: bool, *, there: bool) -> None:
    """Whether a third network is shown; always there, since what follows in the row would move.

    Streamlit shows what moved twice until the page is whole.
    """
    state.set_widget("third", chosen and there)
    st.toggle(
        memory_words.THIRD,
        key="third",
        help=memory_words.THIRD_HELP if there else memory_words.NO_THIRD,
        disabled=not there,
        on_change=_pick,
        args=("third",),
    )


def _pick(name: str) -> None:
    state.change_view(**{name: state.widget_value(name)})
