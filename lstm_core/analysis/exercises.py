"""Exercises on a run: numbers of one unit at one timestep are given, and the next is asked for.

What is given is rounded as the reader sees it, and the answer follows from the rounded numbers, so
that whoever computes with what stands there gets it exactly.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from ..activations import activation
from ..record import record
from ..run.trace import GRUTrace, LSTMTrace, Trace
from .arithmetic import unit_arithmetic

TOLERANCE = 0.01
"""How far from the answer is right, too."""

DECIMALS = 2
STEEP = 3.0  # a gate's preactivation beyond which it is as good as open or closed
TRIES = 20  # draws among which one that is not steep is looked for

Kind = Literal["block", "state", "output"]


@record
class Exercise:
    """One question: the value of `asked`, a symbol, if the `givens` are so.

    `equation` leads from the givens to the `answer`. `block` is a gate or the candidate from its
    preactivation, `state` the new state from the terms of its update, `output` an LSTM's h.
    """

    kind: Kind
    asked: str
    equation: str
    givens: tuple[tuple[str, float], ...]
    answer: float
    timestep: int
    unit: int

    def is_right(self, value: float) -> bool:
        """Return whether a value is the answer, within TOLERANCE."""
        return bool(abs(value - self.answer) <= TOLERANCE + 1e-9)


def exercises(trace: Trace, seed: int) -> tuple[Exercise, ...]:
    """Return the exercises that this seed draws from a run: one for each step of the cell.

    An LSTM has three, a GRU two, a standard RNN, whose one block is its state, one.
    """
    rng = np.random.default_rng(seed)
    drawn = [_block(trace, rng)]
    if isinstance(trace, LSTMTrace | GRUTrace):
        drawn.append(_state(trace, *_place(trace, rng)))
    if isinstance(trace, LSTMTrace):
        drawn.append(_output(trace, *_place(trace, rng)))
    return tuple(drawn)


def _place(trace: Trace, rng: np.random.Generator) -> tuple[int, int]:
    """A timestep and a unit."""
    return int(rng.integers(len(trace))), int(rng.integers(trace.parameters.hidden_size))


def _block(trace: Trace, rng: np.random.Generator) -> Exercise:
    """A block from its preactivation; one that is not steep, where one is soon found."""
    for _ in range(TRIES):
        t, unit = _place(trace, rng)
        blocks = [b for b in unit_arithmetic(trace, t, unit) if b.preactivation is not None]
        block = blocks[int(rng.integers(len(blocks)))]
        given = _rounded(block.preactivation or 0.0)
        if abs(given) <= STEEP:
            break
    answer = float(activation(block.activation)(np.array([given]))[0])
    name, symbol = block.activation.partition("(")[0], block.signal.symbol
    function = {"sigmoid": "σ", "identity": ""}.get(name, name.replace("_", " "))
    return Exercise(
        kind="block",
        asked=symbol,
        equation=f"{symbol} = {function}(a)",
        givens=(("a", given),),
        answer=answer,
        timestep=t,
        unit=unit,
    )


def _state(trace: LSTMTrace | GRUTrace, t: int, unit: int) -> Exercise:
    """The new state from what is kept and what is written."""
    if isinstance(trace, LSTMTrace):
        series = {
            "f": trace.forget_gate,
            "c₋": trace.previous.cell_state,
            "i": trace.input_gate,
            "g": trace.candidate,
        }
    else:
        before = trace.previous.hidden_state
        series = {"z": trace.update_gate, "h₋": before, "n": trace.candidate}
    values = {name: _rounded(one[t, unit]) for name, one in series.items()}
    if isinstance(trace, LSTMTrace):
        asked, equation = "c", "c = f·c₋ + i·g"
        answer = values["f"] * values["c₋"] + values["i"] * values["g"]
    else:
        asked, equation = "h", "h = z·h₋ + (1 − z)·n"
        answer = values["z"] * values["h₋"] + (1 - values["z"]) * values["n"]
    return Exercise(
        kind="state",
        asked=asked,
        equation=equation,
        givens=tuple(values.items()),
        answer=answer,
        timestep=t,
        unit=unit,
    )


def _output(trace: LSTMTrace, t: int, unit: int) -> Exercise:
    """What an LSTM's unit shows of its cell state: o·tanh(c), before a projection."""
    spelling = trace.parameters.variant.output_activation
    gate, state = _rounded(trace.output_gate[t, unit]), _rounded(trace.cell_state[t, unit])
    shown = float(activation(spelling)(np.array([state]))[0])
    return Exercise(
        kind="output",
        asked="h",
        equation=f"h = o·{spelling.partition('(')[0]}(c)",
        givens=(("o", gate), ("c", state)),
        answer=gate * shown,
        timestep=t,
        unit=unit,
    )


def _rounded(value: float) -> float:
    """A number as it is shown; never a negative zero."""
    return round(float(value), DECIMALS) + 0.0
