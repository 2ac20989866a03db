"""The tab What if: change a run, and see where the changed one parts from it and what it says.

What the reader wants to find out: what would have happened if the gate had stayed shut, if this
had not been written, if everything had been kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import numpy as np
import streamlit as st

from lstm_core import Clamp
from lstm_core.analysis import contributions
from lstm_core.record import Array

from ...session import state
from ...session.opened_view import OpenedView
from ...session.what_if import MOST, holdable, presets
from ...words import what_if as words
from .labels import here

CURVE_STEPS = 2000  # timesteps of the picture, around the first change
LEAST = {"candidate": -1.0}  # signals that can be held below zero, with their least value


def what_if(opened: OpenedView) -> None:
    """Show what can be held, what is, and what comes of it."""
    st.html(here(opened) + f'<p class="note">{escape(words.LEAD)}</p>')
    if not holdable(opened.trace.vocabulary):
        st.html(f"<p>{escape(words.NO_GATES)}</p>")
        return
    full = len(opened.view.clamps) >= MOST
    with st.container(horizontal=True, key="presets"):
        for preset in presets(opened.trace, opened.view.t, opened.view.unit):
            st.button(
                words.PRESETS[preset.name],
                key=f"preset-{preset.name}",
                help=words.PRESET_HELP[preset.name],
                disabled=full,
                on_click=_add,
                args=(preset.clamp,),
            )
    _form(opened, full)
    _list(opened)
    if opened.view.clamps:
        _outcome(opened)


def _form(opened: OpenedView, full: bool) -> None:
    """Any signal, value, unit and stretch."""
    titles = {signal.name: signal.title for signal in opened.trace.vocabulary.recorded}
    view, end = opened.view, len(opened.trace) - 1
    with st.container(horizontal=True, key="hold", vertical_alignment="bottom"):
        names = list(holdable(opened.trace.vocabulary))
        signal = st.selectbox(
            words.SIGNAL, names, format_func=titles.__getitem__, key="hold-signal", width=160
        )
        value = st.number_input(
            words.VALUE, LEAST.get(signal, 0.0), 1.0, 0.0, 0.1, key="hold-value", width=120
        )
        whose = [words.ALL_UNITS] if view.unit < 0 else [f"unit {view.unit}", words.ALL_UNITS]
        unit = st.selectbox(words.UNITS, whose, key=f"hold-unit-{view.unit}", width=130)
        first = st.number_input(words.FIRST, 0, end, view.t, key=f"hold-first-{view.t}", width=130)
        last = st.number_input(words.LAST, first, end, end, key=f"hold-last-{first}", width=130)
        units = None if unit == words.ALL_UNITS else (view.unit,)
        clamp = Clamp(signal=signal, value=value, units=units, first=int(first), last=int(last))
        st.button(words.ADD, key="hold-add", disabled=full, on_click=_add, args=(clamp,))


def _add(clamp: Clamp) -> None:
    _set((*state.current_view().clamps, clamp))


def _set(clamps: tuple[Clamp, ...]) -> None:
    state.change_view(clamps=clamps)
    st.rerun()


def _list(opened: OpenedView) -> None:
    """What is changed, each to be undone alone."""
    clamps = opened.view.clamps
    if not clamps:
        st.html(f"<p>{escape(words.NONE)}</p>")
        return
    titles = {signal.name: signal.title for signal in opened.trace.vocabulary.recorded}
    for k, clamp in enumerate(clamps):
        with st.container(horizontal=True, key=f"clamp-{k}", vertical_alignment="center"):
            others = (*clamps[:k], *clamps[k + 1 :])
            st.button(words.REMOVE, key=f"undo-{k}", on_click=_set, args=(others,))
            sentence = words.held(
                titles[clamp.signal], clamp.value, clamp.units, clamp.first or 0, clamp.last or 0
            )
            st.html(f'<p class="finding">{escape(sentence)}</p>')
    if len(clamps) > 1:
        st.button(words.CLEAR, key="undo-all", on_click=_set, args=((),))


def _outcome(opened: OpenedView) -> None:
    """Where the runs part, what the network says now, and a picture of both."""
    from ...figures.what_if import changed_memory

    for sentence in outcome(opened):
        st.html(f'<p class="finding">{escape(sentence)}</p>')
    memory = opened.trace.vocabulary.memory
    before, after = opened.unchanged_trace.series(memory), opened.trace.series(memory)
    start = min(max(0, opened.view.t - CURVE_STEPS // 2), max(0, len(before) - CURVE_STEPS))
    stretch = slice(start, start + CURVE_STEPS)
    figure = changed_memory(
        before[stretch],
        after[stretch],
        opened.view.unit,
        memory,
        first=start,
        dark=state.is_dark(),
    )
    st.plotly_chart(figure, theme=None, key="what-if", config={"displaylogo": False})


def outcome(opened: OpenedView) -> Iterator[str]:
    """Yield what came of the changes, in sentences."""
    trace, plain = opened.trace, opened.unchanged_trace
    titles = {signal.name: signal.title.lower() for signal in trace.vocabulary.recorded}
    memory = trace.vocabulary.memory
    before, after = plain.series(memory), trace.series(memory)
    difference = np.abs(after - before)
    shown = np.abs(trace.hidden_state - plain.hidden_state).max(axis=1)
    parted = np.flatnonzero((difference.max(axis=1) > 0) | (shown > 0))
    if not len(parted):
        yield words.SAME
        return
    place = int(parted[-1] if trace.reverse else parted[0])
    yield words.part(place, titles[memory])
    if difference.any():
        t, unit = (int(k) for k in np.unravel_index(difference.argmax(), difference.shape))
        yield words.largest(unit, t, float(before[t, unit]), float(after[t, unit]), titles[memory])
    yield from _compared_with_share(opened, before, after)
    yield from _answers(opened)


def _compared_with_share(opened: OpenedView, before: Array, after: Array) -> Iterator[str]:
    """What a write that is left out had been worth, and what leaving it out does, at the end."""
    clamps, end = opened.view.clamps, 0 if opened.trace.reverse else len(before) - 1
    if len(clamps) != 1 or clamps[0].signal != "candidate" or clamps[0].value != 0:
        return
    (clamp,) = clamps
    if clamp.units is None or len(clamp.units) != 1 or clamp.first != clamp.last:
        return
    parts, unit = contributions(opened.unchanged_trace, end), clamp.units[0]
    (row,) = np.flatnonzero(parts.timesteps == clamp.first)
    expected = float(parts.written[row, unit])
    yield words.by_decomposition(expected, float(before[end, unit] - after[end, unit]), end)


def _answers(opened: OpenedView) -> Iterator[str]:
    """What the network predicts at its last timestep, changed and unchanged."""
    readout, predictions = opened.subject.model.readout, opened.run.predictions
    plain = opened.unchanged.predictions
    if readout is None or predictions is None or plain is None:
        return
    t = len(predictions) - 1
    if readout.activation == "linear":
        yield words.predicts(t, readout.labels[0], float(predictions[t, 0]), float(plain[t, 0]))
        return
    now, then = int(predictions[t].argmax()), int(plain[t].argmax())
    yield words.says(
        t,
        readout.labels[now],
        float(predictions[t, now]),
        readout.labels[then],
        float(plain[t, then]),
    )
