"""What a file describes behind its last layer, as stages and the readout that answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

import numpy as np

from ..model import Dense, Normalised, Readout, ReadoutActivation, Scaled, Stage
from ..record import Array

CAPTURE = "A capture in your own process records what it answers."


def answer_of(stages: Sequence[Stage], softmax: bool) -> tuple[tuple[Stage, ...], Readout]:
    """Return the stages before the readout, and the readout: a last dense layer that is plain.

    Behind stages that end in something else the readout hands on what they give. Outputs are
    numbered, since such a file does not name them.
    """
    *before, final = joined(stages)
    activation: ReadoutActivation = "softmax" if softmax else "linear"
    if isinstance(final, Dense) and final.activation == "sigmoid" and not softmax:
        return tuple(before), _readout(final.kernel, final.bias, "sigmoid")
    if isinstance(final, Dense) and final.activation == "identity":
        return tuple(before), _readout(final.kernel, final.bias, activation)
    same = np.eye(final.output_size, dtype=_dtype(stages))
    return (*before, final), _readout(same, np.zeros(len(same), same.dtype), activation)


def joined(stages: Sequence[Stage]) -> list[Stage]:
    """Return the stages, terms and activations of their own joined to the dense layer before."""
    made: list[Stage] = []
    for stage in stages:
        below = made[-1] if made else None
        if isinstance(below, Dense) and below.activation == "identity" and _adds(stage):
            made[-1] = _together(below, stage)
        else:
            made.append(stage)
    return made


def _adds(stage: Stage) -> TypeGuard[Scaled]:
    """Whether a stage adds a term and applies an activation, no more."""
    if not isinstance(stage, Scaled) or isinstance(stage, Normalised):
        return False
    return bool((stage.scale == 1).all())


def _together(below: Dense, stage: Scaled) -> Dense:
    return Dense(kernel=below.kernel, bias=below.bias + stage.offset, activation=stage.activation)


def _dtype(stages: Sequence[Stage]) -> np.dtype[np.generic]:
    """The dtype of the numbers that the stages hold; one of them is a dense layer."""
    return next(stage.kernel.dtype for stage in stages if isinstance(stage, Dense))


def _readout(kernel: Array, bias: Array, activation: ReadoutActivation) -> Readout:
    labels = tuple(str(k) for k in range(len(bias)))
    return Readout(kernel=kernel, bias=bias, activation=activation, labels=labels)
