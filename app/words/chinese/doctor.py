"""Every sentence of the doctor, in Simplified Chinese. Plain texts."""

from __future__ import annotations

from .common import count

DOCTOR = (
    "找出某一层的实现错在哪里：是哪一个错误（块的顺序、转置的矩阵、遗漏的偏置、激活函数、时间、"
    "初始状态）使正确的结果变成了它的结果。结果一致时退出码为 0，否则为 1。"
)
RESULT = (
    "它的结果：.npy 或文本，内容为隐藏状态（T, H）、最后的隐藏状态（H,）或并列的各个门（T, 4H）；"
    "或 .npz，其中的数组名为 h、c、i、f、g、o（GRU：r、z、n）、gates 或 preactivations"
)
DIRECTION = "双向层的哪个方向"

# On the page
HEAD = "找出你自己的实现中的错误"
INTRO = (
    "这一层是你自己写的，或者是转换来的，结果却不一样？请提供用这些权重、以主图上的序列为输入时"
    "你得到的结果。所有已知的单个错误都会逐一尝试：块的顺序、转置的权重、偏置、激活函数、"
    "时间、初始状态和更新方式。"
)
FILE = "你的结果（.npy、.csv 或 .npz）"
TEXT = "或者粘贴数值，每行一个时间步"
EXAMINE = "检查"
AGREES = "✓ 一致：最多相差 {largest:.2g}。"
ONE = "✗ 只需一个错误就能解释：{fault}"
SEVERAL = "✗ 下列任何一个错误都足以解释；仅凭这条序列无法区分它们："
NONE = "✗ 已知的 {tried:,} 种单个错误都无法解释：要么有多个错误，要么是别的错误。"

SIGNALS = {
    "hidden_state": "隐藏状态",
    "cell_state": "细胞状态",
    "input_gate": "输入门",
    "forget_gate": "遗忘门",
    "output_gate": "输出门",
    "candidate": "候选值",
    "reset_gate": "重置门",
    "update_gate": "更新门",
    "preactivation": "激活前的值",
    "gates": "各个门",
    "preactivations": "各个激活前的值",
}
MATRICES = {"kernel": "输入权重", "recurrent_kernel": "循环权重"}

FAULTS = {
    "block order": "它按 {detail} 的顺序读取权重的各块，而实际顺序是 {blocks}。",
    "transposed": "它用的{matrix}逐块转置了。",
    "reshaped": "它对{matrix}改变了形状，而本应转置。",
    "bias, missing": "它漏掉了偏置。",
    "bias, twice": "它加了两次偏置。",
    "bias, forget + 1": "它像 TensorFlow 1 那样给遗忘门的偏置加了 1。",
    "bias, forget - 1": "它的遗忘门的偏置少了 1。",
    "bias, recurrent missing": "它漏掉了候选值的循环偏置。",
    "recurrent_activation": "它的门用的激活函数是 {detail}。",
    "activation": "它的候选值用的激活函数是 {detail}。",
    "output_activation": "它在输出时让细胞状态经过 {detail}。",
    "time, reversed": "它从末尾向开头读序列。",
    "time, reversed, in running order": "它从末尾向开头读序列，并按这个顺序给出结果。",
    "time, answer turned": "它的结果是对的，但时间顺序颠倒了。",
    "off by one, before the update": "它给出的是每次更新之前的状态，而不是之后的。",
    "off by one, start included": "它的第一行是初始状态，因此多出一行。",
    "off by one, input before": "在每个时间步，它读的是前一个时间步的输入。",
    "off by one, input after": "在每个时间步，它读的是后一个时间步的输入。",
    "start, zero": "它从零开始，而不是从给定的状态开始。",
    "start, one": "它从全为 1 的状态开始。",
    "start, swapped": "它把给定的隐藏状态当作细胞状态，又把细胞状态当作隐藏状态。",
    "start, carried on": "它从上一次运行留下的状态开始。",
    "start, never carried": "它不传递任何状态：每个时间步都从头开始。",
    "answer, cell state": "它给出的是细胞状态，而不是隐藏状态。",
    "answer, preactivations": "它给出的是激活之前的门。",
    "update gate, turned": "它的更新门作用相反：(1 - z)·h₋ + z·n。",
    "reset, before": "它的重置门作用在循环乘积之前，而不是之后。",
    "reset, after": "它的重置门作用在循环乘积之后，而不是之前。",
    "update, no output gate": "它的输出门不起作用：h = tanh(c)。",
    "update, no input gate": "它的输入门不起作用：c = f·c₋ + g。",
    "update, no forget gate": "它的遗忘门不起作用：c = c₋ + i·g。",
    "update, coupled gates": "它用 1 - i 代替遗忘门。",
    "update, earlier cell state": "它给出 o·tanh(c₋)，用的是更新之前的细胞状态。",
}


def fault(kind: str, detail: str, blocks: str, activation: str) -> str:
    """Say what one fault is; `activation` is how a person would name the detail, if it is one."""
    sentence = FAULTS.get(f"{kind}, {detail}") or FAULTS[kind]
    named = activation if kind.endswith("activation") else detail
    return sentence.format(detail=named, blocks=blocks, matrix=MATRICES.get(detail, detail))


def departs(signal: str, timestep: int, unit: int, ours: float, theirs: float) -> str:
    """Say where a signal departs first, and the two numbers there."""
    return (
        f"最先出现差异的是时间步 {timestep} 的{SIGNALS.get(signal, signal)}："
        f"单元 {unit} 是 {theirs:.7g}，而这里是 {ours:.7g}。"
    )


def too_long(timesteps: int, most: int) -> str:
    """Say that a sequence is too long to be examined here."""
    return (
        f"这条序列有 {count(timesteps, '个时间步')}，而每种错误都要单独运行一次："
        f"这里最多检查 {most:,} 个时间步。请选用较短的序列，或使用 gatescope doctor。"
    )
