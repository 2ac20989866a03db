"""What figures and tables call their axes and parts, in Chinese."""

from __future__ import annotations

TIMESTEP, UNIT = "时间步", "单元"
READ_BY_TIMESTEP = "每个时间步读入的内容"
WRITTEN_AT = "写入的时间步"
SUM = "总和"
# What stands under the pointer; Plotly fills %{…} in.
CELL_HOVER = "{title} %{{z:.4f}}<br>单元 %{{y}}，时间步 %{{x}}{token}<extra></extra>"
READS_HOVER = "，读入 %{text}"
DIFFERENCE_HOVER = "时间步 %{x}，单元 %{y}：%{z:.3f}<extra></extra>"
BAR_HOVER = "时间步 %{x}：%{y:.4f}<extra></extra>"
WITHOUT_HOVER = "去掉时间步 %{x}：减少 %{y:.4f}<extra></extra>"
GATE_HOVER = "单元 %{customdata}：关闭 %{x:.1%}，打开 %{y:.1%}<extra></extra>"


def unit(k: int) -> str:
    """Name a unit."""
    return f"单元 {k}"


def unit_at_timestep(k: int) -> str:
    """Name the axis of the timesteps at which a unit is seen."""
    return f"单元 {k} 中，时间步"


def unit_hover(k: int) -> str:
    """Say what a unit's line has under the pointer."""
    return f"单元 {k}，时间步 %{{x}}：%{{y:.1%}}<extra></extra>"


def input_term(name: str) -> str:
    """Name one input among the terms of a sum."""
    return f"输入 {name}"


def unit_term(k: int | str) -> str:
    """Name a unit's earlier hidden state among the terms of a sum."""
    return f"单元 {k} 的 h₋"


def clipped(value: str) -> str:
    """Say that a sum was cut to the range of its activation; `value` is written already."""
    return f"截断为 {value}"
