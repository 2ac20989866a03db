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
    """Return the id by which the server knows this session."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def recipe() -> dict[str, str]:
    """Return the spelling of the experiment asked for: that of a new address, or else the last."""
    return dict(new_address() or page_value(_RECIPE, {}))


def choose_recipe(spelled: dict[str, str]) -> None:
    """Remember which experiment is asked for, by its spelling."""
    remember_for_page(_RECIPE, spelled)
    remember_address()


def training_run() -> str:
    """Return the id of the training run that this session looks at; "" where there is none."""
    run: str = page_value(_RUN, "")
    return run


def hold_run(run: str) -> None:
    """Remember the training run that this session looks at."""
    remember_for_page(_RUN, run)


def is_new(what: str, moment: Any) -> bool:
    """Return whether this moment of something is another one than `mark_seen` was given last."""
    return bool(page_value(f"{_SEEN}-{what}") != moment)


def mark_seen(what: str, moment: Any) -> bool:
    """Remember the latest moment of something; return whether it was new."""
    new = is_new(what, moment)
    remember_for_page(f"{_SEEN}-{what}", moment)
    return new


def poll_until(time: float) -> None:
    """Let the page ask the trainer repeatedly until `time`, in seconds since 1970."""
    remember_for_page(_POLL, time)


def polls_until() -> float:
    """Return the time until which the page asks the trainer, in seconds since 1970."""
    time: float = page_value(_POLL, 0.0)
    return time


def trained_names() -> tuple[str, ...]:
    """Return the names of the networks that were trained in this session, or opened from a link."""
    names: tuple[str, ...] = st.session_state.get(_TRAINED, ())
    return names


def add_trained(name: str) -> None:
    """Add a trained network to Explore's picker, as the last one."""
    st.session_state[_TRAINED] = (*(n for n in trained_names() if n != name), name)
