"""An n-gram model: what follows the last n - 1 symbols, as often as it followed them before.

    p(w | v) = max(c(v·w) - D, 0) / c(v) + γ(v)·p(w | v without its first symbol)

v are the n - 1 symbols before w, c counts, and D is one of three discounts for what was seen
once, twice or more often. γ(v) hands what was taken away to the shorter context, whose counts
are not of occurrences but of the different symbols before it. Below a single symbol all are
equally likely. This is interpolated Kneser-Ney smoothing in its modified form, the best that is
known for counts.

Source: Kneser & Ney 1995; Chen & Goodman 1998, modified and interpolated.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_core.record import Array, record


@record
class Counts:
    """How often each k-gram counts, and what its context keeps of it and hands on."""

    grams: Array  # the numbers of the k-grams seen, ascending
    kept: Array  # max(c(v·w) - D, 0) / c(v) of each
    contexts: Array  # the numbers of the contexts v seen, ascending
    handed_on: Array  # γ(v) of each


@record
class NGrams:
    """A model of order n over an alphabet of V symbols; `counts` from order 1 up to n."""

    symbols: int  # V
    counts: tuple[Counts, ...]

    @property
    def order(self) -> int:
        """n: one more than the symbols of context."""
        return len(self.counts)

    def probabilities(self, places: Array, start: int) -> Array:
        """Return the probability (T,) of each symbol of one text after those before it.

        `places` (T,) are the symbols' places in the alphabet. The text is read as if symbol
        `start` stood before it, as often as needed.
        """
        p: Array = np.full(len(places), 1 / self.symbols)
        for k, counts in enumerate(self.counts, start=1):
            grams = _grams(places, k, start, self.symbols)
            p *= _looked_up(counts.contexts, counts.handed_on, grams // self.symbols, 1.0)
            p += _looked_up(counts.grams, counts.kept, grams, 0.0)
        return p


def fit_ngrams(texts: Sequence[Array], order: int, symbols: int, start: int) -> NGrams:
    """Return the model of this order of texts, each the places (T,) of its symbols.

    Raises ValueError where the numbers of the n-grams do not fit into 63 bits.
    """
    if not (order >= 1 and symbols**order < 2**63):
        raise ValueError(
            f"order is {order} and symbols are {symbols}: "
            "expected an order of at least 1 and symbols ** order below 2 ** 63"
        )
    all_grams = np.concatenate([_grams(text, order, start, symbols) for text in texts])
    grams, times = np.unique(all_grams, return_counts=True)
    counts = [_discounted(grams, times, symbols)]
    for k in range(order - 1, 0, -1):
        grams, times = np.unique(grams % symbols**k, return_counts=True)
        counts.append(_discounted(grams, times, symbols))
    return NGrams(symbols=symbols, counts=tuple(reversed(counts)))


def _grams(places: Array, order: int, start: int, symbols: int) -> Array:
    """The k-gram that ends at each symbol as one number (T,), its first symbol counting most."""
    padded = np.concatenate([np.full(order - 1, start, np.int64), places])
    grams = np.zeros(len(places), np.int64)
    for k in range(order):
        grams = grams * symbols + padded[k : k + len(places)]
    return grams


def _discounted(grams: Array, times: Array, symbols: int) -> Counts:
    """Take the discounts from the counts of all k-grams, context by context."""
    discount = _discounts(times)[np.minimum(times, 3)]
    contexts, context_of = np.unique(grams // symbols, return_inverse=True)
    total = np.bincount(context_of, weights=times)
    taken = np.bincount(context_of, weights=discount)
    return Counts(
        grams=grams,
        kept=(times - discount) / total[context_of],
        contexts=contexts,
        handed_on=taken / total,
    )


def _discounts(times: Array) -> Array:
    """D of what was seen never, once, twice, more often, (4,): D_k = k - (k + 1)·Y·n_k₊₁ / n_k.

    n_k says how many were seen k times, Y = n₁ / (n₁ + 2 n₂). Where too few were seen for a
    discount above 0, D_k is Y, or a half where that says nothing either.
    """
    n = np.bincount(np.minimum(times, 5), minlength=6).astype(np.float64)
    y = n[1] / (n[1] + 2 * n[2]) if n[1] * n[2] > 0 else 0.5
    found = [0.0]
    for k in (1, 2, 3):
        d = k - (k + 1) * y * n[k + 1] / n[k] if n[k] > 0 else y
        found.append(d if 0 < d < k else y)
    return np.array(found)


def _looked_up(keys: Array, values: Array, wanted: Array, missing: float) -> Array:
    """The value of each wanted key, `missing` where there is none."""
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], missing)
