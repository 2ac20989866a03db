"""The Streamlit side of the stage: what is sent, and what comes back.

Two components. The stage itself gets the scene and nothing else, so that Streamlit, which
remembers what a browser has, sends it once. The courier is invisible: it brings what is small
and changes (settings) and what the reader asks for in a long run (details), and it reruns only
its own fragment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
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


def stage(
    scene: Scene,
    settings: StageSettings,
    *,
    key: str = "stage",
    on_change: dict[str, Callback] | Callback | None = None,
) -> None:
    """Show the scene and play it; what the reader did comes back in `st.session_state[key]`.

    At rest (never while playing, never by itself) it holds {"t": int, "unit": int, "order": str,
    "speed": float, "veil": bool, "slow": bool, "scale": str}, and "moment", which differs from
    report to report; with "window" in `on_change` also [first, last + 1], the timesteps in sight.
    `on_change` is called when one of them changed, or a dict names a callback for some of them
    ({"t": follow}). Hand back what was reported: a setting that differs from the report moves
    the stage, one that doesn't is left alone, so that nothing jumps under the reader's hand.
    """
    callbacks = _callbacks(on_change)
    reported = dict(st.session_state.get(key) or {})
    wanted = {name: v for name, v in asdict(settings).items() if reported.get(name) != v}
    with st.container(gap=None):
        _stage_component()(
            key=key, data=scene.payload, **{f"on_{name}_change": f for name, f in callbacks.items()}
        )
        _courier(scene, key, wanted, "window" in callbacks)


def _callbacks(on_change: dict[str, Callback] | Callback | None) -> dict[str, Callback]:
    """A callback for every field, since Streamlit reports no other."""
    fields = (*asdict(StageSettings()), "moment")
    if callable(on_change):
        return dict.fromkeys(fields, on_change)
    return {**dict.fromkeys(fields, _nothing), **(on_change or {})}


def _nothing() -> None:
    """Let a rerun happen without doing more."""


@st.fragment
def _courier(scene: Scene, key: str, wanted: dict[str, Any], report_window: bool) -> None:
    """Bring settings, and the details that the browser asked for, in a fragment of its own."""
    courier_key = f"{key}_courier"
    request = (st.session_state.get(courier_key) or {}).get("details") or {}
    settings = {"stage": key, "wanted": wanted, "report_window": report_window}
    if request.get("id") == scene.id:
        data = cut_details(scene, request["view"], request["exact"], settings)
    else:
        data = Packer().pack({"id": scene.id, "tiles": [], **settings})
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
    return st.components.v2.component("gatescope_courier", js=(HERE / "courier.js").read_text())


def _joined(folder: str) -> str:
    """All files of the folder in the order of their names, as one text.

    A component's JavaScript is one module without imports; its parts are numbered files that
    share one scope.
    """
    files = sorted((HERE / folder).glob(f"*.{folder}"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
