"""The sentences of the tab that sets two sequences, or two networks, side by side."""

from __future__ import annotations

from ..formatting import number, percent
from .common import count, quoted

PART = "What stands side by side"
PARTS = {"sequences": "Another sequence", "networks": "Another network"}
BESIDE = "Compare this sequence (A) with (B)"
HOW = "Side by side"
HOWS = {"edits": "by the fewest edits", "position": "by position"}
UNCHANGED = "this run, with nothing changed"
HELD = "What is held in A"
HELD_IN = {"both": "is held in B, too", "first": "is held in A alone"}
HELD_IN_BOTH = (
    "What is held under What if, and the start, is the same in both, at the same timesteps as far "
    "as B has them: the two runs differ in what they read."
)
CHANGED_ALONE = (
    "What is changed under What if is changed in A alone: B is the run as the network made it."
)
NETWORKS_UNCHANGED = (
    "What is changed under What if is left out here: both networks run over the sequence as it was."
)
NONE = "This network has no other sequence to stand beside this one: give it one, or press New."
SAME = "The two runs do not part by more than a tenth of the memory's largest size."
A, B = "A", "B"
DIFFERENCE = "B − A"
DIFFERENCE_MEANING = "how much more B holds"
JUMP = "Go to where they part"
SAVE_TABLE = "Download A, B and B − A (CSV)"
SAVE_ARRAYS = "Download both runs (NPZ)"
NOTE = (
    "B − A below: what every unit holds more in B than in A where both read something. In What if, "
    "Read here instead makes the pair that differs in one symbol alone."
)

OTHER = "Beside this network (A) stands (B)"
ALONE = (
    "There is no other network here that reads such a sequence: give its file, and it stands "
    "beside this one."
)
ALONE_HERE = "No other network here reads such a sequence."
GIVE = "File of the other network"
OTHER_SIZE = (
    "B has other units than A: they cannot be held against each other, and only what the two "
    "networks answer is compared."
)
SAME_ANSWERS = "What they answer never differs by more than a tenth of probability."
NETWORKS_NOTE = (
    "Both read the same sequence from the same start. B − A below: what every unit holds more in B "
    "than in A; that says something where B comes from A, by further training for example: units "
    "of networks that were trained apart have nothing to do with each other."
)
UNTOLD = (
    "The file of B does not say everything: it is read with the likeliest answers. Open it as the "
    "network of this page to see them, and to change them."
)


def minimal(symbol: str, timestep: int) -> str:
    """Name the sequence that differs in one symbol at a timestep."""
    return f"the same with {quoted(symbol)} at timestep {timestep}"


def exchanged(first: str, at: int, second: str, then: int) -> str:
    """Name the sequence in which the symbols of two timesteps are exchanged."""
    return f"the same with {quoted(second)} at timestep {at} and {quoted(first)} at {then}"


def part_here(unit: int) -> str:
    """Name the place at which two runs part."""
    return f"they part here, by unit {unit}"


def difference_symbol(symbol: str) -> str:
    """Return how much more of a signal B has than A, as a symbol."""
    return f"{symbol}(B) − {symbol}(A)"


def _where(first: int, second: int) -> str:
    return f"timestep {first}" if first == second else f"timestep {first} of A, {second} of B"


def parts(first: int, second: int, unit: int, difference: float, state: str) -> str:
    """Say where two runs part by more than a tenth of the memory's size, and by which unit."""
    where = _where(first, second)
    more = "more" if difference > 0 else "less"
    apart = number(abs(difference))
    return f"They clearly diverge at {where}, by unit {unit}: its {state} is {apart} {more} in B."


def answers_part(first: int, second: int, answer: str, in_a: float, in_b: float) -> str:
    """Say where two networks first give an answer clearly different probabilities."""
    where = _where(first, second)
    return (
        f"Their answers first clearly differ at {where}: to {quoted(answer)} A gives "
        f"{percent(in_a)}, B {percent(in_b)}."
    )


def answers_differ(of: int, timesteps: int) -> str:
    """Say at how many timesteps two networks answer clearly differently."""
    return f"They do at {of:,} of {count(timesteps, 'timestep')}."


def furthest(first: int, second: int, label: str, in_a: float, in_b: float) -> str:
    """Say where the numbers that two networks predict are furthest from each other."""
    where = _where(first, second)
    return (
        f"What they predict is furthest apart at {where}: {label} is {number(in_a)} "
        f"for A and {number(in_b)} for B."
    )


def cost(edits: int, how: str) -> str:
    """Say how far apart two sequences are."""
    if how == "edits":
        return f"B is {count(edits, 'edit')} away from A."
    return f"They differ at {count(edits, 'position')}."
