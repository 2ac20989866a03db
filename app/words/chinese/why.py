"""The sentences about a run as a whole, in Simplified Chinese."""

from __future__ import annotations

from ..formatting import number, percent
from .common import count, quoted

NOTHING = (
    "这里没有什么特别之处：没有哪份记忆主要来自某一次写入，没有大的记忆被丢弃，"
    "也没有哪个门几乎总是打开或关闭。"
)
WRITTEN_NOT_CAUSED = (
    "“来自某次写入”的意思是：把写入这份记忆的全部内容乘以此后所有遗忘门的值，"
    "其中超过一半是这一次写入的。这说明的是写入并留存了什么，而不是什么导致了它："
    "门本身也取决于之前读入的内容。"
)
NO_WRITES = (
    "标准 RNN 没有细胞状态：整个状态在每个时间步都要经过激活函数，"
    "任何写入都不会原样保留，因此无从追溯。"
)
TOO_LONG = "这次运行太长，无法查找记忆来自哪一次写入：请选择较短的序列。"
LISTED = 6  # units that a sentence names

UNIT_COLUMN = "单元"
UNITS_COLUMNS = {
    "half_life": "半衰期",
    "shortest": "半衰期（门取 10 % 分位数）",
    "usual": "半衰期（门取中位数）",
    "longest": "半衰期（门取 90 % 分位数）",
    "writes": "写入频率",
    "shows": "输出",
}
OPEN_SHARE, SHUT_SHARE = "{title}打开", "{title}关闭"
UNITS_HELP = (
    "半衰期：按{gate}在该序列上的连乘积计算，经过多少个时间步后记忆只剩一半"
    "（∞ 表示毫无损失）。写入频率：写入量不低于该单元最大写入量十分之一的时间步所占的比例。"
    "打开与关闭：门高于 0.9 与低于 0.1 的时间步所占的比例。"
)
NO_UNITS_NUMBERS = "标准 RNN 没有门：没有半衰期可算，也没有什么可以打开或关闭。"
SHOWS = {"varies": "有变化", "dead": "无输出（失活）", "always_on": "始终不变"}
SATURATION_TITLE = "各单元的{gate}打开与关闭的频率"
SATURATION_AXES = ("关闭：低于 0.1", "打开：高于 0.9")
SATURATION_NOTE = (
    "每个点是一个单元。右下角的单元立刻遗忘，左上角的保留一切，靠近原点的门多半半开。"
    "点击一个点即可选中对应的单元。画法参照 Karpathy、Johnson 与 Fei-Fei（2015）。"
)


def go_to(timestep: int | None, unit: int | None) -> str:
    """Name the place that a button shows on the stage."""
    places = [
        "" if timestep is None else f"时间步 {timestep}",
        "" if unit is None else f"单元 {unit}",
    ]
    return f"查看{'，'.join(place for place in places if place)}"


def reading(timestep: int, token: str) -> str:
    """Say which timestep it is, and what was read there."""
    return f"时间步 {timestep}" + (f"（读入{quoted(token)}）" if token else "")


def carry(unit: int, written: str, until: int, timesteps: int, share: float, state: str) -> str:
    """Say which write a unit keeps for the longest time."""
    return (
        f"记忆最久的是单元 {unit}。到时间步 {until}，它的{state}中仍有 {percent(share)} "
        f"来自 {count(timesteps, '个时间步')}之前的一次写入：{written}。"
    )


def carry_held(unit: int, where: str, until: int, timesteps: int, share: float, state: str) -> str:
    """Say which held value a unit keeps for the longest time after it was let go."""
    return (
        f"记忆最久的是单元 {unit}。到时间步 {until}，它的{state}中仍有 {percent(share)} "
        f"来自 {count(timesteps, '个时间步')}之前被固定的值：{where}。"
    )


def strongest_held(unit: int, where: str, share: float, state: str) -> str:
    """Say that most of a memory at the end is left of a held value."""
    return f"运行结束时，单元 {unit} 的{state}有 {percent(share)} 来自被固定的值：{where}。"


def by_chance(timesteps: float) -> str:
    """Say how long the longest memory of shuffled sequences is."""
    return f"把同样的输入随机打乱，最久的记忆为 {timesteps:g} 个时间步（五次打乱的中位数）。"


def so_do(units: tuple[int, ...]) -> str:
    """Say which other units it is true of; "" for none."""
    return f"同样如此的还有：{units_listed(units)}。" if units else ""


def units_listed(units: tuple[int, ...]) -> str:
    """Name some units, cut where there are many."""
    units = tuple(sorted(units))
    if len(units) > LISTED:
        return f"单元 {'、'.join(map(str, units[:LISTED]))} 等 {count(len(units), '个单元')}"
    return f"单元 {'、'.join(map(str, units))}"


def strongest_write(unit: int, written: str, share: float, state: str) -> str:
    """Say which write makes up most of a memory at the end."""
    return f"运行结束时，单元 {unit} 的{state}有 {percent(share)} 来自同一次写入：{written}。"


def reset(unit: int, where: str, kept: float, before: str, gate: str, others: int) -> str:
    """Say where the largest memory is thrown away."""
    more = f"同另外 {count(others, '个单元')}一起" if others else ""
    return (
        f"在{where}，单元 {unit} {more}丢弃了记忆：它的{gate}只保留了 {before} 的 {percent(kept)}。"
    )


def mostly(kind: str, units: tuple[int, ...], of: int, gate: str, share: float) -> str:
    """Say whose keeping gate is nearly always open, or nearly always shut."""
    does, bound = {"open": ("保留", "高于 0.9"), "shut": ("遗忘", "低于 0.1")}[kind]
    when = f"{'至少' if len(units) > 1 else ''} {percent(share)} 的时间步"
    return (
        f"{_out_of(units, of)}几乎始终{does}一切："
        f"{gate}在{'每个时间步' if share >= 1 else when}都{bound}。"
    )


def _out_of(units: tuple[int, ...], of: int) -> str:
    """Which units these are, and how many of how many where there are several."""
    listed = units_listed(units)
    return f"{listed}（{of} 个中的 {len(units)} 个）" if of > 1 else f"{listed} "


def dead(units: tuple[int, ...], of: int) -> str:
    """Say which units show nothing."""
    return f"{_out_of(units, of)}没有输出：隐藏状态始终在零附近，相差不超过 0.01。"


def always_on(units: tuple[int, ...], of: int) -> str:
    """Say which units show something that never changes."""
    return f"{_out_of(units, of)}在每个时间步的输出都相同：隐藏状态的变化从不超过 0.01。"


def first_mistake(where: str, wrong: int, known: int) -> str:
    """Say where the network is wrong for the first time, and how often it is."""
    return f"第一次出错在{where}；{count(known, '次预测')}中有 {wrong:,} 次错误。"


def surprise(timestep: int, came: str, probability: float) -> str:
    """Say which symbol the network least expected."""
    return (
        f"最出乎意料的是时间步 {timestep} 的{quoted(came)}："
        f"网络此前给它的概率只有 {percent(probability)}。"
    )


CONSTANT = {
    "inputs": (
        "读入的内容几乎没有变化（以网络实际读入的数值计，标准差为 {measured}）："
        "请检查缩放方式，以及列是否选对。"
    ),
    "weights": (
        "读入的内容几乎影响不了门：在进入门的数值中只占 {share}。"
        "可能需要按训练时的方式缩放，也可能网络没有学会关注它。"
    ),
    "output_gate": "输出门是关闭的，平均只打开 {share}，什么也没有输出。",
    "saturated": ("记忆中有 {share} 离零太远，tanh 已经无法反映它的变化：它不断累加，却从未遗忘。"),
    "kept": "网络一直保持同一个答案：状态贡献的部分始终不变，大小为 {measured}。",
    "memory": (
        "读入的内容到达了门，状态却几乎不动（标准差为 {measured}）："
        "写入得太少，或者立刻就被遗忘了。"
    ),
    "readout": "状态确实在变化，但读出层几乎不给它权重：预测只是它的偏置。",
}


def constant(cause: str, measured: float) -> str:
    """Say why the prediction is constant."""
    why = CONSTANT[cause].format(measured=number(measured), share=percent(measured))
    return f"预测几乎不变：{why}"
