"""Every sentence of the page Your model, in Simplified Chinese.

Texts here are plain. Names from a file are data: whoever shows them escapes them.
"""

from __future__ import annotations

from .common import count

TITLE = "你的模型"

# Before there is a model
HEAD = "打开训练好的 LSTM、GRU 或 RNN，逐步查看"
INTRO = (
    "拖入你的框架保存的文件：PyTorch（.pt、.pth、.ckpt）、safetensors、Keras（.keras、.h5）、"
    "ONNX、NumPy（.npz）或 TensorFlow SavedModel（zip 压缩），文件名不限；也可以是装有它的 .zip；"
    "由两个文件组成的模型请一次拖入。你会看到其中有哪些循环层、门在文件中的排列顺序，"
    "以及你的序列在每个时间步的每一个门。"
)
PRIVATE = (
    "文件中的代码一律不会运行。文件最多在服务器内存中保留几个小时，"
    "而且只有你自己窗口的网址通向它：刷新页面后仍能找到。"
)
FILE = "模型文件"
OTHER = "换一个文件"
OTHER_HELP = "打开另一个模型文件"
NO_MODEL = "手头没有模型？"
TRY = "用我们的试试"
TRY_HELP = "打开我们训练好的一个小 LSTM，方式与打开你的文件完全相同"
SAMPLE = "下载这个文件"
SAMPLE_NAME = "reber.safetensors"
GONE = "{name} 已不在服务器内存中：请重新打开该文件。"

# Above the stage
FOUND = "文件中找到的内容"
LAYER = "层"
LAYER_HEADS = ("层", "循环单元", "输入数", "单元数", "方向", "文件中门的顺序", "位置")
KINDS = {"lstm": "LSTM", "gru": "GRU", "rnn": "标准 RNN"}
STARTS = {"trained": "训练得到的 h0 和 c0", "zero": "零"}
READS = {
    "each": "每个时间步",
    "mean": "所有时间步的平均",
    "max": "所有时间步的最大值",
    "ends": "两个方向各自的终点",
}
MERGES = {"concat": "拼接", "sum": "相加", "mul": "相乘", "ave": "取平均"}
NEW_HELP = "新的随机输入，并非网络训练时见到的数据"
ANSWERS_ONCE = "它只回答一次，依据所有时间步：每个预测是它由到此为止的时间步得出的。"
ANSWERS_ONCE_KNOWING = (
    "它只回答一次，依据所有时间步：每个预测取到此为止的内容，而这些内容已经读过之后的时间步。"
)
ATTENDS = "注意力在每个时间步都读取所有时间步：预测也会用到之后的内容。"
ANSWERS_BACKWARDS = "它的最后一层从末尾读起：第一个预测对应最后一个时间步。"
ASKED = {
    "recurrent_activation": "门的激活函数",
    "nonlinearity": "RNN 的激活函数",
    "chain": "各模块的读取关系",
    "activation": "候选值的激活函数",
    "merge": "两个方向的合并方式",
    "reads": "预测读取的内容",
    "start": "各层的初始状态",
    "backwards": "从末尾读起的层",
    "residual": "残差连接",
}
PART = "文件中的模型"
PART_HELP = "文件中有多个模型：主图上显示的是其中一个。"
IGNORED = "文件中有，但这里用不到"
NOTES = "说明"
ASSUMED = "文件中没有，因此作了假定"

# Sequences that we make up
DRAWN = "随机抽取：虚构内容，不是真实数据。"

# The check, and taking things home
CHECK = "与你的框架核对"
CHECK_INTRO = "在你的框架中用同样的输入运行同一层，再比较它在每个时间步的输出。"
CHECK_STEPS = ("1. 取得该层的精确输入", "2. 在你的框架中运行", "3. 比较")
INPUT_CSV, INPUT_NPY = "input.csv", "input.npy"
REFERENCE_FILE = "参考结果（.npy 或 .csv）"
REFERENCE_TEXT = "或者粘贴数值，每行一个时间步"
COMPARE = "比较"
AGREES = "✓ 一致，误差在 {tolerance:g} 以内"
DIFFERS = "✗ 不一致，差异超过 {tolerance:g}"
NO_SNIPPET = "这是我们自己的格式，其他框架无法读取：请在下方另存为 safetensors，再用 PyTorch 打开。"
RUNS_CODE = "如果文件引用了类，这会运行它们的代码：请只对信任的文件这样做。"
WEIGHTS_ONLY = "文件只含权重：请先用自己的代码构建模型。"
INEXACT = (
    "文件中的权重经过量化，而你的框架在运行时还会进一步舍入："
    "请把这份输入交给你自己的量化模型中的这一层，结果会略有差异。"
)
SAVE = "另存为"
SAVE_INTRO = (
    "保存整个模型供其他程序使用，权重保持不变：safetensors（采用 PyTorch 的命名和门顺序）、"
    "ONNX，或 NumPy 的 .npz（采用我们自己的命名）。"
)
KEPT_BY_NPZ = "输入与循环层之间、循环层与读出层之间的部分以及记录的内容，只有 .npz 会保留。"


def not_read(file: object, reason: object) -> str:
    """Say why a file of this machine cannot be read."""
    return f"无法读取 {file}：{reason}。"


def model_kept(problem: str) -> str:
    """Say why a file cannot be opened, and that nothing was lost."""
    return f"{problem}主图上的内容没有改变。"


def several(names: list[str]) -> str:
    """Name files that were given together by the first of them."""
    return f"{names[0]} 等 {count(len(names), '个文件')}" if len(names) > 1 else names[0]


def too_large(name: str, size: float, limit: int) -> str:
    """Say that a file is larger than may be uploaded, in MB."""
    return f"{name} 有 {size:,.0f} MB：这里最多只能打开 {limit} MB。"


def too_large_to_keep(name: str, size: float, limit: float, option: str) -> str:
    """Say that what is in a file takes more memory than there is, in MB, and what can be done."""
    return (
        f"{name} 需要 {size:,.0f} MB 内存：这里最多只能保存 {limit:,.0f} MB。"
        f"请打开较小的文件，或在启动应用时调大 {option}。"
    )


def summary(format_title: str, layers: int, trained: int) -> str:
    """Say in a few words what was found."""
    return f"{format_title}：{count(layers, '个循环层')}，{count(trained, '个可训练参数')}"


def layer_choice(k: int, name: str, kind: str) -> str:
    """Name a layer in a list, counted from 0."""
    return f"{k}：{name}（{KINDS[kind]}）"


def directions(bidirectional: bool, reverse: bool, merge: str) -> str:
    """Say which way a layer runs."""
    if bidirectional:
        return f"双向，{MERGES[merge]}"
    return "从右到左" if reverse else "从左到右"


def on_stage(name: str, kind: str, convention: str) -> str:
    """Say whose gates are on the stage, and in which order they stood in the file."""
    what = "门" if kind != "rnn" else "权重"
    return f"主图上是：{name}，{KINDS[kind]}。它的{what}在文件中的排列为 {convention}。"


def reads_numbers(size: int) -> str:
    """Say that the file does not tell what the network reads."""
    return f"文件中没有说明网络读入什么：每个时间步可以是任意 {count(size, '个数')}。"


def activation_choice(spelling: str) -> str:
    """Name an activation with its numbers as a person would."""
    name, _, numbers = spelling.partition("(")
    known = {"0.2, 0.5)": "0.2·z + 0.5", "0.16666666666666666, 0.5)": "z/6 + 0.5", "1.0)": ""}
    shown = name.replace("_", " ")
    named = known.get(numbers, numbers.rstrip(")"))
    return f"{shown}，{named}" if named else shown


def chain_choice(spelling: str) -> str:
    """Name an order of modules: "encoder → decoder"."""
    return "各自读入自己的输入" if spelling == "apart" else spelling


def merge_choice(spelling: str) -> str:
    """Name a way to put two directions together."""
    return MERGES.get(spelling, spelling)


def reads_choice(spelling: str) -> str:
    """Name what of the timesteps is read by what stands behind the layers."""
    return READS.get(spelling, spelling)


def start_choice(spelling: str) -> str:
    """Name what layers start from."""
    return STARTS.get(spelling, spelling)


def backwards_choice(spelling: str) -> str:
    """Name the layers that read from the end, by their names in the file."""
    kept = spelling.replace(" (order kept)", "，按序列的顺序")
    return "无" if spelling == "none" else kept


def residual_choice(spelling: str) -> str:
    """Name residual connections by layers of the file: "lstm1 + lstm2", "lstm1 … lstm2"."""
    if spelling == "none":
        return "无"
    return "，".join(_around(one) for one in spelling.split(" + "))


def _around(spelling: str) -> str:
    name, _, last = spelling.partition(" … ")
    return f"一并绕过 {name} … {last}" if last else f"绕过 {spelling}"


def assumed(value: str, keyword: str) -> str:
    """Name what was assumed: an activation as a person would, names from a file as they are."""
    named = {
        "chain": chain_choice,
        "merge": merge_choice,
        "reads": reads_choice,
        "start": start_choice,
        "backwards": _assumed_order,
        "residual": _assumed_residual,
    }
    return named.get(keyword, activation_choice)(value) if keyword else value


def _assumed_order(value: str) -> str:
    return "从左到右" if value == "none" else f"从末尾读起：{backwards_choice(value)}"


def _assumed_residual(value: str) -> str:
    return "没有残差连接" if value == "none" else f"残差连接{residual_choice(value)}"


def compared(numbers: int, final: bool) -> str:
    """Say what was compared."""
    what = "最终输出" if final else "整条序列"
    return f"比较了{what}的 {numbers:,} 个数。"


def largest(difference: float, t: int, unit: int, ours: float, theirs: float, final: bool) -> str:
    """Say where the difference is largest, and the two numbers there."""
    where = f"输出 {unit}" if final else f"时间步 {t} 的输出 {unit}"
    return f"最大差异为 {difference:.2g}，位于{where}：这里是 {ours:.7g}，参考结果是 {theirs:.7g}。"


def cannot_save(suffix: str, problem: str) -> str:
    """Say why a format cannot hold this model."""
    return f"{suffix}：{problem}"
