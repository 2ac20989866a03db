"""Every sentence of `gatescope inspect`, `trace` and `convert`, in Simplified Chinese."""

from __future__ import annotations

from .common import count

INSPECT = "说明模型文件中有什么：其中的循环层，作了哪些假定，略去了什么。"
CONVERT = "把模型写入一个文件供其他程序使用，权重保持不变。"
TRACE = (
    "用模型运行文件中的序列，写出每个时间步的所有门和状态。OUT 是一个 .npz 文件，"
    "内含 N 条序列的数组（N, T, …），每条序列结束之后为零：lengths、names、inputs、predictions、"
    "symbols 或 numbers，以及 layer0.forward.forget_gate 等。"
)

MODEL_FILE = "模型文件，- 表示标准输入"
DATA_FILE = "包含序列的文件，读取方式与应用相同；- 表示标准输入"
DATA_OR_RECORDED = f"{DATA_FILE}；不给出时，使用捕获的运行中记录的序列"
JSON = "每个文件输出一行 JSON"
CONVERT_OUT = "要写入的文件：.safetensors、.onnx 或 .npz"
TRACE_OUT = "要写入的 .npz 文件，- 表示标准输出（默认：run.npz）"
LAYER = "文件中有多条链时，要运行链中的哪一层，从 0 开始计数"
ONLY = "只运行这一条序列，从 1 开始计数"
ANSWER = "回答关于数据的一个问题：问题的标识及其中一个选项"

PARTS = "文件中的模型，供 --part 选用"
ENDS = "输入什么，输出什么"
RECORDED = "记录的结果，与这里的计算对照"
NO_OUTPUTS = "没有记录输出"


def called(file: str) -> str:
    """Name a file as a sentence does: standard input is given as "-"."""
    return "标准输入" if file == "-" else file


def ends(
    first: str,
    size: int,
    alphabet: tuple[str, ...],
    columns: tuple[str, ...],
    labels: tuple[str, ...] | None,
) -> str:
    """Say what a chain of layers reads and predicts; None: it has no readout."""
    read = f"每个时间步读入 {count(size, '个数')}"
    if alphabet:
        read = f"读入 {_listed(alphabet, '个符号')}"
    elif columns:
        read = f"读入 {_listed(columns, '列')}"
    predicted = f"预测 {_listed(labels, '个输出')}" if labels else "不做预测"
    return f"{first}：{read}；{predicted}"


def _listed(names: tuple[str, ...], noun: str, most: int = 20) -> str:
    shown = " ".join(names[:most]) + (" …" if len(names) > most else "")
    return f"{count(len(names), noun)}（{shown}）"


def assumption(keyword: str, value: str, reason: str, choices: tuple[str, ...]) -> str:
    """Say what was assumed and why, and which option settles it."""
    said = f"{value}：{reason}"
    if not keyword:
        return said
    option = f"--{keyword.replace('_', '-')}"
    options = "、".join(repr(choice) for choice in choices)
    return f"{said}可用 {option} 指定" + (f"，取值为 {options}。" if options else "。")


def converted(out: str, layers: int, trained: int) -> str:
    """Say what was written."""
    return f"已把 {count(layers, '个循环层')}、{count(trained, '个可训练参数')}写入 {out}。"


def question(identity: str, text: str, options: tuple[str, ...], example: str) -> str:
    """Say what must be answered before anything is run, and how."""
    lines = [f"{text}请用以下之一回答："]
    lines += [f"  --answer {identity!r} {option!r}" for option in options]
    if example:
        lines.append(f"  或按 {example!r} 的写法输入，--answer {identity!r} …")
    return "\n".join(lines)


def nothing_to_run(name: str) -> str:
    """Say that a file holds no sequence."""
    return f"{name} 中没有这个模型能够读入的序列。"


def no_such_sequence(number: int, there_are: int) -> str:
    """Say which sequences there are."""
    return f"--only 为 {number}：应为 1 到 {there_are}。"


def no_such_layer(number: int, there_are: int) -> str:
    """Say which layers there are."""
    return f"--layer 为 {number}：应为 0 到 {there_are - 1}。"


def one_direction(layer: int) -> str:
    """Say that a layer has no second direction."""
    return f"--direction 为 backward：第 {layer} 层只有一个方向。"


def too_large(gigabytes: float, most: float) -> str:
    """Say that a run is larger than is kept in memory, and what can be done."""
    return (
        f"这次运行需要 {gigabytes:,.1f} GB，而最多写出 {most:,.1f} GB："
        "请用 --only 每次运行一条序列，或者缩短文件。"
    )


def not_written(out: str, reason: str) -> str:
    """Say why there is no output."""
    return f"无法写入 {out}：{reason}。"


def traced(sequences: int, timesteps: int, out: str) -> str:
    """Say what was written."""
    return f"已把 {count(sequences, '条序列')}、{count(timesteps, '个时间步')}写入 {out}。"


CORPUS = (
    "对许多文件中的序列运行模型，写出这些序列的概览，以及供应用搜索的索引："
    "每个时间步的每个门和状态各占一个字节。已完成的部分会保留：再次运行同一命令会从中断处继续。"
)
CORPUS_TRACE = "在这些文件上运行模型"
CORPUS_FILES = "分区文件：Parquet、文本（每行一个序列）、.npy，或应用能读的其他文件"
CORPUS_MODEL = "一个模型文件"
CORPUS_OUT = "要写入的文件夹"
CORPUS_LAYER = "保留哪一层的门和状态，从 0 数起"
CORPUS_WAY = "保留双向层的哪个方向"
CORPUS_WORKERS = "同时制作多少个块（默认：每个核心一个）"
CORPUS_SCHEDULER = "把各块交给 Dask：本机的集群，或位于 ADDRESS 的调度器"


def corpus_goes_on(done: int, of: int) -> str:
    """Say that some blocks are there already."""
    return f"{of:,} 个块中已有 {done:,} 个：继续。"


def corpus_progress(done: int, of: int, seconds: float) -> str:
    """Say how many blocks are done, and how long the rest will take."""
    return f"{done:,} / {of:,} 个块，还需 {round(seconds):,} 秒"


def corpus_stopped(out: str) -> str:
    """Say that nothing is lost."""
    return f"已停止。已完成的部分保留在 {out}：再次运行同一命令会继续。"


def corpus_done(sequences: int, timesteps: int, skipped: int, out: str) -> str:
    """Say what was written, and how many sequences could not be read."""
    said = f"已把 {count(sequences, '条序列')}、{count(timesteps, '个时间步')}写入 {out}。"
    return f"{said}略去 {count(skipped, '条序列')}。" if skipped else said
