"""A run that goes on from the middle of another: the beginning of one trace, then the other."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

import numpy as np

from .interventions import Intervention
from .trace import GRUTrace, LSTMTrace, RNNTrace

T = TypeVar("T", LSTMTrace, GRUTrace, RNNTrace)


def joined(before: T, first: int, rest: T, interventions: tuple[Intervention, ...] = ()) -> T:
    """Return the timesteps 0..first-1 of one run and then all of another, as one trace.

    `rest` began with the state after timestep first - 1 of `before`. `interventions` are those of
    the whole. For runs that read forwards, without padding.
    """
    axis = before.input.ndim - 2
    fields = _joined_fields(before, rest, type(before)._step, first, axis)
    return dataclasses.replace(rest, **fields, interventions=interventions)


def _joined_fields(before: Any, rest: Any, kind: type, first: int, axis: int) -> dict[str, Any]:
    """The fields that `kind` declares, joined along the axis of time; records inside likewise."""
    fields: dict[str, Any] = {}
    early = (slice(None),) * axis + (slice(first),)
    for field in dataclasses.fields(kind):
        begun, goes_on = getattr(before, field.name), getattr(rest, field.name)
        if isinstance(begun, np.ndarray):
            fields[field.name] = np.concatenate([begun[early], goes_on], axis=axis)
        else:
            inner = type(begun)
            fields[field.name] = inner(**_joined_fields(begun, goes_on, inner, first, axis))
    return fields
