"""The sentences about what units are about, in Simplified Chinese."""

from __future__ import annotations

from .common import count

PARTS = {"scales": "它们记住多久", "probes": "它们与什么有关", "responses": "什么使它们变动"}
PART = "关于单元"
SIGNAL = "信号"
COLUMNS = {
    "property": "性质",
    "unit": "最佳单元",
    "correlation": "相关系数（留出部分）",
    "chance": "随机水平",
    "accuracy": "单一阈值的正确率",
    "ridge": "所有单元合起来",
    "told": "能否判断",
}
YES, NO = "能", "不高于随机水平"
PROPERTY = "叠加在该单元上的性质"
TOO_LITTLE = "读入的内容太少，无法留出一部分用于检验：请提供更长或更多的序列。"
NOTE = (
    "最佳单元及其阈值在读入内容的前三分之二上选定，表中数值都来自后三分之一。"
    "随机水平：把该性质分块打乱后，所有单元中最好的一个能达到的值。"
    "所有单元合起来：岭回归。一个单元能反映某个性质，并不意味着网络用到了它："
    "在“假设分析”中去掉这个单元，看看结果如何。"
)
CLICK = "点击一行即可选中对应的单元。"


def probed(sequences: int, timesteps: int) -> str:
    """Say on what the units were probed."""
    return f"探测基于 {count(sequences, '条序列')}，共 {count(timesteps, '个时间步')}。"


def best(name: str, unit: int, correlation: float, chance: float) -> str:
    """Say which property is told best, and by which unit."""
    strength = f"{correlation:.2f}".replace("-", "−")
    return (
        f"单个单元反映得最好的性质是“{name}”，来自单元 {unit}：在留出部分上相关系数为 {strength}；"
        f"随机情况下最好的单元为 {chance:.2f}。"
    )


def nothing() -> str:
    """Say that no unit tells anything."""
    return "没有哪个单元能以高于随机水平的程度反映这些性质。"
