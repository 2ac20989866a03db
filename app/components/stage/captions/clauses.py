"""The clauses of each cell: which template says what happens, and with which numbers.

A clause is a template's name and what fills its slots.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ....words.captions import OPENNESS
from .digits import factor, number_of, percentage
from .facts import Facts
from .terms import kept_name, terms_of

Words = Mapping[str, str]
Clause = tuple[str, dict[str, str]]
Say = Callable[[Facts, Words], list[Clause]]


def openness(value: float, words: Words) -> str:
    """Return the word for how open a gate is; the thresholds are OPENNESS."""
    return words[f"openness_{next(name for name, bound in OPENNESS if value < bound)}"]


def who(facts: Facts, words: Words) -> str:
    """Return what the unit is called in a sentence."""
    return words["unit"].format(unit=facts.unit)


def percent(share: float, text: str, words: Words) -> str:
    """Return a share in percent; what is nearly 0 or 100 % is not said to be that."""
    number = percentage(text)
    if 0 < share < 1 and number_of(number) in (0, 100):
        return words["percent_under" if share < 0.5 else "percent_over"]
    return words["percent"].format(number=number)


def _keeps(facts: Facts, words: Words, gate: str) -> Clause:
    """What the gate keeps of the memory that comes in."""
    n, terms, name = facts.numbers, terms_of(facts), {"who": who(facts, words)}
    carried, kept = terms.texts["carried"], terms.texts[kept_name(facts)]
    if n["carried"] == 0:
        return f"{facts.kind}_empty", name
    if facts.options.get("forget") == "none":
        return f"{facts.kind}_keeps_all", {**name, "kept": kept}
    if number_of(carried) == 0:
        return f"{facts.kind}_nearly_empty", name
    slots = {**name, "openness": openness(n[gate], words), "carried": carried, "kept": kept}
    if not terms.multiplies["retained"]:
        return f"{facts.kind}_keeps_part", slots
    text = percent(n[gate], terms.texts[gate], words)
    return f"{facts.kind}_keeps", {**slots, "percent": text}


def _adds(facts: Facts, words: Words, gate: str) -> Clause:
    """What is written, and the memory that it makes."""
    terms, written = terms_of(facts), facts.numbers["written"]
    text = terms.texts["written"]
    slots = {"openness": openness(facts.numbers[gate], words), "memory": terms.memory}
    if not terms.adds_up:
        return f"{facts.kind}_apart", {**slots, "written": text}
    if facts.numbers["carried"] == 0:
        return f"{facts.kind}_writes_first", slots
    if number_of(text) == 0:
        return f"{facts.kind}_adds_nothing", slots
    change = "adds" if written > 0 else "subtracts"
    return f"{facts.kind}_{change}", {**slots, "written": text.removeprefix("−")}


def _mean(facts: Facts) -> Clause:
    """The update as a mean over units: the mean of the terms, no product of means."""
    terms = terms_of(facts)
    names = {"carried": "carried", "kept": kept_name(facts), "written": "written"}
    slots = {slot: terms.texts[name] for slot, name in names.items()}
    return f"{facts.kind}_mean", {**slots, "count": str(facts.units), "memory": terms.memory}


def _shows(facts: Facts, words: Words) -> Clause:
    word = openness(facts.numbers["output_gate"], words)
    gate = {"openness": word, "shown": terms_of(facts).texts["shown"]}
    return "lstm_projects" if facts.options.get("projection") else "lstm_shows", gate


def say_lstm(facts: Facts, words: Words) -> list[Clause]:
    """Return a whole timestep of an LSTM: what is kept, what is added, what is shown."""
    if facts.is_mean:
        key, slots = _mean(facts)
        return [(key, {**slots, "shown": terms_of(facts).texts["shown"]})]
    keeps, adds = _keeps(facts, words, "forget_gate"), _adds(facts, words, "input_gate")
    return [keeps, adds, _shows(facts, words)]


def say_gru(facts: Facts, words: Words) -> list[Clause]:
    """Return a whole timestep of a GRU: what is kept, and what fills up the rest."""
    if facts.is_mean:
        return [_mean(facts)]
    return [_keeps(facts, words, "update_gate"), _adds(facts, words, "update_gate")]


def say_rnn(facts: Facts, words: Words) -> list[Clause]:
    """Return a timestep of a standard RNN: everything is made anew."""
    terms = terms_of(facts)
    slots = {
        "activation": str(facts.options["activation"]),
        "carried": terms.texts["carried"],
        "memory": terms.memory,
    }
    if facts.is_mean:
        return [("rnn_mean", {**slots, "count": str(facts.units)})]
    return [("rnn_changes", {**slots, "who": who(facts, words)})]


def _phase_keeps(facts: Facts, words: Words, gate: str, key: str) -> list[Clause]:
    """The arithmetic of the gate that keeps."""
    texts = terms_of(facts).texts
    slots = {"carried": texts["carried"], "kept": texts["retained"]}
    if facts.is_mean:
        return [(f"{key}_mean", {**slots, "count": str(facts.units)})]
    name = {"who": who(facts, words)}
    if facts.numbers["carried"] == 0:
        return [(f"{facts.kind}_empty", name)]
    own = {"gate": texts[gate], "openness": openness(facts.numbers[gate], words)}
    return [(key, {**slots, **own, **name, "carried": factor(texts["carried"])})]


def _phase_write(facts: Facts, words: Words) -> list[Clause]:
    texts = terms_of(facts).texts
    if facts.is_mean:
        return [("lstm_write_mean", {"written": texts["written"], "count": str(facts.units)})]
    slots = {
        "gate": texts["input_gate"],
        "candidate": factor(texts["candidate"]),
        "written": texts["written"],
    }
    word = openness(facts.numbers["input_gate"], words)
    return [("lstm_write", {**slots, "openness": word})]


def _phase_sum(facts: Facts, key: str) -> list[Clause]:
    """What is kept and what is written, added up."""
    terms = terms_of(facts)
    slots = {
        "kept": terms.texts[kept_name(facts)],
        "written": factor(terms.texts["written"]),
        "memory": terms.memory,
    }
    return [(key if terms.adds_up else f"{key}_apart", slots)]


def _phase_output(facts: Facts, words: Words) -> list[Clause]:
    texts = terms_of(facts).texts
    if facts.is_mean:
        return [("lstm_output_mean", {"shown": texts["shown"], "count": str(facts.units)})]
    slots = {
        "gate": texts["output_gate"],
        "squashed": factor(texts["squashed"]),
        "shown": texts["shown"],
    }
    word = openness(facts.numbers["output_gate"], words)
    return [("lstm_output", {**slots, "openness": word})]


def _phase_reset(facts: Facts, words: Words) -> list[Clause]:
    gate = facts.numbers["reset_gate"]
    text = percent(gate, terms_of(facts).texts["reset_gate"], words)
    return [("gru_reset", {"openness": openness(gate, words), "percent": text})]


def _phase_candidate(facts: Facts, words: Words) -> list[Clause]:
    return [("gru_candidate", {"candidate": terms_of(facts).texts["candidate"]})]


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
