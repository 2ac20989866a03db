"""The Streamlit side of the stage: what is sent, and what comes back.

Two components. The stage itself gets the scene and nothing else, so that Streamlit, which
remembers what a browser has, sends it once. The courier is invisible: it brings what is small
and changes (settings) and what the reader asks for in a long run (details), and it reruns only
its own fragment. Stages that play in step are one component with one courier: they come and go
together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any
from weakref import WeakValueDictionary

import streamlit as st

from ..shared.payload import Packer
from ..shared.registration import CARD, component, only_rerun, reported
from ..shared.settings import spell_value, table
from .group import Group, GroupMember, build_group, cut_group_details
from .scene import Scene, cut_details
from .settings import GROUP_DEFAULTS, MEAN_OF_UNITS, STAGE_DEFAULTS, StageSettings

HERE = Path(__file__).parent

Callback = Callable[[], None]
Wishes = dict[str, list[Any]]  # name: what Python wants, what the reader had reported

_mounted: WeakValueDictionary[str, Scene | Group] = WeakValueDictionary()  # by id, while held


def stage(
    scene: Scene,
    settings: StageSettings,
    *,
    key: str = "stage",
    on_change: Callback | None = None,
    on_pull: Callback | None = None,
    on_brush: Callback | None = None,
    brushed: tuple[int, int] | None = None,
    followed: bool = False,
) -> None:
    """Show the scene and play it; what the reader did comes back at rest (see `last_report`).

    `on_change` is called once per rest, never while playing and never by itself. Hand back what
    was reported: a setting that differs from the report moves the stage, one that doesn't is
    left alone, so that nothing jumps under the reader's hand. `on_pull` is called when the reader
    has pulled a gate (see `last_pull`), of a scene whose gates can be pulled. With `on_brush` the
    reader can mark a stretch of time by dragging over a heatmap or by keys, and it is called then
    (see `last_brush`); `brushed` is the one that is marked, both ends included. A stage that is
    `followed` leaves it to what follows it on the page (see `follow`) to report.
    """
    brush = None if on_brush is None else list(brushed or ())
    callbacks = {"pull": on_pull, "brush": on_brush}
    _mount(scene, settings, key, on_change, callbacks, followed=followed, brush=brush)


def last_pull(key: str = "stage") -> dict[str, Any]:
    """Return what the reader pulled last: {}, or what the browser says of it.

    "signal", "unit" (MEAN_OF_UNITS: all of them), "first" and "last" timestep, "value", which is
    None where it was let go, and "t".
    """
    return dict(reported(key, "pull") or {})


def last_brush(key: str = "stage") -> dict[str, Any]:
    """Return what the reader brushed last: {}, or "first" and "last" timestep, and "signal".

    The signal is "" where the stretch was marked by keys.
    """
    return dict(reported(key, "brush") or {})


def stages(
    members: Sequence[GroupMember],
    settings: StageSettings,
    *,
    key: str = "stages",
    one_unit: bool = False,
    on_change: Callback | None = None,
    followed: bool = False,
) -> None:
    """Show scenes one above the other and play them in step, with one row of controls.

    Each has its title, its strip and the heatmaps that its member names: no drawing and no slow
    motion. With `one_unit` they all show the same unit. Settings and reports as for `stage`.
    Raises ValueError for no members.
    """
    group = build_group(members, one_unit=one_unit)
    _mount(group, settings, key, on_change, followed=followed)


def follow(
    key: str, settings: Collection[str], *, on_report: Callback, always: bool = False
) -> None:
    """Have the fragment around this follow the stage of this key, which is `followed`.

    `settings` are those that the fragment shows. When the reader rests and one of them has changed,
    and when the fragment comes in sight, the browser reports: `on_report` is called, and the
    fragment runs, alone. While it is out of sight nothing is reported, unless `always` is set.
    """
    data = {"stage": key, "follows": list(settings), "always": always}
    follower = component("follower", HERE / "js" / "follower.js")
    follower(key=_follower_key(key), data=data, on_report_change=on_report)


def _follower_key(key: str) -> str:
    return f"{key}_follower"


def last_report(key: str = "stage") -> dict[str, Any]:
    """Return what the reader did: {} or the settings that the stage has, and two more.

    "window" is [first, last + 1], the timesteps in sight, and "moment" differs from report to
    report. The browser sends all of it as one value, so that a rest costs one rerun: as
    `st.session_state[key]["report"]`, or that of the follower of a stage that is followed. A test
    may set single fields: `st.session_state[key] = {"t": 5}`.
    """
    state = dict(st.session_state.get(key) or {})
    told = {**state, **(state.pop("report", None) or {})}
    followed = reported(_follower_key(key), "report") or {}
    return dict(max(told, followed, key=lambda report: report.get("moment", 0)))


def reported_words(key: str = "stage") -> dict[str, str]:
    """Return what the reader did, each setting as an address spells it, and the moment."""
    reported = last_report(key)
    names = [*table(StageSettings), "moment"]
    return {n: spell_value(value) for n in names if (value := reported.get(n)) is not None}


def first_parcel(shown: Scene | Group, settings: StageSettings, key: str) -> bytes:
    """Return what the courier brings of a page that was just opened: all settings.

    What draws a stage before Streamlit does begins with it, so that the courier's own brings no
    news.
    """
    wanted = _wishes(_settings_of(shown, settings), {})
    return _parcel(shown, {"stage": key, "wanted": wanted, "followed": True})


def _settings_of(shown: Scene | Group, settings: StageSettings) -> dict[str, Any]:
    """The settings that are known to what is shown; of a group every stage has its unit."""
    if isinstance(shown, Scene):
        return {name: getattr(settings, name) for name in STAGE_DEFAULTS}
    count = len(shown.members)
    units = (*settings.units, *[MEAN_OF_UNITS] * count)[:count]
    return {name: getattr(settings, name) for name in GROUP_DEFAULTS} | {"units": units}


def _mount(
    shown: Scene | Group,
    settings: StageSettings,
    key: str,
    on_change: Callback | None,
    others: Mapping[str, Callback | None] = MappingProxyType({}),
    *,
    followed: bool = False,
    brush: list[int] | None = None,
) -> None:
    _mounted[shown.id] = shown
    chosen = _settings_of(shown, settings)
    callbacks = {f"on_{name}_change": on_change or only_rerun for name in ("report", *chosen)}
    callbacks |= {f"on_{name}_change": call for name, call in others.items() if call}
    with st.container(gap=None):
        _stage_component()(key=key, data=shown.payload, **callbacks)
        wanted = _wishes(chosen, last_report(key))
        extra = {"stage": key, "wanted": wanted, "followed": followed}
        _courier(shown, key, extra if brush is None else {**extra, "brush": brush})


def _wishes(settings: dict[str, Any], reported: dict[str, Any]) -> Wishes:
    """What Python wants otherwise than it was reported."""
    wanted = {k: list(v) if isinstance(v, tuple) else v for k, v in settings.items()}
    return {k: [v, reported.get(k)] for k, v in wanted.items() if v != reported.get(k)}


@st.fragment
def _courier(shown: Scene | Group, key: str, extra: dict[str, Any]) -> None:
    """Bring settings, and the details that the browser asked for, in a fragment of its own.

    The same wish comes again with every run of the fragment, and the browser must know it for
    the same: that is why it says what the reader had reported.
    """
    courier_key = f"{key}_courier"
    request = reported(courier_key, "details") or {}
    asked = request.get("id") == shown.id
    data = _cut(shown, request, extra) if asked else _parcel(shown, extra)
    _courier_component()(key=courier_key, data=data, on_details_change=only_rerun)


def _parcel(shown: Scene | Group, extra: dict[str, Any]) -> bytes:
    """Settings alone, without details."""
    return Packer().pack({"id": shown.id, "tiles": [], **extra})


def _cut(shown: Scene | Group, request: Mapping[str, Any], extra: dict[str, Any]) -> bytes:
    """What was asked for: `view`, `exact` and `bars`, None where they are there, and `signals`."""
    view, exact = request["view"], request["exact"]
    if isinstance(shown, Group):
        return cut_group_details(shown, view, exact, extra)
    return cut_details(shown, view, exact, extra, request["signals"], request.get("bars"))


def asked_details(request: Mapping[str, Any]) -> bytes | None:
    """Return the details that a stage asks for by itself; None where its scene is gone.

    `request` is the browser's: "id" of what is shown, "view", "exact", "signals" and "bars". It is
    of the right types, but may name any timesteps, units and signals.
    """
    shown = _mounted.get(request["id"])
    return None if shown is None else _cut(shown, request, {})


def _stage_component() -> Any:
    return component("stage", HERE / "js" / "stage.js", HERE / "css" / "stage.css", CARD)


def _courier_component() -> Any:
    return component("courier", HERE / "js" / "courier.js")
