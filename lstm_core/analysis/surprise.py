"""The symbol that a network least expected: of all that came, the one it gave the least.

    surprise_t = -ln p_t(what came next)

where p_t is the prediction after timestep t, and what came next is the symbol of timestep t + 1.
"""

from __future__ import annotations

import numpy as np

from ..record import Array, record


@record
class Surprise:
    """`timestep` is when the symbol came, `probability` what the network had given it."""

    timestep: int
    probability: float


def largest_surprise(
    predictions: Array, labels: tuple[str, ...], symbols: tuple[str, ...]
) -> Surprise | None:
    """Return the least expected symbol of a sequence; None where none was predicted.

    `predictions` (T, K) are probabilities of the `labels` after each of the T `symbols`. Symbols
    that are no label are passed over.
    """
    place = {label: k for k, label in enumerate(labels)}
    came = [(t, place[symbol]) for t, symbol in enumerate(symbols) if t and symbol in place]
    if not came:
        return None
    when, which = np.array(came).T
    given = predictions[when - 1, which]
    least = int(given.argmin())
    return Surprise(timestep=int(when[least]), probability=float(given[least]))
