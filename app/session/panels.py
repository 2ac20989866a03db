"""The panels that follow the stage in the browser, each packed once for all sessions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lstm_core.record import Array

from ..components.panels import (
    Rows,
    Truth,
    packed_arithmetic,
    packed_predicted_numbers,
    packed_probabilities,
    packed_values,
    packed_values_file,
    whole_layer_fits,
)
from ..words import common as words
from ..words.language import spoken
from .opened_view import OpenedView
from .scenes import scene
from .sequence_strip import names_classes
from .shared_store import store

Says = Callable[[tuple[str, ...]], str]


def arithmetic_panel(opened: OpenedView, names: tuple[str, ...], stage: str) -> bytes | None:
    """Return the arithmetic of a run for the browser; None where the server has to follow.

    `names` (D,) say what each input is, and `stage` is the key of the stage that plays the run.
    """
    played = scene(opened, pulls=True).id
    unit = -1 if whole_layer_fits(opened.trace) else opened.view.unit
    return store.get_or_compute(
        ("arithmetic panel", played, stage, unit, spoken().code),
        lambda: packed_arithmetic(opened.trace, names, stage, played, unit),
    )


def prediction_panel(opened: OpenedView, stage: str) -> bytes | None:
    """Return the predictions of a run for the browser; None where the server has to follow.

    So it has to where nothing is predicted.
    """
    played = scene(opened, pulls=True).id
    return store.get_or_compute(
        ("prediction panel", played, stage, spoken().code),
        lambda: _packed_prediction(opened, stage, played),
    )


def values_panel(opened: OpenedView, rows: Rows, stage: str) -> bytes:
    """Return the table of a run's values for the browser, of a run that fits there."""
    played, texts = scene(opened, pulls=True).id, _texts(opened)
    return store.get_or_compute(
        ("values panel", played, stage, rows, spoken().code),
        lambda: packed_values(opened.trace, rows, texts, stage, played),
    )


def values_file_panel(opened: OpenedView, rows: Rows, stage: str, stem: str) -> bytes:
    """Return the button that hands that table out; `stem` begins the name of its file."""
    played, texts = scene(opened, pulls=True).id, _texts(opened)
    return store.get_or_compute(
        ("values file", played, stage, rows, stem, spoken().code),
        lambda: packed_values_file(opened.trace, rows, texts, stage, played, stem),
    )


def _texts(opened: OpenedView) -> tuple[str, ...]:
    """Which texts a run has at each timestep, as `figures.values` names them."""
    known = {"time": opened.sequence.times, "reads": opened.sequence.symbols}
    return tuple(name for name, texts in known.items() if texts)


def _packed_prediction(opened: OpenedView, stage: str, played: str) -> bytes | None:
    predictions, readout = opened.run.predictions, opened.subject.model.readout
    if predictions is None or readout is None:
        return None
    true = opened.truths
    if readout.activation == "linear":
        return packed_predicted_numbers(
            predictions,
            readout.labels,
            true if isinstance(true, np.ndarray) else None,
            head=words.PREDICTS,
            stage=stage,
            scene=played,
        )
    head, mark, tell = told_prediction(opened)
    legal: tuple[frozenset[str], ...] | Array | None = true
    truth = None
    if isinstance(legal, tuple):
        notes = [tell(tuple(k for k in readout.labels if k in known)) for known in legal]
        truth = Truth(labels=legal, notes=notes, mark=mark)
    return packed_probabilities(
        predictions, readout.labels, truth, head=head, stage=stage, scene=played
    )


def told_prediction(opened: OpenedView) -> tuple[str, str, Says]:
    """Return how the prediction of a symbol is told: its heading, the mark of a right one, a note.

    The note says of labels that they are true.
    """
    if names_classes(opened.subject):
        return words.ANSWERS, words.RIGHT_ANSWER, words.right_answer
    if opened.subject.truth.legal_threshold is None:
        return words.EXPECTS, words.DID_FOLLOW, words.did_follow
    return words.EXPECTS, words.MAY_FOLLOW, words.may_follow
