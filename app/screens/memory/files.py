"""What is taken along of the stages and the pictures: a table, arrays, lines of Python."""

from __future__ import annotations

from html import escape

import streamlit as st

from ...export.memory_file import runs_file
from ...export.memory_snippet import memory_snippet, studies_snippet
from ...figures.values import runs_table
from ...words import take_along as words
from ..shared.labels import tokens
from ..shared.take_along import WHOLE_TRACE, file_stem
from . import comparison, results
from .networks import Comparison


def files(shown: Comparison) -> None:
    """Offer the runs of all networks as files, and the lines that make them again."""
    networks = shown.networks
    numbers = sum(len(n.trace) * n.trace.parameters.hidden_size for n in networks)
    if numbers <= WHOLE_TRACE:
        with st.container(horizontal=True):
            _downloads(shown)
    demos = [network.demo for network in networks]
    lines = memory_snippet(shown.opened, demos, f"{_stem(shown)}.npz")
    _snippet(words.SNIPPET, words.SNIPPET_NOTE, lines)


def studies_lines(shown: Comparison) -> None:
    """Show the lines that measure again what the pictures of the page show."""
    last = min(comparison.reach(network.trace) for network in shown.networks)
    lines = studies_snippet(
        shown.opened,
        [network.demo for network in shown.networks],
        f"{_stem(shown)}.npz",
        last,
        cue=bool(results.probed_recall(shown.demo)),
    )
    _snippet(words.STUDIES_SNIPPET, words.STUDIES_SNIPPET_NOTE, lines)


def _stem(shown: Comparison) -> str:
    return f"{file_stem(shown.opened)}-memory"


def _downloads(shown: Comparison) -> None:
    st.download_button(
        words.SAVE_RUNS_TABLE,
        lambda: _table(shown),
        file_name=f"{_stem(shown)}.csv",
        mime="text/csv",
        on_click="ignore",
    )
    st.download_button(
        words.SAVE_RUNS,
        lambda: runs_file([n.run for n in shown.networks], shown.opened.sequence),
        help=words.SAVE_TRACE_HELP,
        file_name=f"{_stem(shown)}.npz",
        mime="application/octet-stream",
        on_click="ignore",
    )


def _table(shown: Comparison) -> str:
    """A row for each network, timestep and unit, as CSV."""
    traces = {network.title: network.trace for network in shown.networks}
    times = shown.opened.sequence.times or ()
    return runs_table(traces, tokens(shown.opened), times).to_csv(index=False)


def _snippet(title: str, about: str, lines: str) -> None:
    with st.expander(title):
        st.html(f'<p class="note">{escape(about)}</p>')
        st.code(lines, language="python")
