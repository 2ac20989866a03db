"""Integrated gradients: a logit's difference from a baseline, split exactly over all inputs.

    IG_{s,d} = (x - x')_{s,d} · ∫₀¹ ∂y/∂x_{s,d} (x' + α (x - x')) dα
    Σ_{s,d} IG_{s,d} = y(x) - y(x')                                    (completeness)

The integral is taken by Gauss-Legendre quadrature on ever more panels until the sum is complete.
What is left over is the completeness error, and is returned.

Source: Sundararajan, Taly & Yan, "Axiomatic Attribution for Deep Networks", 2017.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from ..model import Model
from ..model.weights import weights, with_weights
from ..record import Array, record
from .model_influence import logit_influence

NODES = 8  # of one panel
MOST_PANELS = 64
COMPLETE = 1e-6  # of the difference that is split, or of 1 where that is smaller

Slope = Callable[[float], tuple[float, Array]]


@record
class IntegratedGradients:
    """What each number that is read adds to a logit, against a baseline.

    `attribution` is (T, D), and `by_timestep` its sum over D. `difference` is y(x) - y(x'), and
    `completeness_error` how far the sum of all attributions is from it.
    """

    timestep: int
    attribution: Array
    difference: float
    completeness_error: float

    @property
    def by_timestep(self) -> Array:
        """The attribution of each timestep, (T,)."""
        total: Array = self.attribution.sum(axis=1)
        return total


def integrated_gradients(
    model: Model,
    inputs: Array,
    t: int,
    output: int,
    against: int | None = None,
    baseline: Array | None = None,
    most_panels: int = MOST_PANELS,
) -> IntegratedGradients:
    """Return the integrated gradients of a logit at timestep `t` by encoded inputs (T, D).

    `output` and `against` are those of `logit_influence`; `baseline` (T, D) is zero by default,
    which is no symbol at all, or the mean of every standardised number. Computed in float64, by
    some 8 · `most_panels` runs there and back at most; the error says whether that was enough. Of
    a model that reads forwards alone they end at `t`: what comes later gets nothing.
    Raises ValueError for a baseline of another shape, and as `logit_influence` does.
    """
    inputs = np.asarray(inputs, np.float64)
    start = np.zeros_like(inputs) if baseline is None else np.asarray(baseline, np.float64)
    if start.shape != inputs.shape:
        raise ValueError(f"baseline is {start.shape}: expected {inputs.shape}, as the inputs are")
    exact, attribution = in_float64(model), np.zeros_like(inputs)
    read = slice(t + 1) if 0 <= t < len(inputs) and _reads_forwards(model) else slice(None)
    inputs, start = inputs[read], start[read]

    def slope(alpha: float) -> tuple[float, Array]:
        run = exact.run_inputs(start + alpha * (inputs - start))
        influence = logit_influence(exact, run, t, output, against)
        return influence.value, influence.input

    difference = slope(1.0)[0] - slope(0.0)[0]
    bound, panels = COMPLETE * max(1.0, abs(difference)), 1
    while True:
        attribution[read] = (inputs - start) * _mean(slope, panels)
        error = abs(float(attribution[read].sum()) - difference)
        if error <= bound or panels >= most_panels:
            break
        panels *= 2
    return IntegratedGradients(
        timestep=t, attribution=attribution, difference=difference, completeness_error=error
    )


def _reads_forwards(model: Model) -> bool:
    """Whether a prediction depends on nothing that is read after it."""
    if model.front or model.back or model.reads_ends:
        return False
    return not any(k.reverse or k.bidirectional or k.running_order for k in model.layers)


def _mean(slope: Slope, panels: int) -> Array:
    """The mean of the slope over α in [0, 1]."""
    nodes, node_weights = np.polynomial.legendre.leggauss(NODES)
    edges = np.linspace(0, 1, panels + 1)
    total: Array = np.zeros(())
    for low, high in pairwise(edges):
        for node, weight in zip(nodes, node_weights, strict=True):
            half = (high - low) / 2
            total = total + weight * half * slope(float(low + half * (1 + node)))[1]
    return total


def in_float64(model: Model) -> Model:
    """Return the same model with every number in float64."""
    double = {name: array.astype(np.float64) for name, array in weights(model).items()}
    exact = with_weights(model, double)
    layers = tuple(
        dataclasses.replace(
            layer,
            initial_hidden=_double(layer.initial_hidden),
            initial_cell=_double(layer.initial_cell),
        )
        for layer in exact.layers
    )
    return dataclasses.replace(exact, layers=layers)


def _double(values: Array | None) -> Array | None:
    return None if values is None else values.astype(np.float64)
