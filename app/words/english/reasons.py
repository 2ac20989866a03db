"""The sentences of the tab Why."""

from __future__ import annotations

from math import exp

from ..formatting import number, percent
from .common import quoted

PARTS = {
    "prediction": "This prediction",
    "memory": "This unit's memory",
    "write": "This write",
}
PART = "What to explain"
OUTPUT = "Explain"
LIKELIEST = "what it expects most"
NO_READOUT = "This file has no readout: there is no prediction to explain."
ONLY_ONE = "Only timestep 0 has been read yet."
DIFFERENT = (
    "The columns answer different questions and may disagree. The first splits the number into its "
    "parts, which need not be its causes; the next two say how it would change with what was read; "
    "the last one takes the write out and runs the network again."
)
COLUMNS = {
    "timestep": "Timestep",
    "reads": "Reads",
    "written": "Written and still there",
    "gradient": "Gradient × input",
    "integrated": "Integrated gradients",
    "removed": "Without this write",
}
RULE = (
    "Written and still there: the share of each timestep's writes in the number, with the output "
    "gate as it is and tanh spread over the writes in proportion (the rescale rule of DeepLIFT). "
    "The shares add up exactly."
)
GRADIENT = "Gradient × input: how fast the number grows with what was read, were it a little more."
REMOVED = (
    "Without this write: by how much the number falls when nothing is written at that timestep and "
    "the network runs again; − means that it rises."
)
NO_SPLIT = "A standard RNN keeps nothing as it was written: there is no split over writes."
HELD_IS_WRITTEN = (
    "Where the memory is held, its value counts as what was written at that timestep, and nothing "
    "from before is left."
)
NO_INTEGRAL = (
    "Integrated gradients are left out: the run is too long for them, or something is held."
)
CLICK = "A row or a bar that is clicked moves the stage there."
BY_INPUT = "Integrated gradients, by input"
TRIANGLE = "Written at (across), seen at (down)"
TRIANGLE_NOTE = (
    "Each row is one moment: from which timesteps the unit's memory then comes. A column that goes "
    "on downwards is a value that is kept; a cell on the diagonal alone is lost at once."
)
FAN_NOTE = (
    "How much of what each unit writes at this timestep is left at every later one. 1 is all of "
    "it; gates that keep decide."
)
FAN = "share that is left"
CHOOSE_UNIT = "Choose one unit (a click, or the keys ↑ and ↓) to see where its memory comes from."
NO_WRITES = (
    "A standard RNN keeps nothing as it was written: its whole state is made anew each time."
)
TOO_LONG = "The run is too long for this picture: choose a shorter sequence."


def explained(label: str, against: str | None, value: float, timestep: int) -> str:
    """Say which number is explained; `against` is the strongest other symbol, None without one."""
    if against is None:
        return (
            f"At timestep {timestep} the output {label} is {number(value)} before its activation."
        )
    likelier = (
        f"{exp(min(value, 15)):,.1f} times as likely as" if value < 15 else "far likelier than"
    )
    return (
        f"At timestep {timestep} {quoted(label)} is {likelier} {quoted(against)}: its lead is "
        f"{number(value)}, as a logarithm. What makes this lead?"
    )


def completeness(error: float) -> str:
    """Say what integrated gradients are, and how far they are from complete."""
    return (
        "Integrated gradients: what each input adds on the way from reading nothing, all zeros, to "
        f"what was read. Their sum misses the difference by {number(error)}."
    )


def rest(value: float) -> str:
    """Say what the split over writes leaves to the bias and the start."""
    return f"The bias and the start add {number(value)}."


def held_adds(value: float) -> str:
    """Say what hidden states that are held add to the split over writes."""
    return f"The hidden states that are held at this timestep add {number(value)}."


def strongest(answers: dict[str, int]) -> str:
    """Say which timestep each answer, by its column, finds most important."""
    if len(set(answers.values())) == 1:
        return f"All agree that timestep {next(iter(answers.values()))} counts most."
    parts = [f"{COLUMNS[name].lower()}: {t}" for name, t in answers.items()]
    return f"The timestep that counts most, by {'; by '.join(parts)}."


def unit_share(unit: int, timestep: int, share: float, written: int) -> str:
    """Say where most of a unit's memory comes from."""
    return (
        f"Of what unit {unit} holds at timestep {timestep}, {percent(share)} comes from timestep "
        f"{written}, more than from any other."
    )
