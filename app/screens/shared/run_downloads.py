"""What is taken along of a run: a table of it and all its arrays, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lstm_core.record import record

from ...words import take_along as words


@record
class Offer:
    """A file that can be had: what its button says, its name, and what makes it."""

    label: str
    name: str
    make: Callable[[], str | bytes]


def run_downloads(table: Offer, arrays: Offer) -> None:
    """Show two buttons side by side: the table (CSV), and the arrays (NPZ)."""
    with st.container(horizontal=True):
        st.download_button(
            table.label,
            table.make,
            file_name=table.name,
            mime="text/csv",
            on_click="ignore",
        )
        st.download_button(
            arrays.label,
            arrays.make,
            help=words.SAVE_TRACE_HELP,
            file_name=arrays.name,
            mime="application/octet-stream",
            on_click="ignore",
        )
