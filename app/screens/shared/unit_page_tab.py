"""The tab One unit: everything that is read, in one unit's colours, and what drives it.

What the reader wants to find out: what this unit is about; when it is set and when it is cleared;
whether that is so in every sequence.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
import streamlit as st

from lstm_core.analysis import drives, gate_statistics
from lstm_core.analysis.unit_profile import memory_change

from ...figures import unit_page as figures
from ...session import state
from ...session.opened_view import OpenedView
from ...session.own_sequence import column_names
from ...session.probing import probed
from ...session.unit_runs import UnitRun, unit_runs
from ...words import common as common_words
from ...words import unit_page as words
from ...words.formatting import paragraph
from ...words.phrases import said
from .browser_tabs import here_line

MOST_SHOWN = 12  # sequences
LONGEST_TEXT = 1500  # timesteps of one of them
OFTEN = 5  # times that a symbol is read before it is named: a mean of few is chance
DECIMALS, PERCENT = "%.3f", "percent"


def unit_page(opened: OpenedView) -> None:
    """Show what one unit does over all sequences of the network, or of the reader's file."""
    unit, cell = opened.view.unit, opened.trace.vocabulary
    here_line()
    if not 0 <= unit < opened.trace.state.memory.shape[-1]:
        st.html(f'<p class="finding">{escape(words.CHOOSE)}</p>')
        return
    runs = unit_runs(opened)
    held = [run.trace.state.memory[:, unit] for run in runs]
    low, high = float(min(map(np.min, held))), float(max(map(np.max, held)))
    title = {s.name: said(s.title).lower() for s in cell.recorded}[cell.memory]
    timesteps = sum(map(len, held))
    _say(words.seen(unit, len(runs), timesteps, low, high, title), *_driven(runs, unit))
    _head(words.TEXT)
    _read(opened, runs, unit, max(abs(low), abs(high)))
    left, right = st.columns(2)
    with left:
        _drives(opened, runs, unit)
        _gates(opened, runs, unit)
    with right:
        _probes(opened, unit)


def _say(*sentences: str) -> None:
    st.html(f'<p class="finding">{escape(paragraph(sentences))}</p>')


def _head(text: str) -> None:
    st.html(f"<h2>{escape(text)}</h2>")


def _note(text: str) -> None:
    st.html(f'<p class="note">{escape(text)}</p>')


def _read(opened: OpenedView, runs: Sequence[UnitRun], unit: int, reach: float) -> None:
    """Show each sequence in the unit's colours."""
    memory, dark = opened.trace.vocabulary.memory, state.is_dark()
    column, parts = "", []
    for run in runs[:MOST_SHOWN]:
        sequence, values = run.sequence, run.trace.state.memory[:LONGEST_TEXT, unit]
        name = said(sequence.name)
        if len(sequence) > LONGEST_TEXT:
            name = words.beginning(name, LONGEST_TEXT, len(sequence))
        parts.append(f'<p class="unit-name">{escape(name)}</p>')
        if sequence.numbers is None:
            symbols = (sequence.symbols or ())[:LONGEST_TEXT]
            parts.append(figures.coloured_text(symbols, values, reach, memory, dark=dark))
        else:
            column = column_names(opened.subject.model.encoder, sequence)[0]
            read = sequence.numbers[:LONGEST_TEXT, 0]
            parts.append(figures.coloured_strip(read, values, reach, memory, name, dark=dark))
    st.html("".join(parts))
    _note(words.strip(column) if column else words.COLOURS)


def _changes(runs: Sequence[UnitRun], unit: int) -> list[Any]:
    return [memory_change(run.trace, unit) for run in runs]


def _symbols(runs: Sequence[UnitRun]) -> list[tuple[str, ...]] | None:
    """What is read in each run, where it is symbols."""
    read = [run.sequence.symbols for run in runs]
    return None if any(symbols is None for symbols in read) else [s or () for s in read]


def _driven(runs: Sequence[UnitRun], unit: int) -> list[str]:
    """Say which symbol drives the unit most, up and down."""
    read = _symbols(runs)
    if read is None:
        return []
    ranked = drives(zip(read, _changes(runs, unit), strict=True))
    often = [drive for drive in ranked if drive.count >= OFTEN] or ranked
    first, last = often[0], often[-1]
    return [
        words.raises(common_words.quoted(first.symbol), first.change) if first.change > 0 else "",
        words.lowers(common_words.quoted(last.symbol), last.change) if last.change < 0 else "",
    ]


def _drives(opened: OpenedView, runs: Sequence[UnitRun], unit: int) -> None:
    """Show the symbols that raise and lower it most, or how it goes with each column."""
    _head(words.DRIVES)
    read, changes = _symbols(runs), _changes(runs, unit)
    if read is not None:
        frame = figures.drive_table(drives(zip(read, changes, strict=True)))
        number = words.DRIVE_COLUMNS["change"]
    else:
        columns = np.concatenate([run.sequence.numbers for run in runs])
        names = column_names(opened.subject.model.encoder, opened.sequence)
        correlations = _correlations(columns, np.concatenate(changes))
        frame = figures.column_table(names, correlations[: len(names)])
        number = words.COLUMN_DRIVES["change"]
    st.dataframe(frame, hide_index=True, column_config=_formats({number: DECIMALS}), key="drives")
    _note(words.DRIVES_NOTE)


def _correlations(columns: Any, change: Any) -> Any:
    """The correlation of each column (T, D) with the change (T,), where both are known."""
    known = np.isfinite(columns).all(axis=1)
    columns, change = columns[known] - columns[known].mean(axis=0), change[known]
    change = change - change.mean()
    size = np.sqrt((columns**2).sum(axis=0) * (change**2).sum())
    return np.divide(change @ columns, size, out=np.zeros(columns.shape[1]), where=size > 0)


def _gates(opened: OpenedView, runs: Sequence[UnitRun], unit: int) -> None:
    """Show what its gates do."""
    _head(words.GATES)
    statistics = gate_statistics([run.trace for run in runs], unit)
    if not statistics:
        _note(words.NO_GATES)
        return
    names = words.GATE_COLUMNS
    numbers = {names[k]: DECIMALS for k in ("mean", "low", "middle", "high")}
    shares = {names[k]: PERCENT for k in ("open", "shut")}
    frame = figures.gate_table(statistics, opened.trace.vocabulary)
    st.dataframe(frame, hide_index=True, column_config=_formats(numbers | shares), key="unit-gates")


def _probes(opened: OpenedView, unit: int) -> None:
    """Show which properties it tells best."""
    result = probed(opened, opened.trace.vocabulary.memory)
    if result is None:
        return
    _head(words.PROBES)
    names = words.PROBE_COLUMNS
    formats = {names["correlation"]: "%.2f", names["chance"]: "%.2f", names["accuracy"]: PERCENT}
    frame = figures.unit_probe_table(result.probes, unit)
    st.dataframe(frame, hide_index=True, column_config=_formats(formats), key="unit-probes")


def _formats(formats: dict[str, str]) -> dict[str, Any]:
    return {name: st.column_config.NumberColumn(format=form) for name, form in formats.items()}
