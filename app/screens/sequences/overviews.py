"""All sequences at a glance: gates, an event, units that go together, states on two axes."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import Any

import numpy as np
import streamlit as st

from lstm_core.corpus import (
    SearchIndex,
    average_around,
    clustered_units,
    gate_overview,
    projection,
)
from lstm_core.vocabulary import signal

from ...figures import corpus as figures
from ...figures.picture_numbers import picture_numbers
from ...session import state
from ...session.corpora import kept
from ...words import sequences as words
from ...words.formatting import visible
from ...words.phrases import said
from ..shared.figure_config import figure_config
from . import chosen
from .chosen import ShownCorpus

MOST_EVENTS = 2000
BEFORE, AFTER = 8, 12  # timesteps around an event
POINTS = "corpus-points"


def overviews(shown: ShownCorpus) -> None:
    """Show one overview at a time."""
    st.html(f'<h2 class="part">{escape(words.OVERVIEWS_HEAD)}</h2>')
    if len(shown.index) < 2:
        return
    parts = {"gates": _gates, "event": _event, "units": _units, "states": _states}
    if not shown.index.plan.gates:
        del parts["gates"]
    part = st.segmented_control(
        words.OVERVIEW,
        list(parts),
        format_func=words.OVERVIEWS.__getitem__,
        default=next(iter(parts)),
        required=True,
        key="corpus-overview",
    )
    parts[str(part)](shown)


def _draw(figure: Any, name: str, note: str) -> None:
    st.plotly_chart(figure, theme=None, key=f"corpus-{name}", config=figure_config(name))
    st.html(f'<p class="note">{escape(note)}</p>' + picture_numbers(figure))


def _gates(shown: ShownCorpus) -> None:
    overview = kept.computed(shown.index, "gates", (), lambda: gate_overview(shown.index))
    dark = state.is_dark()
    _draw(figures.gates_by_unit(shown.index, overview, dark=dark), "gates", words.GATES_NOTE)
    over = figures.gates_over_sequences(shown.index, overview, dark=dark)
    _draw(over, "gates-over-sequences", words.GATES_SEQUENCES_NOTE)


def _event(shown: ShownCorpus) -> None:
    index = shown.index
    with st.container(horizontal=True, key="event-row", vertical_alignment="bottom"):
        name = _signal(index, "event-signal")
        places = _symbol_events(index) if index.plan.alphabet else _threshold_events(index)
    events = list(islice(places, MOST_EVENTS))
    if not events:
        st.html(f'<p class="note">{escape(words.NO_EVENT)}</p>')
        return
    mean, count = average_around(index, events, name, BEFORE, AFTER)
    figure = figures.around_event(index, mean, name, BEFORE, dark=state.is_dark())
    _draw(figure, "event", words.event_note(count, count == MOST_EVENTS))


def _signal(index: SearchIndex, key: str) -> str:
    return str(
        st.selectbox(
            words.SIGNAL,
            [one.signal for one in index.plan.levels],
            format_func=lambda n: said(signal(index.plan.kind, n).title),
            key=key,
            width=180,
        )
    )


def _symbol_events(index: SearchIndex) -> Iterator[tuple[int, int]]:
    """Where a symbol is read, in sequences of a label where one is chosen."""
    symbol = st.selectbox(
        words.SYMBOL,
        range(len(index.plan.alphabet)),
        key="event-symbol",
        width=140,
        format_func=lambda k: visible(index.plan.alphabet[k]),
    )
    labels = sorted(set(index.survey.labels))
    label = (
        st.selectbox(
            words.LABEL, [None, *labels], format_func=_called, key="event-label", width=160
        )
        if 1 < len(labels) <= 100
        else None
    )
    for sequence in range(len(index)):
        if label is None or index.survey.labels[sequence] == label:
            for t in np.flatnonzero(index.read(sequence) == symbol).tolist():
                yield sequence, t


def _called(label: str | None) -> str:
    return words.ANY if label is None else label or words.UNLABELLED


def _threshold_events(index: SearchIndex) -> Iterator[tuple[int, int]]:
    """Where a column rises to a threshold."""
    columns = index.plan.columns or tuple(f"x{k}" for k in range(index.read(0).shape[1]))
    column = st.selectbox(
        words.COLUMN,
        range(len(columns)),
        key="event-column",
        width=180,
        format_func=lambda k: columns[k],
    )
    place = int(column or 0)
    some = np.concatenate([index.read(k)[:, place] for k in range(min(len(index), 200))])
    threshold = st.number_input(
        words.RISES_TO,
        value=float(np.round(np.quantile(some, 0.9), 3)),
        key=f"event-at-{place}",
        width=160,
    )
    for sequence in range(len(index)):
        above = index.read(sequence)[:, place] >= threshold
        for t in (np.flatnonzero(above[1:] & ~above[:-1]) + 1).tolist():
            yield sequence, t


def _units(shown: ShownCorpus) -> None:
    name = _signal(shown.index, "units-signal")
    order, correlations = kept.computed(
        shown.index, "clusters", (name,), lambda: clustered_units(shown.index, name)
    )
    figure = figures.units_together(order, correlations, dark=state.is_dark())
    _draw(figure, "units", words.UNITS_NOTE)


def _states(shown: ShownCorpus) -> None:
    index = shown.index
    projected = projection(np.concatenate([block.means for block in index.blocks]))
    groups = index.survey.labels if any(index.survey.labels) else index.survey.predicted
    figure = figures.projected(projected, index.survey.names, groups, dark=state.is_dark())
    st.plotly_chart(
        figure,
        theme=None,
        key=POINTS,
        config=figure_config("states"),
        on_select=lambda: _pick(shown),
        selection_mode="points",
    )
    note = words.states_note(len(figures.drawn_points(len(index))), len(index))
    st.html(f'<p class="note">{escape(note)}</p>')


def _pick(shown: ShownCorpus) -> None:
    selection = (state.widget_value(POINTS) or {}).get("selection", {})
    points = selection.get("points", [])
    if points:
        number = points[0].get("customdata")
        chosen.show(shown, int(number[0] if isinstance(number, list) else number))
