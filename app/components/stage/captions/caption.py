"""The sentence of one timestep: which clauses it has, and what fills them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from lstm_core.run.trace import Trace

from ....words.captions import templates
from ....words.formatting import paragraph
from ..strips import Strip
from .clauses import CELLS, PHASES, Clause
from .facts import Facts, facts_at
from .prediction import origin, prediction, reads

HELD = 2  # clauses about what is held, before those about what is shown
MADE = {"lstm": "update", "gru": "mix"}  # the phase in which the memory is made
COMPLETE = "complete"  # the phase of a timestep that is shown whole
MARKUP = re.compile(r"\*([^*]+)\*|\[\w+\|([^\]]+)\]")
SLOT = re.compile(r"\{(\w+)\}")


def phases(kind: str, options: Mapping[str, str | bool]) -> tuple[str, ...]:
    """Return the phases of slow motion in order, as the drawing of this cell names them.

    A forget gate that is coupled, 1 − i, comes after the input gate that it is made of.
    """
    names = tuple(PHASES[kind])
    if options.get("forget") == "coupled":
        first, second, *others = names
        return (second, first, *others)
    return names[1:] if options.get("forget") == "none" else names


def caption(trace: Trace, strip: Strip, t: int, unit: int, phase: str = COMPLETE) -> str:
    """Return the sentence of timestep `t` for a unit (or MEAN_OF_UNITS), as plain text.

    In a phase of slow motion it says what happens in that phase, from what is known by then.
    """
    return sentence_of(facts_at(trace, strip, t, unit), phase, templates())


def sentence_of(facts: Facts, phase: str, words: Mapping[str, str]) -> str:
    """Return the sentence of these facts in the language of `words`."""
    return paragraph(fill(words[key], slots) for key, slots in _clauses(facts, phase, words))


def _clauses(facts: Facts, phase: str, words: Mapping[str, str]) -> list[Clause]:
    if not all(map(math.isfinite, facts.numbers.values())):
        return [("beyond", {})]
    if phase == COMPLETE:
        cell = CELLS[facts.kind](facts, words)
        held, shown = cell[:HELD], cell[HELD:]
        clauses = [*reads(facts, words), *held, *origin(facts, words), *shown]
        return [*clauses, *prediction(facts, words)]
    order = phases(facts.kind, facts.options)
    now = PHASES[facts.kind][phase](facts, words)
    first = reads(facts, words) if phase == order[0] else []
    source = origin(facts, words) if phase == MADE.get(facts.kind) else []
    last = prediction(facts, words) if phase == order[-1] else []
    return [*first, *now, *source, *last]


def fill(template: str, slots: Mapping[str, str]) -> str:
    """Return a template as plain text: markup gone, every slot filled; KeyError for a missing one.

    Texts that fill a slot are never read as markup.
    """
    plain = MARKUP.sub(lambda found: found[1] or found[2], template)
    return SLOT.sub(lambda found: slots[found[1]], plain)
