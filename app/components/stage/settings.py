"""What the reader looks at on a stage, and on a group of stages: words and numbers."""

from __future__ import annotations

from dataclasses import fields
from typing import Literal

from lstm_core.record import record

Order = Literal["file", "time_scale", "similarity"]
Scale = Literal["asinh", "linear", "per_unit"]

MEAN = -1  # the "unit" that is the mean over all units


@record
class StageSettings:
    """What the reader looks at. `t` is clamped to the trace; `unit` -1 is the mean over units."""

    t: int = 0
    unit: int = MEAN
    order: Order = "file"
    speed: float = 4.0  # timesteps per second, 0.5..60
    veil: bool = True
    slow: bool = False
    scale: Scale = "asinh"


@record
class GroupSettings:
    """What the reader looks at on stages that play in step: all of it holds for every stage.

    But for `units`: a unit for each, -1 the mean over its units; () is the mean everywhere.
    """

    t: int = 0
    units: tuple[int, ...] = ()
    order: Order = "file"
    speed: float = 4.0  # timesteps per second, 0.5..60
    veil: bool = True
    scale: Scale = "asinh"


def field_names(settings: type) -> tuple[str, ...]:
    """Return the names of what the browser reports."""
    return tuple(field.name for field in fields(settings))
