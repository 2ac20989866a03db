"""A check that the reader can run: the same layer, the same input, in their own framework."""

from __future__ import annotations

from html import escape

import streamlit as st

from lstm_core.record import Array

from ...figures import model_findings
from ...incidents import contained
from ...inputs.arrays import csv_bytes, npy_bytes
from ...inputs.reference import (
    KINDS,
    MAX_MB,
    ReferenceProblem,
    compare,
    reference_from_file,
    reference_from_text,
)
from ...session.opened_view import OpenedView
from ...session.subjects import Uploaded
from ...words import capture as words
from ...words import your_model as model_words
from ..shared.opening import open_now
from .snippets import INPUT, snippet


@st.fragment(key="check")
@contained
def check() -> None:
    """Offer the input and the code for the layer on the stage, and compare what comes back."""
    with st.expander(model_words.CHECK, key="check-open", on_change="rerun") as panel:
        if not panel.open:
            return
        opened = open_now()
        st.html(f'<p class="hint">{model_words.CHECK_INTRO}</p>')
        _take_input(opened)
        _show_code(opened)
        _compare(opened)


def _take_input(opened: OpenedView) -> None:
    """The numbers that the layer on the stage read, exactly."""
    inputs = opened.run.layers[opened.view.layer].forward.input
    st.html(model_findings.step_head(0))
    with st.container(horizontal=True):
        _download(model_words.INPUT_NPY, INPUT, inputs)
        _download(model_words.INPUT_CSV, "input.csv", inputs)


def _download(label: str, name: str, values: Array) -> None:
    make = npy_bytes if name.endswith(".npy") else csv_bytes
    st.download_button(label, lambda: make(values), file_name=name, on_click="ignore")


def _show_code(opened: OpenedView) -> None:
    st.html(model_findings.step_head(1))
    model, k = opened.subject, opened.view.layer
    assert isinstance(model, Uploaded)
    findings = model_findings.findings_of(model.whole)
    place, layer = findings.places[model.first + k], model.model.layers[k]
    if model.whole.recorded:
        st.html(f'<p class="hint">{words.NO_CHECK}</p>')
        return
    code = snippet(model.title, layer, place, findings.format, findings.entry)
    if code is None or findings.inexact:
        missing = model_words.INEXACT if findings.inexact else model_words.NO_SNIPPET
        st.html(f'<p class="hint">{missing}</p>')
        return
    if code.note:
        st.html(f'<p class="hint">{escape(code.note)}</p>')
    st.code(code.code, language="python")


def _compare(opened: OpenedView) -> None:
    """Read the reference, pasted or uploaded, and say how far it is from ours."""
    here = f"{opened.subject.name}-{opened.sequence.id}-{opened.view.layer}"
    st.html(model_findings.step_head(2))
    file = st.file_uploader(
        model_words.REFERENCE_FILE,
        type=list(KINDS),
        key=f"reference-{here}",
        max_upload_size=MAX_MB,
    )
    with st.form(f"pasted-{here}", border=False):
        text = st.text_area(model_words.REFERENCE_TEXT, key=f"pasted-text-{here}", height=100)
        st.form_submit_button(model_words.COMPARE)
    if file is None and not text.strip():
        return
    layer = opened.subject.model.layers[opened.view.layer]
    try:
        reference = (
            reference_from_text(text)
            if file is None
            else reference_from_file(file.name, file.getvalue())
        )
        result = compare(opened.run.layers[opened.view.layer], layer.merge, reference)
    except ReferenceProblem as problem:
        st.html(f'<p class="problem" role="alert">{escape(str(problem))}</p>')
        return
    st.html(model_findings.verdict(result))
