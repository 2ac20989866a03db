"""The tab Why: what a prediction, a unit's memory and a write are made of and come to.

What the reader wants to find out: why the network expects this here; where this memory comes
from; how long this write lasts. For the prediction four answers stand side by side, because none
of them is the answer.
"""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

import numpy as np
import streamlit as st

from lstm_core.analysis import contribution_matrix, survival
from lstm_core.analysis.writes import writes
from lstm_core.record import Array

from ...figures import reasons as figures
from ...session import state
from ...session.opened_view import OpenedView
from ...session.reasons import Reasons, asked_now, reasons, reasons_key
from ...session.view import LIKELIEST
from ...words import reasons as words
from ...words.formatting import paragraph, visible
from .figure_config import figure_config
from .kept_picture import kept_picture
from .labels import here, input_names, tokens

TABLE, BARS = "reasons", "reasons-bars"
LONGEST_TRIANGLE, LONGEST_FAN = 500, 2000  # timesteps
MOST_INPUTS = 40  # rows of the heatmap by input


def why(opened: OpenedView) -> None:
    """Show why, of a prediction, of a unit's memory or of a write."""
    part = st.segmented_control(
        words.PART,
        list(words.PARTS),
        format_func=words.PARTS.__getitem__,
        default="prediction",
        key="why-part",
        required=True,
        label_visibility="collapsed",
    )
    st.html(here(opened))
    {"prediction": _prediction, "memory": _memory, "write": _write}[str(part)](opened)


def _say(*sentences: str) -> None:
    st.html(f'<p class="finding">{escape(paragraph(sentences))}</p>')


def _note(*sentences: str) -> None:
    st.html(f'<p class="note">{escape(paragraph(sentences))}</p>')


def _picture(figure: Any, key: str, **more: Any) -> None:
    st.plotly_chart(figure, theme=None, key=key, config=figure_config(key), **more)


def _prediction(opened: OpenedView) -> None:
    asked, readout = asked_now(opened), opened.subject.model.readout
    if asked is None or readout is None:
        _say(words.NO_READOUT)
        return
    _choose_output(readout.labels, opened.view.output)
    why = reasons(opened, asked)
    against = None if asked.against is None else readout.labels[asked.against]
    _say(words.explained(readout.labels[asked.output], against, why.value, asked.timestep))
    answers = answers_of(why)
    _say(_strongest(answers, why), words.CLICK)
    _table(opened, why, answers)
    tested = (why.tested, why.removed)
    figure = kept_picture(
        BARS,
        reasons_key(opened, asked),
        lambda dark: figures.answers_by_timestep(
            answers, tested, asked.timestep, tokens(opened), dark=dark
        ),
    )
    _picture(figure, BARS, on_select=_pick_bar, selection_mode="points")
    _by_input(opened, why)
    _explain(opened, why)


def _choose_output(labels: tuple[str, ...], chosen: int) -> None:
    """Which output is explained: what is expected most, or any other."""
    if len(labels) < 2:
        return
    there = chosen if chosen < len(labels) else LIKELIEST
    state.set_widget("why-output", max(there, LIKELIEST))
    names = {LIKELIEST: words.LIKELIEST, **dict(enumerate(map(visible, labels)))}
    st.selectbox(
        words.OUTPUT,
        list(names),
        format_func=names.__getitem__,
        key="why-output",
        on_change=_pick_output,
        width=260,
    )


def _pick_output() -> None:
    state.change_view(output=state.widget_value("why-output"))


def answers_of(why: Reasons) -> dict[str, Array]:
    """Return each answer by timestep, (T,), under the name of its column."""
    answers = {} if why.written is None else {"written": why.written}
    answers["gradient"] = why.gradient
    if why.integrated is not None:
        answers["integrated"] = why.integrated.sum(axis=1)
    return answers


def _strongest(answers: dict[str, Array], why: Reasons) -> str:
    if why.gradient.size == 1:
        return words.ONLY_ONE
    most = {name: int(np.abs(values).argmax()) for name, values in answers.items()}
    if np.isfinite(why.removed).any():
        most["removed"] = int(why.tested[np.nanargmax(np.abs(why.removed))])
    return words.strongest(most)


def _table(opened: OpenedView, why: Reasons, answers: dict[str, Array]) -> None:
    """One row for each timestep that some answer finds important; a click goes there."""
    rows = {name: values[why.tested] for name, values in answers.items()}
    frame = figures.reasons_table(why.tested, tokens(opened), {**rows, "removed": why.removed})
    formats = {words.COLUMNS[n]: st.column_config.NumberColumn(format="%.3f") for n in rows}
    formats[words.COLUMNS["removed"]] = st.column_config.NumberColumn(format="%.3f")
    st.dataframe(
        frame,
        key=TABLE,
        hide_index=True,
        column_config=formats,
        on_select=partial(_pick_row, why.tested.tolist()),
        selection_mode="single-row",
    )


def _by_input(opened: OpenedView, why: Reasons) -> None:
    """Integrated gradients by input column and timestep, where there are several columns."""
    numbers = opened.unchanged_sequence.numbers
    if why.integrated is None or numbers is None or opened.view.layer:
        return
    if 1 < why.integrated.shape[1] <= MOST_INPUTS:
        st.html(f"<h2>{escape(words.BY_INPUT)}</h2>")
        names = input_names(opened)
        _picture(figures.by_input(why.integrated, names, dark=state.is_dark()), "reasons-inputs")


def _explain(opened: OpenedView, why: Reasons) -> None:
    """What each column means, and what was left out."""
    split = words.NO_SPLIT if why.written is None else f"{words.RULE} {words.rest(why.rest)}"
    split = paragraph((split, words.held_adds(why.held))) if why.held else split
    complete = words.NO_INTEGRAL if why.integrated is None else words.completeness(why.error)
    tried = words.REMOVED if np.isfinite(why.removed).any() else ""
    _note(words.DIFFERENT, split, _begins_anew(opened), words.GRADIENT, complete, tried)


def _pick_row(timesteps: list[int]) -> None:
    rows = _selection(TABLE).get("rows", [])
    if rows and rows[0] < len(timesteps):
        _go(timesteps[rows[0]])


def _pick_bar() -> None:
    points = _selection(BARS).get("points", [])
    if points:
        _go(int(points[0]["x"]))


def _selection(key: str) -> dict[str, Any]:
    return dict((state.widget_value(key) or {}).get("selection", {}))


def _go(t: int) -> None:
    state.change_view(t=t)
    st.rerun()


def _memory(opened: OpenedView) -> None:
    """Where one unit's memory comes from, at every timestep."""
    trace, unit = opened.trace, opened.view.unit
    if trace.vocabulary.keeping_gate is None:
        _say(words.NO_WRITES)
    elif unit < 0:
        _say(words.CHOOSE_UNIT)
    elif len(trace) > LONGEST_TRIANGLE:
        _say(words.TOO_LONG)
    else:
        matrix = contribution_matrix(trace, unit)
        terms = np.abs(matrix[opened.view.t])
        if terms.any():
            share = float(terms.max() / terms.sum())
            _say(words.unit_share(unit, opened.view.t, share, int(terms.argmax())))
        st.html(f"<h2>{escape(words.TRIANGLE)}</h2>")
        figure = figures.written_and_seen(matrix, unit, dark=state.is_dark())
        _picture(figure, "reasons-triangle")
        _note(words.TRIANGLE_NOTE, _begins_anew(opened))


def _write(opened: OpenedView) -> None:
    """How much of what is written at the cursor is left later."""
    trace, t = opened.trace, opened.view.t
    if trace.vocabulary.keeping_gate is None:
        _say(words.NO_WRITES)
        return
    left = survival(trace, t)
    first = 0 if trace.reverse else t
    written, unit = writes(trace)[t], opened.view.unit
    left = left[-LONGEST_FAN:] if trace.reverse else left[:LONGEST_FAN]
    figure = figures.survival_fan(left, written, first, unit, dark=state.is_dark())
    _picture(figure, "reasons-fan")
    _note(words.FAN_NOTE, _begins_anew(opened))


def _begins_anew(opened: OpenedView) -> str:
    """What is counted as written where the memory is held; "" where it is not."""
    held = opened.trace.held(opened.trace.vocabulary.memory)
    return "" if held is None else words.HELD_IS_WRITTEN
