"""The adding problem: two marked numbers among a hundred, and their sum at the very end.

    columns   value in [-1, 1];  mark: 1 for the two to add, -1 on the first and the last, else 0
    target    0.5 + (x₁ + x₂) / 4 at the last timestep, right where the error is below 0.04

A sequence has T to T + T/10 timesteps. The first mark is on one of the first ten, the second on
one of the first T/2 - 1 that is still unmarked. Where the very first timestep is marked, its
value counts as 0 and its mark is 1, not -1.

Source: Hochreiter & Schmidhuber 1997, experiment 4.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..record import Array, record
from ..training import Batch

COLUMNS = ("value", "mark")
TOLERANCE = 0.04


@record
class AddingSequences:
    """N sequences, padded with zeros to one length."""

    inputs: Array  # (N, T, 2), columns value and mark
    targets: Array  # (N,), in 0..1
    lengths: Array  # (N,)

    def sequence(self, k: int) -> Array:
        """Return sequence `k` without its padding, (T, 2)."""
        rows: Array = self.inputs[k, : self.lengths[k]]
        return rows

    def batch(self) -> Batch:
        """Return them as a batch that asks for the sum at each last timestep, and only there."""
        count, timesteps = self.inputs.shape[:2]
        last = np.arange(timesteps) == self.lengths[:, np.newaxis] - 1
        targets = np.zeros((count, timesteps, 1), self.inputs.dtype)
        targets[last, 0] = self.targets
        return Batch(
            inputs=self.inputs,
            targets=targets,
            weights=last.astype(self.inputs.dtype),
            lengths=self.lengths,
        )


def adding(
    rng: np.random.Generator, count: int, timesteps: int = 100, dtype: type = np.float32
) -> AddingSequences:
    """Return `count` sequences with minimal length T = `timesteps` (at least 10).

    Raises ValueError for fewer than 10 timesteps: there would be no ten to mark one of.
    """
    if timesteps < 10:
        raise ValueError(f"timesteps are {timesteps}: expected at least 10")
    rows = np.arange(count)
    lengths = rng.integers(timesteps, timesteps + timesteps // 10 + 1, count)
    inputs = np.zeros((count, timesteps + timesteps // 10, 2))
    inputs[:, :, 0] = rng.uniform(-1, 1, inputs.shape[:2])
    inputs[np.arange(inputs.shape[1]) >= lengths[:, np.newaxis]] = 0

    first = rng.integers(0, 10, count)
    second = rng.integers(0, max(timesteps // 2 - 2, 1), count)
    second += second >= first  # one of those still unmarked
    inputs[:, 0, 1] = -1
    inputs[rows, lengths - 1, 1] = -1
    added = np.zeros(count)
    for marked in (first, second):
        inputs[rows, marked, 1] = 1
        added += np.where(marked == 0, 0, inputs[rows, marked, 0])
    return AddingSequences(
        inputs=inputs.astype(dtype), targets=(0.5 + added / 4).astype(dtype), lengths=lengths
    )


def target(sequence: Array) -> float | None:
    """Return what should stand at the end of one sequence (T, 2); None unless two are marked."""
    values = np.asarray(sequence, np.float64)
    marked = np.flatnonzero(values[:, 1] == 1)
    if len(marked) != 2:
        return None
    return float(0.5 + values[marked[marked > 0], 0].sum() / 4)


def batches(rng: np.random.Generator, size: int, timesteps: int = 100) -> Iterator[Batch]:
    """Yield batches of `size` fresh sequences, without end."""
    while True:
        yield adding(rng, size, timesteps).batch()


class Adding:
    """The task as a demo needs it, with T = 100."""

    def random_sequence(self, rng: np.random.Generator) -> Array:
        """Return a new sequence (T, 2) of 100 to 110 timesteps."""
        return adding(rng, 1, dtype=np.float64).sequence(0)

    def targets(self, sequence: Array) -> Array:
        """Return the sum to say at the end, (T, 1); NaN before, and where not two are marked."""
        targets = np.full((len(sequence), 1), np.nan)
        expected = target(sequence)
        if len(targets) and expected is not None:
            targets[-1] = expected
        return targets
