"""The vocabulary of the cells, said once: every signal's name, symbol, equation and range.

Menus, axis titles, colour ranges, drawings and tests read this table; nobody else spells a
signal's title or range. Equations are in row-vector form (x·W), as the code computes them;
h₋ and c₋ are the states of the timestep before.

Source: Hochreiter & Schmidhuber 1997; Gers, Schmidhuber & Cummins 2000 (forget gate);
Cho et al. 2014 (GRU); Elman 1990 (the standard RNN).
"""

from __future__ import annotations

from typing import Literal

from .record import record

Kind = Literal["lstm", "gru", "rnn"]
Role = Literal["gate", "candidate", "state", "term"]


@record
class Signal:
    """One named quantity of a cell, with a value per unit and timestep.

    `low` and `high` are the range with the standard activations; None where the range is the
    run's own (a cell state is unbounded). `role` says how it acts: a gate opens (0..1), a
    candidate is offered, a state is carried on, a term is part of a sum in the cell state.
    """

    name: str
    title: str
    symbol: str
    equation: str
    meaning: str
    role: Role
    low: float | None
    high: float | None


@record
class CellVocabulary:
    """The vocabulary of one kind of cell.

    `blocks` is the order of the blocks in kernel, recurrent_kernel and bias, the only order
    inside this project. `recorded` are the signals that a step records, in reading order;
    `terms` follow from them. `memory` is the signal in which the cell remembers, and
    `keeping_gate` the gate that multiplies it at every timestep; None where there is none.
    """

    kind: Kind
    title: str
    blocks: tuple[str, ...]
    recorded: tuple[Signal, ...]
    terms: tuple[Signal, ...]
    memory: str
    keeping_gate: str | None

    @property
    def signals(self) -> tuple[Signal, ...]:
        """All signals, the recorded ones first."""
        return self.recorded + self.terms


def _gate(name: str, title: str, symbol: str, meaning: str) -> Signal:
    return Signal(
        name=name,
        title=title,
        symbol=symbol,
        equation=f"{symbol} = σ(x·W{symbol} + h₋·U{symbol} + b{symbol})",
        meaning=meaning,
        role="gate",
        low=0.0,
        high=1.0,
    )


def _hidden_state(equation: str, meaning: str) -> Signal:
    return Signal(
        name="hidden_state",
        title="Hidden state",
        symbol="h",
        equation=equation,
        meaning=meaning,
        role="state",
        low=-1.0,
        high=1.0,
    )


def _candidate(symbol: str, equation: str) -> Signal:
    return Signal(
        name="candidate",
        title="Candidate",
        symbol=symbol,
        equation=equation,
        meaning="what could be added",
        role="candidate",
        low=-1.0,
        high=1.0,
    )


def _term(name: str, title: str, symbol: str, meaning: str, bound: float | None) -> Signal:
    return Signal(
        name=name,
        title=title,
        symbol=symbol,
        equation=symbol,
        meaning=meaning,
        role="term",
        low=None if bound is None else -bound,
        high=bound,
    )


LSTM = CellVocabulary(
    kind="lstm",
    title="LSTM",
    blocks=("input_gate", "forget_gate", "candidate", "output_gate"),
    recorded=(
        Signal(
            name="cell_state",
            title="Cell state",
            symbol="c",
            equation="c = f·c₋ + i·g",
            meaning="what rides on the conveyor belt",
            role="state",
            low=None,
            high=None,
        ),
        _gate("forget_gate", "Forget gate", "f", "how much of the belt is kept"),
        _gate("input_gate", "Input gate", "i", "how much of the candidate is added"),
        _candidate("g", "g = tanh(x·Wg + h₋·Ug + bg)"),
        _gate("output_gate", "Output gate", "o", "how much of the belt is shown"),
        _hidden_state("h = o·tanh(c)", "what the cell shows"),
    ),
    terms=(
        _term("retained", "Retained", "f·c₋", "what the forget gate let pass", None),
        _term("written", "Written", "i·g", "what the input gate let in", 1.0),
    ),
    memory="cell_state",
    keeping_gate="forget_gate",
)

GRU = CellVocabulary(
    kind="gru",
    title="GRU",
    blocks=("reset_gate", "update_gate", "candidate"),
    recorded=(
        _hidden_state("h = z·h₋ + (1 - z)·n", "what the cell remembers and shows"),
        _gate("reset_gate", "Reset gate", "r", "how much of the past the candidate sees"),
        _gate("update_gate", "Update gate", "z", "how much of the hidden state is kept"),
        _candidate("n", "n = tanh(x·Wn + bn + r·(h₋·Un + bu))"),
    ),
    terms=(
        _term("retained", "Retained", "z·h₋", "what the update gate let pass", 1.0),
        _term("written", "Written", "(1 - z)·n", "what the update gate let in", 1.0),
    ),
    memory="hidden_state",
    keeping_gate="update_gate",
)

RNN = CellVocabulary(
    kind="rnn",
    title="Standard RNN",
    blocks=("hidden_state",),
    recorded=(_hidden_state("h = tanh(x·W + h₋·U + b)", "what the cell remembers and shows"),),
    terms=(),
    memory="hidden_state",
    keeping_gate=None,
)

VOCABULARIES: dict[str, CellVocabulary] = {cell.kind: cell for cell in (LSTM, GRU, RNN)}


def vocabulary(kind: str) -> CellVocabulary:
    """Return the vocabulary of the cell `kind` ("lstm", "gru" or "rnn").

    Raises ValueError for another kind.
    """
    if kind not in VOCABULARIES:
        raise ValueError(f"kind is {kind!r}: expected one of {', '.join(VOCABULARIES)}")
    return VOCABULARIES[kind]


def signal(kind: str, name: str) -> Signal:
    """Return the signal `name` of the cell `kind`.

    Raises ValueError where that cell has no such signal.
    """
    for candidate in vocabulary(kind).signals:
        if candidate.name == name:
            return candidate
    known = ", ".join(s.name for s in vocabulary(kind).signals)
    raise ValueError(f"signal is {name!r}: a {vocabulary(kind).title} has {known}")
