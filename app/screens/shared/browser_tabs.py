"""The tabs that follow the cursor in the browser: what they show comes once, and not step by step.

Where there is too much to send, or a run too long for the stage to have all its numbers, the server
follows instead, and its figures say the same.
"""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from lstm_core.analysis.arithmetic import state_arithmetic, unit_arithmetic
from lstm_core.record import Array

from ...components.panels import packed_here, panel, values_fit, whole_layer_fits
from ...figures import arithmetic as arithmetic_figures
from ...figures import prediction as figures
from ...session import state
from ...session.opened_view import OpenedView
from ...session.panels import arithmetic_panel, prediction_panel, told_prediction
from ...words import common as words
from . import take_along
from .labels import here, input_names
from .reading_tab import PICTURE_STEPS


def told(tab: str, opened: OpenedView, followed: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the settings that a tab shows of which the server has to hear."""
    if tab == "arithmetic" and _arithmetic_content(opened) is not None:
        return () if whole_layer_fits(opened.trace) else ("unit",)
    if tab == "prediction" and (
        opened.run.predictions is None or _prediction_content(opened) is not None
    ):
        return ()
    if tab == "values" and values_follow(opened) and not take_along.python_is_open():
        return ()
    if tab == "reading" and len(opened.trace) <= PICTURE_STEPS:
        return ("unit",)
    return followed


def values_follow(opened: OpenedView) -> bool:
    """Return whether the browser has all numbers of the run, so that their table follows there."""
    return values_fit(opened.trace)


def here_line() -> None:
    """Say which timestep and unit the details are about; the browser keeps it right."""
    panel(packed_here(state.stage_key()), key="here-panel")


def arithmetic(opened: OpenedView) -> None:
    """Show how every gate and state of the chosen unit comes about at this timestep."""
    content = _arithmetic_content(opened)
    if content is not None:
        panel(content, key="arithmetic-panel")
        return
    trace, t, unit = opened.trace, opened.view.t, opened.view.unit
    if unit < 0:
        st.html(here(opened) + f'<p class="note">{escape(words.CHOOSE_UNIT)}</p>')
        return
    blocks, states = unit_arithmetic(trace, t, unit), state_arithmetic(trace, t, unit)
    cards = arithmetic_figures.arithmetic_cards(
        blocks, input_names(opened), dark=state.is_dark(), notation=opened.view.notation
    )
    st.html(here(opened) + arithmetic_figures.state_sums(states) + cards)


def _arithmetic_content(opened: OpenedView) -> bytes | None:
    """What the browser needs; None where the server says which signals are held at a value."""
    if opened.trace.interventions:
        return None
    return arithmetic_panel(opened, input_names(opened), state.stage_key())


def prediction(opened: OpenedView) -> None:
    """Show what the network predicts at this timestep, beside what is true."""
    content = _prediction_content(opened)
    if content is not None:
        panel(content, key="prediction-panel")
        return
    run, readout = opened.run, opened.subject.model.readout
    if run.predictions is None or readout is None:
        here_line()
        st.html(f'<p class="note">{escape(words.NO_READOUT)}</p>')
        return
    if readout.activation == "linear":
        table = _predicted_numbers(opened, readout.labels, run.predictions[opened.view.t])
    else:
        table = _predicted_symbols(opened, readout.labels, run.predictions[opened.view.t])
    st.html(here(opened) + table)


def _prediction_content(opened: OpenedView) -> bytes | None:
    return prediction_panel(opened, state.stage_key())


def _predicted_numbers(opened: OpenedView, labels: tuple[str, ...], now: Array) -> str:
    true = opened.truth
    known = true if isinstance(true, np.ndarray) else np.full(len(labels), np.nan)
    return figures.number_table(labels, now, known, head=words.PREDICTS)


def _predicted_symbols(opened: OpenedView, labels: tuple[str, ...], now: Array) -> str:
    true = opened.truth
    legal = true if isinstance(true, frozenset) else None
    head, mark, tell = told_prediction(opened)
    note = "" if legal is None else tell(tuple(k for k in labels if k in legal))
    rows = figures.most_probable(now, labels)
    return figures.probability_table(rows, legal or None, head=head, note=note, mark=mark)
