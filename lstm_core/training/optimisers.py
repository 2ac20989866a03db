"""From gradients to new weights: SGD with momentum, Adam, clipping by norm, schedules.

An optimiser is a frozen value; what it remembers between updates is a value too, made by
`start` and handed from `update` to `update`, so training can be stopped, kept and resumed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

import numpy as np

from ..record import Array, record

Arrays = Mapping[str, Array]


@record
class Memory:
    """What an optimiser remembers: averages by the weights' names, and how many updates."""

    updates: int
    first: dict[str, Array]  # SGD: the velocity; Adam: the mean gradient m
    second: dict[str, Array]  # Adam: the mean squared gradient v


def _zeros(weights: Arrays) -> dict[str, Array]:
    return {name: np.zeros_like(array) for name, array in weights.items()}


def in_one_row(arrays: Arrays, names: Iterable[str]) -> Array:
    """The arrays `names`, flattened into one: one operation then moves them all."""
    return np.concatenate([arrays[name].reshape(-1) for name in names])


def apart(row: Array, weights: Arrays) -> dict[str, Array]:
    """Views of the row by the weights' names and shapes; see `in_one_row`."""
    parts, start = {}, 0
    for name, array in weights.items():
        piece = row[start : start + array.size].reshape(array.shape)
        parts[name] = piece.astype(array.dtype, copy=False)
        start += array.size
    return parts


@record
class SGD:
    """Stochastic gradient descent: v ← μ·v + ∇L, w ← w - η·v.

    `momentum` μ is in 0..1 (0 is plain descent). Source: Polyak 1964, in PyTorch's form.
    """

    momentum: float = 0.0

    def start(self, weights: Arrays) -> Memory:
        """Return the memory before the first update."""
        return Memory(updates=0, first=_zeros(weights), second={})

    def update(
        self, weights: Arrays, gradients: Arrays, memory: Memory, learning_rate: float
    ) -> tuple[dict[str, Array], Memory]:
        """Return the new weights and the new memory; η is `learning_rate`."""
        velocity = in_one_row(memory.first, weights)
        velocity *= self.momentum
        velocity += in_one_row(gradients, weights)
        moved = in_one_row(weights, weights)
        moved -= learning_rate * velocity
        first = apart(velocity, weights)
        return apart(moved, weights), Memory(updates=memory.updates + 1, first=first, second={})


@record
class Adam:
    """Adam: each weight's step is η times its mean gradient over its typical size.

        m ← β₁·m + (1 - β₁)·∇L          v ← β₂·v + (1 - β₂)·(∇L)²
        w ← w - η·m̂ / (√v̂ + ε)          m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ)

    Source: Kingma & Ba 2015.
    """

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def start(self, weights: Arrays) -> Memory:
        """Return the memory before the first update."""
        return Memory(updates=0, first=_zeros(weights), second=_zeros(weights))

    def update(
        self, weights: Arrays, gradients: Arrays, memory: Memory, learning_rate: float
    ) -> tuple[dict[str, Array], Memory]:
        """Return the new weights and the new memory; η is `learning_rate`."""
        t = memory.updates + 1
        step_size = learning_rate / (1 - self.beta1**t)
        root = math.sqrt(1 - self.beta2**t)
        d = in_one_row(gradients, weights)
        first, second = (in_one_row(kept, weights) for kept in (memory.first, memory.second))
        first *= self.beta1
        first += (1 - self.beta1) * d
        d *= d
        d *= 1 - self.beta2
        second *= self.beta2
        second += d
        np.sqrt(second, out=d)
        d *= 1 / root
        d += self.epsilon
        np.divide(first, d, out=d)
        d *= step_size
        moved = in_one_row(weights, weights)
        moved -= d
        memory = Memory(updates=t, first=apart(first, weights), second=apart(second, weights))
        return apart(moved, weights), memory


Optimiser = SGD | Adam


def norm(gradients: Arrays) -> float:
    """Return the length of all gradients as one vector, √Σ(∇L)²."""
    return math.sqrt(sum(float(np.vdot(g, g)) for g in gradients.values()))


def clipped(gradients: Arrays, longest: float | None) -> tuple[dict[str, Array], float]:
    """Return the gradients, shortened together to at most `longest`, and their norm before.

    The direction stays the same; None never shortens. Source: Pascanu, Mikolov & Bengio 2013.
    """
    length = norm(gradients)
    if longest is None or length <= longest:
        return dict(gradients), length
    return {name: g * (longest / length) for name, g in gradients.items()}, length


Schedule = Callable[[float], float]
"""From how much of training is done, 0..1, to the factor on the learning rate."""


def constant() -> Schedule:
    """Return the schedule that never changes the learning rate."""
    return lambda done: 1.0


def cosine(last: float = 0.01) -> Schedule:
    """Return the schedule that falls from 1 to `last` as half a cosine.

    Source: Loshchilov & Hutter 2017, without restarts.
    """
    return lambda done: last + (1 - last) * (1 + math.cos(math.pi * min(done, 1.0))) / 2


def exponential(last: float = 0.01) -> Schedule:
    """Return the schedule that falls from 1 to `last` by the same factor in equal times."""
    return lambda done: last ** min(done, 1.0)
