"""The forms of the tab What if: what can be held, what can be read instead, how to begin."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from lstm_core import Clamp, PadInput, ReplaceInput
from lstm_core.model import can_go_on

from ...session import state
from ...session.holding import (
    Preset,
    holdable,
    input_presets,
    presets,
    value_range,
    width,
)
from ...session.opened_view import OpenedView
from ...session.what_if import (
    HOTTEST,
    MOST,
    MOST_GENERATED,
    STATES,
    Change,
    Changes,
    GoOn,
    Start,
    StartAfter,
)
from ...words import what_if as words
from ...words.formatting import visible
from ...words.phrases import said
from .labels import input_names

MOST_UNITS = 12  # held together by one change
MOST_PADDING = 1000  # timesteps
LARGEST_SEED = 9999


def form(opened: OpenedView, kind: str) -> None:
    """Show what can be changed of one kind: a key of `words.KINDS`."""
    forms = {"gates": _gates, "input": _inputs, "start": _start, "go_on": _go_on}
    forms[kind](opened)


def add(*changes: Change) -> None:
    """Change something more in the run."""
    set_changes((*state.current_view().changes, *changes))


def set_changes(changes: Changes) -> None:
    """Have these changes and no others."""
    state.change_view(changes=changes)
    st.rerun()


def _full(opened: OpenedView) -> bool:
    return len(opened.view.changes) >= MOST


def _preset_buttons(opened: OpenedView, offered: Iterable[Preset]) -> None:
    with st.container(horizontal=True, key="presets"):
        for preset in offered:
            st.button(
                words.PRESETS[preset.name],
                key=f"preset-{preset.name}",
                help=words.PRESET_HELP[preset.name],
                disabled=len(opened.view.changes) + len(preset.changes) > MOST,
                on_click=add,
                args=preset.changes,
            )


def _gates(opened: OpenedView) -> None:
    """Any signal, value, units and stretch."""
    _preset_buttons(opened, presets(opened.trace, opened.view.t, opened.view.unit))
    trace, view, end = opened.trace, opened.view, len(opened.trace) - 1
    titles = {signal.name: said(signal.title) for signal in trace.vocabulary.recorded}
    with st.container(horizontal=True, key="hold", vertical_alignment="bottom"):
        names = list(holdable(trace.vocabulary))
        signal = st.selectbox(
            words.SIGNAL, names, format_func=titles.__getitem__, key="hold-signal", width=160
        )
        low, high = value_range(trace.kind, signal)
        key = f"hold-{signal}-value" if signal in STATES else "hold-value"
        value = st.number_input(words.VALUE, low, high, 0.0, 0.1, key=key, width=120)
        units = _units(opened, signal)
        first = st.number_input(words.FIRST, 0, end, view.t, key=f"hold-first-{view.t}", width=130)
        last = st.number_input(words.LAST, first, end, end, key=f"hold-last-{first}", width=130)
        clamp = Clamp(signal=signal, value=value, units=units, first=int(first), last=int(last))
        _add_button(opened, words.ADD, "hold-add", clamp)
    if signal in STATES:
        st.html(f'<p class="note">{escape(words.STATE_NOTE)}</p>')


def _units(opened: OpenedView, signal: str) -> tuple[int, ...] | None:
    """The chosen units of a signal, at first that on the stage; None for all."""
    unit, count = opened.view.unit, width(opened.trace, signal)
    own = count == opened.trace.parameters.hidden_size  # else outputs of a projection
    chosen = st.multiselect(
        words.OF_UNITS,
        range(count),
        default=[unit] if own and unit >= 0 else [],
        key=f"hold-units-{unit}-{count}",
        placeholder=words.ALL_UNITS,
        max_selections=MOST_UNITS,
        width=180,
    )
    return tuple(sorted(chosen)) or None


def _unit(opened: OpenedView, key: str) -> int | None:
    """The chosen unit, or None for all."""
    unit = opened.view.unit
    whose = [words.ALL_UNITS] if unit < 0 else [words.whose((unit,)), words.ALL_UNITS]
    chosen = st.selectbox(words.UNITS, whose, key=f"{key}-unit-{unit}", width=130)
    return None if chosen == words.ALL_UNITS else unit


def _add_button(opened: OpenedView, label: str, key: str, change: Change) -> None:
    st.button(label, key=key, disabled=_full(opened), on_click=add, args=(change,))


def _inputs(opened: OpenedView) -> None:
    """What is read at the cursor, and before and after everything."""
    symbols, t = opened.sequence.numbers is None, opened.view.t
    _preset_buttons(opened, input_presets(symbols, len(opened.sequence), t))
    with st.container(horizontal=True, key="instead", vertical_alignment="bottom"):
        value = _value(opened, words.INSTEAD, "instead")
        column = 0 if symbols else _column(opened)
        change = ReplaceInput(timestep=t, value=value, column=column)
        _add_button(opened, words.READ_IT, "instead-add", change)
    with st.container(horizontal=True, key="padding", vertical_alignment="bottom"):
        value = _value(opened, words.PADDING, "padding")
        times = int(st.number_input(words.TIMES, 1, MOST_PADDING, 10, key="pad-times", width=120))
        sides = [words.BEFORE_ALL, words.AFTER_ALL]
        first = st.selectbox(words.WHERE, sides, key="pad-where", width=190) == words.BEFORE_ALL
        pad = PadInput(value=value, before=times if first else 0, after=0 if first else times)
        _add_button(opened, words.PAD_IT, "pad-add", pad)


def _value(opened: OpenedView, label: str, key: str) -> str | float:
    """A symbol of the alphabet, or a number."""
    encoder = opened.subject.model.encoder
    if opened.sequence.numbers is None:
        alphabet = encoder.alphabet if encoder else opened.sequence.alphabet
        shown = {symbol: visible(symbol) for symbol in alphabet}
        chosen = st.selectbox(
            label, alphabet, format_func=shown.__getitem__, key=f"{key}-symbol", width=170
        )
        return str(chosen)
    return float(st.number_input(label, value=0.0, key=f"{key}-number", width=170))


def _column(opened: OpenedView) -> int:
    """Which number is another."""
    encoder = opened.subject.model.encoder
    names = encoder.input_names if encoder else ()
    if opened.view.layer == 0:
        names = input_names(opened)
    return st.selectbox(
        words.COLUMN, range(len(names)), format_func=names.__getitem__, key="instead-column"
    )


def _start(opened: OpenedView) -> None:
    """What the run begins with in place of zeros."""
    others = [example.sequence.name for example in opened.subject.examples]
    others = [name for name in others if name != opened.view.source.value]
    names: dict[str | None, str] = {None: words.TYPED, "": words.AFTER_ITSELF}
    names |= {name: words.left_by(name) for name in others}
    with st.container(horizontal=True, key="begin", vertical_alignment="bottom"):
        after = st.selectbox(
            words.BEGIN, list(names), format_func=names.__getitem__, key="begin-with", width=300
        )
        change: Change
        if after is None:
            value = st.number_input(words.START_VALUE, value=1.0, key="begin-value", width=120)
            change = Start(value=float(value), unit=_unit(opened, "begin"))
        else:
            change = StartAfter(sequence=after)
        _add_button(opened, words.BEGIN_SO, "begin-add", change)


def _go_on(opened: OpenedView) -> None:
    """For how long the network reads its own predictions, and how symbols are drawn."""
    if reason := can_go_on(opened.subject.model):
        st.html(f"<p>{escape(words.cannot_go_on(reason))}</p>")
        return
    with st.container(horizontal=True, key="go-on", vertical_alignment="bottom"):
        horizon = st.number_input(words.HORIZON, 1, MOST_GENERATED, 50, key="go-on-for", width=130)
        temperature, seed = 0.0, 0
        if opened.sequence.numbers is None:
            temperature = st.number_input(
                words.TEMPERATURE, 0.0, HOTTEST, 0.7, 0.1, key="temperature", width=130
            )
            seed = int(st.number_input(words.SEED, 0, LARGEST_SEED, 0, key="go-on-seed", width=130))
        change = GoOn(timesteps=int(horizon), temperature=float(temperature), seed=seed)
        st.button(words.GO_ON, key="go-on-add", on_click=_replace_go_on, args=(opened, change))
    st.html(f'<p class="note">{escape(words.GO_ON_NOTE)}</p>')


def _replace_go_on(opened: OpenedView, change: GoOn) -> None:
    """Have the network go on so, and not as before."""
    others = tuple(c for c in opened.view.changes if not isinstance(c, GoOn))
    set_changes((*others[: MOST - 1], change))
