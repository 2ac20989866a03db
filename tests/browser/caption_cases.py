"""Networks with random weights, and the sentences that the stage must say of them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np

from app.components.stage import MEAN_OF_UNITS, NumberStrip, Scene, SymbolStrip, build_scene
from app.components.stage.captions import COMPLETE, caption, phases
from app.components.stage.scene import describe_cell
from app.words.language import ENGLISH, LANGUAGES, speaking
from lstm_core import Clamp, LSTMState, unroll

from .stage_script import INPUTS, UNITS, cell

KINDS = ("lstm", "gru", "rnn", "coupled", "none", "peephole", "projected")
SYMBOLS = ("a", "T", " ", "\n", "*b*", "[x|y]", "{who}")
TIMESTEPS = 16
CHOSEN = (MEAN_OF_UNITS, 5)


def symbol_strip(asks: Any, rng: np.random.Generator) -> SymbolStrip:
    """Return symbols with predictions of which some are right and some are empty."""
    drawn = [tuple(s for s in SYMBOLS if rng.random() < 0.3) for _ in range(2 * TIMESTEPS)]
    return SymbolStrip(
        tokens=tuple(SYMBOLS[k] for k in rng.integers(0, len(SYMBOLS), TIMESTEPS)),
        asks=asks,
        expected=tuple(drawn[:TIMESTEPS]),
        legal=tuple(drawn[TIMESTEPS:]),
        correct=rng.integers(-1, 2, TIMESTEPS),
    )


def number_strip(tolerance: float | None, columns: int, rng: np.random.Generator) -> NumberStrip:
    """Return numbers, some of them whole, with a prediction and a truth that have gaps."""
    values = np.round(rng.normal(0, 30, (TIMESTEPS, columns)), 2)
    values[::3] = np.round(values[::3])
    predicted = rng.normal(0, 1, TIMESTEPS)
    truth = predicted + rng.normal(0, 0.1, TIMESTEPS)
    predicted[:3], truth[:6] = np.nan, np.nan
    names = tuple("xyzuv"[:columns])
    return NumberStrip(
        columns=names, values=values, predicted=predicted, truth=truth, tolerance=tolerance
    )


def scenes() -> Iterator[Scene]:
    """Yield a scene for every kind of cell, and for every kind of strip."""
    rng = np.random.default_rng(11)
    strips = [
        symbol_strip("follow", rng),
        symbol_strip("guess", rng),
        symbol_strip("answer", rng),
        replace(symbol_strip("answer", rng), is_known=False),
        number_strip(0.1, 2, rng),
        number_strip(None, 1, rng),
        replace(number_strip(None, 5, rng), output="y*0*"),
    ]
    for kind, strip in zip(KINDS, strips, strict=True):
        for size, reverse in ((0.3, False), (3.0, True)):
            inputs = (size * rng.normal(0, 1.5, (TIMESTEPS, INPUTS))).astype(np.float32)
            initial = None
            if kind == "lstm" and not reverse:
                initial = LSTMState(
                    hidden_state=np.zeros(UNITS, np.float32),
                    cell_state=np.full(UNITS, 120, np.float32),
                )
            yield build_scene(unroll(cell(kind), inputs, initial, reverse=reverse), strip)
    for kind, reverse in (("lstm", False), ("gru", True), ("rnn", False), ("projected", False)):
        inputs = rng.normal(0, 1.5, (TIMESTEPS, INPUTS)).astype(np.float32)
        trace = unroll(cell(kind), inputs, reverse=reverse, interventions=held_states(kind))
        yield build_scene(trace, strips[0])


def held_states(kind: str) -> tuple[Clamp, ...]:
    """Return interventions that hold the memory of some units for a while, and what is shown."""
    memory = "hidden_state" if kind in ("gru", "rnn") else "cell_state"
    return (
        Clamp(signal=memory, value=-0.75, units=(5, 2), first=4, last=7),
        Clamp(signal="hidden_state", value=0.5, first=11, last=12),
    )


def caption_cases() -> list[dict[str, Any]]:
    """Return each scene as the browser gets it, with its phases and its sentences.

    All are in English, and an LSTM, without and with held states, in every other language, too.
    """
    cases = [_case(scene) for scene in scenes()]
    for code in LANGUAGES.keys() - {ENGLISH.code}:
        with speaking(code):
            cases += [_case(scene) for scene in islice(scenes(), 0, None, 14)]
    return cases


def _case(scene: Scene) -> dict[str, Any]:
    return {
        "payload": base64.b64encode(scene.payload).decode(),
        "phases": phases(scene.trace.kind, describe_cell(scene.trace)),
        "said": list(_said(scene)),
    }


def _said(scene: Scene) -> Iterator[tuple[int, int, int | None, str]]:
    """Timestep, unit, phase (None: shown whole) and sentence."""
    names = phases(scene.trace.kind, describe_cell(scene.trace))
    for t in range(scene.timesteps):
        for unit in CHOSEN:
            for now in (None, *range(len(names))):
                phase = COMPLETE if now is None else names[now]
                yield t, unit, now, caption(scene.trace, scene.strip, t, unit, phase)
