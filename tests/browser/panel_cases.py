"""Panels of networks with random weights, and the HTML that the page's figures make of them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape
from typing import Any

import numpy as np

from app.components.panels import (
    Truth,
    packed_arithmetic,
    packed_predicted_numbers,
    packed_probabilities,
)
from app.components.stage import Scene, SymbolStrip, build_scene
from app.figures.arithmetic import arithmetic_cards, state_sums
from app.figures.prediction import most_probable, number_table, probability_table
from app.words import common as words
from app.words.formatting import number, percent
from app.words.language import LANGUAGES, speaking
from lstm_core import GRUParameters, LSTMParameters, LSTMVariant, unroll
from lstm_core.activations import activation
from lstm_core.analysis.arithmetic import state_arithmetic, unit_arithmetic

from .stage_script import INPUTS, cell, made

STAGE, UNIT = "stage", 3
NAMES = ("“<V>”", "sunspots", "unit 3 of a layer")
KINDS = ("lstm", "peephole", "coupled", "none", "projected", "clipped", "gru", "rnn")
NUMBERS = (0.0, -0.0, 0.0625, -0.1875, 0.0004, -2e-7, 9.9996, 99.95, 100.25, 1234.56, -98765.4, 2e6)
SHARES = (0.0, 1.0, 0.0004, 0.9996, 0.125, 0.0625, 0.5)
LABELS = ("a", " ", "<b>", "d", "e", "f")
ACTIVATIONS = ("recurrent_activation", "activation", "output_activation")
SPELLINGS = (
    *("sigmoid", "tanh", "relu", "identity", "softsign", "softplus", "hard_sigmoid"),
    *("affine(2, 1)", "scaled_tanh(1.7, 0.6)", "leaky_relu", "thresholded_relu", "elu(0.5)"),
)


def panel_cases() -> dict[str, Any]:
    """Return panels with what they show, and how numbers are written and activations computed."""
    z = np.linspace(-3, 3, 7)
    return {
        "panels": [*_arithmetic(), *_predictions()],
        "written": [[n, number(n)] for n in NUMBERS],
        "shares": [[share, percent(share)] for share in SHARES],
        "activated": [
            [_spelled(spelling), z.tolist(), activation(spelling)(z).tolist()]
            for spelling in SPELLINGS
        ],
    }


def _spelled(spelling: str) -> list[Any]:
    name, _, numbers = activation(spelling).spelling.partition("(")
    return [name, *(float(n) for n in numbers.rstrip(")").split(",") if n)]


def _arithmetic() -> Iterator[dict[str, Any]]:
    """Every kind of cell, once backwards, once too large to be sent whole; and every language."""
    scenes = [made(kind) for kind in KINDS]
    names = ("kernel", "recurrent_kernel", "bias")
    lstm, gru = ({n: getattr(cell(kind), n) for n in names} for kind in ("lstm", "gru"))
    spellings = ("hard_sigmoid", "softsign", "elu(0.5)")
    variant = LSTMVariant(**dict(zip(ACTIVATIONS, spellings, strict=True)))
    cells = (LSTMParameters(**lstm, variant=variant), GRUParameters(**gru))
    scenes += [made(reverse=True), *map(_scene, cells), made(units=128, timesteps=4)]
    for scene in scenes:
        yield _case(scene)
    for code in LANGUAGES:
        with speaking(code):
            yield _case(made(strip="hostile"))


def _scene(parameters: Any) -> Scene:
    inputs = np.random.default_rng(5).normal(0, 1.5, (9, INPUTS)).astype(np.float32)
    return build_scene(unroll(parameters, inputs), SymbolStrip(tokens=("b",) * 9))


def _case(scene: Scene) -> dict[str, Any]:
    trace: Any = scene.trace
    content = packed_arithmetic(trace, NAMES, STAGE, scene.id, UNIT)
    assert content is not None
    tokens = scene.strip.tokens
    shown = [
        [t, UNIT, dark, notation, _html(trace, tokens, t, dark, notation)]
        for t, dark, notation in ((0, False, "split"), (1, True, "joined"), (-1, False, "names"))
        for t in (t % len(trace),)
    ]
    return _packed(scene, content, shown)


def _html(trace: Any, tokens: tuple[str, ...], t: int, dark: bool, notation: str) -> str:
    blocks = unit_arithmetic(trace, t, UNIT)
    cards = arithmetic_cards(blocks, NAMES, dark=dark, notation=notation)
    sums = state_sums(state_arithmetic(trace, t, UNIT))
    return _here(len(trace), tokens, t) + sums + cards


def _here(timesteps: int, tokens: tuple[str, ...], t: int) -> str:
    return f'<p class="here">{escape(words.here(t, timesteps, tokens[t], UNIT))}</p>'


def _packed(scene: Scene, content: bytes, shown: list[Any]) -> dict[str, Any]:
    texts = (base64.b64encode(packed).decode() for packed in (scene.payload, content))
    return dict(zip(("scene", "panel"), texts, strict=True)) | {"shown": shown}


def _predictions() -> Iterator[dict[str, Any]]:
    """Probabilities with and without a truth, and numbers that are known in part."""
    scene, rng = made(timesteps=8), np.random.default_rng(9)
    shares = rng.dirichlet(np.full(len(LABELS), 0.4), 8).astype(np.float32)
    shares[0, :2] = shares[0, 2]  # equal ones stand in their order
    known = [frozenset(k for k in LABELS if rng.random() < 0.4) for _ in range(7)]
    notes = [words.may_follow(tuple(k for k in LABELS if k in true)) for true in (*known, ())]
    truth = Truth(labels=[*known, frozenset()], notes=notes, mark=words.MAY_FOLLOW)
    place = {"head": words.EXPECTS, "stage": STAGE, "scene": scene.id}
    for true in (truth, None):
        content = packed_probabilities(shares, LABELS, true, **place)
        yield _predicted(scene, content, [_shares(shares[t], true, t) for t in range(8)])
    predicted = rng.normal(0, 30, (8, 2)).astype(np.float32)
    numbers = np.round(predicted.astype(float) + rng.normal(0, 1, (8, 2)), 4)
    numbers[:3], numbers[4, 1] = np.nan, np.nan
    content = packed_predicted_numbers(predicted, ("x", "<y>"), numbers, **place)
    tables = [
        number_table(("x", "<y>"), predicted[t], numbers[t], head=words.EXPECTS) for t in range(8)
    ]
    yield _predicted(scene, content, tables)


def _predicted(scene: Scene, content: bytes | None, tables: list[str]) -> dict[str, Any]:
    assert content is not None
    tokens, timesteps = scene.strip.tokens, scene.timesteps
    shown = [
        [t, UNIT, False, "split", _here(timesteps, tokens, t) + table]
        for t, table in enumerate(tables)
    ]
    return _packed(scene, content, shown)


def _shares(shares: Any, truth: Truth | None, t: int) -> str:
    rows = most_probable(shares, LABELS)
    if truth is None:
        return probability_table(rows, None, head=words.EXPECTS)
    true = truth.labels[t] or None
    return probability_table(rows, true, head=words.EXPECTS, note=truth.notes[t], mark=truth.mark)
