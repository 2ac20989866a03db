"""Two runs side by side as text, and one unit of both as lines."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from lstm_core.analysis.alignment import NOTHING
from lstm_core.record import Array

from ...session.pair_scenes import pair_key
from ...session.pairs import Pair
from ...session.view import View
from ...words import pair as words
from ...words.formatting import visible
from .figure_config import figure_config
from .kept_picture import kept_picture

MOST_SHOWN = 400  # pairs whose symbols are written out
MOST_DRAWN = 2000  # pairs that are drawn as lines
GAP = "·"


def as_text(pair: Pair) -> str:
    """Return HTML with both sequences of symbols, one below the other, with gaps."""
    lines = []
    for letter, side, places in (
        (words.A, pair.first, pair.alignment.first),
        (words.B, pair.second, pair.alignment.second),
    ):
        symbols = side.sequence.symbols or ()
        shown = [GAP if k == NOTHING else visible(symbols[k]) for k in places[:MOST_SHOWN]]
        lines.append(f"{letter} {''.join(shown)}")
    text = escape("\n".join(lines))
    return f'<pre class="pair" tabindex="0" style="overflow-x: auto">{text}</pre>'


def one_unit(pair: Pair, view: View) -> None:
    """Show one unit's memory in both, and the difference of all units, unless they are long."""
    if len(pair.alignment) > MOST_DRAWN:
        return
    from ...figures.what_if import changed_memory

    memory = pair.first.trace.vocabulary.memory
    figure = kept_picture(
        "pair",
        (*pair_key(pair, view), view.unit),
        lambda dark: changed_memory(
            _at(pair.first.trace.series(memory), pair.alignment.first),
            _at(pair.second.trace.series(memory), pair.alignment.second),
            view.unit,
            memory,
            names=(words.A, words.B),
            dark=dark,
        ),
    )
    st.plotly_chart(figure, theme=None, key="pair-picture", config=figure_config("pair-picture"))


def _at(series: Array, places: Array) -> Array:
    """A series (T, H) at the timesteps of an alignment, NaN where there is none."""
    at = series[np.maximum(places, 0)].astype(np.float64)
    at[places == NOTHING] = np.nan
    return at
