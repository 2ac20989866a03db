"""The one trainer of this server, begun where it is first asked for."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime import exists, get_instance

from .trainer import Trainer


@st.cache_resource(show_spinner=False, on_release=Trainer.close)
def trainer() -> Trainer:
    """Return the trainer; its workers begin to start, and nobody waits for them."""
    return Trainer(alive)


def alive(session: str) -> bool:
    """Whether somebody is at the other end of a session: a reload begins a new one."""
    return exists() and get_instance().is_active_session(session)
