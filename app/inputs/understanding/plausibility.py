"""Whether numbers are what the network was trained on, and with which scaling they are read."""

from __future__ import annotations

import re

import numpy as np

from lstm_core.model.encoders import NumericEncoder
from lstm_core.record import Array

from ..arrays import shown
from ..files import UploadError
from .notes import Notes
from .numerals import spelled
from .wishes import Scaling, Wish

FAR = 6.0  # deviations of the training data from which a value is said to be far outside
LARGE = 5.0  # what inputs of a network that reads numbers as they are seldom reach

OWN = "The network's own"
AS_THEY_ARE = "As they are"
FITTED = "Fitted on this file: mean 0 and deviation 1"
EXAMPLE = "mean 12.5, deviation 3"
TYPED = re.compile(r"mean\s*([^\s,;]+)\s*[,;]\s*deviation\s*([^\s,;]+)")


def fitted(values: Array) -> Scaling:
    """Return mean and deviation (D,) of values (T, D); a column that never changes has 1."""
    with np.errstate(over="ignore", invalid="ignore"):
        mean, deviation = values.mean(axis=0), values.std(axis=0)
    return mean, np.where(deviation > 0, deviation, 1.0)


def typed_scaling(answer: str, size: int) -> Scaling:
    """Return the scaling of a typed answer, "mean 1, deviation 2", or one such pair an input.

    Raises UploadError for anything else.
    """
    pairs = TYPED.findall(answer.casefold())
    try:
        numbers = np.array([[float(a), float(b)] for a, b in pairs])
    except ValueError:
        numbers = np.zeros((0, 2))
    good = len(numbers) in {1, size} and np.isfinite(numbers).all() and (numbers[:, 1:] > 0).all()
    if not len(numbers) or not good:
        raise UploadError(
            f"The scaling {shown(answer)!r} is not understood: write {EXAMPLE!r}, once for all "
            f"inputs or {size} times, the deviation above zero."
        )
    mean, deviation = np.broadcast_to(numbers, (size, 2)).T
    return mean.copy(), deviation.copy()


def scaled_encoder(
    wish: Wish, columns: tuple[str, ...], values: Array, notes: Notes
) -> NumericEncoder:
    """Return what numbers (T, D) are to be read with: the scaling of the network, or as chosen.

    Says so where values are far outside of what the network was trained on.
    """
    size = values.shape[1]
    as_they_are = (np.zeros(size), np.ones(size))
    own = wish.scaling or as_they_are
    first = AS_THEY_ARE if wish.plain else OWN
    mean, deviation = fitted(values)
    shown_fit = f"{FITTED} ({_shown_pairs(mean, deviation)})"
    options = {first: own, shown_fit: (mean, deviation)}
    if not wish.plain:
        options[AS_THEY_ARE] = as_they_are
    answer = notes.answers.get("scaling", "")
    if answer.startswith(FITTED):  # the numbers in the option are shown, not part of the answer
        notes.answers["scaling"] = shown_fit
    chosen = notes.choose(
        "scaling",
        "With which scaling are the numbers read?",
        options,
        first,
        ask=False,
        typed=lambda answer: typed_scaling(answer, size),
        example=EXAMPLE,
    )
    offset, scale = chosen or own
    if answer in {"", first}:
        _say_far(values, wish, columns, offset, scale, notes)
    else:
        notes.remark(f"The numbers are scaled by {_shown_pairs(offset, scale)}.")
    names = wish.names or columns
    return NumericEncoder(columns=names, offset=offset, scale=scale)


def _shown_pairs(mean: Array, deviation: Array) -> str:
    pairs = [
        f"mean {spelled(float(f'{a:.4g}'))}, deviation {spelled(float(f'{b:.4g}'))}"
        for a, b in zip(mean[:3], deviation[:3], strict=True)
    ]
    return "; ".join(pairs) + ("; …" if len(mean) > 3 else "")


def _say_far(
    values: Array, wish: Wish, columns: tuple[str, ...], offset: Array, scale: Array, notes: Notes
) -> None:
    """Remark on values far outside of what the network was trained on, with the factor."""
    size = np.abs((values - offset) / scale)
    t, k = (int(n) for n in np.unravel_index(int(size.argmax()), size.shape))
    most, name = float(size[t, k]), shown(columns[k])
    value = spelled(float(values[t, k]))
    if wish.plain and most > LARGE:
        mean, deviation = fitted(values)
        notes.remark(
            f"Inputs reach {value}, in {name!r}, and this network reads numbers as they are: one "
            "that was trained on standardised numbers will be saturated. They can be standardised "
            f"by this file's own {_shown_pairs(mean, deviation)}."
        )
    elif not wish.plain and most > FAR:
        notes.remark(
            f"{name!r} reaches {value}: {most:,.0f} deviations from the mean of the training data "
            f"({_shown_pairs(offset[k : k + 1], scale[k : k + 1])}). Are the units the same?"
        )
