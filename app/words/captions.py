"""The sentences under the drawing: what happens at a timestep, as templates.

    templates()["shows"]  # "The [output_gate|output gate] is {openness} and shows …"

A language's `captions.py` is one table, from a sentence's name to its template. Every table has the
same names, and a template has the slots of its English one; tests hold both. `{slot}` is filled
with a number or a text, `*…*` is bold, `[signal|…]` has that signal's colour. Which sentence is
said, and with which numbers, is decided in `components/stage`: here are only words, and the
thresholds from which words about sizes follow.
"""

from __future__ import annotations

from .language import module

OPENNESS: tuple[tuple[str, float], ...] = (
    ("reversed", 0.0),
    ("shut", 0.05),
    ("nearly_shut", 0.15),
    ("quarter_open", 0.375),
    ("half_open", 0.625),
    ("three_quarters_open", 0.85),
    ("nearly_open", 0.95),
    ("open", float(10**9)),
)
"""How open a gate is said to be: the first name whose bound its value lies below."""

ORIGIN_ALMOST_ALL = 0.9
"""The share of all that was written from which a write is said to be almost all of it."""


def templates() -> dict[str, str]:
    """Return the templates of the language that is spoken, by the names of the sentences."""
    table: dict[str, str] = module("captions").TEMPLATES
    return table
