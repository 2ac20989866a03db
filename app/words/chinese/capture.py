"""Every sentence of captured runs, in Simplified Chinese. Texts here are plain."""

from __future__ import annotations

from .common import count

CAPTURE = (
    "打印一段 Python 代码：在没有安装 Gatescope 的地方记录模型的循环层，并写出应用可以打开的文件。"
    "在装有 Gatescope 的进程中：with gatescope.capture(model) as run: model(batch)；"
    "然后 run.save('run.gatescope.npz')。"
)
SNIPPET = "框架：torch 或 keras"

# On the page
HEAD = "你的模型是更大系统的一部分，或者文件打不开？"
INTRO = (
    "就在模型所在的地方记录它：在你自己的 Python 中，用你自己的数据运行这几行代码，"
    "再打开它们写出的文件。无需转换，也无需猜测：文件中有每个循环层的权重、"
    "它实际读入的内容，以及它给出的结果。"
)
INSTALLED = (
    "import gatescope\n\n"
    "with gatescope.capture(model) as run:  # torch.nn.Module 或 keras.Model\n"
    "    model(batch)  # 任何一次前向计算：推演、数据流、流水线\n"
    'run.save("run.gatescope.npz")\n'
)
WITHOUT = "不安装 Gatescope"
FRAMEWORKS = {"torch": "PyTorch", "keras": "Keras"}
NO_CHECK = "文件中已有你的框架给出的输出，上面已经作过比较：无需再运行什么。"


def seam(call: int) -> str:
    """Name the timestep at which another call begins, counted from 1."""
    return f"第 {call:,} 次调用开始"


def recorded_name(first: int, calls: int, row: int, rows: int) -> str:
    """Name a recorded sequence by its calls and its place in the batch, counted from 0."""
    last = first + calls
    spelled = f"第 {first + 1:,} 次调用" if calls == 1 else f"第 {first + 1:,} 至 {last:,} 次调用"
    return f"{spelled}，第 {row + 1:,} 条序列（共 {rows:,} 条）" if rows > 1 else spelled


def recorded_note(timesteps: int, shown: int, calls: int) -> str:
    """Say what a recorded sequence is, and what of it is shown."""
    read = f"在你的模型所在之处记录：{count(timesteps, '个时间步')}"
    if calls > 1:
        every = calls == timesteps
        read += "，每次调用一个" if every else f"，来自 {calls:,} 次调用，每次调用的起点都有标记"
    cut = f"这里只显示前 {shown:,} 个。" if shown < timesteps else ""
    return f"{read}。{cut}"


def agrees(numbers: int, sequences: int, difference: float, tolerance: float) -> str:
    """Say that what was recorded is what we compute, and by how much they differ."""
    return (
        f"✓ 你的框架给出的结果相同：{count(sequences, '条序列')}中记录的 {count(numbers, '个数')}"
        f"与这里的计算最多相差 {difference:.2g}（{tolerance:g} 以内可由舍入解释）。"
    )


def differs(numbers: int, sequences: int, difference: float, tolerance: float) -> str:
    """Say that what was recorded is not what we compute, and by how much they differ."""
    return (
        f"✗ 你的框架给出的结果不同：{count(sequences, '条序列')}中记录的 {count(numbers, '个数')}"
        f"与这里的计算最多相差 {difference:.2g}，超过了舍入所能解释的 {tolerance:g}。"
    )


def largest(name: str, t: int, unit: int, ours: float, theirs: float) -> str:
    """Say where the difference is largest, and the two numbers there."""
    return (
        f"差异最大处是 {name} 的时间步 {t}，输出 {unit}：这里是 {ours:.7g}，记录的是 {theirs:.7g}。"
    )


def nothing_recorded(name: str) -> str:
    """Say that a file has no sequence of its own."""
    return f"{name} 中没有记录序列：请以 DATA 提供一个包含序列的文件。"
