"""The survey: one row for each sequence of a corpus.

How unlike the rest a sequence is:

    unlike_n = √ mean_u ((m_nu - median_n m_nu) / s_u)²
    s_u = max(1.4826 · MAD_n m_nu, ½ · deviation_n m_nu, 0.01)

where m_nu is the mean of unit u's hidden state over sequence n, and MAD the median distance from
the median. 1 is ordinary. Medians, so that one odd sequence does not hide another; half of the
standard deviation at least, so that the smaller of two large groups is not odd. A short sequence
has a less steady mean, and is found unlike more easily.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..record import Array, record

ROW = np.dtype(
    [
        ("timesteps", "<i8"),
        ("loss", "<f8"),
        ("right", "i1"),
        ("memory", "<f8"),
        ("saturated", "<f8"),
        ("clipped", "<i8"),
    ]
)
NORMAL = 1.4826  # the standard deviation of a normal distribution, in its MAD
LEAST_SPREAD = 0.01


@record
class Survey:
    """What is known of each of N sequences, in their order; arrays (N,).

    `loss` is the mean surprise -ln p of the symbols that came, or of the label, or the mean
    squared error of numbers that are predicted, in the network's scale; NaN where the network
    predicts none of them. `right` is 1 or 0 where it is known whether the prediction is right,
    -1 elsewhere, and `predicted` what was predicted of the whole sequence, "" for nothing.
    `memory` is the largest |c| (|h| without a cell state), `saturated` the share of gates that
    are below 0.1 or above 0.9, 0..1 (NaN without gates), and `unlike` how unlike the rest it is.
    A row on disk has `clipped` too: how many values of the memory lie outside its levels.
    """

    names: tuple[str, ...]
    labels: tuple[str, ...]  # "" where there is none
    predicted: tuple[str, ...]
    timesteps: Array
    loss: Array
    right: Array
    memory: Array
    saturated: Array
    unlike: Array

    def __len__(self) -> int:
        """N."""
        return len(self.names)


def survey_of(
    rows: Array,
    means: Array,
    names: Sequence[str],
    labels: Sequence[str],
    predicted: Sequence[str],
) -> Survey:
    """Return the survey of rows (N,) of dtype `ROW` and mean hidden states (N, P)."""
    return Survey(
        names=tuple(names),
        labels=tuple(labels),
        predicted=tuple(predicted),
        **{name: rows[name] for name in ("timesteps", "loss", "right", "memory", "saturated")},
        unlike=unlikeness(means),
    )


def unlikeness(means: Array) -> Array:
    """Return how unlike the rest each row of (N, P) is, (N,); see the head of this module.

    A row that is not finite is compared with none: NaN.
    """
    unlike = np.full(len(means), np.nan)
    finite = np.isfinite(means).all(axis=1)
    if finite.any():
        known = means[finite]
        away = known - np.median(known, axis=0)
        spread = np.maximum(NORMAL * np.median(np.abs(away), axis=0), known.std(axis=0) / 2)
        spread = np.maximum(spread, LEAST_SPREAD)
        unlike[finite] = np.sqrt(np.mean((away / spread) ** 2, axis=1))
    return unlike
