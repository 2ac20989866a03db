"""The part of the tab Units that says what moves them: an impulse, a step, a sine.

What the reader wants to find out: how fast a unit forgets one event; whether a lasting change
stays in it; how slow a change it can follow.
"""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
import streamlit as st

from ...figures import responses as figures
from ...session import state
from ...session.opened_view import OpenedView
from ...session.responding import (
    PERIOD,
    TIMESTEPS,
    is_causal,
    is_quick,
    reads_symbols,
    unit_responses,
)
from ...words import common as common_words
from ...words import responses as words
from ...words.formatting import paragraph, visible
from ...words.phrases import said
from .figure_config import figure_config
from .labels import input_names

TABLE = "responses"


def what_moves_them(opened: OpenedView) -> None:
    """Show how all units answer what is chosen, and the curves of the chosen unit."""
    model = opened.subject.model
    if not is_causal(model) or not is_quick(model):
        _say(words.TOO_LARGE if is_causal(model) else words.BACKWARDS)
        return
    resting, moved, spoken = _symbols(opened) if reads_symbols(model) else _column(opened)
    responses = unit_responses(opened, resting, moved)
    _say(*_summary(responses["impulse"]))
    frame = figures.response_table(responses)
    formats = {name: st.column_config.NumberColumn(format="%.3f") for name in frame.columns[1:]}
    settled = [words.COLUMNS["impulse_settles"], words.COLUMNS["step_settles"]]
    formats |= {name: st.column_config.NumberColumn(format="%d") for name in settled}
    st.dataframe(
        frame,
        key=TABLE,
        hide_index=True,
        height=300 if len(frame) > 8 else "auto",
        column_config=formats,
        on_select=_pick,
        selection_mode="single-row",
    )
    _curves(opened, responses, spoken)
    cell = opened.trace.vocabulary
    title = {s.name: said(s.title).lower() for s in cell.recorded}[cell.memory]
    note = words.note(title, TIMESTEPS)
    st.html(f'<p class="note">{escape(note)}</p>')


def _say(*sentences: str) -> None:
    st.html(f'<p class="finding">{escape(paragraph(sentences))}</p>')


def _symbols(opened: OpenedView) -> tuple[str, str, str]:
    """What is read at rest and then, and how that is said: two symbols."""
    encoder = opened.subject.model.encoder
    assert encoder is not None
    alphabet = encoder.alphabet
    with st.container(horizontal=True, key="response-choice"):
        resting = _choice(words.REST, alphabet, min(1, len(alphabet) - 1), "response-rest")
        moved = _choice(words.MOVED, alphabet, 0, "response-moved")
    return resting, moved, words.symbol(moved)


def _choice(label: str, alphabet: tuple[str, ...], first: int, key: str) -> str:
    return str(
        st.selectbox(
            label,
            alphabet,
            index=first,
            format_func=visible,
            key=f"{key}-{len(alphabet)}-{alphabet[0]}",
            width=180,
        )
    )


def _column(opened: OpenedView) -> tuple[str, str, str]:
    """Zeros at rest, then one more in the column that is chosen."""
    model = opened.subject.model
    names = input_names(opened) if not opened.view.layer else ()
    labels = names or tuple(map(common_words.dimension, range(model.layers[0].input_size)))
    column = 0
    if len(labels) > 1:
        column = st.selectbox(
            words.COLUMN,
            range(len(labels)),
            format_func=labels.__getitem__,
            key=f"response-column-{len(labels)}",
            width=260,
        )
    return "", str(column), words.one_more(labels[column])


def _summary(impulse: Any) -> list[str]:
    """How many units hold an impulse, and which of the others takes longest to let it go."""
    settled = np.isfinite(impulse.settling)
    sentences = [words.unsettled(int((~settled).sum()), len(settled), TIMESTEPS)]
    if settled.any():
        longest = int(np.where(settled, impulse.settling, -1).argmax())
        timesteps = int(impulse.settling[longest])
        sentences.append(words.slowest(longest, timesteps, float(impulse.gain[longest])))
    return sentences


def _curves(opened: OpenedView, responses: Any, moved: str) -> None:
    unit, memory = opened.view.unit, opened.trace.vocabulary.memory
    if not 0 <= unit < len(responses["impulse"].gain):
        _say(words.CHOOSE_UNIT)
        return
    titles = words.titles(moved, PERIOD)
    figure = figures.unit_response(responses, unit, memory, titles, dark=state.is_dark())
    st.plotly_chart(
        figure, theme=None, key="response-curves", config=figure_config("response-curves")
    )


def _pick() -> None:
    """Select the unit of the row that was clicked."""
    rows = (state.widget_value(TABLE) or {}).get("selection", {}).get("rows", [])
    if rows:
        state.change_view(unit=int(rows[0]))
        st.rerun()
