"""What the session trains: the experiment that is asked for, its run, and what came of it."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from .current_view import new_address, remember_address
from .pages import page_value, remember_for_page

_RECIPE, _RUN, _SEEN, _POLL = "recipe", "run", "once", "news"
_TRAINED = "trained"  # of the session, not of a page


def session_id() -> str:
    """Return the word by which the server knows this session."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def recipe() -> dict[str, str]:
    """Return the words of the experiment asked for: the address if it is new, else the last."""
    return dict(new_address() or page_value(_RECIPE, {}))


def choose_recipe(words: dict[str, str]) -> None:
    """Remember which experiment is asked for, as its own spelling."""
    remember_for_page(_RECIPE, words)
    remember_address()


def training_run() -> str:
    """Return the id of the training run that this session looks at; "" where there is none."""
    run: str = page_value(_RUN, "")
    return run


def hold_run(run: str) -> None:
    """Remember the training run that this session looks at."""
    remember_for_page(_RUN, run)


def mark_seen(what: str, moment: Any) -> bool:
    """Remember the latest moment of something; return whether it is new."""
    known = page_value(f"{_SEEN}-{what}")
    remember_for_page(f"{_SEEN}-{what}", moment)
    return bool(known != moment)


def poll_until(time: float) -> None:
    """Have the page ask the trainer again and again until `time`, in seconds since 1970."""
    remember_for_page(_POLL, time)


def polls_until() -> float:
    """Return until which time the page asks the trainer, in seconds since 1970."""
    time: float = page_value(_POLL, 0.0)
    return time


def trained_names() -> tuple[str, ...]:
    """Return the names of the networks that were trained in this session, or opened from a link."""
    names: tuple[str, ...] = st.session_state.get(_TRAINED, ())
    return names


def add_trained(name: str) -> None:
    """Have a trained network in Explore's picker, the newest last."""
    st.session_state[_TRAINED] = (*(n for n in trained_names() if n != name), name)
