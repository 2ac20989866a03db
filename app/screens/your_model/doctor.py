"""The doctor: a reader's own implementation of the layer on the stage, examined for one fault."""

from __future__ import annotations

from html import escape

import streamlit as st

from lstm_core.doctor import ResultError, diagnose_trace
from lstm_core.run.trace import Trace

from ...figures.diagnosis import diagnosis_html
from ...incidents import contained
from ...inputs.reference import MAX_MB, ReferenceProblem, reference_from_text
from ...inputs.results import signals_from_array, signals_from_file
from ...words import doctor as words
from ..shared.opening import open_now

KINDS = ("npy", "npz", "csv", "tsv", "txt")
LONGEST = 20_000  # timesteps: every fault is a run of its own


@st.fragment(key="doctor")
@contained
def doctor() -> None:
    """Take a result for the sequence on the stage, and say which fault explains it."""
    with st.expander(words.HEAD, key="doctor-open", on_change="rerun") as panel:
        if not panel.open:
            return
        st.html(f'<p class="hint">{escape(words.INTRO)}</p>')
        opened = open_now()
        trace = opened.unchanged_trace
        here = f"{opened.subject.name}-{opened.sequence.id}-{opened.view.layer}"
        file = st.file_uploader(
            words.FILE, type=list(KINDS), key=f"result-{here}", max_upload_size=MAX_MB
        )
        with st.form(f"examined-{here}", border=False):
            text = st.text_area(words.TEXT, key=f"result-text-{here}", height=100)
            st.form_submit_button(words.EXAMINE)
        if file is not None:
            _examine(trace, file.name, file.getvalue())
        elif text.strip():
            _examine(trace, "", text)


def _examine(trace: Trace, name: str, given: str | bytes) -> None:
    """Say what is the matter with a pasted text, or with the content of a file."""
    try:
        if len(trace) > LONGEST:
            raise ReferenceProblem(words.too_long(len(trace), LONGEST))
        if isinstance(given, str):
            values = reference_from_text(given)
            theirs = signals_from_array(values, trace.parameters, len(trace))
        else:
            theirs = signals_from_file(name, given, trace.parameters, len(trace))
        diagnosis = diagnose_trace(trace, theirs)
    except (ReferenceProblem, ResultError) as problem:
        st.html(f'<p class="problem" role="alert">{escape(str(problem))}</p>')
        return
    st.html(diagnosis_html(diagnosis, trace.parameters))
