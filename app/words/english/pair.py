"""The sentences of the tab Two sequences."""

from __future__ import annotations

from ..formatting import number
from .common import count, quoted

BESIDE = "Beside this sequence (A) stands (B)"
HOW = "Side by side"
HOWS = {"edits": "by the fewest edits", "position": "by position"}
NONE = "This network has no other sequence to stand beside this one: give it one, or press New."
SAME = "The two runs do not part by more than a tenth of the memory's largest size."
A, B = "A", "B"
NOTE = (
    "B − A below: what every unit holds more in B than in A where both read something. In What if, "
    "Read here instead makes the pair that differs in one symbol alone."
)


def minimal(symbol: str, timestep: int) -> str:
    """Name the sequence that differs in one symbol at a timestep."""
    return f"the same with {quoted(symbol)} at timestep {timestep}"


def parts(first: int, second: int, unit: int, difference: float, state: str) -> str:
    """Say where two runs part by more than a tenth of the memory's size, and by which unit."""
    where = f"timestep {first}" if first == second else f"timestep {first} of A, {second} of B"
    more = "more" if difference > 0 else "less"
    apart = number(abs(difference))
    return f"They clearly part at {where}, by unit {unit}: its {state} is {apart} {more} in B."


def cost(edits: int, how: str) -> str:
    """Say how far apart two sequences are."""
    if how == "edits":
        return f"B is {count(edits, 'edit')} away from A."
    return f"They differ at {count(edits, 'position')}."
