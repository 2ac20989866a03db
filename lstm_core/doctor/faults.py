"""The single faults that are tried: what people get wrong when they write or convert a cell.

Each one is a way to run the cell wrongly. `kind` and `detail` name it: ("block order", "i f o g").
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from ..activations import HARD_SIGMOID, HARD_SIGMOID_SIXTH
from ..record import Array, record
from ..vocabulary import vocabulary
from .signals import CELL, GATES, HIDDEN, PREACTIVATIONS, Signals, signals
from .updates import UPDATES, wrongly_updated

GATE_ACTIVATIONS = ("sigmoid", HARD_SIGMOID, HARD_SIGMOID_SIXTH, "tanh", "identity")
OTHER_ACTIVATIONS = ("tanh", "sigmoid", "relu", "identity")
LETTERS = {
    "input_gate": "i",
    "forget_gate": "f",
    "candidate": "g",
    "output_gate": "o",
    "reset_gate": "r",
    "update_gate": "z",
}


@record
class Case:
    """What is run: a cell over inputs (T, D) from a start that is always given."""

    parameters: Any
    inputs: Array
    start: Any

    def right(self) -> Signals:
        """Return the signals of the cell as it is."""
        return signals(self.parameters, self.inputs, self.start)

    def with_parameters(self, **arrays: Any) -> Signals:
        """Return the signals of the cell with some of its parameters replaced."""
        return signals(self.parameters.replace(**arrays), self.inputs, self.start)


@record
class Fault:
    """One fault, and what the cell computes with it."""

    kind: str
    detail: str
    run: Callable[[Case], Signals]


def faults(case: Case) -> Iterator[Fault]:
    """Yield every fault that such a cell can have."""
    yield from _orders(case)
    yield from _transposes(case)
    yield from _biases(case)
    yield from _activations(case)
    yield from _times()
    yield from _starts(case)
    yield from _other_answers(case)
    if case.parameters.kind == "gru":
        yield from _gru(case)
    if case.parameters.kind == "lstm" and case.parameters.variant.forget == "gate":
        yield from _updates()


def letters(blocks: tuple[str, ...]) -> str:
    """Return blocks as their letters: "i f g o"."""
    return " ".join(LETTERS.get(block, block) for block in blocks)


def _orders(case: Case) -> Iterator[Fault]:
    """The blocks read in another order than they stand in."""
    blocks = case.parameters.blocks
    if len(blocks) == 1:
        return
    for order in itertools.permutations(range(len(blocks))):
        if list(order) != sorted(order):
            name = letters(tuple(blocks[k] for k in order))
            yield Fault(kind="block order", detail=name, run=_in_order(order))


def _in_order(order: tuple[int, ...]) -> Callable[[Case], Signals]:
    """A run that takes the k-th block in the file for block order[k]."""

    def run(case: Case) -> Signals:
        parameters = case.parameters

        def moved(values: Array) -> Array:
            blocks = np.split(values, len(order), axis=-1)
            return np.concatenate([blocks[order.index(k)] for k in range(len(order))], axis=-1)

        arrays = {
            name: moved(getattr(parameters, name))
            for name in ("kernel", "recurrent_kernel", "bias")
        }
        return case.with_parameters(**arrays)

    return run


def _transposes(case: Case) -> Iterator[Fault]:
    """A matrix turned, block by block, or its numbers read in rows instead of columns."""
    parameters = case.parameters
    for name in ("kernel", "recurrent_kernel"):
        rows, columns = getattr(parameters, name).shape
        if rows * len(parameters.blocks) == columns and rows > 1:
            yield Fault(kind="transposed", detail=name, run=_changed(name, _blocks_turned))
        if rows > 1:
            yield Fault(kind="reshaped", detail=name, run=_changed(name, _reshaped))


def _changed(name: str, change: Callable[[Array, int], Array]) -> Callable[[Case], Signals]:
    def run(case: Case) -> Signals:
        values = getattr(case.parameters, name)
        return case.with_parameters(**{name: change(values, len(case.parameters.blocks))})

    return run


def _blocks_turned(values: Array, blocks: int) -> Array:
    return np.concatenate([block.T for block in np.split(values, blocks, axis=1)], axis=1)


def _reshaped(values: Array, blocks: int) -> Array:
    """(B·H, D).reshape(D, B·H) where (B·H, D).T was meant."""
    return np.ascontiguousarray(values.T).reshape(values.shape)


def _biases(case: Case) -> Iterator[Fault]:
    """A bias that is missing, counted twice, or has one more or less at the forget gate."""
    yield Fault(kind="bias", detail="missing", run=_changed("bias", lambda b, _: np.zeros_like(b)))
    yield Fault(kind="bias", detail="twice", run=_changed("bias", lambda b, _: 2 * b))
    if "forget_gate" in case.parameters.blocks:
        place = case.parameters.blocks.index("forget_gate")
        for more, detail in ((1.0, "forget + 1"), (-1.0, "forget - 1")):
            yield Fault(kind="bias", detail=detail, run=_changed("bias", _one_more(place, more)))
    if getattr(case.parameters, "recurrent_bias", None) is not None:
        zero = np.zeros_like(case.parameters.recurrent_bias)
        yield Fault(
            kind="bias",
            detail="recurrent missing",
            run=lambda c: c.with_parameters(recurrent_bias=zero),
        )


def _one_more(place: int, more: float) -> Callable[[Array, int], Array]:
    def changed(bias: Array, blocks: int) -> Array:
        parts = np.split(bias, blocks)
        parts[place] = parts[place] + bias.dtype.type(more)
        return np.concatenate(parts)

    return changed


def _activations(case: Case) -> Iterator[Fault]:
    """Another activation of the gates, the candidate, or the cell state on its way out."""
    options = case.parameters.options()
    for name in ("recurrent_activation", "activation", "output_activation"):
        known = GATE_ACTIVATIONS if name == "recurrent_activation" else OTHER_ACTIVATIONS
        for spelling in known if name in options else ():
            if spelling != options[name]:
                run = _activated(name, spelling)
                yield Fault(kind=name, detail=spelling, run=run)


def _activated(name: str, spelling: str) -> Callable[[Case], Signals]:
    def run(case: Case) -> Signals:
        if case.parameters.kind != "lstm":
            return case.with_parameters(**{name: spelling})
        return case.with_parameters(variant=replace(case.parameters.variant, **{name: spelling}))

    return run


def _times() -> Iterator[Fault]:
    """Time reversed, or a timestep too early or too late."""

    def reversed_time(case: Case) -> Signals:
        return signals(case.parameters, case.inputs, case.start, reverse=True)

    def running_order(case: Case) -> Signals:
        return {name: values[::-1] for name, values in reversed_time(case).items()}

    def turned_answer(case: Case) -> Signals:
        return {name: values[::-1] for name, values in case.right().items()}

    def later(case: Case) -> Signals:
        return {name: _after(case, name, values)[:-1] for name, values in case.right().items()}

    def with_start(case: Case) -> Signals:
        return {name: _after(case, name, values) for name, values in case.right().items()}

    def earlier_input(case: Case) -> Signals:
        moved = np.concatenate([np.zeros_like(case.inputs[:1]), case.inputs[:-1]])
        return signals(case.parameters, moved, case.start)

    def later_input(case: Case) -> Signals:
        moved = np.concatenate([case.inputs[1:], np.zeros_like(case.inputs[:1])])
        return signals(case.parameters, moved, case.start)

    yield Fault(kind="time", detail="reversed", run=reversed_time)
    yield Fault(kind="time", detail="reversed, in running order", run=running_order)
    yield Fault(kind="time", detail="answer turned", run=turned_answer)
    yield Fault(kind="off by one", detail="before the update", run=later)
    yield Fault(kind="off by one", detail="start included", run=with_start)
    yield Fault(kind="off by one", detail="input before", run=earlier_input)
    yield Fault(kind="off by one", detail="input after", run=later_input)


def _after(case: Case, name: str, values: Array) -> Array:
    """A signal with what was there before the first timestep in front: the start, or zero."""
    known = case.start.arrays().get(name)
    first = np.zeros_like(values[:1]) if known is None else known[np.newaxis]
    return np.concatenate([first, values])


def _starts(case: Case) -> Iterator[Fault]:
    """Another start than the given one, or one at every timestep."""
    parameters = case.parameters
    zero = parameters.initial_state()
    given = any(array.any() for array in case.start.arrays().values())

    def begin(state: Any) -> Callable[[Case], Signals]:
        return lambda c: signals(c.parameters, c.inputs, state)

    if given:
        yield Fault(kind="start", detail="zero", run=begin(zero))
    ones = type(zero)(**{name: np.ones_like(array) for name, array in zero.arrays().items()})
    yield Fault(kind="start", detail="one", run=begin(ones))
    arrays = case.start.arrays()
    if given and "cell_state" in arrays and len({a.shape for a in arrays.values()}) == 1:
        swapped = type(zero)(hidden_state=arrays[CELL], cell_state=arrays[HIDDEN])
        yield Fault(kind="start", detail="swapped", run=begin(swapped))
    yield Fault(kind="start", detail="carried on", run=_carried_on)
    yield Fault(kind="start", detail="never carried", run=_never_carried)


def _carried_on(case: Case) -> Signals:
    """A second run that begins with what the first one left."""
    right = case.right()
    left = {name: right[name][-1] for name in case.start.arrays()}
    return signals(case.parameters, case.inputs, type(case.start)(**left))


def _never_carried(case: Case) -> Signals:
    """A run in which every timestep begins with the start."""
    every = [signals(case.parameters, row[np.newaxis], case.start) for row in case.inputs]
    return {name: np.concatenate([one[name] for one in every]) for name in every[0]}


def _other_answers(case: Case) -> Iterator[Fault]:
    """The right run, and another of its signals handed out."""

    def cell(c: Case) -> Signals:
        right = c.right()
        return {HIDDEN: right[CELL], CELL: right[HIDDEN]}

    def unsquashed(c: Case) -> Signals:
        right = c.right()
        return {GATES: right[PREACTIVATIONS]}

    if case.parameters.kind == "lstm":
        yield Fault(kind="answer", detail="cell state", run=cell)
    if case.parameters.kind != "rnn":
        yield Fault(kind="answer", detail="preactivations", run=unsquashed)


def _gru(case: Case) -> Iterator[Fault]:
    """The update gate turned round, and the reset on the other side of the product."""

    def turned(values: Array, blocks: int) -> Array:
        place = vocabulary("gru").blocks.index("update_gate")
        parts = np.split(values, blocks, axis=-1)
        parts[place] = -parts[place]
        return np.concatenate(parts, axis=-1)

    def kept_and_written(c: Case) -> Signals:
        names = ("kernel", "recurrent_kernel", "bias")
        arrays = {name: turned(getattr(c.parameters, name), 3) for name in names}
        run = dict(c.with_parameters(**arrays))
        run["update_gate"] = 1 - run["update_gate"]
        return {name: run[name] for name in (HIDDEN, "update_gate", "reset_gate", "candidate")}

    def other_side(c: Case) -> Signals:
        if c.parameters.reset_after:
            joined = c.parameters.bias.copy()
            joined[-c.parameters.hidden_size :] += c.parameters.recurrent_bias
            return c.with_parameters(recurrent_bias=None, bias=joined)
        zero = np.zeros(c.parameters.hidden_size, c.parameters.dtype)
        return c.with_parameters(recurrent_bias=zero)

    if case.parameters.recurrent_activation == "sigmoid":  # σ(-z) = 1 - σ(z)
        yield Fault(kind="update gate", detail="turned", run=kept_and_written)
    yield Fault(
        kind="reset", detail="before" if case.parameters.reset_after else "after", run=other_side
    )


def _updates() -> Iterator[Fault]:
    """An LSTM's update with a term missing or wrong."""

    def wrong(name: str) -> Callable[[Case], Signals]:
        return lambda case: wrongly_updated(name, case.parameters, case.inputs, case.start)

    for name in UPDATES:
        yield Fault(kind="update", detail=name, run=wrong(name))
