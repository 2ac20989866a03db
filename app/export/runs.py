"""The runs that static pages play: each is a file, named by what it holds, and written once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from ..components.shared.settings import Setting, table
from ..components.stage import STAGE_DEFAULTS, StageSettings
from ..session.opened_view import OpenedView
from ..session.scenes import scene

FOLDER = "runs"


class Runs:
    """Collects the scenes of all pages; what `add` returns is the file's place."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def add(self, opened: OpenedView) -> str:
        """Take the scene of a view in, and return the name of its file from the first page on."""
        packed = scene(opened)
        name = f"{FOLDER}/{packed.id}.bin"
        self.files[name] = packed.payload
        return name


def settings_table() -> dict[str, Mapping[str, Any]]:
    """Return the stage's settings as a page's script reads them from an address."""
    lines = table(StageSettings)
    return {name: _line(lines[name]) for name in STAGE_DEFAULTS}


def _line(line: Setting) -> dict[str, Any]:
    if isinstance(line.default, str):
        return {"default": line.default, "choices": get_args(line.type)}
    if line.type is bool:
        return {"default": line.default}
    low = line.low if line.low > float("-inf") else None
    return {"default": line.default, "low": low, "high": line.high, "whole": line.type is int}
