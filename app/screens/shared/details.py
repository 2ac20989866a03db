"""The tabs below the stage; only the open one is filled, anew whenever the stage rests."""

from __future__ import annotations

import streamlit as st

from lstm_core.demo import Demo
from lstm_core.experiment import task_of

from ...components.stage import follow
from ...figures import certificate, recipe
from ...incidents import contained
from ...session import state
from ...session.opened_view import OpenedView
from ...session.steps_first import steps
from ...session.subjects import Trained
from ...session.view import Details, spell
from ...words import common as words
from .browser_tabs import arithmetic, prediction, told
from .exercises_tab import exercises_panel
from .fragments import PANEL, TABS
from .highlights_tab import highlights
from .history import spell_into_history
from .opening import open_now
from .pair_tab import side_by_side
from .reading_tab import reading
from .teach_tab import teach
from .unit_page_tab import unit_page
from .units_tab import units
from .values_tab import values
from .what_if_tab import what_if
from .why_tab import why

PLACE = ("t", "unit")
FOLLOWED = {
    "highlights": (),
    "arithmetic": (*PLACE, "notation"),
    "prediction": PLACE,
    "why": PLACE,
    "what_if": PLACE,
    "pair": PLACE,
    "units": ("unit",),
    "unit_page": ("unit",),
    "values": PLACE,
    "reading": PLACE,
    "exercises": (),
    "teach": PLACE,
    "training": (),
}
"""The settings of the stage that the server has to hear of for each tab: nothing else makes it
follow. What the browser shows by itself is not among them, nor where `told` leaves it out.
"""


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
@steps.first
def _panel() -> None:
    """Fill the open tab, and spell the view into the address."""
    if state.page_is_behind():
        st.rerun()
    opened = open_now()
    address = state.in_address(spell(opened.view))
    spell_into_history(address)
    tab = _open_tab()
    followed = told(tab, opened, FOLLOWED[tab])
    if followed:
        follow(state.stage_key(), followed, on_report=state.follow_stage)
    else:
        _listen()
    panels = {
        "highlights": highlights,
        "arithmetic": arithmetic,
        "prediction": prediction,
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
    panels[tab](opened)


@st.fragment
def _listen() -> None:
    """Hear where the reader is below a tab that shows nothing of it: the tab is not filled anew.

    So a button of it that is being pressed stays the one that the server knows.
    """
    if state.page_is_behind():
        st.rerun()
    follow(state.stage_key(), (), on_report=state.follow_stage)


def _training(opened: OpenedView) -> None:
    if isinstance(opened.subject, Demo):
        st.html(certificate.certificate(opened.subject.summary, opened.subject.provenance))
    if isinstance(opened.subject, Trained):
        trained, task = opened.subject, task_of(opened.subject.experiment)
        st.html(recipe.recipe(trained.experiment, task, trained.update, trained.success))
