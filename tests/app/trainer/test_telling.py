"""What a worker and the trainer tell each other, number for number."""

from __future__ import annotations

import io
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from app.trainer import Trainer
from app.trainer import progress as points
from app.trainer.lease import Lease
from app.trainer.messages import read, write
from lstm_core.experiment import batches, recipe_of, right
from lstm_core.training import training

from .runs import (
    SMALL,
    alone,
    listener,
    order,
    standing,
    state,
    until,
)


def test_the_first_point_is_told_before_anything_else() -> None:
    told, tell = listener()
    lease = Lease(order(SMALL), tell)
    lease.work(lambda: False)
    assert [message.words["told"] for message in told] == ["points"]
    lease.work(lambda: False)
    assert [message.words["told"] for message in told[:2]] == ["points", "checkpoint"]
    assert [number for number, _, _ in told[0].words["points"]] == [1]
    assert told[1].words["progress"]["updates"] == 0


def test_a_checkpoint_says_the_success_on_fresh_sequences(trainer: Trainer) -> None:
    run = trainer.start("ada", SMALL)
    until(lambda: state(trainer, run) == "done" and standing(trainer, run))
    snapshot = trainer.snapshot(run)
    assert snapshot is not None
    assert snapshot.mark.success == right(SMALL, snapshot.model, 32).mean()


def test_the_status_says_which_checkpoints_can_be_asked_for(trainer: Trainer) -> None:
    run = trainer.start("ada", SMALL)
    until(lambda: state(trainer, run) == "done" and standing(trainer, run))
    status = trainer.status(run)
    assert status is not None
    assert (status.checkpoints[0].updates, status.checkpoints[-1].updates) == (0, SMALL.updates)
    for mark in status.checkpoints:
        snapshot = trainer.snapshot(run, mark.updates)
        assert snapshot is not None
        assert snapshot.mark is mark


@settings(max_examples=20)
@given(
    st.dictionaries(st.text(max_size=5), st.integers() | st.floats(allow_nan=False) | st.none()),
    st.dictionaries(
        st.text(max_size=5),
        arrays_of.arrays(st.sampled_from([np.float32, np.float64, np.uint8]), (2, 3)),
        max_size=3,
    ),
)
def test_a_message_is_read_as_it_was_written(told: dict[str, Any], arrays: dict[str, Any]) -> None:
    pipe = io.BytesIO()
    write(pipe, told, arrays)
    whole = pipe.getvalue()
    message = read(cast(Any, io.BytesIO(whole)))
    assert message is not None
    assert message.words == told
    assert message.arrays.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(message.arrays[name], array)
    assert read(cast(Any, io.BytesIO(whole[:-1]))) is None


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("optimiser", ["adam", "sgd"])
def test_a_progress_is_put_together_as_it_was_taken_apart(cell: Any, optimiser: Any) -> None:
    experiment = SMALL.replace(cell=cell, optimiser=optimiser, updates=5)
    true = alone(experiment)
    middle = points.progress_of(experiment, points.words_of(true[2]), points.arrays_of(true[2]))
    apart, again = points.arrays_of(true[2]), points.arrays_of(middle)
    assert apart.keys() == again.keys()
    assert any(name.startswith("states.") for name in apart)
    assert all((apart[name] == again[name]).all() for name in apart)
    recipe, rest = recipe_of(experiment), batches(experiment, 3)
    *_, last = training(middle.model, rest, recipe, resume=middle)
    assert last.loss == true[-1].loss
