"""The sentences of the tab One unit: what one unit does over all sequences."""

from __future__ import annotations

from ..formatting import number
from .common import count

CHOOSE = "Choose one unit (a click, or the keys ↑ and ↓) to see all that is read in its colours."
TEXT = "What it holds, sequence by sequence"
DRIVES, GATES, PROBES = "What drives it", "What its gates do", "What it is about"
GATE_COLUMNS = {
    "gate": "Gate",
    "mean": "Mean",
    "low": "10 %",
    "middle": "Median",
    "high": "90 %",
    "open": "Open (> 0.9)",
    "shut": "Shut (< 0.1)",
}
DRIVE_COLUMNS = {"symbol": "Reads", "count": "Times", "change": "Changes it by, on average"}
COLUMN_DRIVES = {"symbol": "Column", "change": "Correlation with the change"}
PROBE_COLUMNS = {
    "property": "Property",
    "correlation": "Correlation, held out",
    "chance": "Best unit by chance",
    "accuracy": "One threshold is right",
}
DRIVES_NOTE = "By how much the memory changes in the timestep in which it is read."
NO_GATES = "A standard RNN has no gates."
COLOURS = (
    "The colour of the memory is above zero, ochre below, on one scale for all sequences. What is "
    "near either end is underlined, with dots below zero. After Karpathy, Johnson & Fei-Fei, 2015."
)


def strip(column: str) -> str:
    """Say what the pictures of numbers show."""
    return (
        f"The line is {column} as it is read, the colours behind it are what the unit holds: the "
        "colour of the memory above zero, ochre below, on one scale for all sequences."
    )


def read_closely(unit: int) -> str:
    """Name the button that opens the page of a unit."""
    return f"All sequences in the colours of unit {unit}"


def seen(unit: int, sequences: int, timesteps: int, low: float, high: float, state: str) -> str:
    """Say what a unit was looked at on, and how far it goes."""
    return (
        f"Over {count(sequences, 'sequence')} and {count(timesteps, 'timestep')} the {state} of "
        f"unit {unit} goes from {number(low)} to {number(high)}."
    )


def raises(symbol: str, change: float) -> str:
    """Say which symbol raises a unit's memory most."""
    return f"{symbol} raises it most: by {number(change)} on average."


def lowers(symbol: str, change: float) -> str:
    """Say which symbol lowers a unit's memory most; `change` is below zero."""
    return f"{symbol} lowers it most: by {number(-change)}."


def beginning(name: str, shown: int, timesteps: int) -> str:
    """Name a sequence of which only the beginning is shown."""
    return f"{name}, the first {shown:,} of {count(timesteps, 'timestep')}"
