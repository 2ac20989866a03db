"""The sentences of the tab What if, in Simplified Chinese."""

from __future__ import annotations

from ..formatting import cut, number, percent
from .common import count, quoted

LEAD = (
    "改变某个地方，网络就从那里重新运行。主图和所有选项卡显示的都是改变后的运行；"
    "网址中会包含这些改变。"
)
NONE = "没有任何改变：这就是网络原本的运行。"
KINDS = {"gates": "门与状态", "input": "读入的内容", "start": "起始状态", "go_on": "继续生成"}
KIND = "改变什么"
ADD, REMOVE, CLEAR = "固定", "撤销", "全部撤销"
SIGNAL, VALUE, UNITS, FIRST, LAST = "固定哪个信号", "固定为", "单元", "从时间步", "到时间步"
ALL_UNITS = "所有单元"
OF_UNITS = "单元"
STATE_NOTE = (
    "细胞状态（或 GRU 的隐藏状态）被固定后重新开始：之前的内容一点不剩，"
    "之后的内容只来自固定的值和后来的写入。"
    "固定 LSTM 的隐藏状态时，细胞状态仍由各个门决定：变的只是这些门看到的内容。"
)
PRESETS = {
    "keep_all": "保留一切",
    "forget_here": "在此全部遗忘",
    "write_no_more": "不再写入",
    "show_all": "全部输出",
    "without_write": "去掉这次写入",
    "without_unit": "去掉这个单元",
    "freeze": "冻结这段记忆",
    "drop": "略去此处",
    "repeat": "重复读入此处",
    "drop_before": "从这里开始",
    "pad_before": "在前面补十行零",
}
PRESET_HELP = {
    "keep_all": "负责保留的门在每个时间步都完全打开",
    "forget_here": "负责保留的门在这个时间步关闭",
    "write_no_more": "从下一个时间步起，输入门一直关闭",
    "show_all": "输出门在每个时间步都完全打开",
    "without_write": "去掉这个单元在这个时间步写入的内容",
    "without_unit": "谁也看不到这个单元：其他单元看不到，预测也看不到",
    "freeze": "这个单元记住的内容保持在这个时间步的值，直到结束",
    "drop": "略去这个时间步读入的内容",
    "repeat": "把这个时间步读入的内容再读一遍",
    "drop_before": "略去这个时间步之前读入的内容",
    "pad_before": "网络先读入十行零",
}
INSTEAD, COLUMN, READ_IT = "在此改读", "输入列", "读入"
PADDING, TIMES, WHERE, PAD_IT = "补入", "次数", "位置", "补入"
BEFORE_ALL, AFTER_ALL = "序列之前", "序列之后"
BEGIN, BEGIN_SO = "起始状态", "以此开始"
AFTER_ITSELF, TYPED = "读完当前序列后的状态", "输入的数值"
START_VALUE = "数值"
HORIZON, TEMPERATURE, SEED, GO_ON = "继续多少个时间步", "温度", "种子", "让它继续"
GO_ON_NOTE = (
    "序列结束后，网络读入自己的预测，所有改变依然有效。温度为 0 时取可能性最大的符号；"
    "预测数值的网络不需要温度。"
)
GOES_ON = "读入自己的预测"
SAME = "这一改变没有带来任何变化：数值本来就是这样，或者改变没有产生影响。"
BEFORE, AFTER, DIFFERENCE = "原来", "改变后", "差值（所有单元）"


def whose(units: tuple[int, ...] | None) -> str:
    """Name some units; None is all of them."""
    if units is None:
        return ALL_UNITS
    return f"单元 {'、'.join(map(str, units))}"


def held(title: str, value: float, units: tuple[int, ...] | None, first: int, last: int) -> str:
    """Say what is held, of which units and when."""
    gap = "" if units is None else " "
    return f"{stretch(first, last)}，{whose(units)}{gap}的{title}固定为 {number(value)}"


def stretch(first: int, last: int) -> str:
    """Say when, both timesteps included."""
    return f"在时间步 {first}" if first == last else f"从时间步 {first} 到 {last}"


def replaced(timestep: int, value: str | float, column: str) -> str:
    """Say what is read instead; `column` is "" for a symbol."""
    what = quoted(value) if isinstance(value, str) else f" {number(value)}"
    return f"在时间步 {timestep}{f'，“{column}”列' if column else ' '}改为读入{what}"


def dropped(first: int, last: int) -> str:
    """Say what is left out of the sequence."""
    return f"略去{stretch(first, last)} 读入的内容"


def repeated(timestep: int, times: int) -> str:
    """Say what is read again."""
    return f"时间步 {timestep} 读入的内容再读 {count(times, '遍')}"


def padded(before: int, after: int, value: str | float) -> str:
    """Say what is read before and after the sequence."""
    what = quoted(value) if isinstance(value, str) else f" {number(value)}"
    parts = [f"{where}读入 {n:,} 次" for n, where in ((before, "之前"), (after, "之后")) if n]
    return f"在序列{'、'.join(parts)}{what}"


def started(value: float, unit: int | None, state: str) -> str:
    """Say with which memory the run begins."""
    of = ALL_UNITS if unit is None else f"{whose((unit,))} "
    return f"{of}的{state}从 {number(value)} 开始"


def started_after(sequence: str) -> str:
    """Say whose states the run begins with; "" is the sequence itself."""
    left = f"“{sequence}”" if sequence else "当前序列"
    return f"网络以读完{left}后的状态开始"


def goes_on(timesteps: int, temperature: float, seed: int, drawn: bool) -> str:
    """Say for how long the network reads its own predictions, and how symbols are drawn."""
    how = f"（按温度 {temperature:g} 抽样，种子 {seed}）" if drawn else ""
    return f"序列结束后，网络继续读入自己的预测，共 {count(timesteps, '个时间步')}{how}"


def cannot_go_on(reason: str) -> str:
    """Say why a network cannot read its own predictions."""
    return f"这个网络不能读入自己的预测：{reason}。"


def left_by(sequence: str) -> str:
    """Name the states that a sequence leaves, as a choice."""
    return f"读完“{cut(sequence, 40)}”后的状态"


def on_stage(change: str, others: int) -> str:
    """Say beside the stage what is changed: the last change, and how many others there are."""
    more = f"，另有 {count(others, '处改变')}" if others else ""
    return f"假设：{change}{more}。"


def parted(timestep: int) -> str:
    """Say in short where the changed run parts from the other."""
    return f"从时间步 {timestep} 起，运行与原来不同。"


def part(timestep: int, state: str) -> str:
    """Say where the two runs part."""
    return f"两次运行在时间步 {timestep} 分开：在此之前，每个{state}都相同。"


def largest(unit: int, timestep: int, before: float, after: float, state: str) -> str:
    """Say where they differ most."""
    return (
        f"差别最大的是单元 {unit} 在时间步 {timestep} 的{state}："
        f"从 {number(before)} 变为 {number(after)}。"
    )


def says(timestep: int, after: str, share: float, before: str, earlier: float) -> str:
    """Say what the network answers now, and what it answered before."""
    if after == before:
        return (
            f"在时间步 {timestep}，它仍然回答{quoted(after)}："
            f"概率从 {percent(earlier)} 变为 {percent(share)}。"
        )
    return (
        f"在时间步 {timestep}，它回答{quoted(after)}（{percent(share)}）；"
        f"不作改变时，它回答{quoted(before)}（{percent(earlier)}）。"
    )


def predicts(timestep: int, label: str, after: float, before: float) -> str:
    """Say which number the network predicts now, and which before."""
    return f"在时间步 {timestep}，它对“{label}”的预测从 {number(before)} 变为 {number(after)}。"


def by_decomposition(expected: float, measured: float, timestep: int) -> str:
    """Compare a removed write's own share with what leaving it out really does."""
    same = abs(expected - measured) <= 5e-4 * max(1.0, abs(expected))
    why = (
        "两者一样多，因为这里没有后来的门取决于它。"
        if same
        else "其余部分来自经由隐藏状态读到它的门。"
    )
    return (
        f"到时间步 {timestep}，那次写入还剩 {number(expected)}；"
        f"去掉它使记忆改变 {number(-measured)}：{why}"
    )
