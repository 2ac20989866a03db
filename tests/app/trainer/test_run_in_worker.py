"""A run in a worker reports its first point first, and why it ends; nothing infinite is kept."""

from __future__ import annotations

import dataclasses

import numpy as np

from app.trainer.progress import progress_arrays, progress_document
from app.trainer.run_in_worker import RunInWorker
from app.words import trainer as words

from .runs import ENDLESS, SMALL, alone, listener, order


def test_the_first_point_is_reported_before_anything_else() -> None:
    reports, send = listener()
    run = RunInWorker(order(SMALL), send)
    run.train_slice(lambda: False)
    assert [report.document["kind"] for report in reports] == ["points"]
    run.train_slice(lambda: False)
    assert [report.document["kind"] for report in reports[:2]] == ["points", "checkpoint"]
    assert [number for number, _, _ in reports[0].document["points"]] == [1]
    assert reports[1].document["progress"]["updates"] == 0


def test_a_run_ends_with_its_processor_time_and_keeps_what_it_learned() -> None:
    reports, send = listener()
    run = RunInWorker(order(ENDLESS, seconds=0.02), send)
    while not run.ended:
        run.train_slice(lambda: True)
    assert reports[-1].document["reason"] == "time"
    assert reports[-2].document["kind"] == "checkpoint"
    assert reports[-2].document["progress"]["updates"] == reports[-1].document["updates"]


def test_numbers_without_bounds_are_reported_and_never_kept() -> None:
    reports, send = listener()
    at = alone(SMALL)[4]
    wild = {name: np.full_like(array, np.inf) for name, array in progress_arrays(at).items()}
    wild_order = order(SMALL, progress=progress_document(at))
    with np.errstate(all="ignore"):
        RunInWorker(dataclasses.replace(wild_order, arrays=wild), send).train_slice(lambda: False)
    assert [message.document["kind"] for message in reports] == ["ended"]
    assert reports[0].document["reason"] == "diverged"
    assert reports[0].document["updates"] == 5
    assert words.diverged(5).startswith("After 5 updates the numbers grew beyond all bounds")
