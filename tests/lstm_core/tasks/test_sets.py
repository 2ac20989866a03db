"""Sets that may follow: right means each output on its own side of the threshold, to the end."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from lstm_core.tasks.sets import THRESHOLD, asked, set_batch, sets_right

LABELS = ("a", "b")
ROWS = [
    asked(LABELS, LABELS, "aab", [frozenset("a"), frozenset("ab"), frozenset("b")]),
    asked(LABELS, LABELS, "b", [frozenset("b")]),
]
BATCH = set_batch(LABELS, ROWS)


def judged(outputs: np.ndarray) -> list[bool]:
    says = SimpleNamespace(run_inputs=lambda *_: SimpleNamespace(predictions=outputs))
    return sets_right(says, BATCH).tolist()


def right_outputs() -> np.ndarray:
    return np.where(BATCH.targets > 0, 0.9, 0.1)


@pytest.mark.parametrize("beyond", [0.0, 1.0])
def test_what_is_said_beyond_the_end_of_a_sequence_is_not_judged(beyond):
    outputs = right_outputs()
    outputs[1, 1:] = beyond
    assert judged(outputs) == [True, True]


def test_what_is_said_at_the_last_timestep_is_judged():
    for row, last in ((0, 2), (1, 0)):
        outputs = right_outputs()
        outputs[row, last] = 1 - outputs[row, last]
        assert judged(outputs) == [row != 0, row != 1]


@pytest.mark.parametrize("label", [0, 1], ids=["allowed", "not allowed"])
def test_an_output_on_the_threshold_is_on_neither_side(label):
    outputs = right_outputs()
    assert BATCH.targets[0, 0].tolist() == [1, 0]
    outputs[0, 0, label] = THRESHOLD
    assert judged(outputs) == [False, True]
