"""Scenes that play in step: what each stage shows, and one buffer for all of them.

The buffer is the stage's own container; its arrays are the buffers of the scenes, unopened.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import numpy as np

from lstm_core.record import record

from ...words import stage as stage_words
from ..shared.payload import Packer
from ..shared.spoken import browser_words
from .scene import Scene, Window, cut_details
from .settings import GROUP_DEFAULTS


@record
class GroupMember:
    """One stage of a group: a scene, the line above it, and which of its signals are drawn.

    `signals` are names of recorded signals, in this order from top to bottom; () is the memory
    alone: the cell state, or the hidden state where there is none. What was read stands above the
    first stage, and above those that read something else (`reads`).
    """

    scene: Scene
    title: str
    signals: tuple[str, ...] = ()
    reads: bool = False

    def check(self) -> None:
        """Raise ValueError for a signal that the cell doesn't have."""
        known = [signal.name for signal in self.scene.trace.vocabulary.recorded]
        for name in self.signals:
            if name not in known:
                raise ValueError(f"signal is {name!r}: expected one of {', '.join(known)}")

    @property
    def shown(self) -> tuple[str, ...]:
        """The signals that are drawn: at least one."""
        return self.signals or (self.scene.trace.vocabulary.memory,)


@record
class Group:
    """Members as the browser gets them; immutable, made by `build_group`."""

    id: str
    payload: bytes
    members: tuple[GroupMember, ...]


def build_group(members: Sequence[GroupMember], *, one_unit: bool = False) -> Group:
    """Pack the members in one buffer; ValueError where there is none.

    The first leads: time goes as far as its run, and a run that is shorter rests at its end. With
    `one_unit` a unit that is chosen on one stage is chosen on all.
    """
    if not members:
        raise ValueError("group has 0 members: expected at least 1")
    packer, described = Packer(), []
    for member in members:
        scene = packer.add(np.frombuffer(member.scene.payload, np.uint8))
        shown = {"title": member.title, "signals": member.shown, "reads": member.reads}
        described.append({**shown, "scene": scene})
    words = [[m.scene.id, m.title, m.shown, m.reads, one_unit] for m in members]
    group_id = sha256(json.dumps(words).encode()).hexdigest()[:24]
    header = {"settings": GROUP_DEFAULTS, "words": browser_words(stage_words.TABLE)}
    shared = {"one_unit": one_unit, "members": described}
    payload = packer.pack({"id": group_id, **header, **shared})
    return Group(id=group_id, payload=payload, members=tuple(members))


def cut_group_details(
    group: Group, view: Window | None, exact: Window | None, extra: dict[str, Any]
) -> bytes:
    """Pack what the reader is looking at in long runs: for each member what `cut_details` cuts."""
    packer = Packer()
    cuts = [cut_details(m.scene, view, exact, {}, m.shown) for m in group.members]
    places = [packer.add(np.frombuffer(cut, np.uint8)) for cut in cuts]
    return packer.pack({"id": group.id, "members": places, **extra})
