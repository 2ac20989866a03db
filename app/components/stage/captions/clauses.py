"""The clauses of each cell: which template says what happens, and with which numbers.

A clause is a template's name and what fills its slots.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ....words.captions import OPENNESS
from .digits import (
    digits_that_add_up,
    factor,
    factors,
    fixed,
    kept_of,
    least_digits,
    number_of,
    percent_digits,
)
from .facts import Facts

Words = Mapping[str, str]
Clause = tuple[str, dict[str, str]]
Say = Callable[[Facts, Words], list[Clause]]

PHASE_DIGITS = 3  # of slow motion, as in the drawing


def openness(value: float, words: Words) -> str:
    """Return the word for how open a gate is; the thresholds are OPENNESS."""
    return words[f"openness_{next(name for name, bound in OPENNESS if value < bound)}"]


def who(facts: Facts, words: Words) -> str:
    """Return what the unit is called in a sentence."""
    return words["unit"].format(unit=facts.unit)


def percent(share: float, text: str, words: Words) -> str:
    """Return a share in percent; what is nearly 0 or 100 % is not said to be that."""
    if 0 < share < 1 and number_of(text) in (0, 100):
        return words["percent_under" if share < 0.5 else "percent_over"]
    return words["percent"].format(number=text)


def balance(facts: Facts) -> tuple[float, float, float]:
    """Return what is kept, what is written, and the memory that they make."""
    n = facts.numbers
    kept = n["carried"] if facts.options.get("forget") == "none" else n["retained"]
    return kept, n["written"], n[_memory(facts)]


def _memory(facts: Facts) -> str:
    return "cell_state" if facts.kind == "lstm" else "hidden_state"


def _digits(facts: Facts) -> tuple[int, bool]:
    """How many decimals the sum of this timestep is written with, and whether it adds up then."""
    kept, written, memory = balance(facts)
    least = least_digits((kept, written, memory))
    found = digits_that_add_up((kept, written), memory, least)
    return (least, False) if found is None else (found, True)


def _keeps(facts: Facts, words: Words, gate: str) -> Clause:
    """What the gate keeps of the memory that comes in."""
    n, digits = facts.numbers, _digits(facts)[0]
    name = {"who": who(facts, words)}
    if n["carried"] == 0:
        return f"{facts.kind}_empty", name
    if facts.options.get("forget") == "none":
        return f"{facts.kind}_keeps_all", {**name, "kept": fixed(n["carried"], digits)}
    carried, kept = fixed(n["carried"], digits), fixed(n["retained"], digits)
    if number_of(carried) == 0:
        return f"{facts.kind}_nearly_empty", name
    slots = {**name, "openness": openness(n[gate], words), "carried": carried, "kept": kept}
    pair = kept_of(n[gate], n["carried"], digits)
    if pair is None:
        return f"{facts.kind}_keeps_part", slots
    share, whole = pair
    text = percent(n[gate], share, words)
    return f"{facts.kind}_keeps", {**slots, "percent": text, "carried": whole}


def _adds(facts: Facts, words: Words, gate: str) -> Clause:
    """What is written, and the memory that it makes."""
    digits, exact = _digits(facts)
    _, written, memory = balance(facts)
    text = fixed(written, digits)
    slots = {"openness": openness(facts.numbers[gate], words), "memory": fixed(memory, digits)}
    if not exact:
        return f"{facts.kind}_apart", {**slots, "written": text}
    if facts.numbers["carried"] == 0:
        return f"{facts.kind}_writes_first", slots
    if number_of(text) == 0:
        return f"{facts.kind}_adds_nothing", slots
    change = "adds" if written > 0 else "subtracts"
    return f"{facts.kind}_{change}", {**slots, "written": text.removeprefix("−")}


def _mean(facts: Facts) -> Clause:
    """The update as a mean over units: the mean of the terms, no product of means."""
    kept, written, memory = balance(facts)
    digits = _digits(facts)[0]
    texts = {"carried": facts.numbers["carried"], "kept": kept, "written": written}
    slots = {name: fixed(value, digits) for name, value in texts.items()}
    return f"{facts.kind}_mean", {
        **slots,
        "count": str(facts.units),
        "memory": fixed(memory, digits),
    }


def shown(facts: Facts, digits: int | None = None) -> str:
    """Return what an LSTM's unit shows, o·tanh(c), as text."""
    value = facts.numbers["shown"]
    return fixed(value, least_digits((value,)) if digits is None else digits)


def _shows(facts: Facts, words: Words) -> Clause:
    gate = {"openness": openness(facts.numbers["output_gate"], words), "shown": shown(facts)}
    return "lstm_projects" if facts.options.get("projection") else "lstm_shows", gate


def say_lstm(facts: Facts, words: Words) -> list[Clause]:
    """Return a whole timestep of an LSTM: what is kept, what is added, what is shown."""
    if facts.is_mean:
        key, slots = _mean(facts)
        return [(key, {**slots, "shown": shown(facts)})]
    keeps, adds = _keeps(facts, words, "forget_gate"), _adds(facts, words, "input_gate")
    return [keeps, adds, _shows(facts, words)]


def say_gru(facts: Facts, words: Words) -> list[Clause]:
    """Return a whole timestep of a GRU: what is kept, and what fills up the rest."""
    if facts.is_mean:
        return [_mean(facts)]
    return [_keeps(facts, words, "update_gate"), _adds(facts, words, "update_gate")]


def say_rnn(facts: Facts, words: Words) -> list[Clause]:
    """Return a timestep of a standard RNN: everything is made anew."""
    before, after = facts.numbers["carried"], facts.numbers["hidden_state"]
    digits = least_digits((before, after))
    slots = {
        "activation": str(facts.options["activation"]),
        "carried": fixed(before, digits),
        "memory": fixed(after, digits),
    }
    if facts.is_mean:
        return [("rnn_mean", {**slots, "count": str(facts.units)})]
    return [("rnn_changes", {**slots, "who": who(facts, words)})]


def _product(facts: Facts, first: str, second: str) -> tuple[str, str, str]:
    """Two numbers of slow motion and their product, as they stand in an equation."""
    one, other, product = factors(facts.numbers[first], facts.numbers[second], PHASE_DIGITS)
    return one, factor(other), product


def _phase_keeps(facts: Facts, words: Words, gate: str, key: str) -> list[Clause]:
    """The arithmetic of the gate that keeps."""
    n = facts.numbers
    if facts.is_mean:
        texts = {name: fixed(n[value], PHASE_DIGITS) for name, value in KEPT.items()}
        return [(f"{key}_mean", {**texts, "count": str(facts.units)})]
    if n["carried"] == 0:
        return [(f"{facts.kind}_empty", {"who": who(facts, words)})]
    gate_text, carried, kept = _product(facts, gate, "carried")
    slots = {"gate": gate_text, "carried": carried, "kept": kept}
    return [
        (key, {**slots, "who": who(facts, words), "openness": openness(n[gate], words)}),
    ]


KEPT = {"carried": "carried", "kept": "retained"}


def _phase_write(facts: Facts, words: Words) -> list[Clause]:
    if facts.is_mean:
        written = fixed(facts.numbers["written"], PHASE_DIGITS)
        return [("lstm_write_mean", {"written": written, "count": str(facts.units)})]
    gate, candidate, written = _product(facts, "input_gate", "candidate")
    word = openness(facts.numbers["input_gate"], words)
    slots = {"gate": gate, "candidate": candidate, "written": written}
    return [("lstm_write", {**slots, "openness": word})]


def _phase_sum(facts: Facts, key: str) -> list[Clause]:
    """What is kept and what is written, added up."""
    kept, written, memory = balance(facts)
    digits = digits_that_add_up((kept, written), memory, PHASE_DIGITS)
    places = PHASE_DIGITS if digits is None else digits
    slots = {
        "kept": fixed(kept, places),
        "written": factor(fixed(written, places)),
        "memory": fixed(memory, places),
    }
    return [(f"{key}_apart" if digits is None else key, slots)]


def _phase_output(facts: Facts, words: Words) -> list[Clause]:
    if facts.is_mean:
        slots = {"shown": shown(facts, PHASE_DIGITS), "count": str(facts.units)}
        return [("lstm_output_mean", slots)]
    gate, squashed, product = _product(facts, "output_gate", "squashed")
    word = openness(facts.numbers["output_gate"], words)
    slots = {"gate": gate, "squashed": squashed, "shown": product}
    return [("lstm_output", {**slots, "openness": word})]


def _phase_reset(facts: Facts, words: Words) -> list[Clause]:
    gate = facts.numbers["reset_gate"]
    text = fixed(100 * gate, percent_digits(gate))
    slots = {"openness": openness(gate, words), "percent": percent(gate, text, words)}
    return [("gru_reset", slots)]


def _phase_candidate(facts: Facts, words: Words) -> list[Clause]:
    return [("gru_candidate", {"candidate": fixed(facts.numbers["candidate"], PHASE_DIGITS)})]


CELLS: Mapping[str, Say] = {"lstm": say_lstm, "gru": say_gru, "rnn": say_rnn}

PHASES: Mapping[str, Mapping[str, Say]] = {
    "lstm": {
        "forget": lambda f, w: _phase_keeps(f, w, "forget_gate", "lstm_forget"),
        "input": _phase_write,
        "update": lambda f, w: _phase_sum(f, "lstm_update"),
        "output": _phase_output,
    },
    "gru": {
        "reset": _phase_reset,
        "candidate": _phase_candidate,
        "update": lambda f, w: _phase_keeps(f, w, "update_gate", "gru_update"),
        "mix": lambda f, w: _phase_sum(f, "gru_mix"),
    },
    "rnn": {"update": say_rnn},
}
