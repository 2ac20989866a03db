"""The arithmetic of one unit at one timestep, written out: where a gate's value comes from.

For every block of the cell the preactivation is a sum of parts, each a sum of terms

    z = Σ x[k]·W[k] + Σ h₋[k]·U[k] [+ p·c] + b,      value = a(clip(z))

and here every part and every term has its number. In a GRU the candidate's recurrent part
passes the reset gate: r·(Σ h₋[k]·U[k] + b_u), or Σ (r[k]·h₋[k])·U[k] where it resets before.
All is computed in float64 from what the trace recorded, so that the parts add up to 1e-12.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal, NamedTuple

import numpy as np

from ..activations import activation
from ..cells.common import Parameters
from ..cells.gru import GRUParameters
from ..record import Array, record
from ..run.trace import GRUTrace, LSTMTrace, RNNTrace, Trace
from ..vocabulary import Signal, signal

PartName = Literal["input", "recurrent", "peephole", "bias", "recurrent_bias"]


@record
class Term:
    """One product of the sum: source[index] · weight."""

    part: PartName
    index: int  # which input, or which unit of the hidden state before
    source: float  # x[k], h₋[k] (r[k]·h₋[k] where a GRU resets before) or c
    weight: float  # with the reset gate in it where a GRU resets after
    product: float


@record
class Part:
    """One part of a preactivation, with its terms where it has any.

    `products` (K,) are the terms in order, `sources` and `weights` (K,) what was multiplied; a
    bias has none.
    """

    name: PartName
    value: float
    sources: Array
    weights: Array
    products: Array


@record
class BlockArithmetic:
    """How one block of one unit got its value at one timestep.

    `parts` add up to `total`; `preactivation` is `total` clipped where the cell clips, and
    `value` is `activation` of it. A gate without weights of its own (f of a coupled LSTM, or
    of one that never forgets) has no parts, and both sums are None: `equation` says what it is.
    `held` is the value at which an intervention holds the block, whatever was computed, else None.
    """

    signal: Signal
    parts: tuple[Part, ...]
    total: float | None
    preactivation: float | None
    activation: str
    equation: str
    value: float
    held: float | None = None

    def part(self, name: PartName) -> float:
        """Return the value of one part; 0 where this block has no such part."""
        return sum((part.value for part in self.parts if part.name == name), 0.0)

    def largest_terms(self, count: int = 3) -> tuple[Term, ...]:
        """Return the `count` terms of the greatest size that aren't zero, the greatest first."""
        terms = [
            Term(part=part.name, index=int(k), source=float(s), weight=float(w), product=float(p))
            for part in self.parts
            for k, (s, w, p) in enumerate(
                zip(part.sources, part.weights, part.products, strict=True)
            )
            if p
        ]
        return tuple(sorted(terms, key=lambda term: -abs(term.product))[:count])


@record
class StateArithmetic:
    """How a state of one unit comes about: the sum of `products`, each of two factors.

    `held` is the value at which an intervention holds it, whatever the sum is, else None.
    """

    equation: str
    products: tuple[tuple[float, float], ...]
    value: float
    held: float | None = None


def state_arithmetic(trace: Trace, t: int, unit: int) -> tuple[StateArithmetic, ...]:
    """Return how `unit` got its states at timestep `t`, in the order in which they arise.

    An LSTM: c = f·c₋ + i·g and h = o·tanh(c), before a projection where there is one. A GRU:
    h = z·h₋ + (1 - z)·n. A standard RNN has none: its one block is its state.
    """
    states = CELLS[trace.kind].states(trace, t, unit)
    names = STATES[trace.kind]
    return tuple(
        replace(state, held=_held_at(trace, name, t, unit))
        for name, state in zip(names, states, strict=True)
    )


def _held_at(trace: Trace, name: str, t: int, unit: int) -> float | None:
    """The value at which a signal of a unit is held; None where it is not.

    What a projection hands on has units of its own: there no unit's h is held.
    """
    held = trace.held(name)
    if held is None or held.shape[-1] != trace.parameters.hidden_size or not held[t, unit]:
        return None
    return float(trace.series(name)[t, unit])


def _states_of_gru(trace: GRUTrace, t: int, unit: int) -> tuple[StateArithmetic, ...]:
    update, candidate = float(trace.update_gate[t, unit]), float(trace.candidate[t, unit])
    before = float(trace.previous.hidden_state[t, unit])
    equation = signal("gru", "hidden_state").equation
    return (_sum(equation, (update, before), (1 - update, candidate)),)


def _states_of_rnn(trace: RNNTrace, t: int, unit: int) -> tuple[StateArithmetic, ...]:
    return ()


def _states_of_lstm(trace: LSTMTrace, t: int, unit: int) -> tuple[StateArithmetic, ...]:
    forget, entry = float(trace.forget_gate[t, unit]), float(trace.input_gate[t, unit])
    candidate, output = float(trace.candidate[t, unit]), float(trace.output_gate[t, unit])
    before = float(trace.previous.cell_state[t, unit])
    cell_state = _sum(signal("lstm", "cell_state").equation, (forget, before), (entry, candidate))
    spelling = trace.parameters.variant.output_activation
    cell = _held_at(trace, "cell_state", t, unit)
    squashed = activation(spelling)(np.array([cell_state.value if cell is None else cell]))
    name = "h" if trace.parameters.projection is None else "before the projection"
    return cell_state, _sum(
        f"{name} = o·{spelling.partition('(')[0]}(c)", (output, float(squashed[0]))
    )


def _sum(equation: str, *products: tuple[float, float]) -> StateArithmetic:
    value = sum(first * second for first, second in products)
    return StateArithmetic(equation=equation, products=products, value=value)


def unit_arithmetic(trace: Trace, t: int, unit: int) -> tuple[BlockArithmetic, ...]:
    """Return the arithmetic of every block of `unit` at timestep `t`, in reading order.

    `trace` is the run of one sequence, without batch axes. Raises ValueError for a batch,
    IndexError for a timestep or a unit that isn't there.
    """
    if trace.input.ndim != 2:
        raise ValueError(f"the trace's input is {trace.input.shape}: expected (timesteps, inputs)")
    units = trace.parameters.hidden_size
    if not 0 <= unit < units:
        raise IndexError(f"unit is {unit}: expected 0..{units - 1}")
    if not 0 <= t < len(trace):
        raise IndexError(f"timestep is {t}: expected 0..{len(trace) - 1}")
    return tuple(
        replace(block, held=_held_at(trace, block.signal.name, t, unit))
        for block in CELLS[trace.kind].blocks(trace, t, unit)
    )


def _blocks_of_lstm(trace: LSTMTrace, t: int, unit: int) -> tuple[BlockArithmetic, ...]:
    parameters = trace.parameters
    variant = parameters.variant
    now = trace[t]
    peepholes = parameters.peepholes()
    cells = {"output_gate": now.cell_state}  # the output gate already sees the new cell state
    blocks = {}
    for name in parameters.blocks:
        parts = _input_and_recurrent(parameters, name, unit, now.input, now.previous.hidden_state)
        if name in peepholes:
            seen = cells.get(name, now.previous.cell_state)
            parts += (_part("peephole", seen[unit : unit + 1], peepholes[name][unit : unit + 1]),)
        parts += (_bias(parameters, name, unit),)
        spelling = variant.activation if name == "candidate" else variant.recurrent_activation
        blocks[name] = _block("lstm", name, parts, spelling, variant.clip)
    if variant.forget == "coupled":
        entry = _held_at(trace, "input_gate", t, unit)
        value = 1 - (blocks["input_gate"].value if entry is None else entry)
        blocks["forget_gate"] = _given("lstm", "forget_gate", "f = 1 − i", value)
    elif variant.forget == "none":
        blocks["forget_gate"] = _given("lstm", "forget_gate", "f = 1", 1.0)
    order = ("forget_gate", "input_gate", "candidate", "output_gate")
    return tuple(blocks[name] for name in order)


def _blocks_of_gru(trace: GRUTrace, t: int, unit: int) -> tuple[BlockArithmetic, ...]:
    parameters = trace.parameters
    now = trace[t]
    before = now.previous.hidden_state
    blocks = []
    for name in parameters.blocks:
        if name == "candidate":
            parts = _candidate_of_gru(parameters, unit, now.input, before, now.reset_gate)
        else:
            parts = _input_and_recurrent(parameters, name, unit, now.input, before)
        parts += (_bias(parameters, name, unit),)
        gate = name != "candidate"
        spelling = parameters.recurrent_activation if gate else parameters.activation
        blocks.append(_block("gru", name, parts, spelling, parameters.clip))
    return tuple(blocks)


def _candidate_of_gru(
    parameters: GRUParameters, unit: int, input: Array, before: Array, reset: Array
) -> tuple[Part, ...]:
    """The candidate's parts: the reset gate acts on the weights' sum, or on what they read."""
    recurrent = parameters.split(parameters.recurrent_kernel)["candidate"][:, unit]
    from_input = _part("input", input, parameters.split(parameters.kernel)["candidate"][:, unit])
    if parameters.recurrent_bias is None:
        return from_input, _part("recurrent", _double(reset) * _double(before), recurrent)
    opening = float(reset[unit])
    recalled = _part("recurrent", before, opening * _double(recurrent))
    bias = _constant("recurrent_bias", opening * float(parameters.recurrent_bias[unit]))
    return from_input, recalled, bias


def _blocks_of_rnn(trace: RNNTrace, t: int, unit: int) -> tuple[BlockArithmetic, ...]:
    parameters = trace.parameters
    now = trace[t]
    name = "hidden_state"
    parts = _input_and_recurrent(parameters, name, unit, now.input, now.previous.hidden_state)
    parts += (_bias(parameters, name, unit),)
    return (_block("rnn", name, parts, parameters.activation, parameters.clip),)


def _input_and_recurrent(
    parameters: Parameters, name: str, unit: int, input: Array, before: Array
) -> tuple[Part, ...]:
    """x·W and h₋·U of one block and unit."""
    return (
        _part("input", input, parameters.split(parameters.kernel)[name][:, unit]),
        _part("recurrent", before, parameters.split(parameters.recurrent_kernel)[name][:, unit]),
    )


def _bias(parameters: Parameters, name: str, unit: int) -> Part:
    return _constant("bias", float(parameters.split(parameters.bias)[name][unit]))


def _part(name: PartName, sources: Array, weights: Array) -> Part:
    sources, weights = _double(sources), _double(weights)
    products = sources * weights
    return Part(
        name=name,
        value=float(products.sum()),
        sources=sources,
        weights=weights,
        products=products,
    )


def _constant(name: PartName, value: float) -> Part:
    nothing = np.empty(0)
    return Part(name=name, value=value, sources=nothing, weights=nothing, products=nothing)


def _block(
    kind: str, name: str, parts: tuple[Part, ...], spelling: str, clip: float | None
) -> BlockArithmetic:
    total = float(sum(part.value for part in parts))
    bound = np.inf if clip is None else clip
    preactivation = float(np.clip(total, -bound, bound))
    computed = signal(kind, name)
    return BlockArithmetic(
        signal=computed,
        parts=parts,
        total=total,
        preactivation=preactivation,
        activation=spelling,
        equation=computed.equation,
        value=float(activation(spelling)(np.array([preactivation]))[0]),
    )


def _given(kind: str, name: str, equation: str, value: float) -> BlockArithmetic:
    return BlockArithmetic(
        signal=signal(kind, name),
        parts=(),
        total=None,
        preactivation=None,
        activation="identity",
        equation=equation,
        value=value,
    )


def _double(values: Array) -> Array:
    return np.asarray(values, np.float64)


STATES = {"lstm": ("cell_state", "hidden_state"), "gru": ("hidden_state",), "rnn": ()}


class _Cell(NamedTuple):
    """The arithmetic of one kind of cell."""

    blocks: Callable[[Any, int, int], tuple[BlockArithmetic, ...]]
    states: Callable[[Any, int, int], tuple[StateArithmetic, ...]]


CELLS = {
    "lstm": _Cell(_blocks_of_lstm, _states_of_lstm),
    "gru": _Cell(_blocks_of_gru, _states_of_gru),
    "rnn": _Cell(_blocks_of_rnn, _states_of_rnn),
}
