"""An LSTM whose update has a fault: the equations, one term of them wrong.

    c = f∘c₋ + i∘g        h = o∘tanh(c) [·R]

These run step by step, since no fast kernel computes what is wrong on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from ..activations import activation
from ..cells.lstm import LSTMParameters, LSTMState, LSTMStep, step
from ..record import Array
from .signals import Signals, with_blocks

Update = Callable[[LSTMStep, Array, Callable[[Array], Array]], tuple[Array, Array]]
"""From a right step, c₋ and tanh to the wrong c and h, before any projection."""


def _no_output_gate(
    s: LSTMStep, before: Array, squash: Callable[[Array], Array]
) -> tuple[Array, Array]:
    return s.cell_state, squash(s.cell_state)


def _no_input_gate(
    s: LSTMStep, before: Array, squash: Callable[[Array], Array]
) -> tuple[Array, Array]:
    cell = s.forget_gate * before + s.candidate
    return cell, s.output_gate * squash(cell)


def _no_forget_gate(
    s: LSTMStep, before: Array, squash: Callable[[Array], Array]
) -> tuple[Array, Array]:
    cell = before + s.input_gate * s.candidate
    return cell, s.output_gate * squash(cell)


def _coupled(s: LSTMStep, before: Array, squash: Callable[[Array], Array]) -> tuple[Array, Array]:
    cell = (1 - s.input_gate) * before + s.input_gate * s.candidate
    return cell, s.output_gate * squash(cell)


def _earlier_cell(
    s: LSTMStep, before: Array, squash: Callable[[Array], Array]
) -> tuple[Array, Array]:
    return s.cell_state, s.output_gate * squash(before)


UPDATES: Mapping[str, Update] = {
    "no output gate": _no_output_gate,
    "no input gate": _no_input_gate,
    "no forget gate": _no_forget_gate,
    "coupled gates": _coupled,
    "earlier cell state": _earlier_cell,
}
"""What is wrong with an update, by name."""


def wrongly_updated(
    name: str, parameters: LSTMParameters, inputs: Array, start: LSTMState
) -> Signals:
    """Return the signals of a run over inputs (T, D) in which every update has this fault."""
    squash = activation(parameters.variant.output_activation)
    steps, previous = [], start
    for values in inputs:
        right = step(parameters, previous, values)
        cell, hidden = UPDATES[name](right, previous.cell_state, squash)
        if parameters.projection is not None:
            hidden = hidden @ parameters.projection
        steps.append(replace(right, cell_state=cell, hidden_state=hidden))
        previous = LSTMState(hidden_state=hidden, cell_state=cell)
    names = [*parameters.blocks, "cell_state", "hidden_state"]
    named = {name: np.stack([getattr(one, name) for one in steps]) for name in names}
    return with_blocks(parameters, named, np.stack([one.preactivation for one in steps]))
