"""The clauses of every cell: what was read, where the memory comes from, what is predicted."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ....words.captions import ORIGIN_ALMOST_ALL
from .digits import MOST_DIGITS, adds_up, fixed, least_digits, number_of
from .facts import Facts

Clause = tuple[str, dict[str, str]]

MOST_NAMED = 5  # alternatives that are named one by one
EXACT = 1e-5  # a number that is this near to a shorter one is written as that
MOST_INPUTS = 3  # numbers read that are named one by one


def either(names: tuple[str, ...], words: Mapping[str, str]) -> str:
    """Return alternatives as a list: "T", "T or V", "S, T or V"; many are only counted."""
    if len(names) > MOST_NAMED:
        return words["many"].format(count=len(names))
    *others, last = names
    if not others:
        return last
    return words["or"].format(left=_listed(others, words), right=last)


def _listed(names: list[str], words: Mapping[str, str]) -> str:
    text = names[0]
    for name in names[1:]:
        text = words["comma"].format(left=text, right=name)
    return text


def reads(facts: Facts, words: Mapping[str, str]) -> list[Clause]:
    """Return the clause of what was read."""
    if facts.token:
        return [("reads", {"token": facts.token})]
    known = [(name, value) for name, value in facts.inputs if math.isfinite(value)]
    if len(known) > MOST_INPUTS:
        return [("reads_many", {"count": str(len(known))})]
    if not known:
        return []
    texts = [words["input"].format(name=name, number=plain(value)) for name, value in known]
    return [("reads_numbers", {"inputs": _listed(texts, words)})]


def plain(value: float) -> str:
    """Return a number that stands for itself, without decimals that say nothing: 11, 20.6."""
    least = least_digits((value,))
    exact = (d for d in range(least) if abs(number_of(fixed(value, d)) - value) <= EXACT)
    return fixed(value, next(exact, least))


def origin(facts: Facts, words: Mapping[str, str]) -> list[Clause]:
    """Return the clause of the write that the memory comes from, where one stands out."""
    if facts.origin is None:
        return []
    key = "almost_all" if facts.origin.share >= ORIGIN_ALMOST_ALL else "largest"
    who = words["unit"].format(unit=facts.unit)
    slots = {"timestep": str(facts.origin.timestep), "who": who}
    if facts.origin_held:
        return [(f"origin_{key}_held", slots)]
    if not facts.origin_token:
        return [(f"origin_{key}", slots)]
    return [(f"origin_{key}_reading", {**slots, "token": facts.origin_token})]


def prediction(facts: Facts, words: Mapping[str, str]) -> list[Clause]:
    """Return the clause of what the network predicts, and of what is true where it is known."""
    expected = either(facts.expected, words) if facts.expected else ""
    legal = either(facts.legal, words) if facts.legal else ""
    texts = {"expected": expected, "legal": legal, "came": facts.came}
    if facts.asks == "follow":
        return _clause(_follows(facts), texts)
    if facts.asks == "guess":
        return _clause(_guesses(facts), texts)
    if facts.asks == "answer":
        return _clause(_answers(facts), texts)
    return _number(facts)


def _clause(key: str, texts: Mapping[str, str]) -> list[Clause]:
    return [(key, dict(texts))] if key else []


def _follows(facts: Facts) -> str:
    """What may follow: right is exactly what may, wrong anything else."""
    if facts.verdict == 0:
        return "expects_wrong" if facts.expected else "expects_nothing"
    if not facts.expected:
        return ""
    if facts.verdict != 1:
        return "expects"
    return "expects_came" if facts.came in facts.expected else "expects_right"


def _guesses(facts: Facts) -> str:
    """What is most likely: nowhere wrong, since anything might have followed."""
    if not facts.expected:
        return ""
    if not facts.came:
        return "guesses"
    return "guesses_right" if facts.came in facts.expected else "guesses_other"


def _answers(facts: Facts) -> str:
    """One of some classes: asked at some timesteps only."""
    if facts.verdict == 1:
        return "answers_right"
    if facts.verdict == 0:
        return "answers_wrong" if facts.expected else "answers_nothing"
    if not facts.is_known:
        return "answers_unknown" if facts.expected else "answers_unsure"
    return "answers_early" if facts.expected else ""


def _number(facts: Facts) -> list[Clause]:
    """A predicted number against the truth; right where the error is below the tolerance."""
    predicted, truth = facts.predicted, facts.truth
    if not math.isfinite(predicted):
        return []
    if not math.isfinite(truth):
        text = fixed(predicted, least_digits((predicted,)))
        return [("predicts", {"predicted": _of_output(facts, text)})]
    above, below = max(predicted, truth), min(predicted, truth)
    least = least_digits((predicted, truth))
    fitting = (
        d for d in range(least, MOST_DIGITS + 1) if adds_up((below, above - below), above, d)
    )
    digits = next(fitting, least)
    values = {"predicted": predicted, "truth": truth, "error": above - below}
    slots = {name: fixed(value, digits) for name, value in values.items()}
    slots["predicted"] = _of_output(facts, slots["predicted"])
    if facts.tolerance is None:
        return [("predicts_off", slots)]
    right = above - below < facts.tolerance
    return [("predicts_right" if right else "predicts_wrong", slots)]


def _of_output(facts: Facts, text: str) -> str:
    """A predicted number, with the output's name where the network has several."""
    return f"{facts.output} = {text}" if facts.output else text
