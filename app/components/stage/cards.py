"""What the browser needs for the cards: the glossary's entries of a cell, with its equations.

The equations are those of this very cell, with its options; each comes in all notations, so that a
choice costs nothing.
"""

from __future__ import annotations

from typing import Any, get_args

from lstm_core.analysis.arithmetic import state_arithmetic, unit_arithmetic
from lstm_core.run.trace import Trace
from lstm_core.vocabulary import signal

from ...words import glossary
from ...words.notation import in_notation
from .settings import Notation

PHASES = {
    "lstm": {
        "cell_state": "update",
        "forget_gate": "forget",
        "input_gate": "input",
        "candidate": "input",
        "output_gate": "output",
        "hidden_state": "output",
        "keep": "forget",
        "write": "input",
        "add": "update",
        "squash": "output",
        "show": "output",
        "input": "",
    },
    "gru": {
        "hidden_state": "mix",
        "update_gate": "update",
        "reset_gate": "reset",
        "candidate": "candidate",
        "keep": "update",
        "write": "mix",
        "add": "mix",
        "input": "",
    },
    "rnn": {"hidden_state": "update", "input": ""},
}
"""The parts of each drawing that have a card, and the phase whose arithmetic each one shows."""

OPERATIONS = {"keep": "retained", "write": "written"}
"""The operations that make a term of the vocabulary."""


def describe_cards(trace: Trace) -> dict[str, Any]:
    """Return the cards of a trace's cell: its parts, the words around them, and the headings."""
    equations = _equations(trace)
    entries = glossary.entries()
    return {
        "words": glossary.interface(),
        "notations": list(get_args(Notation)),
        "parts": [
            {
                "id": part,
                "phase": phase,
                **_texts(entries[f"{trace.kind}.{part}"]),
                "equations": {
                    notation: in_notation(equations.get(part, ""), notation)
                    for notation in get_args(Notation)
                },
            }
            for part, phase in PHASES[trace.kind].items()
        ],
        "around": [_texts(entry) for key, entry in entries.items() if not glossary.kind_of(key)],
    }


def _texts(entry: glossary.Entry) -> dict[str, str]:
    return {
        "title": entry.title,
        "purpose": entry.purpose,
        "elsewhere": entry.elsewhere,
        "misreading": entry.misreading,
    }


def _equations(trace: Trace) -> dict[str, str]:
    """The equations of a cell by part, as its options make them."""
    known = {block.signal.name: block.equation for block in unit_arithmetic(trace, 0, 0)}
    states = [state.equation for state in state_arithmetic(trace, 0, 0)]
    memory = trace.vocabulary.memory
    if states:
        known[memory] = known["add"] = states[0]
    if len(states) > 1:
        known["hidden_state"] = known["show"] = states[1]
        known["squash"] = states[1].partition("·")[2]
    for part, term in OPERATIONS.items():
        if part in PHASES[trace.kind]:
            known[part] = signal(trace.kind, term).equation
    return known
