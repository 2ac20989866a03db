"""The model as a file for other programs, made when it is asked for."""

from __future__ import annotations

from html import escape

import streamlit as st

from lstm_core import ModelFileError
from lstm_core.formats import loses_parts, model_bytes

from ...incidents import contained
from ...session.subjects import Uploaded
from ...words import your_model as model_words

FORMATS = {".safetensors": "PyTorch", ".onnx": "ONNX", ".npz": "NumPy"}


@st.fragment(key="save")
@contained
def save(model: Uploaded) -> None:
    """Offer each format that can hold the model, and say why another one can't."""
    with st.expander(model_words.SAVE, key="save-open", on_change="rerun") as panel:
        if not panel.open:
            return
        st.html(f'<p class="hint">{model_words.SAVE_INTRO}</p>')
        whole = model.whole
        problems = [model_words.KEPT_BY_NPZ] if loses_parts(whole) else []
        with st.container(horizontal=True):
            for suffix in FORMATS:
                if problem := _offer(model, suffix):
                    problems.append(model_words.cannot_save(suffix, problem))
        for told in problems:
            st.html(f'<p class="hint">{escape(told)}</p>')


def _offer(model: Uploaded, suffix: str) -> str:
    """Show a download, or return why there is none."""
    try:
        content = model_bytes(model.whole, suffix)
    except ModelFileError as error:
        return str(error)
    name = f"{model.title.rpartition('.')[0] or 'model'}{suffix}"
    st.download_button(
        suffix, content, file_name=name, mime="application/octet-stream", on_click="ignore"
    )
    return ""
