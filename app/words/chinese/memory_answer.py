"""The sentences of the three screens of Memory, in Simplified Chinese.

Texts here are plain: whoever shows them as HTML escapes them.
"""

from __future__ import annotations

from math import floor, isfinite, log10

from .. import phrases
from ..formatting import percent, short
from .common import count, quoted

# 1. The question
MUST_KEEP = "这里要从时间步 {read} 起记住{kept}"
UNTIL = "，直到在时间步 {asked} 被问到：相隔 {lag}"
SUM_FROM = "；从读入第二个数的时间步 {second} 起，改为记住两数之和 {sum}"
MARKED = "三角形标出了这些时刻。"

# 2. The answer
ANSWER = "答案"
LEADS = {"lost": "会。", "fading": "会遗忘一部分。", "kept": "不会，至少在这里不会。"}
WORSE, AS_GOOD = "它的回答更差。", "从它的回答看不出遗忘。"
NO_CUE = (
    "这个任务没有某一样必须记住、可供探针询问的内容，"
    "因此比较的是各网络在没有训练过的序列上回答得多好。"
)
COLUMNS = ("网络", "当前序列", "新序列", "从状态中还能读出什么")
NOT_ASKED = "这里没有对错之分"
TELLS_NOTE = (
    "对每个网络的状态使用线性探针：用 {sequences:,} 条新序列的一半拟合，用另一半评分。"
    "探针读不出的内容，仍可能以其他形式存在。"
)
MEASURED = {
    "right_up_to_n": "到 n = {value:.0f} 为止计数正确",
    "bits_per_character": "每个字符 {value:.3f} 比特（越少越好）",
    "network_error": "误差 {value:.1f}（越小越好）",
}

# 3. Why
WHY = "为什么？"
LEFT_AXIS, LAG_AXIS = "剩余", "k：从时间步 {t} 往回数的时间步数"
LEFT_HOVER = "%{y:.2e}"
LEFT_NOTE = (
    "LSTM 的记忆是细胞状态，标准 RNN 和 GRU 的记忆是隐藏状态。每条曲线是当前记忆对 k 个"
    "时间步之前的记忆的精确导数，以 k = 0 处为 1：它就是梯度回传这么远之后还剩下的部分，"
    "也就是训练所能学到的部分。虚线：写入的内容仅靠门保留下来的部分。"
)
SPECIALISTS = "写给专业读者"

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def must_keep(
    value: str | float, read: int, asked: int | None, then: tuple[int, float] | None = None
) -> str:
    """Say what the sequence asks to be kept: from when, until when, and what becomes of it.

    `then` is the timestep from which on a sum has to be kept in its place, and the sum.
    """
    said = MUST_KEEP.format(kept=named(value).rstrip(), read=read)
    if then is not None:
        said += SUM_FROM.format(second=then[0], sum=short(then[1]))
    if asked is not None and asked > read:
        said += UNTIL.format(asked=asked, lag=count(asked - read, "个时间步"))
    return f"{said}。{MARKED}"


def the(title: str) -> str:
    """Name a kind of network within a sentence: "LSTM"."""
    return title


def remembered(title: str, grade: str, asked: str, score: str, last: int, lost: int | None) -> str:
    """Say what a network's state still tells at the end; `score` is said already."""
    if grade == "kept":
        return f"{title} 在 {count(last, '个时间步')}之后仍然记得{asked}"
    if grade == "fading":
        return f"{title} 的记忆逐渐淡去：{count(last, '个时间步')}之后，{score}"
    return f"{title} 在 {count(lost or 0, '个时间步')}之后已经忘记"


def what_is_kept(labels: tuple[str | int, ...] | None, *, is_sum: bool) -> str:
    """Name what a probe asks for, in general: "是“A”还是“B”", "这个和", "这个数"."""
    if labels is not None:
        *others, last = (f"“{label}”" for label in labels)
        return f"是{'、'.join(others)}还是{last}"
    return "这个和" if is_sum else "这个数"


def score(measure: str, value: float, chance: float) -> str:
    """Say what a probe scores, and what a guess does."""
    if measure == "accuracy":
        return f"读对 {percent(value)}（猜测：{percent(chance)}）"
    return f"R² 为 {value:.3f}（1 为准确，0 为猜测）"


def verdict(lead: str, phrases: list[str]) -> str:
    """Join the lead and a phrase for each network into one verdict."""
    return f"{lead}{'；'.join(phrases)}。"


def answers(name: str, value: float, total: int) -> str:
    """Say how good a network's answers on fresh sequences are."""
    if total:
        return f"{count(total, phrases.said(name.replace('_', ' ')))}中 {value:,.0f} 个正确"
    return MEASURED[name].format(value=value)


def said(asked: int, right: int, answer: str) -> str:
    """Say what a network answers on the sequence shown."""
    if asked > 1:
        return f"{count(asked, '个时间步')}中 {right} 个正确"
    return f"回答{answer}：{'正确' if right else '错误'}"


def expected(label: str, probability: float) -> str:
    """Say an answer with its probability."""
    return f"{quoted(label)}（{percent(probability)}）"


def tells(what: str, score: str, last: int) -> str:
    """Say what a network's state tells at the greatest lag."""
    return f"{what}，{count(last, '个时间步')}之后：{score}"


def left(value: float) -> str:
    """Say how much of a change is left: "61 %", "1.7 倍", "10⁻¹¹ 左右"."""
    if not isfinite(value):
        return "∞ 倍"
    if value == 0:
        return "0 %"
    if value >= 1.05:
        return f"{value:,.1f} 倍"
    if value >= 0.001:
        return f"{100 * value:.3g} %"
    return f"10{str(floor(log10(value) + 0.5)).translate(SUPERSCRIPTS)} 左右"


def why(lags: int, parts: list[tuple[str, str, float]], cue: str | float | None) -> str:
    """Say what is left after `lags` timesteps: for each network its name, memory and share.

    `cue` is what was read then, where that is what has to be kept.
    """
    when = f"在 {count(lags, '个时间步')}之前" if cue is None else f"在读入{named(cue)}时"
    rest = [f"{title} 的{memory}中还有它的 {left(share)}" for title, memory, share in parts]
    return f"{when}，给记忆一个微小的改变。到现在，{'；'.join(rest)}。"


def named(cue: str | float) -> str:
    """Name what has to be kept: a symbol in quotation marks, or a number between spaces."""
    return quoted(cue) if isinstance(cue, str) else f" {short(cue)} "
