"""What is changed in a run and what came of it, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lstm_core import Clamp, DropInput, Edit, PadInput, RepeatInput, ReplaceInput
from lstm_core.analysis import contributions
from lstm_core.record import Array

from ...session.changed_run import earlier_values
from ...session.opened_view import OpenedView
from ...session.own_sequence import column_names
from ...session.what_if import Change, GoOn, Start, StartAfter, of_kind
from ...words import what_if as words
from ...words.phrases import said

ROUNDING = 1e-5  # of a signal's size: less is no difference where a layer reads backwards


def what_if_summary(opened: OpenedView) -> Iterator[str]:
    """Yield what is said beside the stage: the last change, where the runs part, the answers."""
    changes = opened.view.changes
    yield words.on_stage(sentence(opened, changes[-1]), len(changes) - 1)
    parted = parting(opened)
    if parted is None:
        yield words.SAME
        return
    yield words.parted(parted)
    if not of_kind(changes, GoOn):  # whose ends are not the same moment
        yield from _answer(opened, len(opened.trace) - 1, len(opened.unchanged_trace) - 1)


def sentence(opened: OpenedView, change: Change) -> str:
    """Say what is changed."""
    titles = {signal.name: said(signal.title) for signal in opened.trace.vocabulary.recorded}
    match change:
        case Clamp():
            first, last = change.first or 0, change.last or 0
            return words.held(titles[change.signal], change.value, change.units, first, last)
        case Start():
            memory = titles[opened.trace.vocabulary.memory].lower()
            return words.started(change.value, change.unit, memory)
        case StartAfter():
            return words.started_after(change.sequence)
        case GoOn():
            drawn = opened.sequence.numbers is None and change.temperature > 0
            return words.goes_on(change.timesteps, change.temperature, change.seed, drawn)
        case _:
            return _edit_sentence(opened, change)


def _edit_sentence(opened: OpenedView, edit: Edit) -> str:
    match edit:
        case ReplaceInput():
            columns = column_names(opened.subject.model.encoder, opened.sequence)
            column = columns[edit.column] if edit.column < len(columns) else ""
            return words.replaced(edit.timestep, edit.value, column)
        case DropInput():
            return words.dropped(edit.first, edit.last)
        case RepeatInput():
            return words.repeated(edit.timestep, edit.times)
        case PadInput():
            return words.padded(edit.before, edit.after, edit.value)


def both_series(opened: OpenedView, signal: str) -> tuple[Array, Array]:
    """Return a signal as it was and as it is now, both (T, ·) by timesteps of the changed run.

    NaN where the changed run reads what the other did not.
    """
    before, after = opened.unchanged_trace.series(signal), opened.trace.series(signal)
    return before if opened.origin is None else earlier_values(before, opened.origin), after


def shown_signal(opened: OpenedView) -> str:
    """Return the signal that both runs are drawn with: the memory, or what alone is held.

    A hidden state that is held may leave the cell state of an LSTM as it was.
    """
    held = {clamp.signal for clamp in of_kind(opened.view.changes, Clamp)}
    projected = opened.trace.hidden_state.shape[-1] != opened.trace.parameters.hidden_size
    only_hidden = held == {"hidden_state"} and not projected
    return "hidden_state" if only_hidden else opened.trace.vocabulary.memory


def outcome(opened: OpenedView) -> Iterator[str]:
    """Yield a sentence for each effect of the changes."""
    trace = opened.trace
    titles = {signal.name: said(signal.title).lower() for signal in trace.vocabulary.recorded}
    memory = shown_signal(opened)
    before, after = both_series(opened, memory)
    difference = np.abs(after - before)
    place = parting(opened)
    if place is None:
        yield words.SAME
        return
    yield words.part(place, titles[memory])
    if np.nan_to_num(difference).any():
        largest = np.nanargmax(difference)
        t, unit = (int(k) for k in np.unravel_index(largest, difference.shape))
        yield words.largest(unit, t, float(before[t, unit]), float(after[t, unit]), titles[memory])
    yield from _compared_with_share(opened, before, after)
    yield from _answers(opened)


def parting(opened: OpenedView) -> int | None:
    """Return the timestep at which the changed run parts from the other, as it reads.

    None where both are the same.
    """
    memory = opened.trace.vocabulary.memory
    backwards = any(layer.reverse or layer.bidirectional for layer in opened.subject.model.layers)
    within = ROUNDING if backwards else 0.0
    pairs = [both_series(opened, signal) for signal in (memory, "hidden_state")]
    parted = np.flatnonzero(np.any([_differs(*pair, within) for pair in pairs], axis=0))
    if not len(parted):
        return None
    return int(parted[-1] if opened.trace.reverse else parted[0])


def _differs(before: Array, after: Array, within: float) -> Array:
    """Return at which timesteps two series (T, ·) are not the same, (T,) bool.

    They may differ by `within` of their size. What the other run did not read is a difference.
    """
    allowed = within * np.nanmax(np.abs(before), initial=0)
    differs: Array = ~(np.abs(after - before) <= allowed).all(axis=1)
    return differs


def _compared_with_share(opened: OpenedView, before: Array, after: Array) -> Iterator[str]:
    """Compare the share of a write in the last memory with the effect of leaving it out."""
    changes, end = opened.view.changes, 0 if opened.trace.reverse else len(before) - 1
    clamp = changes[0]
    if len(changes) != 1 or not isinstance(clamp, Clamp):
        return
    if clamp.signal != "candidate" or clamp.value != 0 or clamp.first != clamp.last:
        return
    if clamp.units is None or len(clamp.units) != 1:
        return
    parts, unit = contributions(opened.unchanged_trace, end), clamp.units[0]
    (row,) = np.flatnonzero(parts.timesteps == clamp.first)
    expected = float(parts.written[row, unit])
    yield words.by_decomposition(expected, float(before[end, unit] - after[end, unit]), end)


def _answers(opened: OpenedView) -> Iterator[str]:
    """What the network predicts at the cursor and at its last timestep, changed and unchanged."""
    end = len(opened.trace) - 1
    places = [(end, len(opened.unchanged_trace) - 1)]
    if of_kind(opened.view.changes, GoOn):  # whose ends are not the same moment
        places = []
    t = opened.view.t
    before = t if opened.origin is None else int(opened.origin[t])
    if t != end and before >= 0:
        places.insert(0, (t, before))
    for now, then in places:
        yield from _answer(opened, now, then)


def _answer(opened: OpenedView, now: int, then: int) -> Iterator[str]:
    """What the network predicts at timestep `now`, and unchanged at timestep `then`."""
    readout, predictions = opened.subject.model.readout, opened.run.predictions
    plain = opened.unchanged.predictions
    if readout is None or predictions is None or plain is None:
        return
    after, before = predictions[now], plain[then]
    if readout.activation == "linear":
        yield words.predicts(now, readout.labels[0], float(after[0]), float(before[0]))
        return
    best, was = int(after.argmax()), int(before.argmax())
    yield words.says(
        now, readout.labels[best], float(after[best]), readout.labels[was], float(before[was])
    )
