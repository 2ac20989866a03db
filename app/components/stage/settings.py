"""What the reader looks at on a stage, and on a group of stages: one line for each setting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ..shared.settings import group_defaults, setting, stage_defaults

Order = Literal["file", "time_scale", "similarity"]
Scale = Literal["asinh", "linear", "per_unit"]
Notation = Literal["split", "cs224n", "joined", "names"]

MEAN_OF_UNITS = -1  # the "unit" that is the mean over all units
MOST_STAGES = 8  # of a group


@dataclass(frozen=True, kw_only=True)
class StageSettings:
    """What the reader looks at. `t` and the units count from 0, and are clamped to the trace.

    A stage alone has `unit`; a group has `units`, one for each stage, and MEAN_OF_UNITS for those
    that are not said. `speed` is in timesteps per second. `all_units` unfolds the whole board;
    else it shows the chosen unit's memory alone. `present` has the stage stand alone, enlarged.
    `notation` is how equations are written.
    """

    t: int = setting(0, low=0, stage=True, group=True)
    unit: int = setting(0, low=MEAN_OF_UNITS, stage=True)
    order: Order = setting("file", stage=True, group=True)
    speed: float = setting(4.0, low=0.5, high=60.0, stage=True, group=True)
    veil: bool = setting(True, stage=True, group=True)
    slow: bool = setting(False, stage=True)
    all_units: bool = setting(False, stage=True)
    present: bool = setting(False, stage=True)
    scale: Scale = setting("asinh", stage=True, group=True)
    notation: Notation = setting("split", stage=True)
    units: tuple[int, ...] = setting((), low=MEAN_OF_UNITS, most=MOST_STAGES, group=True)


STAGE_DEFAULTS: dict[str, Any] = stage_defaults(StageSettings)
GROUP_DEFAULTS: dict[str, Any] = group_defaults(StageSettings)
