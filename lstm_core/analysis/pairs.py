"""Influence between all pairs of timesteps of one run, as a matrix to be seen whole."""

from __future__ import annotations

import numpy as np

from ..gradients import StateGradient
from ..record import Array
from ..run.trace import Trace
from .chain import Chain, chain
from .curve import frobenius

PAIRS_LIMIT = 3e10  # multiplications: several seconds of one core
NUMBERS_AT_ONCE = 2**21  # in the largest array: 16 MB


@np.errstate(over="ignore", invalid="ignore")
def pairs(trace: Trace, window: int | None = None) -> Array:
    """Return ‖∂c_t/∂c_s‖/√H of an LSTM, ‖∂h_t/∂h_s‖/√P of the others, (T, T) with rows t.

    1 on the diagonal; NaN where s was read after t, or more than `window` timesteps before
    it, and on padding. `pairs_cost` says how many multiplications that takes; memory is
    bounded. Raises ValueError for a batch, for a `window` below 0 and above PAIRS_LIMIT.
    """
    cost = pairs_cost(trace, window)
    if cost > PAIRS_LIMIT:
        raise ValueError(
            f"pairs need {cost:.1e} multiplications: expected at most {PAIRS_LIMIT:.0e}, "
            "as a smaller window would need"
        )
    links = chain(trace)
    reach = _reach(links, window)
    table = np.full((trace.timesteps, trace.timesteps), np.nan)
    at_once = max(1, NUMBERS_AT_ONCE // max(1, _rows(links) * links.run.kernel.shape[0]))
    for stop in range(len(links), 0, -at_once):
        _sweep_targets(links, range(max(0, stop - at_once), stop), reach, table)
    return table


def pairs_cost(trace: Trace, window: int | None = None) -> float:
    """Return how many multiplications `pairs` takes: pairs · rows · P · B·H."""
    links = chain(trace)
    lags = np.arange(min(_reach(links, window), len(links) - 1) + 1)
    return float(np.sum(len(links) - lags) * _rows(links) * links.run.recurrent_kernel.size)


def _reach(links: Chain, window: int | None) -> int:
    """The greatest lag that is looked at."""
    if window is not None and window < 0:
        raise ValueError(f"window is {window}: expected at least 0 timesteps")
    return len(links) if window is None else window


def _rows(links: Chain) -> int:
    """How many rows each t has: H with a cell state, P without."""
    return links.cell_size or links.output_size


def _sweep_targets(links: Chain, targets: range, reach: int, table: Array) -> None:
    """Fill in the rows of `table` for these t, which all go back in one sweep.

    Targets lie in memory latest first: those that have begun and still reach back are a
    stretch of it, which moves along as the sweep goes.
    """
    size = _rows(links)
    hidden, cell = _beginning(links, len(targets))
    for k in range(targets[-1], max(-1, targets[0] - reach - 1), -1):
        begun = max(0, targets[-1] - reach - k), min(len(targets), targets.stop - k)
        now = slice(size * begun[0], size * begun[1])
        after = StateGradient(hidden[now], None if cell is None else cell[now])
        step = links.run.back(k, after)
        seen = after.hidden if step.cell is None else step.cell
        norms = frobenius(seen.reshape(-1, size, size), axes=2) / np.sqrt(size)
        rows_t = links.timesteps[[targets[-1] - n for n in range(*begun)]]
        table[rows_t, links.timesteps[k]] = norms
        hidden[now] = step.before.hidden
        if cell is not None:
            cell[now] = step.before.cell


def _beginning(links: Chain, count: int) -> StateGradient:
    """The identity for each of `count` targets, by c where there is one, by h where not."""
    size = _rows(links)
    identity = np.tile(np.eye(size), (count, 1))
    if links.cell_size is None:
        return StateGradient(identity, None)
    return StateGradient(np.zeros((count * size, links.output_size)), identity)
