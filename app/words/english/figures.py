"""What figures and tables call their axes and parts, and say under the pointer."""

from __future__ import annotations

TIMESTEP, UNIT = "timestep", "unit"
READ_BY_TIMESTEP = "what was read, timestep by timestep"
WRITTEN_AT = "written at timestep"
SUM = "sum"
# What stands under the pointer; Plotly fills %{…} in.
CELL_HOVER = "{title} %{{z:.4f}}<br>unit %{{y}}, timestep %{{x}}{token}<extra></extra>"
READS_HOVER = ", reads %{text}"
DIFFERENCE_HOVER = "timestep %{x}, unit %{y}: %{z:.3f}<extra></extra>"
BAR_HOVER = "timestep %{x}: %{y:.4f}<extra></extra>"
WITHOUT_HOVER = "without timestep %{x}: %{y:.4f} less<extra></extra>"
GATE_HOVER = "unit %{customdata}: shut %{x:.1%}, open %{y:.1%}<extra></extra>"


def unit(k: int) -> str:
    """Name a unit."""
    return f"unit {k}"


def unit_at_timestep(k: int) -> str:
    """Name the axis of the timesteps at which a unit is seen."""
    return f"in unit {k} at timestep"


def unit_hover(k: int) -> str:
    """Say what a unit's line has under the pointer."""
    return f"unit {k}, timestep %{{x}}: %{{y:.1%}}<extra></extra>"


def input_term(name: str) -> str:
    """Name one input among the terms of a sum."""
    return f"input {name}"


def unit_term(k: int | str) -> str:
    """Name a unit's earlier hidden state among the terms of a sum."""
    return f"h₋ of unit {k}"


def clipped(value: str) -> str:
    """Say that a sum was cut to the range of its activation; `value` is written already."""
    return f"clipped to {value}"
