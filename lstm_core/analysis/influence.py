"""Influence through time: how much, and which way, each earlier timestep moves the state now.

Everything is exact for this run: the chain rule through the recorded derivatives, no finite
differences. Of the derivatives ∂h_t/∂x_s, ∂h_t/∂h_s and ∂c_t/∂c_s of a timestep t by every
timestep s that was read before it, norms and signs are drawn; beside them stands what the gates
alone keep, what ∂c_t/∂c_s would be if no gate looked back:

    LSTM  Π f_{s+1..t}          GRU  Π z_{s+1..t}

Sources: Hochreiter 1991; Hochreiter & Schmidhuber 1997 (the constant error carousel); Gers,
Schmidhuber & Cummins 2000 (the forget gate on it).
"""

from __future__ import annotations

import numpy as np

from ..record import Array, record
from ..run.trace import Trace
from .chain import Chain, chain
from .curve import Curve, Drawing, frobenius
from .writes import kept_share


@record
class Influence:
    """How the state at one timestep depends on the timesteps read before it.

    `timesteps` and everything along s stand in the sequence's own order of time. A derivative
    by c_s is the whole one, with what goes out through h_s.
    """

    timestep: int
    timesteps: Array  # (s,)
    input: Curve  # ∂h_t/∂x_s
    hidden: Curve  # ∂h_t/∂h_s
    cell: Curve | None  # ∂c_t/∂c_s
    cell_input: Curve | None  # ∂c_t/∂x_s
    kept: Array | None  # Π f, or Π z of a GRU, from after s up to t: (s, H)

    @property
    def lags(self) -> Array:
        """How many timesteps before t each s was read (s,): 0 is t itself."""
        lags: Array = np.abs(self.timesteps - self.timestep)
        return lags

    @property
    def kept_relative(self) -> Array | None:
        """‖Π f‖ as a share of that at s = t, which is 1 for every unit: (s,)."""
        if self.kept is None:
            return None
        shares: Array = frobenius(self.kept) / np.sqrt(self.kept.shape[1])
        return shares


@np.errstate(over="ignore", invalid="ignore")
def influence(trace: Trace, t: int, last: int | None = None, spectral: bool = False) -> Influence:
    """Return the influence of every timestep read up to `t` on the state at `t`.

    `last` keeps only the timesteps read last, t among them. One sweep back takes all rows,
    of h_t and of c_t, at once: O(s·S·B·H·(P + D)) for s timesteps and a state of S = P + H
    numbers; `spectral` adds the largest singular values, O(s·S³). Raises ValueError for a
    batch, IndexError for a timestep that isn't there.
    """
    links = chain(trace, t, last)
    split, has_cell = links.output_size, links.cell_size is not None
    by_input, by_hidden, by_cell, cell_by_input = (Drawing(spectral) for _ in range(4))
    for after, step in links.sweep(links.run.identity()):
        inputs = links.run.input_gradients(step.preactivation)
        by_input.add(inputs[:split])
        by_hidden.add(after.hidden[:split], own=True)
        if step.cell is not None:
            by_cell.add(step.cell[split:], own=True)
            cell_by_input.add(inputs[split:])
    return Influence(
        timestep=t,
        timesteps=links.timesteps[links.in_time],
        input=by_input.curve(trace.reverse),
        hidden=by_hidden.curve(trace.reverse),
        cell=by_cell.curve(trace.reverse) if has_cell else None,
        cell_input=cell_by_input.curve(trace.reverse) if has_cell else None,
        kept=gates_alone(trace, links),
    )


def gates_alone(trace: Trace, links: Chain) -> Array | None:
    """Return what the gates alone keep from s to t, in the sequence's own order: (s, H).

    None for a cell without a gate that keeps.
    """
    if trace.vocabulary.keeping_gate is None:
        return None
    gates = kept_share(trace)
    shares = np.ones((len(links), gates.shape[1]))
    factors = gates[links.timesteps[:0:-1]]  # t first
    np.cumprod(factors, axis=0, out=shares[1:])
    return shares if trace.reverse else shares[::-1]
