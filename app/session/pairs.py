"""Pairs: the run on the stage beside another one, of another sequence or another network."""

from __future__ import annotations

import numpy as np

from lstm_core import Clamp
from lstm_core.analysis.alignment import LONGEST, Alignment, How, Parting, aligned, parting
from lstm_core.model import ModelRun
from lstm_core.record import Array, record
from lstm_core.run.trace import Trace
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject

from .changed_run import changed_run, fitting
from .opened_view import OpenedView, trace_of
from .runs import model_run
from .view import View
from .what_if import Changes, Start, StartAfter


@record
class Side:
    """One of two runs: the network, what it reads, and the layer and direction that is compared."""

    name: str
    subject: Subject
    sequence: Sequence
    run: ModelRun
    trace: Trace


@record
class Pair:
    """Two runs side by side. `how` is the way in which they stand there.

    `alike` is whether a unit of one can be held against the same unit of the other; where it can
    not there is no `parting`, and none where they never part.
    """

    first: Side
    second: Side
    alignment: Alignment
    how: How
    alike: bool
    parting: Parting | None


def place_of(pair: Pair, view: View) -> int:
    """Return the place of the alignment at which a reader is who looks at timestep `view.t`.

    Where the first run rests there for several places, the view says which.
    """
    rests = np.maximum.accumulate(pair.alignment.first)
    place = min(view.place, len(rests) - 1)
    t = min(view.t, int(rests[-1]))
    return place if rests[place] == t else int(np.flatnonzero(rests == t)[0])


def timestep_at(pair: Pair, place: int) -> int:
    """Return the first run's timestep at a place: its own, or where it rests."""
    return max(int(np.maximum.accumulate(pair.alignment.first)[place]), 0)


def shared_changes(changes: Changes) -> Changes:
    """Return the changes that another sequence's run can have, too: what is held, and the start.

    What is read otherwise, and what the network wrote itself, makes one sequence what it is.
    """
    return tuple(change for change in changes if isinstance(change, Clamp | Start | StartAfter))


def sequence_pair(
    opened: OpenedView, other: Sequence, name: str, *, unchanged: bool = False
) -> Pair:
    """Return the run on the stage beside that over another sequence.

    Both have what is held, at the same timesteps, and the start, as far as the other run can have
    it; where the view says so, and for the run `unchanged`, the first has them alone.
    """
    subject = opened.subject.starting(opened.subject.example(other.name))
    run = model_run(subject, other)
    view = opened.view
    if view.held == "both" and not unchanged:
        layer, direction = view.layer, view.direction
        shared = shared_changes(view.changes)
        kept, _ = fitting(shared, subject, other, layer, direction) if shared else ((), None)
        run = changed_run(subject, other, kept, other, layer, direction) if kept else run
    first = Side(
        name=opened.sequence.name,
        subject=opened.subject,
        sequence=opened.sequence,
        run=opened.run,
        trace=opened.trace,
    )
    trace = trace_of(run, opened.view)
    second = Side(name=name, subject=subject, sequence=other, run=run, trace=trace)
    return _pair(first, second, opened.view.how)


def _pair(first: Side, second: Side, asked: How) -> Pair:
    symbols = first.sequence.symbols is not None and second.sequence.symbols is not None
    fits = max(len(first.sequence), len(second.sequence)) <= LONGEST
    how = asked if symbols and fits else "position"
    alignment = aligned(*_readings(first.sequence, second.sequence), how)
    alike = _alike(first.trace, second.trace)
    memory = first.trace.vocabulary.memory
    return Pair(
        first=first,
        second=second,
        alignment=alignment,
        how=how,
        alike=alike,
        parting=parting(first.trace, second.trace, alignment, memory) if alike else None,
    )


def _readings(first: Sequence, second: Sequence) -> tuple[Array, Array]:
    """Both sequences as whole numbers that are equal where the same is read."""
    if first.symbols is None or second.symbols is None:
        return np.arange(len(first)), np.arange(len(second))
    place = {symbol: k for k, symbol in enumerate(dict.fromkeys(first.symbols + second.symbols))}
    return np.array([place[s] for s in first.symbols]), np.array([place[s] for s in second.symbols])


def _alike(first: Trace, second: Trace) -> bool:
    """Whether a unit of one network can be held against the same unit of the other."""
    same = first.parameters.hidden_size == second.parameters.hidden_size
    return first.kind == second.kind and same


def network_pair(opened: OpenedView, name: str, other: Subject) -> Pair:
    """Return the network on the stage beside another one, over the same sequence."""
    sequence = opened.unchanged_sequence
    run = model_run(other, sequence)
    view = opened.view.replace(layer=min(opened.view.layer, len(run.layers) - 1))
    first = Side(
        name=opened.subject.title,
        subject=opened.subject,
        sequence=sequence,
        run=opened.unchanged,
        trace=opened.unchanged_trace,
    )
    trace = trace_of(run, view)
    return _pair(
        first, Side(name=name, subject=other, sequence=sequence, run=run, trace=trace), "position"
    )
