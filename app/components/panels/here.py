"""The line above every panel: which timestep and which unit it is about."""

from __future__ import annotations

from typing import Any

from ...words import common as words
from ..shared.payload import Packer


def packed_here(stage: str) -> bytes:
    """Pack the line alone, about the stage of this key."""
    return Packer().pack({"kind": "here", "id": stage, **here_words(stage)})


def here_words(stage: str) -> dict[str, Any]:
    """Return what the browser says the line with, for the header of every panel."""
    quotes = {"quote": words.QUOTE, "quoted": words.QUOTED}
    return {"stage": stage, "here": {**words.HERE, **quotes}}
