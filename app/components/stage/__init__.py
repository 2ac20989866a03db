"""The animated stage: one component that plays a trace, in plain JavaScript.

    scene = build_scene(trace, SymbolStrip(tokens=tuple("BPBTS"), predicted=(...), correct=...))
    stage(scene, StageSettings(t=0), on_change=follow)

Python runs the network, packs its numbers once and sends them; from then on stepping,
scrubbing and playing are the browser's. Where the reader came to rest is
`last_report()`. `stages` plays several scenes in step.
"""

from .aligned import blank_strip, build_aligned_scene, events_along, strip_along
from .component import (
    asked_details,
    follow,
    last_brush,
    last_pull,
    last_report,
    reported_words,
    stage,
    stages,
)
from .group import Group, GroupMember, build_group
from .played import MemoryAlong
from .scene import Changed, NumberStrip, Scene, SymbolStrip, build_scene, unit_orders
from .settings import GROUP_DEFAULTS, MEAN_OF_UNITS, STAGE_DEFAULTS, StageSettings
from .strips import StripLine

__all__ = [
    "GROUP_DEFAULTS",
    "MEAN_OF_UNITS",
    "STAGE_DEFAULTS",
    "Changed",
    "Group",
    "GroupMember",
    "MemoryAlong",
    "NumberStrip",
    "Scene",
    "StageSettings",
    "StripLine",
    "SymbolStrip",
    "asked_details",
    "blank_strip",
    "build_aligned_scene",
    "build_group",
    "build_scene",
    "events_along",
    "follow",
    "last_brush",
    "last_pull",
    "last_report",
    "reported_words",
    "stage",
    "stages",
    "strip_along",
    "unit_orders",
]
