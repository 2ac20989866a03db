"""Every sentence of the page Memory, in Simplified Chinese.

Texts here are plain: whoever shows them as HTML escapes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ..formatting import short
from ..phrases import said
from .common import count, quoted

TITLE = "记忆"
NONE = "这里还没有配有标准 RNN 的网络：没有可以比较的对象。"

# The row above the stages
TASK = "任务"
ALIKE = "各网络相同的是"
ALIKES = {"size": "隐藏单元数", "count": "可训练参数量"}
ALIKE_HELP = (
    "单元数相同，或者可训练参数量相同（取最接近的整数个单元）："
    "一个 LSTM 单元的参数大约是标准 RNN 单元的四倍。两者的训练同样用心。"
)
THIRD = "加上 GRU"
THIRD_HELP = "以门控循环单元（GRU）作为第三个网络，规模与其他网络相同"
NO_THIRD = "这个任务没有训练 GRU"

# 1. Forgetting
FORGETS = "标准 RNN 真的会遗忘吗？"
FORGETS_LEAD = "这些网络在同一任务上用相同的数据、同样用心地训练，现在同步读入同一条序列。"
PROBE_LEAD = "每个网络下方，用线性探针读出它的记忆中还留有多少必须记住的内容。"
FOR_ALL = "所有网络相同：{facts}。"
KNOWS = "记得 {cue}"
KNOWS_SUM = "记得目前的和"
KNOWS_NOTE = "探针；虚线：猜测"
ESTIMATE_NOTE = "探针；1 为准确，0 为猜测"
RECALL_TITLE = "读入之后，随着时间推移，从记忆中还能读出多少"
RECALL_HOVER = "%{y:.3f}（%{customdata} 条序列）"
MEASURES = {"accuracy": "读对的比例", "r2": "读出值的 R²"}
FIRST_NUMBER_TITLE = "仅第一个数"
FIRST_NUMBER_NOTE = (
    "只保存总和的网络不必保存其中任何一个数：对两个数中的任意一个，总和只透露一半"
    "（R² = 0.5）。因此即使什么也没有遗忘，这条曲线也会下降。"
)
LAG = "读入之后的时间步数"
CHANCE = "猜测"
CERTIFIED = "各网络自己对新序列的回答"
TRAINED = "训练方式"

# 2. Why
WHY = "为什么？随时间传递的影响"
MEMORY_PANEL = "记忆：‖∂c<sub>t</sub>/∂c<sub>s</sub>‖ 或 ‖∂h<sub>t</sub>/∂h<sub>s</sub>‖"
INPUT_PANEL = "输入：‖∂h<sub>t</sub>/∂x<sub>s</sub>‖"
MEMORY_HOVER = "%{y:.2e}（范数 %{customdata:.2e}）"
READ_AT = "时间步 s"
AT_T = "t"
AT_CUE = "在此读入"
INFLUENCE_NOTE = (
    "上图：在时间步 s 对记忆作一个改变，到 t 时还剩多少，以在 t 时刻直接改变的效果为 1；"
    "LSTM 的记忆是细胞状态 c，其他网络是 h。虚线：仅靠门保留下来的部分"
    "（遗忘门的连乘积，GRU 则为更新门）；其余部分经由 h 传递。"
    "下图：s 时刻的输入对 t 时刻的 h 还有多大影响。这些都是本次运行的精确导数："
    "它们说明极小的改变会带来什么，而不是状态由什么导致，也不表示网络用到了它。"
)
INPUTS_TITLE = "对 s 时刻的输入"
STATES_TITLE = "对 s 时刻的记忆"
DERIVATIVE_NOTE = (
    "每一格是 t 时刻的一个数 y 对 s 时刻一个数的导数，带正负号：紫色、青色或灰色使 y 增大，"
    "赭色使 y 减小。{output}颜色深浅随数量级变化，同一列的图使用同一标尺；"
    "将指针移到格子上可查看数值。"
)
DERIVATIVE_HOVER = "%{customdata:.3e}<br>第 %{y} 行，时间步 %{x}<extra>%{fullData.name}</extra>"
OF_LOGIT = "y 是网络给{label}的数值，尚未转换为概率。"
OF_NUMBER = "y 是“{label}”的预测值，采用网络内部的缩放。"
OF_UNITS = "y 是各主图所选单元的记忆（c；没有 c 的网络则为 h）。"
OUTPUT = "输出 y"
LIKELIEST = "第一个网络最看好的输出"
OWN_UNITS = "各主图所选的单元"
UNIT, INPUT = "单元", "输入"  # what the rows of a heatmap are
GAIN = "σ<sub>max</sub>"
GAIN_TITLE = "单步：记忆最多能放大多少"
GAIN_NOTE = (
    "单步雅可比矩阵的最大奇异值，对 h 计算，或对 h 与 c 一起计算。始终低于 1 时，"
    "任何改变都会逐渐消失，梯度也随之消失；高于 1 时，某些改变会在这一步放大，"
    "如果各步放大的方向一致，梯度就会爆炸。它只给出单步的上界；多步之后还剩多少，见上方曲线。"
)

# 3. Variants
VARIANTS = "LSTM 靠什么记住？"
LEARNING_TITLE = "训练过程中在新序列上的成功率"
SEEDS_TITLE = "各随机种子达到成功所需的训练序列数"
UPDATES = "更新次数"
SEQUENCES_TO_SUCCESS = "达到成功所需的训练序列数"
NEVER = "从未"
LEARNING_HOVER = (
    "%{fullData.name}<br>更新 %{x:,} 次：中位数 %{customdata[0]:.1%}，"
    "%{customdata[1]:.1%} 至 %{customdata[2]:.1%}<extra></extra>"
)
VARIANTS_NOTE = (
    "线：各随机种子的中位数；色带：从最差到最好的种子。一个点是一个种子；"
    "叉号表示从未成功；短线是中位数。"
)
TASKS = "在其他任务上呢？"
TASK_COLUMNS = ("任务", "LSTM", "标准 RNN", "文献结果")


def only_alike(alike: str) -> str:
    """Say that networks can be compared in one way alone: "size" or "count"."""
    return f"对于这个任务，只能在{ALIKES[alike]}相同的条件下比较。"


def network(kind: str, units: int, numbers: int) -> str:
    """Say which network this is: "LSTM，12 个单元，991 个可训练参数"."""
    return f"{kind}，{network_size(units, numbers)}"


def network_size(units: int, numbers: int) -> str:
    """Say how large a network is."""
    return f"{count(units, '个单元')}，{count(numbers, '个可训练参数')}"


def knows(number: float) -> str:
    """Head the row of what a probe reads of a number."""
    return KNOWS.format(cue=short(number))


def gates_alone(title: str, symbol: str) -> str:
    """Name the line of what the gates alone keep; `symbol` is the keeping gate's."""
    return f"{title}，仅靠门：Π {symbol}"


def verdict(title: str, forgotten: int | None, last: int, score: float, measure: str) -> str:
    """Say in a sentence what a curve of recall shows."""
    if forgotten is not None:
        return f"{title}：读入 {count(forgotten, '个时间步')}之后，已不比猜测更好。"
    measured = f"读对 {100 * score:.0f} %" if measure == "accuracy" else f"R² {score:.2f}"
    return f"{title}：{count(last, '个时间步')}之后仍好于猜测（{measured}）。"


def recall_note(sequences: int, value: str) -> str:
    """Say what the curves of recall are, and what they are not."""
    return (
        f"线性探针用 {sequences:,} 条新序列中一半的状态拟合，再用另一半检验能否读出{value}。"
        "色带：± 1.96 倍标准误差。探针只能找到以线性形式存在于状态中的内容；"
        "网络知道的可能更多，也不一定会用到它所知道的。"
    )


def here(t: int, timesteps: int, token: str, last: int) -> str:
    """Say where the stages rest, and how far back the pictures look."""
    shown = f"，读入{quoted(token)}" if token else ""
    back = "" if last > t else f"图中最多回溯 {last} 个时间步。"
    return f"从主图停留的时间步 t = {t} / {timesteps - 1} 看{shown}。{back}"


def sources(variants: tuple[tuple[str, str], ...]) -> str:
    """Say where each variant was proposed, where a source is named."""
    named = "；".join(f"{name}：{source}" for name, source in variants if source)
    return f"来源：{named}。" if named else ""


def gains_cut(last: int) -> str:
    """Say that only the end of a long run is drawn."""
    return f"只画出运行的最后 {last:,} 个时间步。"


def derivative(network: str, by: str) -> str:
    """Head a heatmap: "LSTM：∂y/∂x"."""
    return f"{network}：∂y/∂{by}"


def fact(name: str, value: float) -> str:
    """Say one number of a certificate: a count in full, a measure in four digits."""
    return f"{said(name.replace('_', ' '))}：{value:{',.0f' if value == int(value) else '.4g'}}"


def right_of(right: int, total: int, noun: str) -> str:
    """Say how many of fresh sequences were right."""
    return f"{count(total, noun)}中 {right:,} 个正确（{100 * right / total:.1f} %）"


def seed_outcome(seed: int, sequences: int | None, wrong: int, of: int) -> str:
    """Say what became of one seed."""
    when = f"训练 {sequences:,} 条序列后成功" if sequences is not None else "从未成功"
    return f"种子 {seed}：{when}；最终 {of:,} 条中有 {wrong:,} 条错误"


def study(task: str, criterion: str, seeds: int) -> str:
    """Say on what the variants were trained."""
    return (
        f"循环单元的各种变体，每种用 {count(seeds, '个随机种子')}训练，任务是：{task}。{criterion}"
    )


def made(date: str, machine: str) -> str:
    """Say when and where results were made."""
    return f"测量环境：{machine if date in machine else f'{date}，{machine}'}。"


def seeds_succeeded(right: int, seeds: int) -> str:
    """Say how many seeds reached success."""
    return f"{count(seeds, '个种子')}中 {right} 个成功"


def sequences_range(known: Sequence[int]) -> str:
    """Say after how many sequences success came: the median, and from which to which."""
    middle = f"训练 {median(known):,.0f} 条序列后"
    if len(known) == 1:
        return middle
    return f"{middle}（{min(known):,} 至 {max(known):,}）"


def wrong_range(wrong: Sequence[int], of: int) -> str:
    """Say how many of the fresh sequences were wrong at the end: the median, and the range."""
    spread = f"（{min(wrong):,} 至 {max(wrong):,}）" if min(wrong) < max(wrong) else ""
    return f"{of:,} 条中 {median(wrong):,.0f} 条错误{spread}"
