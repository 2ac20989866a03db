"""The sentences that set two sequences, or two networks, side by side, in Simplified Chinese."""

from __future__ import annotations

from ..formatting import number, percent
from .common import count, quoted

PART = "对照什么"
PARTS = {"sequences": "另一条序列", "networks": "另一个网络"}
BESIDE = "与当前序列（A）对照的是（B）"
HOW = "对齐方式"
HOWS = {"edits": "按最少编辑次数", "position": "按位置"}
UNCHANGED = "没有任何改变的这次运行"
HELD = "A 中固定的信号"
HELD_IN = {"both": "B 中也固定", "first": "只在 A 中固定"}
HELD_IN_BOTH = (
    "“假设分析”中固定的信号和起始状态在两次运行中相同，时间步也相同（B 有这些时间步时）："
    "两次运行只在读入的内容上不同。"
)
CHANGED_ALONE = "“假设分析”中的改变只在 A 中：B 是网络原本的运行。"
NETWORKS_UNCHANGED = "“假设分析”中的改变在这里不起作用：两个网络读的都是原来的序列。"
NONE = "这个网络没有其他序列可供对照：请提供一条，或点击“换一条”。"
SAME = "两次运行的差别始终没有超过记忆最大幅度的十分之一。"
A, B = "A", "B"
DIFFERENCE = "B − A"
DIFFERENCE_MEANING = "B 比 A 多保存多少"
JUMP = "前往两者分开之处"
SAVE_TABLE = "下载 A、B 和 B − A（CSV）"
SAVE_ARRAYS = "下载两次运行（NPZ）"
NOTE = (
    "下方是 B − A：在两者都有读入的位置，每个单元在 B 中比在 A 中多保存了多少。"
    "在“假设分析”中选择“在此改读”，可以得到只相差一个符号的一对序列。"
)

OTHER = "与当前网络（A）对照的是（B）"
ALONE = "这里没有其他能读取这种序列的网络：请提供它的文件，它就会与当前网络并列。"
ALONE_HERE = "这里没有其他能读取这种序列的网络。"
GIVE = "另一个网络的文件"
OTHER_SIZE = "B 的单元与 A 不同：不能逐个对照，只比较两个网络的回答。"
SAME_ANSWERS = "两者给出的概率相差从未超过十分之一。"
NETWORKS_NOTE = (
    "两者从同样的起点读取同一条序列。下方是 B − A：每个单元在 B 中比在 A 中多保存了多少。"
    "只有当 B 由 A 而来（例如继续训练）时，这样比较才有意义：分别训练的网络，单元之间没有对应关系。"
)
UNTOLD = (
    "B 的文件没有说明全部细节，这里按最可能的答案读取。"
    "把它作为本页的网络打开，即可查看并更改这些答案。"
)


def minimal(symbol: str, timestep: int) -> str:
    """Name the sequence that differs in one symbol at a timestep."""
    return f"同一序列，但时间步 {timestep} 处为{quoted(symbol)}"


def exchanged(first: str, at: int, second: str, then: int) -> str:
    """Name the sequence in which the symbols of two timesteps are exchanged."""
    return f"同一序列，但时间步 {at} 处为{quoted(second)}、时间步 {then} 处为{quoted(first)}"


def part_here(unit: int) -> str:
    """Name the place at which two runs part."""
    return f"两者在此分开，差在单元 {unit}"


def difference_symbol(symbol: str) -> str:
    """Return how much more of a signal B has than A, as a symbol."""
    return f"{symbol}(B) − {symbol}(A)"


def _where(first: int, second: int) -> str:
    return f"时间步 {first}" if first == second else f" A 的时间步 {first}、B 的时间步 {second}"


def parts(first: int, second: int, unit: int, difference: float, state: str) -> str:
    """Say where two runs part by more than a tenth of the memory's size, and by which unit."""
    where = _where(first, second)
    more = "高" if difference > 0 else "低"
    apart = number(abs(difference))
    return f"两次运行在{where} 明显分开，差在单元 {unit}：B 中它的{state}{more} {apart}。"


def answers_part(first: int, second: int, answer: str, in_a: float, in_b: float) -> str:
    """Say where two networks first give an answer clearly different probabilities."""
    where = _where(first, second)
    return (
        f"两者的回答在{where} 首次明显不同：对{quoted(answer)}，A 给出 {percent(in_a)}，"
        f"B 给出 {percent(in_b)}。"
    )


def answers_differ(of: int, timesteps: int) -> str:
    """Say at how many timesteps two networks answer differently."""
    return f"在 {timesteps:,} 个时间步中，有 {of:,} 个明显不同。"


def furthest(first: int, second: int, label: str, in_a: float, in_b: float) -> str:
    """Say where the numbers that two networks predict are furthest from each other."""
    where = _where(first, second)
    return (
        f"两者的预测在{where} 相差最大：“{label}”在 A 中为 {number(in_a)}，"
        f"在 B 中为 {number(in_b)}。"
    )


def cost(edits: int, how: str) -> str:
    """Say how far apart two sequences are."""
    if how == "edits":
        return f"B 与 A 相差 {count(edits, '次编辑')}。"
    return f"两者在 {count(edits, '个位置')}上不同。"
