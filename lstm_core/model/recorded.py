"""Sequences that a model's file holds: recorded where the model lives, with what it answered there.

The recorded outputs beside our own are the proof that a network is read right: `agreement`.
"""

from __future__ import annotations

from math import isnan

import numpy as np

from ..record import Array, record
from .layer import Layer, LayerState

MOST_COMPARED = 20_000_000  # timesteps times units of a model's recorded sequences
MOST_AT_ONCE = 1_000_000  # timesteps times units that are run at once


@record
class RecordedSequence:
    """A sequence that a chain of layers read elsewhere, and what it answered.

    It was read in one call or in several that carried the states on: `seams` are the timesteps at
    which another call begins, after the first. `first_call` counts the calls of the chain from 0,
    `row` is the sequence's place among the `rows` of its first call's batch.
    """

    layer: int  # the place of the chain's first layer in the model
    inputs: Array  # (T, D)
    start: tuple[LayerState, ...]  # of each layer of the chain
    outputs: Array | None = None  # (T, D_out) of the chain's last layer
    final: Array | None = None  # (D_out,): its last output, where that is all that was answered
    seams: tuple[int, ...] = ()
    first_call: int = 0
    row: int = 0
    rows: int = 1

    def __len__(self) -> int:
        """T."""
        return len(self.inputs)

    @property
    def calls(self) -> int:
        """In how many calls it was read."""
        return len(self.seams) + 1


@record
class Agreement:
    """How far the recorded outputs of a model are from those that we compute.

    `sequence` is the place of the recorded sequence in which the difference is largest, `timestep`
    and `unit` say where in it; `ours` and `theirs` are the two numbers there.
    """

    difference: float
    sequence: int
    timestep: int
    unit: int
    ours: float
    theirs: float
    numbers: int  # how many were compared
    sequences: int  # in how many sequences


def agreement(
    layers: tuple[Layer, ...], recorded: tuple[RecordedSequence, ...]
) -> Agreement | None:
    """Return how far what was recorded is from what these layers compute; None of nothing.

    `layers` are one chain, and `recorded` its sequences. They are run one after another, until
    timesteps times units are more than `MOST_COMPARED`. A difference that is no number is the
    largest of all.
    """
    units = sum(layer.hidden_size * (1 + layer.bidirectional) for layer in layers)
    worst: Agreement | None = None
    numbers = sequences = work = 0
    for k, one in enumerate(recorded):
        if not len(one) or (one.outputs is None and one.final is None):
            continue
        work += len(one) * units
        if sequences and work > MOST_COMPARED:
            break
        ours, theirs = _both(layers, one)
        numbers, sequences = numbers + theirs.size, sequences + 1
        apart = np.abs(ours - theirs)
        t, unit = (int(n) for n in np.unravel_index(int(apart.argmax()), apart.shape))
        if worst is None or _is_larger(float(apart[t, unit]), worst.difference):
            worst = Agreement(
                difference=float(apart[t, unit]),
                sequence=k,
                timestep=t if one.outputs is not None else len(one) - 1,
                unit=unit,
                ours=float(ours[t, unit]),
                theirs=float(theirs[t, unit]),
                numbers=0,
                sequences=0,
            )
    if worst is None:
        return None
    return Agreement(**{**vars(worst), "numbers": numbers, "sequences": sequences})


def _is_larger(difference: float, than: float) -> bool:
    """Whether one difference is larger than another; NaN is larger than any number."""
    return not isnan(than) and not difference <= than


def _both(layers: tuple[Layer, ...], one: RecordedSequence) -> tuple[Array, Array]:
    """Our outputs and the recorded ones, (T, D_out), or (1, D_out) of the last alone."""
    ours = _outputs(layers, one)
    if one.outputs is not None:
        return ours.astype(np.float64), one.outputs.astype(np.float64)
    assert one.final is not None
    last = ours[0 if layers[-1].reverse else -1]
    return last[np.newaxis].astype(np.float64), one.final[np.newaxis].astype(np.float64)


def _outputs(layers: tuple[Layer, ...], one: RecordedSequence) -> Array:
    """What a chain of layers hands on, (T, D_out).

    A run records every signal. Where all layers read forwards it is made piece by piece, each from
    the states that the one before left, and of each piece only the outputs are kept.
    """
    units = sum(layer.hidden_size for layer in layers)
    both_ways = any(layer.bidirectional or layer.reverse for layer in layers)
    length = len(one) if both_ways else max(1, MOST_AT_ONCE // units)
    states, pieces = list(one.start), []
    for first in range(0, len(one), length):
        values = one.inputs[first : first + length]
        for k, layer in enumerate(layers):
            run = layer.unroll(values, states[k].hidden, states[k].cell)
            values, states[k] = run.outputs, run.final
        pieces.append(values)
    return np.concatenate(pieces)
