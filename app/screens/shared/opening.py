"""Opens what the session remembers: the first two lines of every page.

A page opens what the reader looks at, which changes nothing, and remembers it once a run. Its
fragments open it again whenever they run alone.
"""

from __future__ import annotations

import streamlit as st

from lstm_core.subject import Subject

from ...session import model_files, state, trained_networks
from ...session.cells import in_cell
from ...session.opened_view import OpenedView, open_view
from ...session.run_facts import at_first_moment
from ...session.subjects import recipe_words, title_of
from ...session.view import View
from ...words import common as words
from ...words import train as train_words


def open_now() -> OpenedView:
    """Return what the reader looks at now, loaded; its view names what is really shown.

    Where nobody has said which sequence, timestep or unit to see, it is the moment at which the
    network's first sequence has something to show (`lstm_core.analysis.moment`).
    """
    view = state.current_view()
    try:
        chosen = network(view)
    except model_files.ModelGoneError:
        st.rerun()  # the whole page, which says so
    opened = in_cell(open_view(view, state.listed_uploads(), chosen), view)
    return opened if state.place_is_named() else at_first_moment(opened)


def remember(opened: OpenedView) -> None:
    """Remember what is really shown; a notice says why it is not what was asked for."""
    asked = state.current_view().demo
    state.remember_view(opened.view)
    state.say_lost_uploads()
    if asked not in {"", opened.view.demo} and opened.view.demo and recipe_words(asked) is None:
        state.show_notice(words.no_such_network(asked, title_of(opened.subject)))
    if opened.problem:
        state.show_notice(opened.problem)
    _meet_trained(asked, opened.subject)
    state.remember_page()


def _meet_trained(asked: str, shown: Subject) -> None:
    """Say that a link leads to a trained network, and offer its recipe.

    Where it is still in memory it is shown, and in the picker from now on.
    """
    recipe = recipe_words(asked)
    there = shown.name == asked
    if recipe is None or (there and asked in state.trained_names()):
        return
    if there:
        state.add_trained(asked)
        state.show_notice(train_words.ELSEWHERE, recipe)
    else:
        state.show_notice(train_words.instead(shown.title), recipe)


def network(view: View) -> Subject:
    """Return the network that the open page is about: the reader's own model, or the view's.

    Raises ModelGoneError where the model is no longer in memory.
    """
    held = state.held_model()
    if held is None:
        return trained_networks.network(view.demo)
    return model_files.uploaded_chain(**held)
