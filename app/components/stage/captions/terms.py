"""The terms of one timestep as they are printed, in the sentence and in the drawing alike.

`js/caption/terms.js` writes the same in the browser, and the tests hold both to the same sentences.
"""

from __future__ import annotations

from collections.abc import Mapping

from lstm_core.record import record

from .digits import digits_that_add_up, factors, fixed, least_digits
from .facts import Facts

PRODUCTS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "lstm": (
        ("forget_gate", "carried", "retained"),
        ("input_gate", "candidate", "written"),
        ("output_gate", "squashed", "shown"),
    ),
    "gru": (("update_gate", "carried", "retained"), ("rest", "candidate", "written")),
    "rnn": (),
}
"""Two factors and their product, by name."""

MEMORY = {"lstm": "cell_state", "gru": "hidden_state", "rnn": "hidden_state"}


@record
class Terms:
    """The numbers of one timestep as text, by name; `memory` is the one that is kept.

    `adds_up` says whether what is kept and what is written make the memory as printed, and
    `multiplies` of each product by name whether its factors make it. A mean over units has no
    products: the mean of products is not the product of means.
    """

    texts: Mapping[str, str]
    memory: str
    adds_up: bool
    multiplies: Mapping[str, bool]


def kept_name(facts: Facts) -> str:
    """Return the name of what is kept: all that came in, where no gate forgets."""
    return "carried" if facts.options.get("forget") == "none" else "retained"


def terms_of(facts: Facts) -> Terms:
    """Return the terms of one timestep, with the fewest decimals that add up and multiply out."""
    n, memory = facts.numbers, MEMORY[facts.kind]
    digits, adds_up = _digits_of_sum(facts)
    texts = {name: fixed(value, least_digits((value,))) for name, value in n.items()}
    for name in {"carried", "retained", "written", memory} & n.keys():
        texts[name] = fixed(n[name], digits)
    multiplies = {}
    for first, second, product in () if facts.is_mean else PRODUCTS[facts.kind]:
        own = least_digits((n[product],)) if product == "shown" else digits
        *pair, multiplies[product] = factors(n[first], n[second], own)
        if product != "retained" or kept_name(facts) == product:
            texts[first], texts[second] = pair
    if "shown" in texts:
        texts["out"] = texts["hidden_state" if "hidden_state" in facts.held else "shown"]
    return Terms(texts=texts, memory=texts[memory], adds_up=adds_up, multiplies=multiplies)


def _digits_of_sum(facts: Facts) -> tuple[int, bool]:
    """How many decimals the sum of this timestep is written with, and whether it adds up then."""
    n, memory = facts.numbers, facts.numbers[MEMORY[facts.kind]]
    if "written" not in n:
        return least_digits((n["carried"], memory)), True
    terms = (n[kept_name(facts)], n["written"])
    least = least_digits((*terms, memory))
    enough = digits_that_add_up(terms, memory, least)
    return (least, False) if enough is None else (enough, True)
