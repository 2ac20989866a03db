"""The influence on one number: signed derivatives of an output by every earlier timestep.

For y = d·h_t, d a column of a readout or the 1 of a single unit, one row of gradients goes
back through the recorded run: ∂y/∂x_s, ∂y/∂h_s and ∂y/∂c_s of every s (vector-Jacobian
products), exact, and so cheap that every output may be asked.
"""

from __future__ import annotations

import numpy as np

from ..gradients import StateGradient
from ..record import Array, record
from ..run.trace import Trace
from .chain import Chain, chain, unless_vanished
from .curve import frobenius


@record
class SignedInfluence:
    """How one number y depends on timesteps s: signed derivatives, in the sequence's own order.

    A derivative that overflows is not a number, its norm is inf; one that has shrunk below 1e-300
    is zero.
    """

    timestep: int
    timesteps: Array  # (s,)
    input: Array  # ∂y/∂x_s: (s, D)
    hidden: Array  # ∂y/∂h_s: (s, P)
    cell: Array | None  # ∂y/∂c_s, through h_s as well: (s, H)
    along_input: Array  # x_s·∂y/∂x_s: (s,); of a one-hot input the derivative by its own 1

    @property
    def input_norm(self) -> Array:
        """‖∂y/∂x_s‖, (s,)."""
        return frobenius(self.input)

    @property
    def hidden_norm(self) -> Array:
        """‖∂y/∂h_s‖, (s,)."""
        return frobenius(self.hidden)

    @property
    def cell_norm(self) -> Array | None:
        """‖∂y/∂c_s‖, (s,)."""
        return None if self.cell is None else frobenius(self.cell)


def output_influence(
    trace: Trace,
    t: int,
    direction: Array | None = None,
    cell_direction: Array | None = None,
    last: int | None = None,
) -> SignedInfluence:
    """Return how y = direction·h_t + cell_direction·c_t depends on all that was read up to `t`.

    `direction` (P,) may be a column of a readout or a single unit's 1, `cell_direction` (H,)
    likewise; None is zero. Vector-Jacobian products: O(s·B·H·(P + D)). Raises ValueError for
    a batch, for directions of another shape and where both are None; IndexError for a `t`
    that isn't there.
    """
    if direction is None and cell_direction is None:
        raise ValueError("direction and cell_direction are None: expected at least one of them")
    links = chain(trace, t, last)
    count = len(links)
    hidden = np.zeros((count, links.output_size))
    hidden[-1] = _direction(direction, "direction", links.output_size)
    if links.cell_size is None:
        if cell_direction is not None:
            raise ValueError(f"cell_direction is given: a {trace.kind} has no cell state")
        return signed_influence(trace, t, links, hidden, None)
    cell = np.zeros((count, links.cell_size))
    cell[-1] = _direction(cell_direction, "cell_direction", links.cell_size)
    return signed_influence(trace, t, links, hidden, cell)


def memory_influence(
    trace: Trace, t: int, direction: Array, last: int | None = None
) -> SignedInfluence:
    """Return how y = direction·memory_t depends on all that was read up to `t`.

    The memory is the cell state, or the hidden state of a cell without one; the rest is as in
    `output_influence`.
    """
    if trace.vocabulary.memory == "cell_state":
        return output_influence(trace, t, cell_direction=direction, last=last)
    return output_influence(trace, t, direction=direction, last=last)


@np.errstate(over="ignore", invalid="ignore")
def signed_influence(
    trace: Trace, t: int, links: Chain, hidden: Array, cell: Array | None
) -> SignedInfluence:
    """Return how a number y depends on each timestep of `links`, of the run `trace`.

    `hidden` (K, P) and `cell` (K, H) are ∂y/∂h_s and ∂y/∂c_s at the timesteps where y looks at
    the state itself, in the order of reading. `t` is only the name of y's timestep.
    """
    by_input = np.empty((len(links), links.input_size))
    by_hidden, by_cell = np.empty_like(hidden), None if cell is None else np.empty_like(cell)
    d_h, d_c = np.zeros((1, hidden.shape[1])), None if cell is None else np.zeros_like(cell[:1])
    for k in reversed(range(len(links))):
        after = StateGradient(
            d_h + hidden[k], None if d_c is None or cell is None else d_c + cell[k]
        )
        step = links.run.back(k, after)
        by_input[k] = links.run.input_gradients(step.preactivation)
        by_hidden[k] = after.hidden
        if by_cell is not None:
            by_cell[k] = step.cell
        d_h, d_c = unless_vanished(step.before)
    order = links.in_time
    timesteps = links.timesteps[order]
    return SignedInfluence(
        timestep=t,
        timesteps=timesteps,
        input=by_input[order],
        hidden=by_hidden[order],
        cell=None if by_cell is None else by_cell[order],
        along_input=np.sum(trace.input[timesteps] * by_input[order], axis=1),
    )


def _direction(given: Array | None, name: str, size: int) -> Array:
    """A direction as it was given, zeros for none; ValueError for another shape."""
    direction = np.zeros(size) if given is None else np.asarray(given, np.float64)
    if direction.shape != (size,):
        raise ValueError(f"{name} is {direction.shape}: expected ({size},)")
    return direction
