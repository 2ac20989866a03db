"""The sentences about what moves the units, in Simplified Chinese."""

from __future__ import annotations

from ..formatting import number
from .common import quoted

REST, MOVED, COLUMN = "静止时读入", "然后读入", "被改变的列"
TIME = "输入改变之后的时间步"
COLUMNS = {
    "unit": "单元",
    "impulse": "脉冲：最大偏离",
    "impulse_settles": "脉冲：稳定所需步数",
    "step": "阶跃：最终偏离",
    "step_settles": "阶跃：稳定所需步数",
    "sine": "正弦：振幅",
}
BACKWARDS = "这个网络也反向读取：后面的内容还没有读到，就已经改变了单元。"
TOO_LARGE = "这个网络太大，无法当场运行六次。"
CHOOSE_UNIT = "请选择一个单元（表中一行，或按 ↑、↓ 键）以查看它的曲线。"


def note(state: str, timesteps: int) -> str:
    """Say what the curves and numbers are."""
    return (
        f"曲线和数字表示{state}与输入保持静止时的运行相差多少。一个单元与其终值之差始终小于"
        f"最大偏离的二十分之一，就算稳定了；∞ 表示在所运行的 {timesteps} 个时间步内没有稳定。"
    )


def one_more(column: str) -> str:
    """Say what a network of numbers reads when it is disturbed."""
    return f"{column} 加一（按缩放后网络读入的值）"


def symbol(text: str) -> str:
    """Name a symbol that is read in place of another."""
    return quoted(text)


def titles(moved: str, period: int) -> dict[str, str]:
    """Name the three disturbances; `moved` is what is read in place of what was."""
    return {
        "impulse": f"脉冲：{moved}，一次",
        "step": f"阶跃：{moved}，此后一直如此",
        "sine": f"正弦：{moved}，再减去同样多，每 {period} 个时间步一个周期",
    }


def slowest(unit: int, timesteps: int, gain: float) -> str:
    """Say which unit takes longest to come to rest after an impulse, of those that do."""
    return (
        f"在脉冲之后会稳定下来的单元中，单元 {unit} 用时最长：它最远到 {number(gain)}，"
        f"经过 {timesteps:,} 个时间步才稳定。"
    )


def unsettled(units: int, of: int, timesteps: int) -> str:
    """Say how many units have not come to rest after an impulse."""
    if not units:
        return "脉冲之后，所有单元都会稳定下来。"
    return f"脉冲之后 {timesteps:,} 个时间步，{of:,} 个单元中仍有 {units:,} 个没有稳定。"
