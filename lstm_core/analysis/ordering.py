"""The order in which units stand on the screen: by how long they remember, or by likeness."""

from __future__ import annotations

import numpy as np

from ..record import Array
from ..run.trace import Trace

BINS = 2048  # likeness is measured on at most this many stretches of the run


def time_scales(trace: Trace) -> Array:
    """Return how many timesteps each unit remembers in this run, (H,), in (0, inf].

    A share k of the memory is left after each timestep; after τ = -1 / ln k of them 1/e is
    left. For an LSTM k is the geometric mean over the run of the forget gate, for a GRU of
    the update gate, the very factors that the cell state is multiplied by; a standard RNN has no
    gate, and k is the lag-one autocorrelation of its hidden state (0 where it is negative).
    """
    gate = trace.vocabulary.keeping_gate
    if gate is None:
        kept = _autocorrelation(trace.hidden_state)
    else:
        kept = _geometric_mean(trace.series(gate))
    with np.errstate(divide="ignore"):
        scales: Array = 1 / np.abs(np.log(np.clip(kept, 0, 1)))
    return scales


def longest_first(scales: Array) -> Array:
    """Return the units (H,), the longest time scale first; equals stay in the file's order."""
    return np.argsort(-scales, kind="stable")


def by_similarity(series: Array) -> Array:
    """Return the units (H,) so that neighbours move together; `series` is (T, H).

    Spectral seriation: the weight between two units is (1 + r) / 2 with r their correlation
    over the run, and units are sorted by the Fiedler vector, the eigenvector of the second
    smallest eigenvalue of the graph's Laplacian. Of the two directions the one nearer to the
    file's order is taken. Runs of more than 2048 timesteps are averaged into as many
    stretches first.

    Source: Atkins, Boman & Hendrickson 1998, "A spectral algorithm for seriation".
    """
    units = series.shape[-1]
    if units < 3:
        return np.arange(units)
    weight = (1 + _correlations(_stretches(series))) / 2
    laplacian = np.diag(weight.sum(axis=1)) - weight
    fiedler = np.linalg.eigh(laplacian)[1][:, 1]
    order = np.argsort(np.round(fiedler, 9), kind="stable")
    places = np.empty(units)
    places[order] = np.arange(units)
    return order if _correlation(places, np.arange(units)) >= 0 else order[::-1]


def _geometric_mean(share: Array) -> Array:
    """exp(mean ln k) over time; 0 where a share is not positive once.

    Block by block: the logarithms of a long run, all at once, would cost more memory than time.
    """
    total = np.zeros(share.shape[-1])
    with np.errstate(divide="ignore"):
        for start in range(0, len(share), BINS):
            block = np.maximum(share[start : start + BINS], 0)
            total += np.log(block, out=block).sum(axis=0, dtype=np.float64)
        mean: Array = np.exp(total / len(share))
    return mean


def _autocorrelation(series: Array) -> Array:
    """Lag-one autocorrelation over time, at least 0; a unit that never moves remembers (1)."""
    centred = series.astype(np.float64) - series.mean(axis=-2, keepdims=True)
    power = (centred**2).sum(axis=-2)
    shared = (centred[..., 1:, :] * centred[..., :-1, :]).sum(axis=-2)
    still = power <= 1e-12 * series.shape[-2]
    return np.clip(np.where(still, 1.0, shared / np.where(still, 1.0, power)), 0, 1)


def _stretches(series: Array) -> Array:
    """At most BINS means over time, (bins, H); what is left over at the end is left out."""
    length = -(-len(series) // BINS)
    bins = len(series) // length
    stretches = series[: bins * length].reshape(bins, length, series.shape[-1])
    means: Array = stretches.mean(axis=1, dtype=np.float64)
    return means


def _correlations(series: Array) -> Array:
    """Correlation of every pair of units (H, H); 0 with a unit that never moves."""
    centred = series - series.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    scaled = centred / np.where(length > 1e-9, length, np.inf)
    product: Array = scaled.T @ scaled
    return np.clip(product, -1, 1)


def _correlation(first: Array, second: Array) -> float:
    return float(_correlations(np.stack([first, second], axis=-1))[0, 1])
