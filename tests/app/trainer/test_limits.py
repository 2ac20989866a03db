"""What is refused, and what ends by itself: each in one sentence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.trainer import RefusedError, Trainer, check, is_drawn_at_once, limits
from lstm_core.experiment import batches, recommended
from lstm_core.tasks import LENGTHS

from .runs import (
    ENDLESS,
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
    assert trainer.newest_run("ada") == before


@pytest.mark.parametrize("task", LENGTHS)
def test_what_is_recommended_is_never_refused(task: str) -> None:
    check(recommended(task))


def test_more_runs_than_the_machine_can_train_are_refused(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.trainer.trainer.TRAINING_AT_ONCE", 2)
    monkeypatch.setattr("app.trainer.trainer.LONGEST_LINE", 1)
    first, *_ = (trainer.start(session, ENDLESS) for session in ("ada", "bob", "1"))
    told = "^2 networks are being trained here and 1 more wait for their turn: please try again"
    with pytest.raises(RefusedError, match=told):
        trainer.start("eve", ENDLESS)
    trainer.forget(first)
    trainer.start("eve", ENDLESS)
    monkeypatch.setattr("app.trainer.trainer.RUNS_KEPT", 3)
    monkeypatch.setattr("app.trainer.trainer.LONGEST_LINE", 9)
    with pytest.raises(RefusedError, match="^3 training runs are kept here already"):
        trainer.start("2", ENDLESS)
    trainer.start("eve", ENDLESS)  # in place of its own


@pytest.mark.parametrize(("cell", "blocks"), [("lstm", 4), ("lstm_coupled", 3), ("rnn", 1)])
def test_an_estimate_is_the_equation_with_the_measured_numbers(cell: Any, blocks: int) -> None:
    experiment = recommended("adding", cell, length=30).replace(units=7, batch=11, updates=50)
    timesteps = next(batches(experiment)).inputs.shape[1]
    weight, unit = limits.PER_WEIGHT * blocks * 7 * 7, limits.PER_BLOCK_UNIT * blocks * 7
    per_update = timesteps * (limits.PER_TIMESTEP + 11 * (limits.PER_SEQUENCE + unit + weight))
    needed = limits.estimate(experiment)
    assert needed.seconds_per_update == pytest.approx(per_update)
    assert needed.seconds == pytest.approx(50 * per_update)


def test_an_update_is_estimated_to_hold_twenty_float32_numbers_of_each_unit() -> None:
    experiment = recommended("adding", length=30).replace(units=7, batch=11)
    timesteps = next(batches(experiment)).inputs.shape[1]
    assert limits.estimate(experiment).bytes == timesteps * 11 * 7 * 20 * np.float32().nbytes


MEASURED = (  # units, timesteps, cell, seconds of one core: the initial weights, forth and back
    (64, 1050, "lstm", 0.03),
    (256, 1050, "lstm", 0.11),
    (512, 1050, "lstm", 0.37),
    (512, 1050, "lstm_peephole", 0.38),
    (1024, 105, "lstm", 0.91),
    (1024, 1050, "lstm", 1.82),
    (1024, 1050, "gru", 1.45),
    (1024, 1050, "rnn", 0.37),
)


@pytest.mark.parametrize(("units", "timesteps", "cell", "seconds"), MEASURED)
def test_what_it_takes_to_draw_a_network_is_estimated_to_a_factor_of_two(
    units: int, timesteps: int, cell: Any, seconds: float
) -> None:
    length = timesteps * 20 // 21  # adding draws a few more
    experiment = recommended("adding", cell, length=length).replace(units=units)
    assert seconds / 2 < limits.drawing_seconds(experiment) < 2 * seconds


@pytest.mark.parametrize("task", LENGTHS)
def test_what_is_recommended_is_drawn_at_once(task: str) -> None:
    assert is_drawn_at_once(recommended(task))


def test_every_bound_is_a_positive_number() -> None:
    bounds = [getattr(limits, n) for n in dir(limits) if n.isupper() and n != "BLOCKS"]
    assert all(bound > 0 for bound in bounds)
