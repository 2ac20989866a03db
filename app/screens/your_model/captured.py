"""Captured runs: how one is made, and the proof that it was read right."""

from __future__ import annotations

from html import escape

import streamlit as st

from lstm_core.capture import snippet

from ...figures import model_findings
from ...incidents import contained
from ...session import model_files
from ...session.subjects import Uploaded
from ...words import capture as words


@contained
def proof(model: Uploaded) -> None:
    """Say by how much the outputs in a captured run differ from ours; nothing of another file."""
    result = model_files.recorded_agreement(model)
    if result is not None:
        recorded = model.whole.chain(model.first).recorded[result.sequence]
        st.html(model_findings.proof(result, recorded))


@st.fragment(key="capture")
def how_to() -> None:
    """Show the lines that capture a model in the reader's own process, when they are wanted."""
    with st.expander(words.HEAD, key="capture-open", on_change="rerun") as panel:
        if not panel.open:
            return
        st.html(f'<p class="hint">{escape(words.INTRO)}</p>')
        st.code(words.INSTALLED, language="python")
        framework = st.segmented_control(
            words.WITHOUT,
            list(words.FRAMEWORKS),
            format_func=words.FRAMEWORKS.__getitem__,
            key="capture-framework",
        )
        if framework:
            st.code(snippet(framework), language="python", height=320)
