"""Every sentence about files and texts that readers give, in Simplified Chinese.

Names from a file are data: whoever shows them as HTML or as a label escapes them.
"""

from __future__ import annotations

from ..formatting import cut
from .common import UPLOAD_HOURS, count

TYPED_NAME = "你的文本"
NAMELESS = "一个文件"

# Giving
KINDS = (
    "文本、.csv、.tsv、Excel（.xlsx）、JSON lines、Parquet、.npy、.npz，以及它们的 .gz 和 .zip。"
    "可以一次提供多个文件。"
)
LISTED = "你提供的内容会一直留在序列列表中，直到你将其移除。"

# What did not arrive; {name} stands for the file's
NO_ROOM = "未能接收 {name}：服务器目前没有空间。之前提供的内容仍在；请稍后再试。"
KIND_NOT_TAKEN = "未能接收 {name}：此处不读取这种类型的文件。"
NOT_ARRIVED = "{name} 没有送达：服务器没有响应，或拒绝了它。请重新上传。"

# The preview
CLOSE = "暂不读取"
CLOSE_HELP = "关闭此面板；文件仍留在序列列表中"
REMOVE = "移除"
REMOVE_HELP = "删除这个文件：从服务器内存中清除"
NOT_READ = "请选择其他网络，重新提供该文件，或将其移除。"
CORRECT = "请在下方选择其他列或其他答案，或者修正文件后重新提供。"
VOCABULARY = "词表"
VOCABULARY_HINT = (
    "说明每个编号对应哪个词元的文件：每行一个词元；或者 JSON，内容为词元列表，或词元及其编号。"
)
NO_VOCABULARY = "无：符号按原样使用"
ADD_VOCABULARY = "提供词表"
QUESTIONS = "请选择"
LIKELY = "这样对吗？"  # above questions whose likelier answer is chosen
NOT_CHOSEN = "选择一项"
ANSWER_FIRST = "回答完上面的所有问题，即可点击“运行”。"
OTHERWISE = "换一种读法"
INPUTS = "各输入由哪一列提供"
INPUT = "输入"
COLUMN = "读取自哪一列"
STANDARDISE = "按此文件标准化"
STANDARDISE_HELP = "每一列按（值 − 均值）/ 标准差读入，均值和标准差都取自此文件"
SETTINGS = {
    "scaling": "输入的缩放",
    "truth": "预测的比较对象",
    "truth scaling": "比较对象的缩放",
    "rows": "时间步",
}
ROLES = {
    "input": "读入",
    "truth": "真实值",
    "time": "时间",
    "index": "行号",
    "label": "编号或标签",
    "number": "不读入",
    "text": "不读入",
    "symbol": "不读入",
    "empty": "空",
}
HOLDS = {"number": "数值", "text": "文本", "symbol": "符号"}
FIRST_ROWS = "前几行"
NOTICED = "注意到的情况"
TOGETHER = "与它一起提供的文件"

# What stays on the page
READ = "读入情况"
CHANGE = "更改"
CHANGE_HELP = "回到对文件的理解，换一种回答"
WHICH = "此文件中的序列"
PREVIOUS, NEXT = "上一条", "下一条"
PREVIOUS_HELP, NEXT_HELP = "当前序列的前一条", "当前序列的后一条"


def limits(megabytes: int, timesteps: int, sequences: int) -> str:
    """Say how much can be given."""
    return (
        f"每个文件最大 {megabytes} MB，此网络的每条序列最多 {timesteps:,} 个时间步"
        f"（更长的可以选取其中一段），最多 {sequences:,} 条序列。"
    )


def larger_than_taken(megabytes: int) -> str:
    """Say that a file is larger than the server takes; {name} stands for the file's."""
    return f"未能接收 {{name}}：它超过 {megabytes} MB。请把它分成几部分。"


def survey_all(count: int) -> str:
    """Offer the survey of all sequences of a file."""
    return f"在“序列”页查看全部 {count:,} 条"


def too_large(name: str, size: int, limit: int) -> str:
    """Say that a file has more bytes than are kept."""
    return (
        f"{name} 有 {size / 2**20:,.0f} MB：最多只能保存 {limit / 2**20:,.0f} MB；"
        "请把它分成几部分。"
    )


STAY = f"上传的内容保留到最后一次使用后 {UPLOAD_HOURS} 小时，前提是服务器有足够空间。"


def gone(names: tuple[str, ...] = ()) -> str:
    """Say which uploads are no longer kept, and what to do; () where their names are gone, too."""
    few = "、".join(names[:3]) + (" …" if len(names) > 3 else "")
    return f"{f'{few} ' if few else '你提供的内容'}已不再保留：{STAY}请重新提供。"


def made_room(names: tuple[str, ...], megabytes: int) -> str:
    """Say which uploads had to go for a new one."""
    few = "、".join(names[:3]) + (" …" if len(names) > 3 else "")
    return f"为腾出空间已移除：{few}。每个会话最多保存 {megabytes} MB。"


def undecided(question: str) -> str:
    """Say that a text in a link can be read in more than one way."""
    return f"链接中的文本有多种读法。{question}请重新输入并选择。"


def several(number: int) -> str:
    """Say that a text in a link is several sequences."""
    return f"链接中的文本包含 {number:,} 条序列：请重新输入并选择其中一条。"


def not_run_here(name: str) -> str:
    """Say that an upload has not been run by this network yet."""
    return f"这个网络还没有运行过 {cut(name, 60)}：请在序列列表中选择它。"


def size(rows: int, columns: int) -> str:
    """Say how large a table is."""
    return f"{count(rows, '行')}，{count(columns, '列')}"


def feeds(inputs: tuple[str, ...]) -> str:
    """Say which inputs a column feeds."""
    few = "、".join(inputs[:2]) + (" …" if len(inputs) > 2 else "")
    return f"作为 {few} 读入" if inputs else ROLES["input"]


def more_columns(number: int) -> str:
    """Say how many columns of a wide table are not shown."""
    return f"另有 {count(number, '列')}"


def sequence_line(name: str, label: str | None, timesteps: int) -> str:
    """Name one of several sequences: what it is called, its label, its length."""
    labelled = f"，标签 {cut(label, 30)}" if label else ""
    return f"{cut(name, 50)}{labelled}，{count(timesteps, '个时间步')}"


def numbered(place: int, total: int, line: str) -> str:
    """Name one of several sequences in a list."""
    return f"第 {place + 1:,} 条，共 {total:,} 条：{line}"


def head(name: str) -> str:
    """Head the preview of a file."""
    return f"如何读取 {cut(name, 60)}"


def reading(name: str, size: int) -> str:
    """Say which file is being read, and how large it is."""
    return f"正在读取 {cut(name, 60)}，{size / 2**20:,.1f} MB …"


CANCEL_READING = "取消"
CANCEL_READING_HELP = "停止读取；文件仍留在序列列表中"


def how_far(name: str, size: int, counted: str, done: int, total: int, seconds: float) -> str:
    """Say how far the reading of a large file is."""
    parts = {
        "bytes": f"已切分 {done / 2**20:,.0f} / {total / 2**20:,.0f} MB",
        "columns": f"第 {done:,} 列，共 {total:,} 列",
    }
    return f"{reading(name, size)} {parts.get(counted, '')} {seconds:,.0f} 秒".replace("  ", " ")


def waits_its_turn(name: str, before: int) -> str:
    """Say how many files of others are read before this one."""
    return f"{cut(name, 60)} 正在排队：前面还有{count(before, '个文件')}要读取。"


def reading_cancelled(name: str) -> str:
    """Say that the reading of a file was ended."""
    return f"没有读取 {cut(name, 60)}：已取消。可以在序列列表中选择它。"


def reading_broke(name: str) -> str:
    """Say that the process that read a file has ended without an answer."""
    return f"无法读取 {cut(name, 60)}：读取过程中断。请只提供其中一部分。"


def reading_takes_too_long(name: str, seconds: float) -> str:
    """Say that a file takes more time than there is for one."""
    return f"读取 {cut(name, 60)} 需要超过 {seconds:,.0f} 秒：请把它分成几部分。"


def reading_needs_memory(name: str, limit: int) -> str:
    """Say that a file takes more memory than there is for one."""
    return f"读取 {cut(name, 60)} 需要超过 {limit / 2**30:,.0f} GB 内存：请把它分成几部分。"


def too_large_to_keep(name: str) -> str:
    """Say that what was read of a file is more than the server keeps."""
    return f"{cut(name, 60)} 的数值多到无法保存：请只保留网络需要的列和行。"


def read_alike(name: str, sequences: int) -> str:
    """Say that a file given together with another one asks nothing."""
    return f"{cut(name, 60)}：{count(sequences, '条序列')}，没有疑问：与当前文件一起运行"


def asked_later(name: str) -> str:
    """Say that a file given together with another one asks something."""
    return f"{cut(name, 60)}：有需要回答的问题，请在序列列表中选择它"


def or_type(example: str) -> str:
    """Say how an answer may be typed that is not in the list."""
    return f"或直接输入，例如：{example}"


def fed(name: str, column: str | None) -> str:
    """Say in a list of inputs which column feeds one."""
    return f"{cut(name, 40)} ← {cut(column, 40) if column else '?'}"


def use(kind: str, inputs: tuple[str, ...], decided: bool) -> str:
    """Say what a column is used for; before anything is decided only what it holds."""
    if kind == "input":
        return feeds(inputs)
    if not decided and kind in HOLDS:
        return HOLDS[kind]
    return ROLES[kind]


def gaps(number: int) -> str:
    """Say how many values of a column are missing."""
    return f"缺失 {number:,} 个值"


def sequences_head(number: int) -> str:
    """Head the list of sequences in a file."""
    return count(number, "条序列")


def more_sequences(number: int) -> str:
    """Say how many sequences are not named."""
    return f"另有 {count(number, '条')}"


def named(name: str, label: str | None) -> str:
    """Name a sequence in a file, with its label."""
    return f"{cut(name, 50)}（{cut(label, 30)}）" if label else cut(name, 50)


def fed_by(inputs: dict[str, str]) -> str:
    """Say which columns feed which inputs."""
    pairs = [
        name if name == column else f"{cut(column, 30)} → {cut(name, 30)}"
        for name, column in inputs.items()
    ]
    return "、".join(pairs[:3]) + (f" …（共 {len(pairs)} 个输入）" if len(pairs) > 3 else "")


def held_against(column: str, scaling: tuple[float, float]) -> str:
    """Say what the prediction is held against, and how that is scaled."""
    mean, deviation = scaling
    scaled = "" if scaling == (0.0, 1.0) else f"，均值 {mean:.4g}，标准差 {deviation:.4g}"
    return f"与 {cut(column, 30)} 比较{scaled}"


def remark_count(number: int) -> str:
    """Say how much was noticed."""
    return count(number, "条说明")
