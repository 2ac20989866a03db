"""The sentences of the tab What if."""

from __future__ import annotations

from ..formatting import cut, number, percent
from .common import count, quoted

LEAD = (
    "Change something, and the network runs again from there. The stage and all tabs show the "
    "changed run; the address carries the changes."
)
NONE = "Nothing is changed: this is the run as the network made it."
KINDS = {
    "gates": "Gates and states",
    "input": "What is read",
    "start": "The start",
    "go_on": "Going on",
}
KIND = "What to change"
ADD, REMOVE, CLEAR = "Hold it", "Undo", "Undo all"
SIGNAL, VALUE, UNITS, FIRST, LAST = "Hold", "at", "of", "from timestep", "to timestep"
ALL_UNITS = "all units"
OF_UNITS = "of units"
STATE_NOTE = (
    "A held cell state, or a held hidden state of a GRU, begins anew: nothing of what was there "
    "before is left, and what is there later goes back to the held value and to later writes. A "
    "held hidden state of an LSTM leaves the cell state to its gates: only what they see is "
    "another."
)
PRESETS = {
    "keep_all": "Keep everything",
    "forget_here": "Forget everything here",
    "write_no_more": "Write nothing more",
    "show_all": "Show everything",
    "without_write": "Without this write",
    "without_unit": "Without this unit",
    "freeze": "Freeze this memory",
    "drop": "Leave this out",
    "repeat": "Read this twice",
    "drop_before": "Begin here",
    "pad_before": "Ten rows of zeros before",
}
PRESET_HELP = {
    "keep_all": "The gate that keeps is fully open at every timestep",
    "forget_here": "The gate that keeps is shut at this timestep",
    "write_no_more": "The input gate is shut from the next timestep on",
    "show_all": "The output gate is fully open at every timestep",
    "without_write": "What this unit writes at this timestep is left out",
    "without_unit": "Nothing sees this unit: neither the other units nor the prediction",
    "freeze": "What this unit remembers stays what it is at this timestep, until the end",
    "drop": "What is read at this timestep is left out",
    "repeat": "What is read at this timestep is read once more",
    "drop_before": "What is read before this timestep is left out",
    "pad_before": "The network first reads ten rows of zeros",
}
INSTEAD, COLUMN, READ_IT = "Read here instead", "in", "Read it"
PADDING, TIMES, WHERE, PAD_IT = "Add", "times", "where", "Add it"
BEFORE_ALL, AFTER_ALL = "before the sequence", "after the sequence"
BEGIN, BEGIN_SO = "Begin with", "Start from these values"
AFTER_ITSELF, TYPED = "what this sequence leaves", "a typed value"
START_VALUE = "value"
HORIZON, TEMPERATURE, SEED, GO_ON = "Go on for", "temperature", "seed", "Let it predict on"
GO_ON_NOTE = (
    "After the end the network reads its own predictions, with all changes on. A temperature of 0 "
    "takes the likeliest symbol; predictions of numbers have no temperature."
)
GOES_ON = "reads its own predictions"
SAME = "This change has no effect: these were the values already, or nothing depends on them."
BEFORE, AFTER, DIFFERENCE = "as it was", "changed", "difference, all units"


def whose(units: tuple[int, ...] | None) -> str:
    """Name some units; None is all of them."""
    if units is None:
        return ALL_UNITS
    return f"unit{'s' if len(units) > 1 else ''} {', '.join(map(str, units))}"


def held(title: str, value: float, units: tuple[int, ...] | None, first: int, last: int) -> str:
    """Say what is held, of which units and when."""
    return f"{title} of {whose(units)} held at {number(value)} {stretch(first, last)}"


def stretch(first: int, last: int) -> str:
    """Say when, both timesteps included."""
    return f"at timestep {first}" if first == last else f"from timestep {first} to {last}"


def replaced(timestep: int, value: str | float, column: str) -> str:
    """Say what is read instead; `column` is "" for a symbol."""
    what = quoted(value) if isinstance(value, str) else number(value)
    return f"At timestep {timestep} {what} is read{f' as {column}' if column else ''}"


def dropped(first: int, last: int) -> str:
    """Say what is left out of the sequence."""
    return f"What was read {stretch(first, last)} is left out"


def repeated(timestep: int, times: int) -> str:
    """Say what is read again."""
    return f"What is read at timestep {timestep} is read {count(times, 'more time')}"


def padded(before: int, after: int, value: str | float) -> str:
    """Say what is read before and after the sequence."""
    what = quoted(value) if isinstance(value, str) else number(value)
    parts = [f"{n:,} times {where}" for n, where in ((before, "before"), (after, "after")) if n]
    return f"{what} is read {' and '.join(parts)} the sequence"


def started(value: float, unit: int | None, state: str) -> str:
    """Say with which memory the run begins."""
    of = whose(None if unit is None else (unit,))
    return f"The {state} of {of} begins with {number(value)}"


def started_after(sequence: str) -> str:
    """Say whose states the run begins with; "" is the sequence itself."""
    left = f"“{sequence}”" if sequence else "this sequence itself"
    return f"The network begins with the states that {left} leaves"


def goes_on(timesteps: int, temperature: float, seed: int, drawn: bool) -> str:
    """Say for how long the network reads its own predictions, and how symbols are drawn."""
    how = f", drawn at temperature {temperature:g} by seed {seed}" if drawn else ""
    return f"After the end it reads its own predictions for {count(timesteps, 'timestep')}{how}"


def cannot_go_on(reason: str) -> str:
    """Say why a network cannot read its own predictions."""
    return f"This network cannot read its own predictions: {reason}."


def left_by(sequence: str) -> str:
    """Name the states that a sequence leaves, as a choice."""
    return f"what “{cut(sequence, 40)}” leaves"


def on_stage(change: str, others: int) -> str:
    """Say beside the stage what is changed: the last change, and how many others there are."""
    more = f", and {count(others, 'more change')}" if others else ""
    return f"What if: {change}{more}."


def parted(timestep: int) -> str:
    """Say in short where the changed run parts from the other."""
    return f"From timestep {timestep} on the run is another."


def part(timestep: int, state: str) -> str:
    """Say where the two runs part."""
    return f"The two runs part at timestep {timestep}: before it, every {state} is the same."


def largest(unit: int, timestep: int, before: float, after: float, state: str) -> str:
    """Say where they differ most."""
    return (
        f"They differ most in unit {unit} at timestep {timestep}: its {state} is {number(after)} "
        f"instead of {number(before)}."
    )


def says(timestep: int, after: str, share: float, before: str, earlier: float) -> str:
    """Say what the network answers now, and what it answered before."""
    if after == before:
        return (
            f"At timestep {timestep} it still says {quoted(after)}: {percent(share)} instead of "
            f"{percent(earlier)}."
        )
    return (
        f"At timestep {timestep} it says {quoted(after)} ({percent(share)}); unchanged it says "
        f"{quoted(before)} ({percent(earlier)})."
    )


def predicts(timestep: int, label: str, after: float, before: float) -> str:
    """Say which number the network predicts now, and which before."""
    return (
        f"At timestep {timestep} it predicts {label} {number(after)} instead of {number(before)}."
    )


def by_decomposition(expected: float, measured: float, timestep: int) -> str:
    """Compare a removed write's own share with what leaving it out really does."""
    same = abs(expected - measured) <= 5e-4 * max(1.0, abs(expected))
    why = (
        "as much, because no later gate depends on it here."
        if same
        else "the rest is the doing of gates that read it through the hidden state."
    )
    return (
        f"Of that write, {number(expected)} was left at timestep {timestep}; leaving it out "
        f"changes the memory by {number(-measured)}: {why}"
    )
