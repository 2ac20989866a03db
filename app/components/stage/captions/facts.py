"""What a sentence is made of: the numbers of one timestep, what was read, what is predicted."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from lstm_core.analysis.origins import Origin
from lstm_core.record import Array, record
from lstm_core.run.trace import Trace

from ..scene import describe_cell
from ..settings import MEAN_OF_UNITS
from ..strips import NumberStrip, Strip, SymbolStrip
from ..tiles import exact_planes
from .origin import origin_of

Numbers = dict[str, float]

STAND_INS = {"": "∅", " ": "␣", "\n": "↵", "\t": "⇥", "\r": "␍", "\u00a0": "⍽"}
WHITE = str.maketrans({letter: STAND_INS[letter] for letter in "\n\t\r"})

TERMS: Mapping[str, Mapping[str, Callable[[Numbers], float]]] = {
    "lstm": {
        "retained": lambda n: n["forget_gate"] * n["carried"],
        "written": lambda n: n["input_gate"] * n["candidate"],
        "shown": lambda n: n["output_gate"] * n["squashed"],
    },
    "gru": {
        "rest": lambda n: 1 - n["update_gate"],
        "retained": lambda n: n["update_gate"] * n["carried"],
        "written": lambda n: (1 - n["update_gate"]) * n["candidate"],
    },
    "rnn": {},
}


@record
class Facts:
    """One timestep of one unit, or of the mean over `units`: all that its sentence says.

    `numbers` are those that the drawing shows, computed from the float32 values that the browser
    gets; `options` are those of `describe_cell`. `came` is the symbol that follows, "" at the end;
    `verdict` is 1 right, 0 wrong, -1 unknown. Texts are as they are shown. `inputs` are names with
    values. `held` are the states that are held at a value, of a mean those of any unit, and
    `origin_held` says whether what `origin` left was held there, and not written.
    """

    kind: str
    options: Mapping[str, str | bool]
    unit: int
    units: int
    numbers: Numbers
    token: str = ""
    inputs: tuple[tuple[str, float], ...] = ()
    asks: str = ""
    is_known: bool = True
    expected: tuple[str, ...] = ()
    legal: tuple[str, ...] = ()
    came: str = ""
    verdict: int = -1
    output: str = ""
    predicted: float = float("nan")
    truth: float = float("nan")
    tolerance: float | None = None
    origin: Origin | None = None
    origin_token: str = ""
    origin_held: bool = False
    held: frozenset[str] = frozenset()

    @property
    def is_mean(self) -> bool:
        """Whether this is the mean over all units."""
        return self.unit == MEAN_OF_UNITS


def facts_at(trace: Trace, strip: Strip, t: int, unit: int) -> Facts:
    """Return the facts of timestep `t` for a unit, or for the mean over units (MEAN_OF_UNITS)."""
    origin = None if unit == MEAN_OF_UNITS else origin_of(trace, t, unit)
    return Facts(
        kind=trace.kind,
        options=describe_cell(trace),
        unit=unit,
        units=trace.parameters.hidden_size,
        numbers=numbers_at(trace, t, unit),
        origin=origin,
        origin_token=_token(strip, origin.timestep) if origin else "",
        origin_held=origin is not None
        and trace.vocabulary.memory in held_states(trace, origin.timestep, unit),
        held=held_states(trace, t, unit),
        **(_symbols(strip, t) if isinstance(strip, SymbolStrip) else _numbers(strip, t)),
    )


def held_states(trace: Trace, t: int, unit: int) -> frozenset[str]:
    """Return the states that are held at timestep `t`, of a unit or of any (MEAN_OF_UNITS).

    What a projection hands on has units of its own, and is left out.
    """
    states = [signal.name for signal in trace.vocabulary.recorded if signal.role == "state"]
    held = {name: trace.held(name) for name in states}
    return frozenset(
        name
        for name, where in held.items()
        if where is not None
        and where.shape[-1] == trace.parameters.hidden_size
        and (where[t].any() if unit == MEAN_OF_UNITS else where[t, unit])
    )


def numbers_at(trace: Trace, t: int, unit: int) -> Numbers:
    """Return every number of timestep `t` for a unit; the mean is the mean of the terms."""
    hidden = trace.parameters.hidden_size
    planes = exact_planes(trace, t, t + 1).items()
    columns = {name: values[0] for name, values in planes if values.shape[-1] == hidden}
    chosen = range(hidden) if unit == MEAN_OF_UNITS else (unit,)
    totals: Numbers = {}
    for k in chosen:  # added one after another, as the browser does
        for name, value in _numbers_of_unit(trace.kind, columns, k).items():
            totals[name] = totals.get(name, 0.0) + value
    return {name: total / len(chosen) for name, total in totals.items()}


def _numbers_of_unit(kind: str, columns: Mapping[str, Array], unit: int) -> Numbers:
    values = {name: float(np.float32(column[unit])) for name, column in columns.items()}
    return values | {name: term(values) for name, term in TERMS[kind].items()}


def _symbols(strip: SymbolStrip, t: int) -> dict[str, Any]:
    return {
        "token": visible(strip.tokens[t]),
        "asks": strip.asks,
        "is_known": strip.is_known,
        "expected": _visible(strip.expected[t]) if strip.expected else (),
        "legal": _visible(strip.legal[t]) if strip.legal else (),
        "came": visible(strip.tokens[t + 1]) if t + 1 < len(strip.tokens) else "",
        "verdict": int(strip.verdicts[t]),
    }


def _numbers(strip: NumberStrip, t: int) -> dict[str, Any]:
    lines = {name: line[t].astype(float) for name, line in strip.lines().items()}
    inputs = zip(strip.columns, lines.pop("values").tolist(), strict=True)
    known = {name: float(line[0]) for name, line in lines.items()}
    own = {"output": strip.output, "tolerance": strip.tolerance}
    return {"inputs": tuple(inputs), **own, **known}


def _token(strip: Strip, t: int) -> str:
    return visible(strip.tokens[t]) if isinstance(strip, SymbolStrip) else ""


def _visible(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(visible, texts))


def visible(token: str) -> str:
    """Return a token that can be seen: white space and what does not print gets a stand-in."""
    if token in STAND_INS:
        return STAND_INS[token]
    letters = token.translate(WHITE)
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cf") else c for c in letters)
