"""What is said about a run as a whole, computed once for all sessions that look at it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lstm_core.analysis import Highlight, Moment, TimeScales, highlights, moment, time_scales
from lstm_core.analysis.highlights import carry_by_chance
from lstm_core.record import record

from .opened_view import OpenedView
from .runs import run_key
from .shared_store import store
from .what_if import spell_changes


@record
class RunFacts:
    """What stands out in a run, how long shuffled inputs are kept, the time scales of its units.

    `chance` is None where there is no carry to compare it with.
    """

    highlights: tuple[Highlight, ...]
    chance: float | None
    scales: TimeScales


def run_facts(opened: OpenedView) -> RunFacts:
    """Return what is to be said about the run on the stage, of its layer and direction."""
    view = opened.view
    place = (view.layer, view.direction, spell_changes(view.changes))
    key = ("facts", *run_key(opened.subject, opened.sequence), *place)
    return store.get_or_compute(key, lambda: _facts(opened))


def first_moment(opened: OpenedView) -> Moment:
    """Return where to look first in the run on the stage, of its layer and direction."""
    view = opened.view
    key = ("moment", *run_key(opened.subject, opened.sequence), view.layer, view.direction)
    return store.get_or_compute(key, lambda: moment(opened.trace))


def at_first_moment(opened: OpenedView) -> OpenedView:
    """Return the view at the timestep and unit where to look first in its run."""
    first = first_moment(opened)
    return replace(opened, view=opened.view.replace(t=first.t, unit=first.unit))


def _facts(opened: OpenedView) -> RunFacts:
    ranked = highlights(opened.trace)
    carried = any(highlight.kind == "carry" for highlight in ranked)
    rng = np.random.default_rng(0)
    return RunFacts(
        highlights=ranked,
        chance=carry_by_chance(opened.trace, rng) if carried else None,
        scales=time_scales(opened.trace),
    )
