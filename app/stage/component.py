"""The Streamlit side of the stage: what is sent, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from lstm_core.record import record

from .scene import Scene

Order = Literal["file", "time_scale", "similarity"]
Scale = Literal["asinh", "linear", "per_unit"]


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
    on_change: dict[str, Callable[[], None]] | Callable[[], None] | None = None,
) -> None:
    """Show the scene and play it; what the reader did comes back in `st.session_state[key]`.

    At rest (never while playing) it holds {"t": int, "unit": int, "order": str, "speed": float,
    "veil": bool, "slow": bool, "scale": str, "window": [first, last + 1]}: those that the reader
    has changed. `on_change` is called when one of them changed, or a dict names a callback for
    each ({"t": follow}). Settings that differ from what the reader reported move the stage;
    those that don't are left alone, so that nothing jumps.
    """
    raise NotImplementedError
