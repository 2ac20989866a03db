"""The sentences of the tab One unit, in Simplified Chinese."""

from __future__ import annotations

from ..formatting import number

CHOOSE = "请选择一个单元（点击，或按 ↑、↓ 键），即可看到读入的全部内容按它的值着色。"
TEXT = "它在每条序列中保存了什么"
DRIVES, GATES, PROBES = "什么驱动它", "它的门在做什么", "它与什么有关"
GATE_COLUMNS = {
    "gate": "门",
    "mean": "平均值",
    "low": "10 %",
    "middle": "中位数",
    "high": "90 %",
    "open": "打开（> 0.9）",
    "shut": "关闭（< 0.1）",
}
DRIVE_COLUMNS = {"symbol": "读入", "count": "次数", "change": "平均使它改变"}
COLUMN_DRIVES = {"symbol": "列", "change": "与变化量的相关系数"}
PROBE_COLUMNS = {
    "property": "性质",
    "correlation": "相关系数（留出部分）",
    "chance": "最佳单元的随机水平",
    "accuracy": "单一阈值的正确率",
}
DRIVES_NOTE = "读入它的那个时间步里，记忆改变了多少。"
NO_GATES = "标准 RNN 没有门。"
COLOURS = (
    "大于零用记忆的颜色，小于零用赭色，所有序列共用一个色标。接近两端的内容带下划线，"
    "小于零时为点线。方法出自 Karpathy、Johnson 与 Fei-Fei（2015）。"
)


def strip(column: str) -> str:
    """Say what the pictures of numbers show."""
    return (
        f"线条是读入的 {column}，背后的颜色是该单元保存的值：大于零用记忆的颜色，小于零用赭色，"
        "所有序列共用一个色标。"
    )


def read_closely(unit: int) -> str:
    """Name the button that opens the page of a unit."""
    return f"用单元 {unit} 的颜色查看所有序列"


def seen(unit: int, sequences: int, timesteps: int, low: float, high: float, state: str) -> str:
    """Say what a unit was looked at on, and how far it goes."""
    return (
        f"在 {sequences:,} 条序列、{timesteps:,} 个时间步上，单元 {unit} 的{state}从 "
        f"{number(low)} 到 {number(high)}。"
    )


def raises(symbol: str, change: float) -> str:
    """Say which symbol raises a unit's memory most."""
    return f"使它升高最多的是{symbol}：平均 {number(change)}。"


def lowers(symbol: str, change: float) -> str:
    """Say which symbol lowers a unit's memory most; `change` is below zero."""
    return f"使它降低最多的是{symbol}：平均 {number(-change)}。"


def beginning(name: str, shown: int, timesteps: int) -> str:
    """Name a sequence of which only the beginning is shown."""
    return f"{name}，前 {shown:,} 个时间步（共 {timesteps:,} 个）"
