"""The door for model files: one uploader, on whichever page a model is brought."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ...session import model_files, state


def model_door(label: str, key: str, take: Callable[[str, bytes], None]) -> None:
    """Show an uploader; what is given goes to `take` with its name, several files as one archive.

    A key of its own for each time a file was taken lets the old one go.
    """
    st.file_uploader(
        label,
        accept_multiple_files=True,
        key=key,
        max_upload_size=model_files.MODEL_MB,
        on_change=_given,
        args=(key, take),
    )


def _given(key: str, take: Callable[[str, bytes], None]) -> None:
    files = {file.name: file.getvalue() for file in state.widget_value(key) or ()}
    if files:
        take(*model_files.together(files))
