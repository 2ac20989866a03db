"""Self-attention of several heads: each timestep reads all of them, weighed by what it asks.

    q_t, k_t, v_t = Q x_t, K x_t, V x_t,   split into N heads
    α_{t,s} = softmax over s of scale · q_t·k_s,   s ≤ t alone where it is causal
    y_t = O (Σ_s α_{t,s} v_s of each head, side by side),   and x_t added where it is residual

Source: Vaswani et al. 2017, "Attention is all you need", equation 1 and section 3.2.2; Keras's
MultiHeadAttention, whose scale is 1/√(size of a key).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..record import Array, record
from .stages import Dense

MOST_SCORES = 2**22  # that are in memory at once


@record
class SelfAttended:
    """Attention of all timesteps to all, or to those so far: (..., T, D) to (..., T, K)."""

    query: Dense  # Q: (D, N · size of a key)
    key: Dense  # K: the same
    value: Dense  # V: (D, N · size of a value)
    output: Dense  # O: (N · size of a value, K)
    heads: int  # N
    scale: float
    causal: bool = False
    residual: bool = False

    def check(self) -> None:
        """Raise ValueError where heads, sizes or activations do not fit."""
        parts = (self.query, self.key, self.value, self.output)
        if not all(part.is_affine for part in parts):
            raise ValueError("a part of the attention has an activation: expected none")
        sizes = (self.query.output_size, self.value.output_size)
        if self.heads < 1 or any(size % self.heads for size in sizes):
            raise ValueError(f"heads are {self.heads}: expected a divisor of {sizes}")
        same = self.key.output_size == sizes[0] and self.output.input_size == sizes[1]
        if not same or any(part.input_size != self.input_size for part in parts[1:3]):
            raise ValueError("queries, keys, values and outputs of the attention do not fit")
        if self.residual and self.output_size != self.input_size:
            raise ValueError(f"{self.input_size} numbers are added to {self.output_size}")

    @property
    def input_size(self) -> int:
        """D: how many numbers come in at each timestep."""
        return self.query.input_size

    @property
    def output_size(self) -> int:
        """K: how many numbers go out at each timestep."""
        return self.output.output_size

    @property
    def is_affine(self) -> bool:
        """False: the weights are computed from what is weighted."""
        return False

    def apply(self, values: Array) -> Array:
        """Return (..., T, K) for values (..., T, D)."""
        keys, shown = self._split(self.key, values), self._split(self.value, values)
        queries = self._split(self.query, values)
        mixed = np.empty((*queries.shape[:-1], shown.shape[-1]), shown.dtype)
        for rows in self._blocks(values.shape):
            mixed[..., rows, :] = self._shares(queries, keys, rows) @ shown
        given: Array = self.output.apply(self._joined(mixed))
        return given + values if self.residual else given

    def gradient(self, values: Array, d_outputs: Array) -> Array:
        """Return ∂L/∂values (T, D) from ∂L/∂ what `apply` makes of them, (T, K)."""
        queries, keys, shown = (
            self._split(part, values) for part in (self.query, self.key, self.value)
        )
        d_mixed = self._heads(d_outputs @ self.output.kernel.T)
        d_queries, d_keys, d_shown = (np.zeros(part.shape) for part in (queries, keys, shown))
        for rows in self._blocks(values.shape):
            shares, d_rows = self._shares(queries, keys, rows), d_mixed[..., rows, :]
            d_shares = d_rows @ shown.swapaxes(-1, -2)
            d_scores = shares * (d_shares - (shares * d_shares).sum(axis=-1, keepdims=True))
            d_queries[..., rows, :] = self.scale * (d_scores @ keys)
            d_keys += self.scale * (d_scores.swapaxes(-1, -2) @ queries[..., rows, :])
            d_shown += shares.swapaxes(-1, -2) @ d_rows
        pairs = ((self.query, d_queries), (self.key, d_keys), (self.value, d_shown))
        total = d_outputs if self.residual else np.zeros(values.shape)
        for part, d_part in pairs:
            total = total + self._joined(d_part) @ part.kernel.T
        return total

    def _split(self, part: Dense, values: Array) -> Array:
        return self._heads(part.apply(values))

    def _heads(self, values: Array) -> Array:
        """(..., T, N·K) as (..., N, T, K)."""
        split = values.reshape(*values.shape[:-1], self.heads, -1)
        return np.moveaxis(split, -2, -3)

    def _joined(self, values: Array) -> Array:
        """(..., N, T, K) as (..., T, N·K)."""
        moved = np.moveaxis(values, -3, -2)
        return moved.reshape(*moved.shape[:-2], -1)

    def _shares(self, queries: Array, keys: Array, rows: slice) -> Array:
        """α of some timesteps, (..., N, rows, T)."""
        scores = self.scale * (queries[..., rows, :] @ keys.swapaxes(-1, -2))
        if self.causal:
            timesteps = np.arange(keys.shape[-2])
            scores = np.where(timesteps > timesteps[rows, np.newaxis], -np.inf, scores)
        powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares: Array = powers / powers.sum(axis=-1, keepdims=True)
        return shares

    def _blocks(self, shape: tuple[int, ...]) -> Iterator[slice]:
        """The timesteps in blocks, so that not too many scores are in memory at once."""
        timesteps = shape[-2]
        of_a_row = max(1, timesteps * self.heads * int(np.prod(shape[:-2])))
        size = max(1, MOST_SCORES // of_a_row)
        for first in range(0, timesteps, size):
            yield slice(first, first + size)
