"""From what the session remembers to what is loaded: the first line of every page."""

from __future__ import annotations

import dataclasses

import streamlit as st

from lstm_core.analysis.ordering import longest_first, time_scales

from ...session import loading, state
from ...session.subjects import Subject, recipe_words
from ...session.view import View
from ...words import train as train_words


def open_now() -> loading.Opened:
    """Return what the reader looks at now, loaded; the session remembers what is really shown.

    Who comes without a word in the address lands in the middle of the run, where there is
    something on the belt, and on the unit that remembers longest.
    """
    bare = state.arrived_bare()
    view = state.current_view()
    try:
        chosen = network(view)
    except loading.ModelGoneError:
        st.rerun()  # the whole page, which says so
    opened = loading.open_view(view, _held(chosen, view), chosen)
    if bare:
        middle, unit = len(opened.trace) // 2, int(longest_first(time_scales(opened.trace))[0])
        opened = dataclasses.replace(opened, view=opened.view.replace(t=middle, unit=unit))
    state.settle(opened.view.replace(source=opened.found.source), opened.found.problem)
    _meet_trained(view.demo, opened.demo)
    return opened


def _meet_trained(asked: str, shown: Subject) -> None:
    """Say of a trained network from a link that it is one, and offer its recipe.

    Where it is still in memory it is shown, and in the picker from now on.
    """
    recipe = recipe_words(asked)
    there = shown.name == asked
    if recipe is None or (there and asked in state.trained()):
        return
    if there:
        state.keep_trained(asked)
        state.tell(train_words.ELSEWHERE, recipe)
    else:
        state.tell(train_words.instead(shown.title), recipe)


def network(view: View) -> Subject:
    """Return the network that the open page is about: the reader's own model, or the view's.

    Raises ModelGoneError where the model is no longer in memory.
    """
    held = state.held_model()
    return loading.network(view.demo) if held is None else loading.brought(**held)


def _held(chosen: Subject, view: View) -> loading.Found | None:
    """The session's own sequence, where the view asks for it."""
    kept = state.held(chosen.name, view)
    if kept is None:
        return None
    sequence, sequence_id = kept
    return loading.Found(source=view.source, sequence=sequence, sequence_id=sequence_id)
