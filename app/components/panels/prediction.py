"""What a network predicts at every timestep, packed for the browser, beside what is true."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lstm_core.record import Array, record

from ...words import common as words
from ..shared.payload import Packer
from .here import here_words

MOST_PROBABILITIES = 250_000  # timesteps times labels
MOST_NUMBERS = 20_000  # which are sent as text, with all their digits


@record
class Truth:
    """What is true of symbols: which labels at each timestep, (T,) of sets, and how it is said.

    `notes` (T,) are sentences below the table, and `mark` stands beside a label that is right.
    """

    labels: Sequence[frozenset[str]]
    notes: Sequence[str]
    mark: str


def packed_probabilities(
    predictions: Array,
    labels: tuple[str, ...],
    truth: Truth | None,
    *,
    head: str,
    stage: str,
    scene: str,
) -> bytes | None:
    """Pack probabilities (T, K) of K labels under a heading, for the stage that plays this scene.

    `truth` is None where nobody knows. Returns None for more than MOST_PROBABILITIES.
    """
    if predictions.size > MOST_PROBABILITIES:
        return None
    packer = Packer()
    true: dict[str, Any] | None = None
    if truth is not None:
        right = np.array([[label in known for label in labels] for known in truth.labels])
        notes = list(dict.fromkeys(truth.notes))
        true = {
            "right": packer.add(right.astype(np.uint8)),
            "known": [bool(known) for known in truth.labels],
            "notes": notes,
            "note": [notes.index(note) for note in truth.notes],
            "mark": truth.mark,
        }
    described = {
        "labels": [words.quoted(label) if label.isspace() else label for label in labels],
        "probabilities": packer.add(predictions),
        "truth": true,
    }
    return packer.pack(_header("probabilities", stage, scene, head) | described)


def packed_predicted_numbers(
    predictions: Array,
    labels: tuple[str, ...],
    truth: Array | None,
    *,
    head: str,
    stage: str,
    scene: str,
) -> bytes | None:
    """Pack predicted numbers (T, K), and what is true (T, K), NaN where it is unknown.

    Returns None for more than MOST_NUMBERS.
    """
    if predictions.size > MOST_NUMBERS:
        return None
    known = np.full(predictions.shape, np.nan) if truth is None else truth
    described = {
        "labels": list(labels),
        "predicted": _texts(predictions),
        "true": _texts(known),
        "columns": list(words.NUMBER_COLUMNS),
        "no_truth": words.NO_TRUTH,
    }
    return Packer().pack(_header("numbers", stage, scene, head) | described)


def _header(kind: str, stage: str, scene: str, head: str) -> dict[str, Any]:
    names = {"kind": kind, "id": f"{scene} {stage} {kind}", "scene": scene, "head": head}
    return names | here_words(stage)


def _texts(numbers: Array) -> list[list[float | None]]:
    """Numbers with all their digits; None where one is not finite."""
    return [[n if np.isfinite(n) else None for n in row] for row in numbers.tolist()]
