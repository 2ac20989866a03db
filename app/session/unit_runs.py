"""The runs over which one unit is seen: all of the network's sequences, or of the reader's file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lstm_core.record import record
from lstm_core.run.trace import Trace
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject

from .opened_view import OpenedView, trace_of
from .probing import MOST_SEQUENCES
from .runs import model_run

TIMESTEPS = 12_000  # of all sequences


@record
class UnitRun:
    """One sequence, and the run over it of the layer and direction on the stage."""

    sequence: Sequence
    trace: Trace


def unit_runs(opened: OpenedView) -> tuple[UnitRun, ...]:
    """Return the runs over all sequences, the one on the stage first, without its changes.

    After TIMESTEPS of them no further sequence is run.
    """
    runs: list[UnitRun] = []
    read = 0
    for subject, sequence in _sequences(opened):
        trace = trace_of(model_run(subject, sequence), opened.view)
        runs.append(UnitRun(sequence=sequence, trace=trace))
        read += len(sequence)
        if read >= TIMESTEPS:
            break
    return tuple(runs)


def _sequences(opened: OpenedView) -> Iterator[tuple[Subject, Sequence]]:
    shown = opened.unchanged_sequence
    yield opened.subject, shown
    if opened.own is not None:
        for place in range(min(MOST_SEQUENCES, len(opened.own.understanding.sequences))):
            one = replace(opened.own, place=place)
            if one.sequence.id != shown.id:
                yield one.reader(opened.subject), one.sequence
        return
    for example in opened.subject.examples:
        if example.sequence.id != shown.id:
            yield opened.subject.starting(example), example.sequence
