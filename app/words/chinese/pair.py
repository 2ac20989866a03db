"""The sentences of the tab Two sequences, in Simplified Chinese."""

from __future__ import annotations

from ..formatting import number
from .common import count, quoted

BESIDE = "与当前序列（A）对照的是（B）"
HOW = "对齐方式"
HOWS = {"edits": "按最少编辑次数", "position": "按位置"}
NONE = "这个网络没有其他序列可供对照：请提供一条，或点击“换一条”。"
SAME = "两次运行的差别始终没有超过记忆最大幅度的十分之一。"
A, B = "A", "B"
NOTE = (
    "下方是 B − A：在两者都有读入的位置，每个单元在 B 中比在 A 中多保存了多少。"
    "在“假设分析”中选择“在此改读”，可以得到只相差一个符号的一对序列。"
)


def minimal(symbol: str, timestep: int) -> str:
    """Name the sequence that differs in one symbol at a timestep."""
    return f"同一序列，但时间步 {timestep} 处为{quoted(symbol)}"


def parts(first: int, second: int, unit: int, difference: float, state: str) -> str:
    """Say where two runs part by more than a tenth of the memory's size, and by which unit."""
    where = f"时间步 {first}" if first == second else f"A 的时间步 {first}、B 的时间步 {second}"
    more = "高" if difference > 0 else "低"
    apart = number(abs(difference))
    return f"两次运行在{where} 明显分开，差在单元 {unit}：B 中它的{state}{more} {apart}。"


def cost(edits: int, how: str) -> str:
    """Say how far apart two sequences are."""
    if how == "edits":
        return f"B 与 A 相差 {count(edits, '次编辑')}。"
    return f"两者在 {count(edits, '个位置')}上不同。"
