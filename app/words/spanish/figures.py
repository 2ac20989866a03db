"""What figures and tables call their axes and parts, in Spanish."""

from __future__ import annotations

TIMESTEP, UNIT = "paso", "unidad"
READ_BY_TIMESTEP = "lo que se leyó, paso a paso"
WRITTEN_AT = "escrito en el paso"
SUM = "suma"
# What stands under the pointer; Plotly fills %{…} in.
CELL_HOVER = "{title} %{{z:.4f}}<br>unidad %{{y}}, paso %{{x}}{token}<extra></extra>"
READS_HOVER = ", lee %{text}"
DIFFERENCE_HOVER = "paso %{x}, unidad %{y}: %{z:.3f}<extra></extra>"
BAR_HOVER = "paso %{x}: %{y:.4f}<extra></extra>"
WITHOUT_HOVER = "sin el paso %{x}: %{y:.4f} menos<extra></extra>"
GATE_HOVER = "unidad %{customdata}: cerrada %{x:.1%}, abierta %{y:.1%}<extra></extra>"


def unit(k: int) -> str:
    """Name a unit."""
    return f"unidad {k}"


def unit_at_timestep(k: int) -> str:
    """Name the axis of the timesteps at which a unit is seen."""
    return f"en la unidad {k} en el paso"


def unit_hover(k: int) -> str:
    """Say what a unit's line has under the pointer."""
    return f"unidad {k}, paso %{{x}}: %{{y:.1%}}<extra></extra>"


def input_term(name: str) -> str:
    """Name one input among the terms of a sum."""
    return f"entrada {name}"


def unit_term(k: int | str) -> str:
    """Name a unit's earlier hidden state among the terms of a sum."""
    return f"h₋ de la unidad {k}"


def clipped(value: str) -> str:
    """Say that a sum was cut to the range of its activation; `value` is written already."""
    return f"recortado a {value}"
