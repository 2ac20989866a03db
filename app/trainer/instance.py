"""The one trainer of this server, started when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.runtime import exists, get_instance

from .trainer import Trainer


@st.cache_resource(show_spinner=False, on_release=Trainer.close)
def trainer() -> Trainer:
    """Return the trainer; its workers start beside the page, which does not wait for them."""
    _started.append(made := Trainer(alive))
    return made


def run_states() -> Mapping[str, int]:
    """Return how many runs there are in each state; nobody need have asked for the trainer."""
    return _started[-1].states() if _started else {}


_started: list[Trainer] = []


def alive(session: str) -> bool:
    """Return whether a session is still there; reloading the page begins a new one."""
    return exists() and get_instance().is_active_session(session)
