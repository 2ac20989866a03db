"""The sentences about what units are about."""

from __future__ import annotations

from .common import count

PARTS = {
    "scales": "How long they remember",
    "probes": "What they are about",
    "responses": "What moves them",
}
PART = "What about the units"
SIGNAL = "Signal"
COLUMNS = {
    "property": "Property",
    "unit": "Best unit",
    "correlation": "Correlation, held out",
    "chance": "By chance",
    "accuracy": "One threshold is right",
    "ridge": "All units together",
    "told": "Told",
}
YES, NO = "yes", "no better than chance"
PROPERTY = "Property drawn over the unit"
TOO_LITTLE = "Too little is read to hold a part of it out: give longer sequences, or more of them."
NOTE = (
    "The best unit and its threshold are chosen in the first two thirds of what is read; all "
    "numbers are those of the last third. By chance: what the best of all units reaches with the "
    "property's blocks shuffled. All units together: ridge regression. That a unit tells a "
    "property does not mean that the network uses it: take the unit out (What if) and see."
)
CLICK = "A row that is clicked chooses its unit."


def probed(sequences: int, timesteps: int) -> str:
    """Say on what the units were probed."""
    return f"Probed on {count(sequences, 'sequence')}, {count(timesteps, 'timestep')} in all."


def best(name: str, unit: int, correlation: float, chance: float) -> str:
    """Say which property is told best, and by which unit."""
    strength = f"{correlation:.2f}".replace("-", "−")
    return (
        f"Told best by one unit: {name}, by unit {unit}, with a correlation of {strength} in the "
        f"part held out; by chance the best unit would reach {chance:.2f}."
    )


def nothing() -> str:
    """Say that no unit tells anything."""
    return "No single unit tells any of these properties better than chance."
