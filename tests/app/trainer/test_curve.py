"""A training curve stays short, and loses no peak."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.trainer.curve import CurveBuilder

FEW = 40  # points of a short curve


@settings(max_examples=20)
@given(st.integers(1, 5 * FEW), st.integers(1, 2 * FEW), st.integers(0, 2**32 - 1))
def test_a_curve_stays_short_and_loses_no_peak(count: int, piece: int, seed: int) -> None:
    losses, norms = np.random.default_rng(seed).uniform(0, 9, (2, count))
    rows = [(k + 1, losses[k], norms[k]) for k in range(count)]
    made, at_once = CurveBuilder(FEW), CurveBuilder(FEW)
    at_once.add(rows)
    for start in range(0, count, piece):
        made.add(rows[start : start + piece])
    curve = made.curve()
    assert len(curve.updates) <= FEW
    assert curve.updates[-1] == count
    assert (curve.loss_high.max(), curve.loss_low.min()) == (losses.max(), losses.min())
    assert (curve.gradient_norm_high.max(), curve.gradient_norm_low.min()) == (
        norms.max(),
        norms.min(),
    )
    np.testing.assert_allclose(curve.loss[0], losses[: curve.every].mean())
    np.testing.assert_allclose(curve.gradient_norm[0], norms[: curve.every].mean())
    np.testing.assert_array_equal(curve.loss, at_once.curve().loss)


@settings(max_examples=20)
@given(st.integers(0, 2 * FEW))
def test_a_curve_that_is_cut_ends_there_and_goes_on_to_the_same_end(at: int) -> None:
    rows = [(k + 1, float(k % 7), 1.0) for k in range(2 * FEW)]
    made = CurveBuilder(FEW)
    made.add(rows)
    made.cut(at)
    assert not len(made) or at - made.every < made.curve().updates[-1] <= at
    made.add(rows[at:])
    assert made.curve().updates[-1] == 2 * FEW
    assert (np.diff(made.curve().updates) > 0).all()
