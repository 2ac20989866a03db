"""The workbench: how a network learns, live and afterwards. See `component` for how it is used."""

from .bench_frame import Frame, make_frame
from .component import NEWEST, last_choice, workbench
from .packing import Feed, pack

__all__ = ["NEWEST", "Feed", "Frame", "last_choice", "make_frame", "pack", "workbench"]
