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


def units_in(facts: Facts, words: Words) -> str:
    """Return how many units a mean is over, as a sentence says it."""
    return words["one_unit" if facts.units == 1 else "units"].format(count=facts.units)


def _mean(facts: Facts, words: Words, memory: str) -> Clause:
    """The update as a mean over units: the mean of the terms, no product of means."""
    terms = terms_of(facts)
    common = {"units": units_in(facts, words), "memory": terms.memory}
    if memory in facts.held:
        return f"{facts.kind}_mean_held", common
    names = {"carried": "carried", "kept": kept_name(facts), "written": "written"}
    slots = {slot: terms.texts[name] for slot, name in names.items()}
    return f"{facts.kind}_mean", {**common, **slots}


def _held(facts: Facts, words: Words) -> Clause:
    """A memory that is held at a value."""
    return f"{facts.kind}_held", {"who": who(facts, words), "memory": terms_of(facts).memory}


def _shows(facts: Facts, words: Words) -> Clause:
    """What the output gate shows; a hidden state that is held is shown whatever the gate does."""
    shown = {"shown": terms_of(facts).texts["out"]}
    suffix = "_held" if "hidden_state" in facts.held else ""
    if facts.is_mean:
        return f"lstm_mean_shows{suffix}", shown
    if suffix:
        return "lstm_shows_held", shown
    gate = {"openness": openness(facts.numbers["output_gate"], words), **shown}
    return "lstm_projects" if facts.options.get("projection") else "lstm_shows", gate


def say_lstm(facts: Facts, words: Words) -> list[Clause]:
    """Return a whole timestep of an LSTM: what is kept, what is added, what is shown."""
    shows = _shows(facts, words)
    if facts.is_mean:
        return [_mean(facts, words, "cell_state"), shows]
    if "cell_state" in facts.held:
        return [_held(facts, words), shows]
    return [_keeps(facts, words, "forget_gate"), _adds(facts, words, "input_gate"), shows]


def say_gru(facts: Facts, words: Words) -> list[Clause]:
    """Return a whole timestep of a GRU: what is kept, and what fills up the rest."""
    if facts.is_mean:
        return [_mean(facts, words, "hidden_state")]
    if "hidden_state" in facts.held:
        return [_held(facts, words)]
    return [_keeps(facts, words, "update_gate"), _adds(facts, words, "update_gate")]


def say_rnn(facts: Facts, words: Words) -> list[Clause]:
    """Return a timestep of a standard RNN: everything is made anew."""
    terms, held = terms_of(facts), "hidden_state" in facts.held
    slots = {"carried": terms.texts["carried"], "memory": terms.memory}
    own = {**slots, "activation": str(facts.options["activation"])}
    if facts.is_mean:
        units = {"units": units_in(facts, words)}
        return [("rnn_mean_held", {**slots, **units}) if held else ("rnn_mean", {**own, **units})]
    if held:
        return [_held(facts, words)]
    return [("rnn_changes", {**own, "who": who(facts, words)})]


def _phase_keeps(facts: Facts, words: Words, gate: str, key: str) -> list[Clause]:
    """The arithmetic of the gate that keeps."""
    texts = terms_of(facts).texts
    slots = {"carried": texts["carried"], "kept": texts["retained"]}
    if facts.is_mean:
        return [(f"{key}_mean", {**slots, "units": units_in(facts, words)})]
    name = {"who": who(facts, words)}
    if facts.numbers["carried"] == 0:
        return [(f"{facts.kind}_empty", name)]
    own = {"gate": texts[gate], "openness": openness(facts.numbers[gate], words)}
    return [(key, {**slots, **own, **name, "carried": factor(texts["carried"])})]


def _phase_write(facts: Facts, words: Words) -> list[Clause]:
    texts = terms_of(facts).texts
    if facts.is_mean:
        return [("lstm_write_mean", {"written": texts["written"], "units": units_in(facts, words)})]
    slots = {
        "gate": texts["input_gate"],
        "candidate": factor(texts["candidate"]),
        "written": texts["written"],
    }
    word = openness(facts.numbers["input_gate"], words)
    return [("lstm_write", {**slots, "openness": word})]


def _up_to_held(facts: Facts, memory: str, clauses: list[Clause]) -> list[Clause]:
    """The clauses of a phase whose product does not reach a memory that is held."""
    return [*clauses, (f"{facts.kind}_no_effect", {})] if memory in facts.held else clauses


def _phase_sum(facts: Facts, words: Words, key: str, name: str) -> list[Clause]:
    """What is kept and what is written, added up; or the value at which the memory is held."""
    if name in facts.held:
        return [_mean(facts, words, name) if facts.is_mean else _held(facts, words)]
    terms = terms_of(facts)
    slots = {
        "kept": terms.texts[kept_name(facts)],
        "written": factor(terms.texts["written"]),
        "memory": terms.memory,
    }
    return [(key if terms.adds_up else f"{key}_apart", slots)]


def _phase_output(facts: Facts, words: Words) -> list[Clause]:
    texts, held = terms_of(facts).texts, "hidden_state" in facts.held
    shown = {"shown": texts["out"]}
    if facts.is_mean:
        slots = {**shown, "units": units_in(facts, words)}
        return [("lstm_mean_shows_held", shown) if held else ("lstm_output_mean", slots)]
    if held:
        return [("lstm_shows_held", shown)]
    slots = {
        "gate": texts["output_gate"],
        "squashed": factor(texts["squashed"]),
        "openness": openness(facts.numbers["output_gate"], words),
    }
    return [("lstm_output", {**slots, **shown})]


def _phase_reset(facts: Facts, words: Words) -> list[Clause]:
    gate = facts.numbers["reset_gate"]
    text = percent(gate, terms_of(facts).texts["reset_gate"], words)
    return [("gru_reset", {"openness": openness(gate, words), "percent": text})]


def _phase_candidate(facts: Facts, words: Words) -> list[Clause]:
    return [("gru_candidate", {"candidate": terms_of(facts).texts["candidate"]})]


CELLS: Mapping[str, Say] = {"lstm": say_lstm, "gru": say_gru, "rnn": say_rnn}


def _phase_forget(facts: Facts, words: Words) -> list[Clause]:
    keeps = _phase_keeps(facts, words, "forget_gate", "lstm_forget")
    return _up_to_held(facts, "cell_state", keeps)


def _phase_update(facts: Facts, words: Words) -> list[Clause]:
    keeps = _phase_keeps(facts, words, "update_gate", "gru_update")
    return _up_to_held(facts, "hidden_state", keeps)


PHASES: Mapping[str, Mapping[str, Say]] = {
    "lstm": {
        "forget": _phase_forget,
        "input": lambda f, w: _up_to_held(f, "cell_state", _phase_write(f, w)),
        "update": lambda f, w: _phase_sum(f, w, "lstm_update", "cell_state"),
        "output": _phase_output,
    },
    "gru": {
        "reset": _phase_reset,
        "candidate": _phase_candidate,
        "update": _phase_update,
        "mix": lambda f, w: _phase_sum(f, w, "gru_mix", "hidden_state"),
    },
    "rnn": {"update": say_rnn},
}
