"""What a network still knows: what was read at the cue, told from the state k steps later.

Honestly measured, by a linear probe on sequences that it was not fitted on: half of N fresh
sequences fit, for each lag k since the cue, the ridge regression

    y ≈ b + s_{cue+k}·A          A = argmin Σ (y - b - s̃·A)² + λ‖A‖²

on standardised states s̃ (labels y as one-hot rows), with that λ of several decades whose
leave-one-out error is least; the other half is asked. A probe finds what stands in the state
linearly: below its score a network may know more, in another form, and it need not use what it
knows.

Sources: Alain & Bengio 2016 (linear probes); Allen 1974 (PRESS, the leave-one-out error in
closed form).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np

from ..record import Array, record
from ..run.trace import Trace

Measure = Literal["accuracy", "r2"]

RIDGES = 10.0 ** np.arange(-6, 2)  # λ for each fitted sequence
FEWEST = 8  # sequences to fit on, and as many to ask; with fewer nothing is said


@record
class Probe:
    """Linear readings of a state, one for each lag since the cue that could be fitted."""

    lags: Array  # (L,), ascending
    kernel: Array  # (L, S, K)
    bias: Array  # (L, K)
    labels: tuple[str | int, ...] | None  # the K classes; None for a number, K = 1


@record
class Recall:
    """How well what was read at the cue is told from the state, by lags since then.

    `score` is the share of held-out sequences whose class is told right, or for numbers
    R² = 1 - Σ(y - ŷ)² / Σ(y - ȳ)² with ȳ of the fitted half, at least 0. It is NaN at lags
    that too few sequences reach, or at which all of them have one class.
    """

    measure: Measure
    lags: Array  # (L,)
    score: Array  # (L,)
    standard_error: Array  # (L,), over held-out sequences
    chance: Array  # (L,): always the commonest class of the fitted half; R² 0
    tested: Array  # (L,): how many held-out sequences
    probe: Probe


def memory_states(trace: Trace) -> Array:
    """Return what a cell carries on at each timestep, (..., T, S): [h, c] of an LSTM, else h."""
    return np.concatenate(list(trace.state.arrays().values()), axis=-1)


def recall_by_lag(
    states: Array, lengths: Array, cues: Array, values: Array, lags: Iterable[int], seed: int = 0
) -> Recall:
    """Measure what states (N, T, S) tell of values (N,), for each of `lags` since the cue.

    Sequence n has `lengths[n]` timesteps and read `values[n]` at timestep `cues[n]`; it counts
    at the lags that it is long enough for. `values` of floats are numbers, anything else is
    classes. `seed` draws the half that is fitted. O(L·(N·S² + S³)).

    Raises ValueError where shapes do not fit, cues or lags are negative, or all values are
    equal: then there is nothing to remember.
    """
    states, lengths, cues, values = (np.asarray(a) for a in (states, lengths, cues, values))
    wanted = np.array(sorted(set(lags)), int)
    _check(states, lengths, cues, values, wanted)
    labels, targets = _targets(values)
    fitted_half = np.zeros(len(states), bool)
    fitted_half[np.random.default_rng(seed).permutation(len(states))[::2]] = True
    readings, rows = [], []
    for lag in wanted:
        at = cues + lag
        reaches = np.flatnonzero(at < lengths)
        probed = states[reaches, at[reaches]].astype(np.float64)
        halves = fitted_half[reaches]
        reading = _reading(probed[halves], targets[reaches[halves]])
        asked, right = probed[~halves], targets[reaches[~halves]]
        if reading is None or len(asked) < FEWEST:
            rows.append((np.nan, np.nan, np.nan, len(asked)))
            continue
        answers = asked @ reading[0] + reading[1]
        mean = targets[reaches[halves]].mean(axis=0)
        rows.append((*_score(labels, answers, right, mean), len(asked)))
        readings.append((lag, *reading))
    score, standard_error, chance, tested = np.array(rows).reshape(-1, 4).T
    return Recall(
        measure="r2" if labels is None else "accuracy",
        lags=wanted,
        score=score,
        standard_error=standard_error,
        chance=chance,
        tested=tested.astype(int),
        probe=_probe(readings, states.shape[2], targets.shape[1], labels),
    )


def belief(probe: Probe, states: Array, cue: int) -> Array:
    """Return what the probe tells at each timestep of one sequence, (T, K), states (T, S).

    Classes: shares in [0, 1] that add up to 1, the probe's linear answers where they are below
    0 cut off. Numbers: the number. Between fitted lags the nearest one answers; NaN before the
    cue and beyond the greatest fitted lag. Raises ValueError for states of another size.
    """
    if states.ndim != 2 or states.shape[1] != probe.kernel.shape[1]:
        raise ValueError(f"states are {states.shape}: expected (T, {probe.kernel.shape[1]})")
    estimates = np.full((len(states), probe.kernel.shape[2]), np.nan)
    for t in range(max(cue, 0), len(states)):
        if not len(probe.lags) or t - cue > probe.lags[-1]:
            break
        k = int(np.argmin(np.abs(probe.lags - (t - cue))))
        estimates[t] = states[t].astype(np.float64) @ probe.kernel[k] + probe.bias[k]
    if probe.labels is None:
        return estimates
    shares = np.clip(estimates, 0, None)
    total: Array = shares / shares.sum(axis=1, keepdims=True)
    return total


def _check(states: Array, lengths: Array, cues: Array, values: Array, lags: Array) -> None:
    if states.ndim != 3:
        raise ValueError(f"states are {states.shape}: expected (sequences, timesteps, numbers)")
    for name, array in (("lengths", lengths), ("cues", cues), ("values", values)):
        if array.shape != states.shape[:1]:
            raise ValueError(f"{name} are {array.shape}: expected {states.shape[:1]}")
    if lengths.max(initial=0) > states.shape[1]:
        raise ValueError(f"lengths reach {lengths.max()}: expected at most {states.shape[1]}")
    if cues.min(initial=0) < 0 or lags.min(initial=0) < 0:
        raise ValueError("cues and lags reach below 0: expected timesteps from 0 on")
    if len(set(values.tolist())) < 2:
        raise ValueError(f"values are all {values.tolist()[:1]}: expected at least two different")


def _targets(values: Array) -> tuple[tuple[str | int, ...] | None, Array]:
    """The classes, None for numbers, and the targets: one-hot rows or (N, 1) numbers."""
    if np.issubdtype(values.dtype, np.floating):
        return None, values[:, np.newaxis].astype(np.float64)
    labels, places = np.unique(values, return_inverse=True)
    return tuple(labels.tolist()), np.eye(len(labels))[places]


def _reading(states: Array, targets: Array) -> tuple[Array, Array] | None:
    """Fit A (S, K) and b (K,) on states (n, S) and targets (n, K); None where that is vain.

    With X the standardised states and XᵀX = V·diag(e)·Vᵀ, A = V·diag(1/(e + λ))·Vᵀ·Xᵀ·y. The
    error without sequence j is the error with it over 1 - H_jj - 1/n, where H_jj is
    Σ (X·V)²_jk/(e_k + λ). Columns that are constant tell nothing and weigh nothing.
    """
    count = len(states)
    if count < FEWEST or not np.any(targets != targets[0]):
        return None
    mean, spread = states.mean(axis=0), states.std(axis=0)
    varies = spread > 1e-12 * np.abs(states).max(axis=0, initial=0)
    scale = np.where(varies, 1 / np.where(varies, spread, 1), 0)
    around = targets.mean(axis=0)
    standard, y = (states - mean) * scale, targets - around
    powers, axes = np.linalg.eigh(standard.T @ standard)
    seen = standard @ axes
    known, squares = seen.T @ y, seen * seen

    def error_without(inverse: Array) -> float:
        left = np.maximum(1 - squares @ inverse - 1 / count, 1e-9)
        return float(np.mean(((y - seen @ (inverse[:, np.newaxis] * known)).T / left) ** 2))

    inverses = 1 / (np.maximum(powers, 0) + RIDGES[:, np.newaxis] * count)
    best = min(inverses, key=error_without)
    kernel = scale[:, np.newaxis] * (axes @ (best[:, np.newaxis] * known))
    return kernel, around - mean @ kernel


def _score(
    labels: tuple[str | int, ...] | None, answers: Array, right: Array, mean: Array
) -> tuple[float, float, float]:
    """Score, standard error and chance on held-out sequences."""
    count = len(right)
    if labels is not None:
        hits = int(np.sum(answers.argmax(axis=1) == right.argmax(axis=1)))
        share = (hits + 1) / (count + 2)  # Laplace: all right is no proof of certainty
        error = float(np.sqrt(share * (1 - share) / count))
        return hits / count, error, float(right[:, mean.argmax()].mean())
    wrong, blind = (right - answers)[:, 0] ** 2, (right - mean)[:, 0] ** 2
    if not blind.any():
        return np.nan, np.nan, np.nan
    ratio = wrong.sum() / blind.sum()
    spread = np.std(wrong - ratio * blind, ddof=1)  # of a ratio of means, to first order
    error = float(spread / blind.mean() / np.sqrt(count))
    return float(max(0.0, 1 - ratio)), error, 0.0


def _probe(
    readings: list[tuple[int, Array, Array]],
    size: int,
    count: int,
    labels: tuple[str | int, ...] | None,
) -> Probe:
    return Probe(
        lags=np.array([lag for lag, *_ in readings], int),
        kernel=np.array([kernel for _, kernel, _ in readings]).reshape(-1, size, count),
        bias=np.array([bias for *_, bias in readings]).reshape(-1, count),
        labels=labels,
    )
