"""The sentences of the tab Why, in Simplified Chinese."""

from __future__ import annotations

from math import exp

from ..formatting import number, percent
from .common import quoted

PARTS = {
    "prediction": "这次预测",
    "memory": "这个单元的记忆",
    "write": "这次写入",
}
PART = "解释什么"
OUTPUT = "解释"
LIKELIEST = "网络最看好的输出"
NO_READOUT = "这个文件没有读出层：没有可以解释的预测。"
ONLY_ONE = "目前只读了时间步 0。"
DIFFERENT = (
    "各列回答的问题不同，结论可能不一致。第一列说明这个数值由什么构成，而不是由什么导致；"
    "接下来两列说明它会如何随读入的内容变化；最后一列是实际去掉后试出来的结果。"
)
COLUMNS = {
    "timestep": "时间步",
    "reads": "读入",
    "written": "已写入且仍保留",
    "gradient": "梯度 × 输入",
    "integrated": "积分梯度",
    "removed": "去掉这次写入",
}
RULE = (
    "已写入且仍保留：每个时间步的写入在该数值中所占的份额；输出门取实际值，"
    "tanh 按比例分摊到各次写入（DeepLIFT 的 rescale 规则）。各份额之和严格等于该数值。"
)
GRADIENT = "梯度 × 输入：如果读入的数值稍大一点，该数值会增长多快。"
REMOVED = (
    "去掉这次写入：在该时间步不写入任何内容并重新运行网络，该数值会下降多少；− 表示它反而上升。"
)
NO_SPLIT = "标准 RNN 不会原样保留任何写入：无法按写入拆分。"
HELD_IS_WRITTEN = "记忆被固定的地方，固定的值算作那个时间步的写入，之前的内容一点不剩。"
NO_INTEGRAL = "未计算积分梯度：这次运行太长，或者有信号被固定。"
CLICK = "点击一行或一个条形，主图就会跳到对应的时间步。"
BY_INPUT = "积分梯度（按输入）"
TRIANGLE = "写入时间（横轴）与查看时间（纵轴）"
TRIANGLE_NOTE = (
    "每一行是一个时刻，显示该单元此时的记忆来自哪些时间步。"
    "一直向下延续的列是被保留下来的值；只出现在对角线上的格子是立刻丢失的值。"
)
FAN_NOTE = (
    "每个单元在这个时间步写入的内容，到之后各个时间步还剩多少。1 表示全部保留；"
    "这由负责保留的门决定。"
)
FAN = "剩余比例"
CHOOSE_UNIT = "选择一个单元（点击，或按 ↑、↓ 键），查看它的记忆从何而来。"
NO_WRITES = "标准 RNN 不会原样保留任何写入：每一步都重新生成整个状态。"
TOO_LONG = "这次运行太长，无法画出这张图：请选择较短的序列。"


def explained(label: str, against: str | None, value: float, timestep: int) -> str:
    """Say which number is explained; `against` is the strongest other symbol, None without one."""
    if against is None:
        return f"在时间步 {timestep}，输出“{label}”在激活之前的值为 {number(value)}。"
    likelier = f"是{quoted(against)}的 {exp(min(value, 15)):,.1f} 倍"
    if value >= 15:
        likelier = f"远远高于{quoted(against)}"
    return (
        f"在时间步 {timestep}，{quoted(label)}的概率{likelier}："
        f"取对数后，领先 {number(value)}。这一领先从何而来？"
    )


def completeness(error: float) -> str:
    """Say what integrated gradients are, and how far they are from complete."""
    return (
        "积分梯度：从什么都没读入（全为零）到实际读入，沿途每个输入的贡献。"
        f"各项之和与实际差值相差 {number(error)}。"
    )


def rest(value: float) -> str:
    """Say what the split over writes leaves to the bias and the start."""
    return f"偏置和初始状态贡献 {number(value)}。"


def held_adds(value: float) -> str:
    """Say what hidden states that are held add to the split over writes."""
    return f"这个时间步被固定的隐藏状态加上 {number(value)}。"


def strongest(answers: dict[str, int]) -> str:
    """Say which timestep each answer, by its column, finds most important."""
    if len(set(answers.values())) == 1:
        return f"各列一致认为时间步 {next(iter(answers.values()))} 最重要。"
    parts = [f"按“{COLUMNS[name]}”是 {t}" for name, t in answers.items()]
    return f"最重要的时间步：{'；'.join(parts)}。"


def unit_share(unit: int, timestep: int, share: float, written: int) -> str:
    """Say where most of a unit's memory comes from."""
    return (
        f"单元 {unit} 在时间步 {timestep} 保存的内容中，{percent(share)} 来自时间步 {written}，"
        "超过其他任何一个时间步。"
    )
