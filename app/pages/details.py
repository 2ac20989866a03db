"""The details below the stage; only the open tab is made, and it follows when the stage rests."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from app import loading, state, words
from app.figures import arithmetic, prediction, values
from app.pages.opening import open_now
from app.strips import true_numbers, true_symbols
from lstm_core.analysis.arithmetic import state_arithmetic, unit_arithmetic
from lstm_core.encoders import EmbeddingEncoder, NumericEncoder, OneHotEncoder

PICTURE_STEPS = 2000  # timesteps in one picture for close reading
FEW_ROWS, TABLE_HEIGHT = 16, 460  # a longer table scrolls, in so many pixels
WHOLE_RUN = 500_000  # timesteps times units up to which the whole run can be downloaded


@st.fragment(key="details")
def tabs() -> None:
    """Show the tabs, and fill the open one."""
    opened = open_now()
    shown = {
        "arithmetic": _arithmetic,
        "prediction": _prediction,
        "values": _values,
        "reading": _reading,
    }
    state.put("tab", words.TABS[opened.view.details])
    containers = st.tabs(
        list(words.TABS.values()), key="tab", on_change=_pick_tab, default=state.widget("tab")
    )
    for (name, fill), container in zip(shown.items(), containers, strict=True):
        if name == opened.view.details:
            with container:
                fill(opened)


def _pick_tab() -> None:
    by_title = {title: name for name, title in words.TABS.items()}
    state.change_view(details=by_title[state.widget("tab")])
    st.rerun(["address", "details"])


def _arithmetic(opened: loading.Opened) -> None:
    trace, t, unit = opened.trace, opened.view.t, opened.view.unit
    _here(opened)
    if unit < 0:
        st.html(f'<p class="note">{escape(words.CHOOSE_UNIT)}</p>')
        return
    st.html(
        arithmetic.state_sums(state_arithmetic(trace, t, unit))
        + arithmetic.arithmetic_cards(
            unit_arithmetic(trace, t, unit), _input_names(opened), dark=_dark()
        )
    )


def _prediction(opened: loading.Opened) -> None:
    demo, run, t = opened.demo, opened.run, opened.view.t
    _here(opened)
    if run.predictions is None or demo.model.readout is None:
        st.html(f'<p class="note">{escape(words.NO_READOUT)}</p>')
        return
    now, labels = run.predictions[t], demo.model.readout.labels
    if demo.model.readout.activation == "linear":
        truth = true_numbers(demo, opened.found.sequence)[t]
        st.html(prediction.number_table(labels, now, truth, head=words.PREDICTS))
        return
    true = true_symbols(demo, opened.found.sequence)[t]
    note = words.may_follow(tuple(label for label in labels if label in true))
    rows = prediction.most_probable(now, labels)
    st.html(prediction.probability_table(rows, true or None, head=words.EXPECTS, note=note))


def _values(opened: loading.Opened) -> None:
    trace, view = opened.trace, opened.view
    _here(opened)
    rows = st.segmented_control(
        words.TABLE_LABEL,
        list(words.TABLES),
        format_func=words.TABLES.__getitem__,
        default="units",
        key="rows",
        required=True,
        label_visibility="collapsed",
    )
    if rows == "timesteps" and view.unit >= 0:
        name = f"unit-{view.unit}"
        frame = values.timesteps_table(trace, view.unit, _tokens(opened))
    else:
        name = f"timestep-{view.t}"
        frame = values.units_table(trace, view.t)
    height = "auto" if len(frame) <= FEW_ROWS else TABLE_HEIGHT
    decimals = st.column_config.NumberColumn(format="%.4f")
    numbers = frame.select_dtypes("number").columns
    st.dataframe(frame, height=height, column_config=dict.fromkeys(numbers, decimals))
    with st.container(horizontal=True):
        stem = f"{opened.demo.name}-{name}"
        _download(words.DOWNLOAD_TABLE, frame.to_csv, f"{stem}.csv")
        if len(trace) * trace.parameters.hidden_size <= WHOLE_RUN:
            _download(
                words.DOWNLOAD_ALL,
                lambda: values.run_table(trace, _tokens(opened)).to_csv(index=False),
                f"{opened.demo.name}-run.csv",
            )


def _download(label: str, make: Callable[[], str], name: str) -> None:
    """A button whose file is made only when it is pressed."""
    st.download_button(label, make, file_name=name, mime="text/csv", on_click="ignore")


def _reading(opened: loading.Opened) -> None:
    from app.figures.heatmap import signal_heatmap  # Plotly stays off the first paint
    from app.figures.lines import unit_lines

    trace, view = opened.trace, opened.view
    first, last = _window(view.t, len(trace))
    signals = {s.name: s for s in trace.words.signals}
    name = st.selectbox(
        words.SIGNAL, list(signals), format_func=lambda n: signals[n].title, key="signal", width=260
    )
    if last - first < len(trace):
        st.html(f'<p class="note">{escape(words.window(first, last - 1, len(trace)))}</p>')
    signal, dark = signals[name], _dark()
    tokens = _tokens(opened)[first:last]
    heatmap = signal_heatmap(
        trace.series(name)[first:last], signal, first=first, tokens=tokens, dark=dark
    )
    _picture(heatmap, f"{opened.demo.name}-{name}")
    if view.unit >= 0:
        st.html(f"<h4>{escape(words.unit_lines_title(view.unit))}</h4>")
        lines = unit_lines(trace, view.unit, first=first, last=last, dark=dark)
        _picture(lines, f"{opened.demo.name}-unit-{view.unit}")


def _picture(figure: Any, name: str) -> None:
    config = {"displaylogo": False, "toImageButtonOptions": {"filename": name, "scale": 2}}
    st.plotly_chart(figure, theme=None, key=f"picture-{name}", config=config)


def _window(t: int, timesteps: int) -> tuple[int, int]:
    """The timesteps of one picture: all, or a stretch around `t` that rarely moves."""
    if timesteps <= PICTURE_STEPS:
        return 0, timesteps
    half = PICTURE_STEPS // 2
    first = min(max(t // half * half - half // 2, 0), timesteps - PICTURE_STEPS)
    return first, first + PICTURE_STEPS


def _here(opened: loading.Opened) -> None:
    """Say which timestep and unit this is about."""
    view = opened.view
    token = _tokens(opened)[view.t : view.t + 1]
    said = words.here(view.t, len(opened.trace), "".join(token), view.unit)
    st.html(f'<p class="here">{escape(said)}</p>')


def _tokens(opened: loading.Opened) -> tuple[str, ...]:
    """What was read at each timestep, where it was a symbol."""
    if isinstance(opened.demo.model.encoder, NumericEncoder):
        return ()
    return tuple(str(symbol) for symbol in opened.found.sequence)


def _input_names(opened: loading.Opened) -> tuple[str, ...]:
    """What each input of the layer on the stage is."""
    encoder, size = opened.demo.model.encoder, opened.trace.parameters.input_size
    below = opened.view.layer - 1
    if below >= 0:
        layer = opened.demo.model.layers[below].name
        return tuple(words.unit_of_layer(k, layer) for k in range(size))
    if isinstance(encoder, OneHotEncoder):
        return tuple(words.quoted(symbol) for symbol in encoder.alphabet)
    if isinstance(encoder, EmbeddingEncoder) or encoder is None:
        return tuple(words.dimension(k) for k in range(size))
    return encoder.columns


def _dark() -> bool:
    return st.context.theme.type == "dark"
