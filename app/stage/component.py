"""The Streamlit side of the stage: what is sent, and what comes back.

Two components. The stage itself gets the scene and nothing else, so that Streamlit, which
remembers what a browser has, sends it once. The courier is invisible: it brings what is small
and changes (settings) and what the reader asks for in a long run (details), and it reruns only
its own fragment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from lstm_core.record import record

from .payload import Packer
from .scene import Scene, cut_details

HERE = Path(__file__).parent

Order = Literal["file", "time_scale", "similarity"]
Scale = Literal["asinh", "linear", "per_unit"]
Callback = Callable[[], None]


@record
class StageSettings:
    """What the reader looks at. `t` is clamped to the trace; `unit` -1 is the mean over units."""

    t: int = 0
    unit: int = -1
    order: Order = "file"
    speed: float = 4.0  # timesteps per second, 0.5..60
    veil: bool = True
    slow: bool = False
    scale: Scale = "asinh"


FIELDS = tuple(field.name for field in fields(StageSettings))


def stage(
    scene: Scene,
    settings: StageSettings,
    *,
    key: str = "stage",
    on_change: Callback | None = None,
) -> None:
    """Show the scene and play it; what the reader did comes back at rest (see `last_report`).

    `on_change` is called once per rest, never while playing and never by itself. Hand back what
    was reported: a setting that differs from the report moves the stage, one that doesn't is
    left alone, so that nothing jumps under the reader's hand.
    """
    reported = last_report(key)
    wishes = {name: [v, reported.get(name)] for name, v in asdict(settings).items()}
    wanted = {name: wish for name, wish in wishes.items() if wish[0] != wish[1]}
    callbacks = {f"on_{name}_change": on_change or _nothing for name in ("report", *FIELDS)}
    with st.container(gap=None):
        _stage_component()(key=key, data=scene.payload, **callbacks)
        _courier(scene, key, wanted)


def last_report(key: str = "stage") -> dict[str, Any]:
    """Return what the reader did: {} or the fields of StageSettings, and two more.

    "window" is [first, last + 1], the timesteps in sight, and "moment" differs from report to
    report. The browser sends all of it as one value, `st.session_state[key]["report"]`, so that
    a rest costs one rerun; a test may set single fields: `st.session_state[key] = {"t": 5}`.
    """
    state = dict(st.session_state.get(key) or {})
    return {**state, **(state.pop("report", None) or {})}


def _nothing() -> None:
    """Let a rerun happen without doing more."""


@st.fragment
def _courier(scene: Scene, key: str, wanted: dict[str, list[Any]]) -> None:
    """Bring settings, and the details that the browser asked for, in a fragment of its own.

    `wanted` is {name: [value, what the reader had reported]}: the same wish comes again with
    every run of the fragment, and the browser must know it for the same.
    """
    courier_key = f"{key}_courier"
    request = (st.session_state.get(courier_key) or {}).get("details") or {}
    extra = {"stage": key, "wanted": wanted}
    if request.get("id") == scene.id:
        data = cut_details(scene, request["view"], request["exact"], extra)
    else:
        data = Packer().pack({"id": scene.id, "tiles": [], **extra})
    _courier_component()(key=courier_key, data=data, on_details_change=_nothing)


@cache
def _stage_component() -> Any:
    return st.components.v2.component(
        "gatescope_stage",
        html='<div class="gatescope"></div>',
        css=_joined("css"),
        js=_joined("js"),
    )


@cache
def _courier_component() -> Any:
    return st.components.v2.component("gatescope_courier", js=_text("courier.js"))


def _joined(folder: str) -> str:
    """All files of the folder in the order of their names, as one text.

    A component's JavaScript is one module without imports; its parts are numbered files that
    share one scope.
    """
    files = sorted((HERE / folder).glob(f"*.{folder}"))
    return "\n".join(_text(f"{folder}/{file.name}") for file in files)


def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
