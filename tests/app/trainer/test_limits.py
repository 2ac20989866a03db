"""What is refused, and what ends by itself: each in one sentence."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from app.trainer import RefusedError, Trainer, check, limits
from app.trainer import progress as points
from app.trainer.lease import Lease
from app.words import trainer as words
from lstm_core.experiment import recommended
from lstm_core.tasks import LENGTHS

from .runs import (
    ENDLESS,
    SMALL,
    alone,
    listener,
    order,
)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"updates": 1_000_000}, "This would take about "),
        ({"units": 1024, "batch": 512}, "One update would take about "),
        ({"units": 700, "batch": 64, "length": 500}, "One update would take about "),
    ],
)
def test_what_would_take_too_much_is_refused_in_one_sentence(
    trainer: Trainer, changes: dict[str, Any], told: str
) -> None:
    before = trainer.start("ada", ENDLESS)
    with pytest.raises(RefusedError) as refused:
        trainer.start("ada", recommended("adding").replace(**changes))
    assert str(refused.value).startswith(told)
    assert str(refused.value).endswith(".")
    assert trainer.run_of("ada") == before


@pytest.mark.parametrize("task", LENGTHS)
def test_what_is_recommended_is_never_refused(task: str) -> None:
    check(recommended(task))


def test_more_runs_than_the_machine_can_train_are_refused(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.trainer.trainer.TRAINING_AT_ONCE", 2)
    first, _ = trainer.start("ada", ENDLESS), trainer.start("bob", ENDLESS)
    with pytest.raises(RefusedError, match="^2 networks are being trained here already"):
        trainer.start("eve", ENDLESS)
    trainer.pause(first)
    trainer.start("eve", ENDLESS)
    monkeypatch.setattr("app.trainer.trainer.RUNS_KEPT", 3)
    monkeypatch.setattr("app.trainer.trainer.TRAINING_AT_ONCE", 9)
    with pytest.raises(RefusedError, match="^3 training runs are kept here already"):
        trainer.start("1", ENDLESS)
    trainer.start("eve", ENDLESS)  # in place of its own


def test_a_run_ends_with_its_processor_time_and_keeps_what_it_learned() -> None:
    told, tell = listener()
    lease = Lease(order(ENDLESS, seconds=0.02), tell)
    while not lease.over:
        lease.work(lambda: True)
    assert told[-1].words["reason"] == "time"
    assert told[-2].words["told"] == "checkpoint"
    assert told[-2].words["progress"]["updates"] == told[-1].words["updates"]


def test_numbers_without_bounds_are_told_and_never_kept() -> None:
    told, tell = listener()
    at = alone(SMALL)[4]
    wild = {name: np.full_like(array, np.inf) for name, array in points.arrays_of(at).items()}
    wild_order = order(SMALL, progress=points.words_of(at))
    with np.errstate(all="ignore"):
        Lease(dataclasses.replace(wild_order, arrays=wild), tell).work(lambda: False)
    assert [message.words["told"] for message in told] == ["over"]
    assert told[0].words["reason"] == "diverged"
    assert told[0].words["updates"] == 5
    assert words.diverged(5).startswith("After 5 updates the numbers grew beyond all bounds")


def test_every_bound_is_a_positive_number() -> None:
    bounds = [getattr(limits, n) for n in dir(limits) if n.isupper() and n != "BLOCKS"]
    assert all(bound > 0 for bound in bounds)
