"""What the search takes from the stage: the levels of its run, and the stretch that is marked.

The run need not be one of the corpus: any sequence that the same layer has read will do, and one
in which something was changed, too.
"""

from __future__ import annotations

from typing import Any

from lstm_core.corpus import CorpusError, range_of, suggested_threshold
from lstm_core.record import Array

from ...session import state
from ...session.corpora import kept
from ...session.opened_view import OpenedView
from ..shared import opening
from . import chosen
from .chosen import ShownCorpus

SIGNAL = "search-signal"


def codes(shown: ShownCorpus, opened: OpenedView, name: str) -> Array | None:
    """Return the levels of a signal of the run on the stage, (H, T); None of another layer."""
    index, view = shown.index, opened.view
    number = chosen.number_on_stage(shown, opened)
    if number is not None and not view.changes:
        return index.codes(name, index.place(number))
    plan = index.plan
    if (plan.layer, plan.direction) != (view.layer, view.direction):
        return None
    levels: Array = plan.of(name).codes(opened.trace.series(name)).T
    return levels


def signal_now(shown: ShownCorpus) -> str:
    """Return the signal that is searched for."""
    names = [one.signal for one in shown.index.plan.levels]
    picked = state.widget_value(SIGNAL)
    return picked if picked in names else names[0]


def suggested(shown: ShownCorpus, name: str) -> float:
    """Return the threshold that parts a signal's values best in two."""
    return kept.computed(
        shown.index, "threshold", (name,), lambda: suggested_threshold(shown.index, name)
    )


def threshold_key(name: str, value: float) -> str:
    """Return the key of the slider for a signal's threshold, where this one is suggested."""
    return f"search-threshold-{name}-{value:.6f}"


def range_now(shown: ShownCorpus, opened: OpenedView) -> tuple[int, int] | None:
    """Return the stretch that the search is about; None where the run is of another layer.

    It is the one that was marked, or else that of the unit on the stage, around its timestep.
    """
    name = signal_now(shown)
    levels = codes(shown, opened, name)
    if levels is None:
        return None
    timesteps, view = levels.shape[-1], opened.view
    if marked := chosen.marked(view, timesteps):
        return marked
    usual = suggested(shown, name)
    threshold = state.widget_value(threshold_key(name, usual))
    at = usual if threshold is None else float(threshold)
    return range_of(shown.index.plan.of(name), levels, at, min(view.t, timesteps - 1), view.unit)


def marked_now(opened: OpenedView) -> tuple[int, int] | None:
    """Return the stretch that is marked on the stage; None where nothing can be searched."""
    try:
        shown = chosen.corpus(opened)
    except CorpusError:
        return None
    return range_now(shown, opened) if shown and len(shown.index) else None


def take(brushed: dict[str, Any]) -> None:
    """Have the search be about what was brushed: its timesteps, and its signal if one is named."""
    opened = opening.open_now()
    shown = chosen.corpus(opened)
    first, last, name = (brushed.get(part) for part in ("first", "last", "signal"))
    if shown is None or not isinstance(first, int) or not isinstance(last, int):
        return
    if not 0 <= first <= last < len(opened.trace):
        return
    chosen.mark(first, last)
    if name in {one.signal for one in shown.index.plan.levels}:
        state.set_widget(SIGNAL, name)
