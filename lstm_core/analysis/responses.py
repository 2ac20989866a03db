"""What units do when a network's input is disturbed: by an impulse, by a step, by a sine.

A network that reads the same input x₀ at every timestep comes to rest, mostly. Then the input is
moved towards another one, x₁, by a weight w_t:

    x_t = x₀ + w_t (x₁ - x₀)        impulse: w = 1, 0, 0, …    step: w = 1, 1, 1, …
                                    sine: w_t = sin(2π (t + 1) / period)

The response of a unit is how far its signal is then from what it is in a run that stays at x₀, so
that a memory that drifts by itself is no part of it. Two symbols can be x₀ and x₁ as well as two
numbers; a sine lies between symbols, and is for numbers alone.

- gain: of an impulse the largest deviation, of a step the one that remains, both with their sign;
  of a sine the amplitude at its own frequency, |2/N Σ y_t exp(-2πi t / period)|, over the whole
  periods in the second half;
- settling time: after how many timesteps the deviation stays within a twentieth of its largest
  size from where it ends, which is 0 for an impulse; ∞ where it has not come to rest in the first
  nine tenths.

Source: arXiv 1809.03864 characterises units by their step and sine responses; here the run that
stays at x₀ is taken off.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from ..record import Array, record

Disturbance = Literal["impulse", "step", "sine"]
Run = Callable[[Array], Array]
"""What a network computes: inputs (T, D) to one signal of its units, (T, H)."""

TOLERANCE = 0.05  # of the largest deviation
UNSETTLED = 0.9  # of the timesteps: what still moves after them has not come to rest
SILENT = 1e-9  # a deviation that stays below is none: it has settled at once


@record
class Response:
    """How H units answer one disturbance of T timesteps.

    `weights` (T,) say how far the input was moved, `deviation` (T, H) how far each unit is from
    the run without it. `gain` and `settling` (timesteps, ∞ where it does not come to rest) are
    (H,); a sine has no settling time: None.
    """

    kind: Disturbance
    weights: Array
    deviation: Array
    gain: Array
    settling: Array | None


def response(
    run: Run,
    rest: Array,
    moved: Array,
    kind: Disturbance,
    *,
    timesteps: int = 200,
    before: int = 100,
    period: int = 20,
) -> Response:
    """Return how units answer when the input goes from `rest` (D,) towards `moved` (D,).

    The network reads `rest` for `before` timesteps first. Raises ValueError where `timesteps` is
    less than 2, and for a sine whose `period` is less than 2 or has no whole period in the second
    half of the timesteps.
    """
    if timesteps < 2:
        raise ValueError(f"timesteps is {timesteps}: expected at least 2")
    if kind == "sine" and not 2 <= period <= timesteps // 2:
        raise ValueError(f"period is {period}: expected 2..{timesteps // 2}, half the timesteps")
    weights = disturbance(kind, timesteps, period)
    rest, moved = np.asarray(rest, np.float64), np.asarray(moved, np.float64)
    still = np.tile(rest, (before + timesteps, 1))
    inputs = still.copy()
    inputs[before:] += weights[:, np.newaxis] * (moved - rest)
    both = (np.asarray(run(given)[before:], np.float64) for given in (inputs, still))
    disturbed, undisturbed = both
    deviation = disturbed - undisturbed
    return Response(
        kind=kind,
        weights=weights,
        deviation=deviation,
        gain=_gain(deviation, kind, period),
        settling=None if kind == "sine" else settling_time(deviation, ends_at_zero=kind != "step"),
    )


def disturbance(kind: Disturbance, timesteps: int, period: int) -> Array:
    """Return how far the input is moved at each timestep, (T,)."""
    time = np.arange(timesteps)
    if kind == "impulse":
        pulse: Array = (time == 0).astype(np.float64)
        return pulse
    if kind == "step":
        return np.ones(timesteps)
    wave: Array = np.sin(2 * np.pi * (time + 1) / period)
    return wave


def settling_time(deviation: Array, *, ends_at_zero: bool) -> Array:
    """Return after how many timesteps each unit of (T, H) stays near its end, (H,).

    Its end is 0, or its last value. Near is within TOLERANCE of its largest size; ∞ where it is
    not near yet after UNSETTLED of the timesteps.
    """
    size = np.abs(deviation).max(axis=0)
    end = 0.0 if ends_at_zero else deviation[-1]
    away = np.abs(deviation - end) > TOLERANCE * size
    away &= size > SILENT
    last = len(deviation) - away[::-1].argmax(axis=0)  # 1 + the last timestep that is away
    settled = np.where(away.any(axis=0), last, 0).astype(np.float64)
    settled[settled > UNSETTLED * len(deviation)] = np.inf
    return settled


def _gain(deviation: Array, kind: Disturbance, period: int) -> Array:
    if kind == "step":
        last: Array = deviation[-1].copy()
        return last
    if kind == "impulse":
        at = np.abs(deviation).argmax(axis=0)
        furthest: Array = np.take_along_axis(deviation, at[np.newaxis], axis=0)[0]
        return furthest
    return _amplitude(deviation, period)


def _amplitude(deviation: Array, period: int) -> Array:
    """The amplitude at the frequency of the sine, over the last whole periods, (H,)."""
    stop = len(deviation)
    start = stop - max(1, stop // 2 // period) * period
    turn = np.exp(-2j * np.pi * np.arange(start, stop) / period)
    amplitude: Array = np.abs(2 / (stop - start) * (turn @ deviation[start:]))
    return amplitude
