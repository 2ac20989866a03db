"""Tables of values, and the files that pandas makes of them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from app.components.panels import Rows, packed_values, packed_values_file
from app.components.stage import Scene, build_scene
from app.figures.values import timesteps_table, units_table
from app.words.formatting import visible
from app.words.phrases import said
from lstm_core import Clamp

from .stage_script import made

STAGE, STEM = "stage", "of-a-network"
KINDS = ("lstm", "projected", "gru", "rnn")
PLACES = ((0, 3), (39, 7), (17, -1))  # timestep and unit
EDGES = (
    *(0.0, -0.0, np.nan, np.inf, -np.inf, 1e-45, -1e-45, 1e-38, 3.4028235e38, 1 / 3),
    *(1e-4, 9.9999e-5, 1.0001e-4, 1e-5, 999_999.0, 999_999.94, 1e6, 1e7, 1e15, 1e16, 16_777_218.0),
    *(203_143.625, 1_762_400.25, 0.1, 1.0, -2.5, 123_456.79),
)


def value_cases() -> dict[str, Any]:
    """Return tables with what they show and hand out, and float32 as NumPy writes them."""
    numbers = _numbers()
    return {
        "tables": list(_tables()),
        "bits": numbers.view(np.uint32).tolist(),
        "texts": ["" if np.isnan(n) else str(n) for n in numbers],
    }


def _numbers() -> Any:
    """Edges, all powers of two and their neighbours, the smallest of all, and any."""
    rng = np.random.default_rng(1)
    powers = np.arange(255, dtype=np.uint32) << 23
    bits = np.concatenate([powers, powers + 1, powers[1:] - 1, np.arange(40, dtype=np.uint32)])
    any_bits = rng.integers(0, 2**31 - 2**23, 2000, dtype=np.uint32)
    usual = rng.normal(0, 1, 2000).astype(np.float32)
    edges = np.array(EDGES, np.float32)
    return np.concatenate([edges, usual, np.concatenate([bits, any_bits]).view(np.float32)])


def _tables() -> Iterator[dict[str, Any]]:
    held = (Clamp(signal="cell_state", value=0.5, first=10, last=20),)
    scenes = [*map(made, KINDS), made(reverse=True), made(held=held)]
    for scene in (*scenes, made(strip="hostile"), made(strip="numbers"), _timed()):
        yield _table(scene, "units")
        yield _table(scene, "timesteps")


def _timed() -> Scene:
    """A scene with time stamps, one of which needs quotation marks, and one is missing."""
    scene = made()
    times = ('a "day", written out', "", *(f"{day}:00" for day in range(2, scene.timesteps)))
    trace: Any = scene.trace
    return build_scene(trace, replace(scene.strip, times=times))


def _table(scene: Scene, rows: Rows) -> dict[str, Any]:
    trace: Any = scene.trace
    texts = {"time": scene.strip.times, "reads": getattr(scene.strip, "tokens", ())}
    there = tuple(name for name, texts in texts.items() if texts)
    given = (trace, rows, there, STAGE, scene.id)
    packed = (scene.payload, packed_values(*given), packed_values_file(*given, STEM))
    sent = (base64.b64encode(content).decode() for content in packed)
    shown = [_shown(trace, rows, t, unit, texts) for t, unit in PLACES]
    return dict(zip(("scene", "panel", "file"), sent, strict=True)) | {"shown": shown}


def _shown(trace: Any, rows: Rows, t: int, unit: int, texts: Any) -> dict[str, Any]:
    if rows == "units" or unit < 0:
        frame, name = units_table(trace, t), f"{STEM}-timestep-{t}.csv"
    else:
        frame, name = (
            timesteps_table(trace, unit, texts["reads"], texts["time"]),
            f"{STEM}-unit-{unit}.csv",
        )
    columns = [str(frame.index.name), *frame.columns]
    written = [
        [str(k), *(visible(cell) if isinstance(cell, str) else f"{cell:.4f}" for cell in row)]
        for k, row in enumerate(frame.itertuples(index=False))
    ]
    heads, text = list(map(said, columns)), frame.to_csv(lineterminator="\n")
    return {"t": t, "unit": unit, "head": heads, "rows": written, "name": name, "text": text}
