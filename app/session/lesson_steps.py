"""The run that a step of a lesson is about, and the numbers that fill its text."""

from __future__ import annotations

from lstm_core.subject import Subject

from ..lessons import RunNumbers, Step
from . import demos
from .opened_view import OpenedView, open_view
from .view import Source, View


def open_step(step: Step, view: View) -> OpenedView:
    """Return the run of a step's network over its sequence, seen as `view` says."""
    subject = _network(step.network)
    source = Source(kind="sequence", value=step.sequence)
    return open_view(view.replace(layer=0, direction="forward", source=source), (), subject)


def step_numbers(step: Step, opened: OpenedView) -> RunNumbers:
    """Return the run that fills the numbers of a step's text."""
    readout = opened.subject.model.readout
    return RunNumbers(
        trace=opened.trace,
        predictions=opened.run.predictions,
        labels=readout.labels if readout else (),
        unit=step.unit,
        symbols=opened.sequence.symbols or (),
    )


def _network(name: str) -> Subject:
    """The demo, or the twin of a demo, that a step names."""
    demo, _, twin = name.partition("/")
    return demos.twin(demo, twin) if twin else demos.demo(demo)
