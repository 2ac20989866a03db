"""How long each unit remembers, how often it writes, and how much of the time its gates are shut.

A memory that is multiplied by a gate f at every timestep halves after ln ½ / ln f of them. Over a
run the gate changes; what counts for the product is the mean of ln f:

    half-life = ln ½ / mean_t ln f_t        (∞ where f = 1 throughout, 0 where f was ever 0)

Source of the saturation fractions: Karpathy, Johnson & Fei-Fei, "Visualizing and Understanding
Recurrent Networks", 2015, section 4.2: a gate is shut below 0.1 and open above 0.9.
"""

from __future__ import annotations

import numpy as np

from ..record import Array, record
from ..run.trace import Trace

SHUT, OPEN = 0.1, 0.9
QUANTILES = (0.1, 0.5, 0.9)
A_WRITE = 0.1  # of a unit's largest |write| in the run: a smaller one counts as none
SILENT = 0.01  # a hidden state that stays within this of zero shows nothing


@record
class Saturation:
    """The share of timesteps at which one gate is shut and open, (H,) each, 0..1."""

    signal: str
    shut: Array
    open: Array


@record
class TimeScales:
    """Time scales of every unit over a run, (H,) each; None where the cell has no such thing.

    `half_life` is in timesteps, of the whole run's product; `half_life_quantiles` (3, H) are
    those of a gate that stays at its 10 %, 50 % and 90 % quantile. `write_frequency` is the
    share of timesteps with a noticeable write: at least a tenth of the unit's largest.
    `saturation` has every gate. `dead` units show nothing: |h| stays within 0.01 of zero;
    `always_on` units show something that never changes by more than 0.01.
    """

    half_life: Array | None
    half_life_quantiles: Array | None
    write_frequency: Array | None
    saturation: tuple[Saturation, ...]
    dead: Array
    always_on: Array


def time_scales(trace: Trace) -> TimeScales:
    """Return the time scales of every unit over a run, batches and all, padding left out.

    A standard RNN has no gates: its half-lives, writes and saturations are missing. The hidden
    state of an LSTM with a projection is that of its P outputs, so `dead` and `always_on` are
    (P,) there. Raises ValueError for a run in which no timestep is read.
    """
    read = _read(trace)
    if not read.any():
        raise ValueError("the run has no timestep: expected at least one")
    gate = trace.vocabulary.keeping_gate
    keep = None if gate is None else np.abs(trace.series(gate)[read].astype(np.float64))
    hidden = trace.series("hidden_state")[read]
    span, size = np.ptp(hidden, axis=0), np.abs(hidden).max(axis=0)
    dead = size <= SILENT
    return TimeScales(
        half_life=None if keep is None else _half_life(_mean_logarithm(keep)),
        half_life_quantiles=None if keep is None else _quantiles(keep),
        write_frequency=None if keep is None else _write_frequency(trace.series("written")[read]),
        saturation=tuple(_saturation(trace, name, read) for name in _gates(trace)),
        dead=dead,
        always_on=(span <= SILENT) & ~dead,
    )


def _read(trace: Trace) -> Array:
    """Which timesteps are read and no padding, (..., T) bool."""
    shape = trace.input.shape[:-1]
    if trace.lengths is None:
        return np.ones(shape, bool)
    read: Array = np.arange(len(trace)) < np.asarray(trace.lengths)[..., np.newaxis]
    whole: Array = np.broadcast_to(read, shape)
    return whole


def _gates(trace: Trace) -> tuple[str, ...]:
    return tuple(signal.name for signal in trace.vocabulary.recorded if signal.role == "gate")


def _mean_logarithm(keep: Array) -> Array:
    """The mean of ln f over rows, (H,); -∞ where f was ever 0."""
    with np.errstate(divide="ignore"):
        mean: Array = np.log(keep).mean(axis=0)
    return mean


def _half_life(logarithm: Array) -> Array:
    """Return ln ½ / ln f, ∞ where nothing is lost."""
    lost = np.minimum(logarithm, 0.0)
    lives: Array = np.divide(np.log(0.5), lost, out=np.full(lost.shape, np.inf), where=lost < 0)
    return lives


def _quantiles(keep: Array) -> Array:
    with np.errstate(divide="ignore"):
        return _half_life(np.log(np.quantile(keep, QUANTILES, axis=0)))


def _write_frequency(written: Array) -> Array:
    size = np.abs(written)
    frequency: Array = ((size >= A_WRITE * size.max(axis=0)) & (size > 0)).mean(axis=0)
    return frequency


def _saturation(trace: Trace, name: str, read: Array) -> Saturation:
    values = trace.series(name)[read]
    return Saturation(
        signal=name, shut=(values < SHUT).mean(axis=0), open=(values > OPEN).mean(axis=0)
    )
