"""From what the session remembers to what is loaded: the first two lines of every page.

A page opens what the reader looks at, which changes nothing, and settles it once a run. Its
fragments open it again whenever they run alone.
"""

from __future__ import annotations

import dataclasses

import streamlit as st

from lstm_core.analysis.ordering import longest_first, time_scales
from lstm_core.subject import Subject

from ...session import loading, state
from ...session.subjects import recipe_words
from ...session.view import View
from ...words import train as train_words


def open_now() -> loading.Opened:
    """Return what the reader looks at now, loaded; its view names what is really shown.

    Who comes without a word in the address lands in the middle of the run, where there is
    something on the belt, and on the unit that remembers longest.
    """
    view = state.current_view()
    try:
        chosen = network(view)
    except loading.ModelGoneError:
        st.rerun()  # the whole page, which says so
    opened = loading.open_view(view, _held(chosen, view), chosen)
    shown = opened.view.replace(source=opened.found.source)
    if state.arrived_bare():
        middle, unit = len(opened.trace) // 2, int(longest_first(time_scales(opened.trace))[0])
        shown = shown.replace(t=middle, unit=unit)
    return dataclasses.replace(opened, view=shown)


def settle(opened: loading.Opened) -> None:
    """Remember what is really shown; a notice says why it is not what was asked for."""
    asked = state.current_view().demo
    state.remember_view(opened.view)
    if opened.found.problem:
        state.show_notice(opened.found.problem)
    _meet_trained(asked, opened.demo)


def _meet_trained(asked: str, shown: Subject) -> None:
    """Say of a trained network from a link that it is one, and offer its recipe.

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
    return loading.network(view.demo) if held is None else loading.brought(**held)


def _held(chosen: Subject, view: View) -> loading.Found | None:
    """The session's own sequence, where the view asks for it."""
    kept = state.held_upload(chosen.name, view)
    return None if kept is None else loading.Found(source=view.source, sequence=kept)
