"""From what the trainer tells to the bytes that the browser reads (see js/run.js)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from lstm_core.record import Array, record

from ...trainer import CheckpointSummary, Curve, WatchedRun
from ..shared.payload import Packer
from .bench_frame import Frame, pooled

POINTS = 300  # of a curve, as many as a screen shows apart
COLUMNS = ("updates", "loss", "loss_low", "loss_high", "gradient_norm")
HIGHEST = 255  # of a byte


@record
class Feed:
    """What has changed since the browser was last told.

    `state` is the trainer's word and `state_words`, `counted` and `left` the page's; `update` of
    `updates` are done. `kept` are all checkpoints, `watched` some of them by their update.
    """

    state: str
    state_words: str
    counted: str
    left: str
    update: int
    updates: int
    kept: tuple[CheckpointSummary, ...]
    watched: Mapping[int, WatchedRun]
    curve: Curve | None = None


def pack(run: str, frame: Frame, feed: Feed) -> bytes:
    """Return the whole buffer; `run` is the id by which the browser tells runs apart."""
    packer = Packer()
    asked = {**frame.words["asked"], "truth": packer.add(frame.truth)}
    read = dict(frame.words["read"])
    if frame.read is not None:
        read["values"] = packer.add(frame.read)
    head = {**frame.words, "run": run, "asked": asked, "read": read}
    return packer.pack({"head": head, "feed": _feed(packer, frame, feed)})


def _feed(packer: Packer, frame: Frame, feed: Feed) -> dict[str, Any]:
    marks = np.array([[mark.updates, mark.success] for mark in feed.kept]).reshape(-1, 2)
    tested = marks[np.isfinite(marks[:, 1])]
    curves = thinned(feed.curve)
    curves |= {"tested": tested[:, 0], "right": tested[:, 1]}
    names = ("state", "state_words", "counted", "left", "update", "updates")
    return {
        **{name: getattr(feed, name) for name in names},
        "kept": packer.add(marks[:, 0]),
        "curves": {name: packer.add(values) for name, values in curves.items()},
        "snapshots": [
            {"update": update, "planes": _planes(packer, frame, seen)}
            for update, seen in feed.watched.items()
        ],
    }


def thinned(curve: Curve | None, most: int = POINTS) -> dict[str, Array]:
    """Return the columns of a curve in at most `most` points, each the mean of neighbours.

    Of the lowest and the highest it is the lowest and the highest, so no peak is lost.
    """
    if curve is None:
        return {name: np.zeros(0) for name in COLUMNS}
    columns = {name: getattr(curve, name) for name in COLUMNS}
    starts = np.arange(0, len(curve.updates), -(-len(curve.updates) // most) or 1)
    if len(starts) == len(curve.updates):
        return columns
    counts = np.diff(np.append(starts, len(curve.updates)))
    joined = {name: np.add.reduceat(values, starts) / counts for name, values in columns.items()}
    joined["loss_low"] = np.minimum.reduceat(curve.loss_low, starts)
    joined["loss_high"] = np.maximum.reduceat(curve.loss_high, starts)
    joined["updates"] = np.maximum.reduceat(curve.updates, starts)
    return joined


def _planes(packer: Packer, frame: Frame, seen: WatchedRun) -> dict[str, Any]:
    """A checkpoint's pictures: bytes where the range is known, numbers where it is the run's."""
    planes = {}
    for described in frame.words["signals"]:
        signal = seen.signals[described["name"]]
        values = signal.numbers() if described["unbounded"] else signal.values
        planes[described["name"]] = packer.add(pooled(values[:, frame.units], frame.factor))
    answer = seen.predictions[frame.picked]
    if frame.truth.dtype == np.uint8:
        answer = np.rint(np.clip(answer, 0, 1) * HIGHEST).astype(np.uint8)
    planes["predictions"] = packer.add(answer)
    planes["gradient"] = packer.add(_highest(seen.hidden_gradient, frame.factor))
    return planes


def _highest(values: Array, factor: int) -> Array:
    """The highest of each bin of `factor`, (C,)."""
    highest: Array = np.maximum.reduceat(values, np.arange(0, len(values), factor))
    return highest
