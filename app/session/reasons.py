"""Why the network predicts what it does at a timestep: four answers to four questions, kept."""

from __future__ import annotations

import numpy as np

from lstm_core import Clamp
from lstm_core.analysis import integrated_gradients, logit_split, without_each_write
from lstm_core.analysis.model_influence import logit_influence
from lstm_core.record import Array, record

from .changed_run import start_states
from .opened_view import OpenedView
from .runs import run_key
from .shared_store import store
from .store import Key
from .view import LIKELIEST
from .what_if import Start, StartAfter, of_kind, spell_changes

MOST_PANELS = 8  # of integrated gradients: 64 runs there and back
MOST_NUMBERS = 40_000  # timesteps times units up to which integrals are taken
MOST_TESTED = 100_000  # and up to which writes are left out
TOP = 4  # timesteps that each answer brings into the table


@record
class Asked:
    """The number that is explained: the logit of `output`, or its lead over that of `against`."""

    timestep: int
    output: int
    against: int | None


@record
class Reasons:
    """What a logit is made of and what moves it, each by timestep (T,); None where unknown.

    `written` is its split over the writes of the last layer (`lstm_core.analysis.logit_split`),
    `rest` what the split leaves to the bias and the start, and `held` what it leaves to held hidden
    states. `gradient` is x·∂y/∂x, `integrated`
    (T, D) the integrated gradients by input, `error` how far they are from complete. `removed`
    (n,) is what leaving out the writes of the timesteps `tested` (n,) takes away.
    """

    value: float
    written: Array | None
    rest: float
    held: float
    gradient: Array
    integrated: Array | None
    error: float
    tested: Array
    removed: Array


def asked_now(opened: OpenedView) -> Asked | None:
    """Return what is to be explained at the view's timestep; None without predictions.

    Of a softmax it is the lead of the chosen output over the strongest other one.
    """
    readout, predictions = opened.subject.model.readout, opened.run.predictions
    if readout is None or predictions is None:
        return None
    t, chosen = opened.view.t, opened.view.output
    now = predictions[t]
    known = LIKELIEST < chosen < len(now)
    output = chosen if known else int(now.argmax()) if readout.activation != "linear" else 0
    if readout.activation != "softmax" or len(now) < 2:
        return Asked(timestep=t, output=output, against=None)
    others = np.where(np.arange(len(now)) == output, -np.inf, now)
    return Asked(timestep=t, output=output, against=int(others.argmax()))


def reasons(opened: OpenedView, asked: Asked) -> Reasons:
    """Return why the network predicts what is asked about, in the run on the stage."""
    key = ("reasons", *reasons_key(opened, asked))
    return store.get_or_compute(key, lambda: _reasons(opened, asked))


def reasons_key(opened: OpenedView, asked: Asked) -> Key:
    """Return what names the reasons of what is asked about."""
    view = opened.view
    place = (view.layer, view.direction, spell_changes(view.changes))
    what = (asked.timestep, asked.output, -1 if asked.against is None else asked.against)
    return (*run_key(opened.subject, opened.sequence), *place, *what)


def _reasons(opened: OpenedView, asked: Asked) -> Reasons:
    model, run = opened.subject.model, opened.run
    what = (asked.timestep, asked.output, asked.against)
    influence = logit_influence(model, run, *what)
    written, rest, held = _split(opened, asked)
    integrated, error = _integrated(opened, asked)
    by_timestep = [written, influence.along_input]
    by_timestep += [integrated.sum(axis=1)] if integrated is not None else []
    tested = _tested(opened, [one for one in by_timestep if one is not None])
    return Reasons(
        value=influence.value,
        written=written,
        rest=rest,
        held=held,
        gradient=influence.along_input,
        integrated=integrated,
        error=error,
        tested=tested,
        removed=_removed(opened, asked, tested),
    )


def _size(opened: OpenedView) -> int:
    layers = opened.subject.model.layers
    units = sum(layer.hidden_size * (1 + layer.bidirectional) for layer in layers)
    return len(opened.trace) * units


def _split(opened: OpenedView, asked: Asked) -> tuple[Array | None, float, float]:
    """The split over writes and what it leaves; None where the last layer has no such sum."""
    try:
        split = logit_split(
            opened.subject.model, opened.run, asked.timestep, asked.output, asked.against
        )
    except ValueError:
        return None, 0.0, 0.0
    return split.by_timestep, split.constant + split.initial, split.held


def _integrated(opened: OpenedView, asked: Asked) -> tuple[Array | None, float]:
    """Integrated gradients and their error; None for long runs and where the cell is changed."""
    changed = any(isinstance(c, Clamp | Start | StartAfter) for c in opened.view.changes)
    if changed or _size(opened) > MOST_NUMBERS:
        return None, 0.0
    attribution = integrated_gradients(
        opened.subject.model,
        opened.run.inputs,
        asked.timestep,
        asked.output,
        asked.against,
        most_panels=MOST_PANELS,
    )
    return attribution.attribution, attribution.completeness_error


def _tested(opened: OpenedView, answers: list[Array]) -> Array:
    """The timesteps that some answer finds important, in order."""
    strongest = [np.argsort(-np.abs(answer))[:TOP] for answer in answers]
    important = [
        t for answer, top in zip(answers, strongest, strict=True) for t in top if answer[t]
    ]
    return np.array(sorted(set(map(int, important))), np.intp)


def _removed(opened: OpenedView, asked: Asked, tested: Array) -> Array:
    """What leaving out the writes of some timesteps takes away; NaN where it is not tried."""
    cell = opened.subject.model.layers[-1].forward.kind
    if cell == "rnn" or _size(opened) > MOST_TESTED:
        return np.full(len(tested), np.nan)
    view, sequence = opened.view, opened.unchanged_sequence
    held = {view.layer: {view.direction: of_kind(view.changes, Clamp)}}
    start = start_states(opened.subject, sequence, view.changes, view.layer, view.direction)
    what = (asked.timestep, asked.output, asked.against)
    return without_each_write(
        opened.subject.model, opened.run.inputs, tested.tolist(), *what, held, start
    )
