"""One answer from all timesteps: pooling and attention over time, behind the last recurrent layer.

    Gathered    y_t = mean or max over s ≤ t of x_s
    Attended    y_t = Σ_{s ≤ t} α_{t,s} x_s,   α_{t,·} = softmax over s ≤ t of score(x_s)

At the last timestep that is what a framework's pooling of the whole sequence gives; before, it is
what it would give if the sequence ended there. So an answer never reads what is still to come,
and a sequence of T stays one of T. Self-attention (`self_attention`) gives one answer for each
timestep, and reads what is still to come unless it is causal, as a layer of two directions does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np

from ..record import Array, record
from .self_attention import SelfAttended
from .stages import Dense, Normalised, PointStage, Scaled


@record
class Gathered:
    """The mean, or the largest, of all timesteps so far, number by number."""

    size: int  # D
    of: Literal["mean", "max"]

    def check(self) -> None:
        """Raise ValueError for a size that is too small, and for another way to pool."""
        if self.size < 1 or self.of not in ("mean", "max"):
            raise ValueError(f"pooling of {self.size} by {self.of!r}: expected 1.. by mean or max")

    @property
    def input_size(self) -> int:
        """D: how many numbers come in, and go out, at each timestep."""
        return self.size

    @property
    def output_size(self) -> int:
        """D: how many numbers go out at each timestep."""
        return self.size

    @property
    def is_affine(self) -> bool:
        """False: what goes out at a timestep is no sum of what comes in there."""
        return False

    def apply(self, values: Array) -> Array:
        """Return (..., T, D) for values (..., T, D); a mean is summed in float64."""
        if self.of == "max":
            largest: Array = np.maximum.accumulate(values, axis=-2)
            return largest
        sums = np.cumsum(values, axis=-2, dtype=np.float64)
        mean: Array = (sums / _counted(values)).astype(values.dtype)
        return mean

    def gradient(self, values: Array, d_outputs: Array) -> Array:
        """Return ∂L/∂values (T, D) from ∂L/∂ what `apply` makes of them, (T, D).

        Of equal numbers the largest is the one that was read first.
        """
        if self.of == "mean":
            shares = d_outputs / _counted(values)
            later: Array = np.cumsum(shares[::-1], axis=0)[::-1]
            return later
        largest = np.maximum.accumulate(values, axis=0)
        new = np.ones(values.shape, bool)
        new[1:] = values[1:] > largest[:-1]
        since = np.where(new, np.arange(len(values))[:, np.newaxis], 0)
        read = np.maximum.accumulate(since, axis=0)
        d_values = np.zeros_like(d_outputs)
        np.add.at(d_values, (read, np.arange(self.size)[np.newaxis]), d_outputs)
        return d_values


@record
class Attended:
    """The mean of all timesteps so far, each weighted by e to the power of its score.

    `scores` are the stages that make one score of a timestep's D numbers.
    """

    scores: tuple[PointStage, ...]

    def check(self) -> None:
        """Raise ValueError where the stages do not fit, or do not end with one score."""
        if not self.scores or self.scores[-1].output_size != 1:
            raise ValueError("the scores of attention are not one for each timestep")
        for below, above in zip(self.scores, self.scores[1:], strict=False):
            if below.output_size != above.input_size:
                raise ValueError(f"a score reads {above.input_size} of {below.output_size} numbers")

    @property
    def input_size(self) -> int:
        """D: how many numbers come in, and go out, at each timestep."""
        return self.scores[0].input_size

    @property
    def output_size(self) -> int:
        """D: how many numbers go out at each timestep."""
        return self.scores[0].input_size

    @property
    def is_affine(self) -> bool:
        """False: the weights are computed from what is weighted."""
        return False

    def score(self, values: Array) -> Array:
        """Return the score of each timestep, (..., T), for values (..., T, D)."""
        for stage in self.scores:
            values = stage.apply(values)
        return values[..., 0]

    def apply(self, values: Array) -> Array:
        """Return (..., T, D) for values (..., T, D)."""
        scores = np.asarray(self.score(values), np.float64)
        totals = np.logaddexp.accumulate(scores, axis=-1)
        new = np.exp(scores - totals)[..., np.newaxis]
        attended = np.empty(values.shape, np.float64)
        before: Array = np.zeros((*values.shape[:-2], values.shape[-1]))
        for t in range(values.shape[-2]):
            before = before + new[..., t, :] * (values[..., t, :] - before)
            attended[..., t, :] = before
        return attended.astype(values.dtype)

    def gradient(self, values: Array, d_outputs: Array) -> Array:
        """Return ∂L/∂values (T, D) from ∂L/∂ what `apply` makes of them, (T, D)."""
        scores, attended = self.score(values), self.apply(values)
        d_values = np.zeros(values.shape)
        d_scores = np.zeros((len(values), 1))
        for t in np.flatnonzero(d_outputs.any(axis=1)):
            read = values[: t + 1]
            shares = np.exp(scores[: t + 1] - scores[: t + 1].max())
            shares = shares / shares.sum()
            d_values[: t + 1] += shares[:, np.newaxis] * d_outputs[t]
            d_scores[: t + 1, 0] += shares * ((read - attended[t]) @ d_outputs[t])
        through: Array = d_values + _through_scores(self.scores, values, d_scores)
        return through


Stage = Dense | Scaled | Normalised | Gathered | Attended | SelfAttended


def pools_over_time(stages: Iterable[object]) -> bool:
    """Return whether a stage makes one answer of all timesteps so far."""
    return any(isinstance(stage, Gathered | Attended) for stage in stages)


def reads_other_timesteps(stages: Iterable[object]) -> bool:
    """Return whether a stage reads other timesteps than the one that it gives."""
    return any(isinstance(stage, Gathered | Attended | SelfAttended) for stage in stages)


def looks_ahead(stages: Iterable[object]) -> bool:
    """Return whether a stage reads timesteps after the one that it gives."""
    return any(isinstance(stage, SelfAttended) and not stage.causal for stage in stages)


def applied(stages: Iterable[Stage], values: Array) -> Array:
    """Return what the stages, one after the other, make of values (..., T, D)."""
    for stage in stages:
        values = stage.apply(values)
    return values


def stages_gradient(stages: tuple[Stage, ...], values: Array, d_outputs: Array) -> Array:
    """Return ∂L/∂values (..., D) from ∂L/∂ what the stages make of them, (..., K).

    Where they read other timesteps, both are those of all timesteps, (T, ·).
    """
    if not stages:
        return d_outputs
    first, *rest = stages
    return first.gradient(values, stages_gradient(tuple(rest), first.apply(values), d_outputs))


def _through_scores(stages: tuple[PointStage, ...], values: Array, d_scores: Array) -> Array:
    return stages_gradient(tuple(stages), values, d_scores)


def _counted(values: Array) -> Array:
    """1 to T, (T, 1)."""
    return np.arange(1, values.shape[-2] + 1)[:, np.newaxis]
