"""The sentences about what moves the units: an impulse, a step and a sine."""

from __future__ import annotations

from ..formatting import number
from .common import count, quoted

REST, MOVED, COLUMN = "It reads at rest", "and then", "Column that is moved"
TIME = "timesteps since the input moved"
COLUMNS = {
    "unit": "unit",
    "impulse": "Impulse: at most",
    "impulse_settles": "Impulse: settled after",
    "step": "Step: ends at",
    "step_settles": "Step: settled after",
    "sine": "Sine: amplitude",
}
BACKWARDS = (
    "This network also reads backwards: what is read later would move a unit before it is read."
)
TOO_LARGE = "This network is too large to be run six times while you wait."
CHOOSE_UNIT = "Choose one unit (a row, or the keys ↑ and ↓) to see its curves."


def note(state: str, timesteps: int) -> str:
    """Say what the curves and numbers are."""
    return (
        f"Curves and numbers say how far the {state} is from a run in which the input stays at "
        "rest. A unit has settled when it stays within a twentieth of its furthest from where it "
        f"ends; ∞: not within the {timesteps} timesteps that are run."
    )


def one_more(column: str) -> str:
    """Say what a network of numbers reads when it is disturbed."""
    return f"one more in {column}, as the network reads it after scaling"


def symbol(text: str) -> str:
    """Name a symbol that is read in place of another."""
    return quoted(text)


def titles(moved: str, period: int) -> dict[str, str]:
    """Name the three disturbances; `moved` is what is read in place of what was."""
    return {
        "impulse": f"Impulse: {moved}, once",
        "step": f"Step: {moved}, from then on",
        "sine": f"Sine: {moved} and as much less, in turns of {count(period, 'timestep')}",
    }


def slowest(unit: int, timesteps: int, gain: float) -> str:
    """Say which unit takes longest to come to rest after an impulse, of those that do."""
    return (
        f"Of the units that come to rest after an impulse, unit {unit} takes longest: it goes as "
        f"far as {number(gain)} and has settled after {count(timesteps, 'timestep')}."
    )


def unsettled(units: int, of: int, timesteps: int) -> str:
    """Say how many units have not come to rest after an impulse."""
    if not units:
        return "After an impulse every unit comes to rest."
    which = "unit has" if of == 1 else "units have"
    return (
        f"{units:,} of {of:,} {which} not come to rest {count(timesteps, 'timestep')} after an "
        "impulse."
    )
