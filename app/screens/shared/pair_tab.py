"""The tab Side by side: another sequence, or another network, where they part, by which unit.

What the reader wants to find out: what the network does otherwise when it reads T instead of P, X
before Y; from when on, and which unit makes the difference. And what another network does with the
same sequence, such as the same one after it was trained further.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import numpy as np
import streamlit as st

from lstm_core import ReplaceInput, edited
from lstm_core.analysis.alignment import LONGEST, NOTHING, Alignment, How, aligned, parting
from lstm_core.record import Array
from lstm_core.run.trace import Trace
from lstm_core.sequence import Sequence

from ...session import state
from ...session.opened_view import OpenedView, trace_of
from ...session.runs import model_run
from ...words import pair as words
from ...words import phrases
from ...words.formatting import paragraph, visible
from .figure_config import figure_config
from .labels import here
from .two_networks import two_networks

MOST_MINIMAL = 12  # symbols that are offered in place of the one at the cursor
MOST_SHOWN = 400  # pairs whose symbols are written out
GAP = "·"


def side_by_side(opened: OpenedView) -> None:
    """Show the sequence of the stage beside another one, or the network beside another one."""
    part = st.segmented_control(
        words.PART,
        list(words.PARTS),
        format_func=words.PARTS.__getitem__,
        default="sequences",
        key="pair-part",
        required=True,
        label_visibility="collapsed",
    )
    {"sequences": _two_sequences, "networks": two_networks}[str(part)](opened)


def _two_sequences(opened: OpenedView) -> None:
    """Show the sequence of the stage beside another one."""
    offered = dict(_others(opened))
    st.html(here(opened))
    if not offered:
        st.html(f"<p>{escape(words.NONE)}</p>")
        return
    with st.container(horizontal=True, key="pair", vertical_alignment="bottom"):
        name = st.selectbox(words.BESIDE, list(offered), key="pair-beside", width=340)
        symbols = opened.sequence.numbers is None
        how = _how(symbols)
    other = offered[name]
    fits = max(len(opened.sequence), len(other)) <= LONGEST
    how = how if symbols and fits else "position"
    trace = _trace(opened, other)
    alignment = aligned(*_readings(opened.sequence, other), how)
    st.html(f'<p class="finding">{escape(_said(opened, trace, alignment, how))}</p>')
    if symbols:
        st.html(_written(opened.sequence, other, alignment))
    _picture(opened, trace, alignment)
    st.html(f'<p class="note">{escape(words.NOTE)}</p>')


def _how(symbols: bool) -> How:
    """How they stand side by side: numbers by position alone."""
    hows: list[How] = ["edits", "position"] if symbols else ["position"]
    return st.selectbox(
        words.HOW, hows, format_func=words.HOWS.__getitem__, key=f"pair-how-{symbols}", width=220
    )


def _others(opened: OpenedView) -> Iterator[tuple[str, Sequence]]:
    """The sequences that can stand beside this one, by name: minimal pairs, then the examples.

    Of the pairs those come first whose symbol might have followed as well.
    """
    t, sequence = opened.view.t, opened.sequence
    encoder = opened.subject.model.encoder
    if sequence.symbols is not None and encoder is not None:
        others = {s for s in encoder.alphabet if s != sequence.symbols[t]}
        legal = opened.subject.truth.targets(sequence)
        likely = legal[t - 1] & others if isinstance(legal, tuple) and t else frozenset()
        for symbol in (*sorted(likely), *sorted(others - likely))[:MOST_MINIMAL]:
            changed = edited(sequence, (ReplaceInput(timestep=t, value=symbol),)).sequence
            yield words.minimal(symbol, t), changed
    for example in opened.subject.examples:
        if example.sequence.id != sequence.id:
            yield example.sequence.name, example.sequence


def _trace(opened: OpenedView, other: Sequence) -> Trace:
    """The run over the other sequence, of the layer and direction on the stage."""
    subject = opened.subject.starting(opened.subject.example(other.name))
    return trace_of(model_run(subject, other), opened.view)


def _readings(first: Sequence, second: Sequence) -> tuple[Array, Array]:
    """Both sequences as whole numbers that are equal where the same is read."""
    if first.symbols is None or second.symbols is None:
        return np.arange(len(first)), np.arange(len(second))
    place = {symbol: k for k, symbol in enumerate(dict.fromkeys(first.symbols + second.symbols))}
    return np.array([place[s] for s in first.symbols]), np.array([place[s] for s in second.symbols])


def _said(opened: OpenedView, trace: Trace, alignment: Alignment, how: How) -> str:
    """How far apart they are, where they part and by which unit."""
    memory = trace.vocabulary.memory
    title = {
        signal.name: phrases.said(signal.title).lower() for signal in trace.vocabulary.recorded
    }[memory]
    found = parting(opened.trace, trace, alignment, memory)
    apart = words.cost(alignment.cost, how) if opened.sequence.numbers is None else ""
    if found is None:
        return paragraph([apart, words.SAME])
    said = words.parts(found.first, found.second, found.unit, found.difference, title)
    return paragraph([apart, said])


def _written(first: Sequence, second: Sequence, alignment: Alignment) -> str:
    """Both sequences as text, one below the other, with gaps."""
    lines = []
    for letter, sequence, places in (
        (words.A, first, alignment.first),
        (words.B, second, alignment.second),
    ):
        symbols = sequence.symbols or ()
        shown = [GAP if k == NOTHING else visible(symbols[k]) for k in places[:MOST_SHOWN]]
        lines.append(f"{letter} {''.join(shown)}")
    text = escape("\n".join(lines))
    return f'<pre class="pair" tabindex="0" style="overflow-x: auto">{text}</pre>'


def _picture(opened: OpenedView, trace: Trace, alignment: Alignment) -> None:
    """One unit's memory in both, and the difference of all units."""
    from ...figures.what_if import changed_memory

    memory = trace.vocabulary.memory
    first = _at(opened.trace.series(memory), alignment.first)
    second = _at(trace.series(memory), alignment.second)
    figure = changed_memory(
        first, second, opened.view.unit, memory, names=(words.A, words.B), dark=state.is_dark()
    )
    st.plotly_chart(figure, theme=None, key="pair-picture", config=figure_config("pair-picture"))


def _at(series: Array, places: Array) -> Array:
    """A series (T, H) at the timesteps of an alignment, NaN where there is none."""
    at = series[np.maximum(places, 0)].astype(np.float64)
    at[places == NOTHING] = np.nan
    return at
