"""The sentences of the tab What if."""

from __future__ import annotations

from .common import count, number, percent, quoted

LEAD = (
    "Hold a gate or the candidate at a value, and the cell runs again from there. The stage and "
    "all tabs show the changed run; the address carries the changes."
)
NONE = "Nothing is changed: this is the run as the network made it."
ADD, REMOVE, CLEAR = "Hold it", "Undo", "Undo all"
SIGNAL, VALUE, UNITS, FIRST, LAST = "Hold", "at", "of", "from timestep", "to timestep"
ALL_UNITS = "all units"
PRESETS = {
    "keep_all": "Keep everything",
    "forget_here": "Forget everything here",
    "write_no_more": "Write nothing more",
    "show_all": "Show everything",
    "without_write": "Without this write",
}
PRESET_HELP = {
    "keep_all": "The gate that keeps is fully open at every timestep",
    "forget_here": "The gate that keeps is shut at this timestep",
    "write_no_more": "The input gate is shut from the next timestep on",
    "show_all": "The output gate is fully open at every timestep",
    "without_write": "What this unit writes at this timestep is left out",
}
NO_GATES = "A standard RNN has no gates to hold."
SAME = "The change changes nothing: the gates had these values already, or nothing came of it."
BEFORE, AFTER, DIFFERENCE = "as it was", "changed", "difference, all units"


def held(title: str, value: float, units: tuple[int, ...] | None, first: int, last: int) -> str:
    """Say what is held, of which units and when."""
    if units is None:
        whose = ALL_UNITS
    else:
        whose = f"unit{'s' if len(units) > 1 else ''} {', '.join(map(str, units))}"
    when = f"at timestep {first}" if first == last else f"from timestep {first} to {last}"
    return f"{title} of {whose} held at {number(value)} {when}"


def on_stage(changes: int) -> str:
    """Say beside the stage that it shows a changed run."""
    return f"What if: {count(changes, 'change')} on. The stage shows the changed run."


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


def by_decomposition(expected: float, found: float, timestep: int) -> str:
    """Compare a removed write's own share with what leaving it out really does."""
    same = abs(expected - found) <= 5e-4 * max(1.0, abs(expected))
    why = (
        "as much, because no later gate depends on it here."
        if same
        else "the rest is the doing of gates that read it through the hidden state."
    )
    return (
        f"Of that write, {number(expected)} was left at timestep {timestep}; leaving it out "
        f"changes the memory by {number(-found)}: {why}"
    )
