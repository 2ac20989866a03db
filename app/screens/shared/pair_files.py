"""What a reader takes along of two runs side by side: a table, all arrays, lines of Python."""

from __future__ import annotations

from html import escape

import streamlit as st

from ...export.pair_file import pair_arrays
from ...export.pair_snippet import pair_snippet
from ...figures.pair_table import pair_table
from ...session.beside import Beside
from ...session.opened_view import OpenedView
from ...session.pairs import Pair
from ...words import pair as words
from ...words import take_along as take_along_words
from .run_downloads import Offer, run_downloads
from .take_along import WHOLE_TRACE, file_stem


def pair_files(pair: Pair, opened: OpenedView, beside: Beside) -> None:
    """Offer both runs as files, and show the lines that make them again."""
    name = f"{file_stem(opened)}-pair"
    traces = (pair.first.trace, pair.second.trace)
    if sum(len(trace) * trace.parameters.hidden_size for trace in traces) <= WHOLE_TRACE:
        run_downloads(
            Offer(label=words.SAVE_TABLE, name=f"{name}.csv", make=lambda: _table(pair)),
            Offer(label=words.SAVE_ARRAYS, name=f"{name}.npz", make=lambda: pair_arrays(pair)),
        )
    with st.expander(take_along_words.SNIPPET):
        st.html(f'<p class="note">{escape(take_along_words.SNIPPET_NOTE)}</p>')
        st.code(pair_snippet(pair, opened, beside, f"{name}.npz"), language="python")


def _table(pair: Pair) -> str:
    """A row for each place, as CSV."""
    first, second = pair.first, pair.second
    symbols = (first.sequence.symbols or (), second.sequence.symbols or ())
    table = pair_table(first.trace, second.trace, pair.alignment, symbols, alike=pair.alike)
    return table.to_csv(index=False)
