"""The tabs below the stage; only the open one is filled, anew whenever the stage rests."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from lstm_core.analysis.arithmetic import state_arithmetic, unit_arithmetic
from lstm_core.demo import Demo
from lstm_core.experiment import task_of
from lstm_core.record import Array

from ...components.stage import follow
from ...figures import arithmetic, certificate, prediction, recipe
from ...incidents import contained
from ...session import state
from ...session.opened_view import OpenedView
from ...session.sequence_strip import names_classes
from ...session.subjects import Trained
from ...session.view import Details, spell
from ...words import common as words
from .exercises_tab import exercises_panel
from .fragments import PANEL, TABS
from .highlights_tab import highlights
from .history import spell_into_history
from .labels import here, input_names
from .opening import open_now
from .pair_tab import side_by_side
from .teach_tab import teach
from .unit_page_tab import unit_page
from .units_tab import units
from .value_tabs import reading, values
from .what_if_tab import what_if
from .why_tab import why

PLACE = ("t", "unit")
FOLLOWED = {
    "highlights": PLACE,
    "arithmetic": (*PLACE, "notation"),
    "prediction": PLACE,
    "why": PLACE,
    "what_if": PLACE,
    "pair": PLACE,
    "units": ("unit",),
    "unit_page": PLACE,
    "values": PLACE,
    "reading": PLACE,
    "exercises": (),
    "teach": PLACE,
    "training": (),
}
"""The settings of the stage that each tab shows: nothing else makes it follow."""


@st.fragment(key=TABS)
def tabs() -> None:
    """Show the tabs, and fill the open one; a lesson link can leave them out."""
    if "details" in state.current_view().hidden:
        spell_into_history(state.in_address(spell(open_now().view)))
        return
    titles, shown = _titles(), _open_tab()
    state.set_widget("tab", titles[shown])
    containers = st.tabs(list(titles.values()), key="tab", on_change=_pick_tab)
    for name, container in zip(titles, containers, strict=True):
        if name == shown:
            with container:
                _panel()


def _titles() -> dict[str, str]:
    """The tabs by name; a model that the reader brought has none about its training."""
    return words.TABS | (words.TRAINING if state.held_model() is None else {})


def _open_tab() -> str:
    wanted = state.current_view().details
    return wanted if wanted in _titles() else _first_tab()


def _first_tab() -> Details:
    """The tab with which a page opens: of a model that nobody has explained, what stands out."""
    return "arithmetic" if state.held_model() is None else "highlights"


def _pick_tab() -> None:
    by_title = {title: name for name, title in _titles().items()}
    if name := by_title.get(state.widget_value("tab")):  # a tab of the language before is gone
        state.change_view(details="" if name == _first_tab() else name)
    st.rerun(TABS)


@st.fragment(key=PANEL)
@contained
def _panel() -> None:
    """Fill the open tab, and spell the view into the address."""
    if state.page_is_behind():
        st.rerun()
    opened = open_now()
    address = state.in_address(spell(opened.view))
    spell_into_history(address)
    follow(state.stage_key(), FOLLOWED[_open_tab()], on_report=state.follow_stage)
    panels = {
        "highlights": highlights,
        "arithmetic": _arithmetic,
        "prediction": _prediction,
        "why": why,
        "what_if": what_if,
        "pair": side_by_side,
        "units": units,
        "unit_page": unit_page,
        "values": values,
        "reading": reading,
        "exercises": exercises_panel,
        "teach": teach,
        "training": _training,
    }
    panels[_open_tab()](opened)


def _training(opened: OpenedView) -> None:
    if isinstance(opened.subject, Demo):
        st.html(certificate.certificate(opened.subject.summary, opened.subject.provenance))
    if isinstance(opened.subject, Trained):
        trained, task = opened.subject, task_of(opened.subject.experiment)
        st.html(recipe.recipe(trained.experiment, task, trained.update, trained.success))


def _arithmetic(opened: OpenedView) -> None:
    trace, t, unit = opened.trace, opened.view.t, opened.view.unit
    if unit < 0:
        st.html(here(opened) + f'<p class="note">{escape(words.CHOOSE_UNIT)}</p>')
        return
    blocks, states = unit_arithmetic(trace, t, unit), state_arithmetic(trace, t, unit)
    cards = arithmetic.arithmetic_cards(
        blocks, input_names(opened), dark=state.is_dark(), notation=opened.view.notation
    )
    st.html(here(opened) + arithmetic.state_sums(states) + cards)


def _prediction(opened: OpenedView) -> None:
    run, readout = opened.run, opened.subject.model.readout
    if run.predictions is None or readout is None:
        table = f'<p class="note">{escape(words.NO_READOUT)}</p>'
    elif readout.activation == "linear":
        table = _predicted_numbers(opened, readout.labels, run.predictions[opened.view.t])
    else:
        table = _predicted_symbols(opened, readout.labels, run.predictions[opened.view.t])
    st.html(here(opened) + table)


def _predicted_numbers(opened: OpenedView, labels: tuple[str, ...], now: Array) -> str:
    true = opened.truth
    known = true if isinstance(true, np.ndarray) else np.full(len(labels), np.nan)
    return prediction.number_table(labels, now, known, head=words.PREDICTS)


def _predicted_symbols(opened: OpenedView, labels: tuple[str, ...], now: Array) -> str:
    true = opened.truth
    legal = true if isinstance(true, frozenset) else None
    tell, mark, head = words.may_follow, words.MAY_FOLLOW, words.EXPECTS
    if names_classes(opened.subject):
        tell, mark, head = words.right_answer, words.RIGHT_ANSWER, words.ANSWERS
    elif opened.subject.truth.legal_threshold is None:
        tell, mark = words.did_follow, words.DID_FOLLOW
    note = "" if legal is None else tell(tuple(k for k in labels if k in legal))
    rows = prediction.most_probable(now, labels)
    return prediction.probability_table(rows, legal or None, head=head, note=note, mark=mark)
