"""The tab What if: change a run, and see where the changed one parts from it and what it says.

What the reader wants to find out: what would have happened if the gate had stayed shut, if this
had not been written, if everything had been kept.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from ...session import state
from ...session.opened_view import OpenedView
from ...words import what_if as words
from .figure_config import figure_config
from .labels import here
from .what_if_forms import form, set_changes
from .what_if_outcome import both_series, outcome, sentence, shown_signal

CURVE_STEPS = 2000  # timesteps of the picture, around the first change


def what_if(opened: OpenedView) -> None:
    """Show what can be changed, what is changed, and the effect on the run."""
    st.html(here(opened) + f'<p class="note">{escape(words.LEAD)}</p>')
    kind = st.segmented_control(
        words.KIND,
        list(words.KINDS),
        format_func=words.KINDS.__getitem__,
        default="gates",
        key="what-if-kind",
        required=True,
        label_visibility="collapsed",
    )
    form(opened, str(kind))
    _list(opened)
    if opened.view.changes:
        _outcome(opened)


def _list(opened: OpenedView) -> None:
    """Show each change, with a button that undoes it."""
    changes = opened.view.changes
    if not changes:
        st.html(f"<p>{escape(words.NONE)}</p>")
        return
    for k, change in enumerate(changes):
        with st.container(horizontal=True, key=f"change-{k}", vertical_alignment="center"):
            others = (*changes[:k], *changes[k + 1 :])
            st.button(words.REMOVE, key=f"undo-{k}", on_click=set_changes, args=(others,))
            st.html(f'<p class="finding">{escape(sentence(opened, change))}</p>')
    if len(changes) > 1:
        st.button(words.CLEAR, key="undo-all", on_click=set_changes, args=((),))


def _outcome(opened: OpenedView) -> None:
    """Show where the runs part, what the network answers now, and both runs in a picture."""
    from ...figures.what_if import changed_memory

    for said in outcome(opened):
        st.html(f'<p class="finding">{escape(said)}</p>')
    memory = shown_signal(opened)
    before, after = both_series(opened, memory)
    start = min(max(0, opened.view.t - CURVE_STEPS // 2), max(0, len(before) - CURVE_STEPS))
    stretch = slice(start, start + CURVE_STEPS)
    figure = changed_memory(
        before[stretch],
        after[stretch],
        opened.view.unit,
        memory,
        first=start,
        dark=state.is_dark(),
    )
    st.plotly_chart(figure, theme=None, key="what-if", config=figure_config("what-if"))
