"""Checkpoints stay few, and spread over the whole run."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.trainer import Checkpoint
from app.trainer.checkpoints import checkpoint_at, thinned


def kept(numbers: list[int], size: int = 1) -> list[Checkpoint]:
    """Return checkpoints of which only the updates and the size matter."""
    return [cast(Checkpoint, SimpleNamespace(updates=number, size=size)) for number in numbers]


@settings(max_examples=30)
@given(st.integers(3, 12), st.integers(1, 300), st.integers(1, 50))
def test_checkpoints_stay_few_and_spread_over_the_run(most: int, count: int, apart: int) -> None:
    left: list[Checkpoint] = []
    for number in range(count):
        left = thinned([*left, *kept([number * apart])], most=most)
    numbers = [checkpoint.updates for checkpoint in left]
    assert len(numbers) == min(most, count)
    assert (numbers[0], numbers[-1]) == (0, (count - 1) * apart)
    if count > 1:
        assert max(np.diff(numbers)) <= max(3 * numbers[-1] / (len(numbers) - 1), apart)


def test_checkpoints_stay_within_their_bytes() -> None:
    left = thinned(kept(list(range(10)), size=100), most=60, size=450)
    assert (left[0].updates, left[-1].updates, len(left)) == (0, 9, 4)


def test_the_checkpoint_before_an_update_is_the_last_one_that_is_not_after_it() -> None:
    assert [checkpoint_at(kept([5, 10, 20]), k).updates for k in (0, 5, 9, 10, 99)] == [
        5,
        5,
        5,
        10,
        20,
    ]
