"""Every sentence of the page Train, in Simplified Chinese. Texts are plain."""

from __future__ import annotations

from ..formatting import percent
from .common import count

TITLE = "训练"

# The choices
TASK = "任务"
CELL = "循环单元"
CELLS = {
    "lstm": "LSTM",
    "lstm_no_forget": "无遗忘门的 LSTM（1997）",
    "lstm_coupled": "耦合门 LSTM（f = 1 − i）",
    "lstm_peephole": "带窥视孔的 LSTM",
    "gru": "GRU",
    "rnn": "标准 RNN",
}
SHORT = {
    "lstm": "LSTM",
    "lstm_no_forget": "LSTM 1997",
    "lstm_coupled": "耦合 LSTM",
    "lstm_peephole": "窥视孔 LSTM",
    "gru": "GRU",
    "rnn": "RNN",
}
UNITS = "单元数"
LENGTH = "长度"
SEED = "随机种子"
SEED_HELP = "种子和其他选项都相同时，得到的网络逐个数值完全相同"
MORE = "更多选项"
START = "门的初始化"
STARTS = {True: "Chrono", False: "普通"}
START_HELP = (
    "训练前门的偏置如何设定。Chrono 随机抽取偏置，使记忆最长可达任务中最长的时滞"
    "（Tallec 与 Ollivier，2018）。"
)
FORGET_BIAS = "遗忘门偏置"
FORGET_BIAS_HELP = "较大的值使门在训练之初保持打开（Jozefowicz，2015）"
OPTIMISER = "优化器"
OPTIMISERS = {"adam": "Adam", "sgd": "SGD，动量 0.9"}
LEARNING_RATE = "学习率"
LAST = "…… 最终降至的比例"
LAST_HELP = "在计划的更新次数内按半个余弦周期下降；1 表示学习率保持不变"
UPDATES = "更新次数"
BATCH = "每次更新的序列数"
CLIPPING = "梯度范数上限"
CLIPPING_HELP = "范数超过此值的梯度会被缩短到此值（Pascanu，2013）"
WRITE_PENALTY = "写入代价"
WRITE_PENALTY_HELP = (
    "对网络写入记忆的内容收取代价：把这个数乘以 i · g 的平均绝对值（GRU 则为 (1 − z) · n）"
    "加到损失中。这样的网络只写入需要的内容，它的记忆因此更容易看懂。0 表示写入没有代价。"
)
AS_MANY = "与 LSTM 参数量相同"
AS_MANY_HELP = "选择单元数，使可训练参数与推荐的 LSTM 一样多"
RECOMMENDED = "推荐设置"
RECOMMENDED_HELP = "恢复为适合此任务和循环单元的设置"

# The actions
TRAIN = "训练"
TRAIN_HELP = "从一个全新的网络开始"
PAUSE = "暂停"
RESUME = "继续"
STEP = "更新一次"
STEP_HELP = "再学习一个批量，然后暂停"
STOP = "停止"
STOP_HELP = "到此结束；已学到的内容会保留"
CANCEL = "退出排队"
CANCEL_HELP = "不再等待；已学到的内容会保留"
GO_ON = "从这里继续训练"
GO_ON_HELP = "回到当前显示的检查点，舍弃之后的内容，再接着训练"
STATES = {
    "untrained": "尚未训练",
    "queued": "等待空闲的处理器",
    "running": "训练中",
    "paused": "已暂停",
    "stopped": "已停止",
    "done": "已完成",
    "failed": "提前结束",
}
CHANGED = "选项与当前显示的训练不同：点击“训练”将按新选项训练一个新网络。"
GONE = "这里训练过的网络已不在服务器内存中：点击“训练”可以重新得到它。"
EMPTY = "训练开始后，这里会逐次显示损失"

# The workbench
HEADING = "同一条序列，在第 {update} 次更新之后读入"
ANSWER = "预测"
TRUTH = {
    "labels": "边框：真实值",
    "numbers": "灰色：真实值",
    "once": "圆环：真实值",
}

# What can be taken away
EXPLORE = "在“探索”中逐步查看"
EXPLORE_HELP = "打开当前显示的检查点的网络"
SAVE = "另存为"
NOTHING_YET = "请先训练一个网络。"
USUAL = "与文献相同"
YES, NO = "是", "否"
RECIPE = {
    "task": "任务",
    "length": "长度",
    "cell": "循环单元",
    "units": "单元数",
    "forget_bias": "遗忘门偏置",
    "chrono": "Chrono 初始化",
    "optimiser": "优化器",
    "learning_rate": "学习率",
    "last": "最终降至的比例",
    "updates": "计划的更新次数",
    "batch": "每次更新的序列数",
    "longest_gradient": "梯度范数上限",
    "write_penalty": "写入代价",
    "seed": "随机种子",
}
RECIPE_LINK = "在“训练”中打开这份配方"
ELSEWHERE = "这个网络是在另一个会话中训练的；按它的配方可以训练出相同的网络。"
RECIPE_HEAD = "在这里训练，配方如下"
DRAWN_LATER = "这么大的网络要由后台进程来画：请按“训练”。在那之前显示的是推荐的网络。"


def counts_as_right(criterion: str) -> str:
    """Say when a sequence counts as right, of a criterion that is a whole sentence."""
    return f"什么算作正确：{criterion}"


def left_out(shown: int, units: int, factor: int) -> str:
    """Say what is left out of the pictures of a long sequence or a large network."""
    notes = [f"显示 {units:,} 个单元中的 {shown} 个。"] if shown < units else []
    if factor > 1:
        notes.append(f"每一列代表 {factor} 个时间步，取其中离均值最远的值。")
    return "".join(notes)


def instead(shown: str) -> str:
    """Say that a trained network is not here, and what is shown."""
    return (
        "这个链接指向的网络是在另一个会话中训练的，现已不在内存中；"
        f"按它的配方可以训练出相同的网络。现在显示的是：{shown}。"
    )


def counts(counted: str) -> str:
    """Label the length by what it counts."""
    return f"{LENGTH}：{counted}" if counted else LENGTH


def cost(numbers: int, seconds: float) -> str:
    """Say how many numbers are trained, and about how long it takes."""
    return f"需要训练 {count(numbers, '个参数')}，大约用时 {duration(seconds)}。"


def duration(seconds: float) -> str:
    """Return a time as a person would say it."""
    if seconds < 1.5:
        return "1 秒"
    if seconds < 90:
        return f"{seconds:.0f} 秒"
    if seconds < 5400:
        return f"{seconds / 60:.0f} 分钟"
    return f"{seconds / 3600:.1f} 小时"


def waits(place: int) -> str:
    """Say that a run waits for its turn, and its place in the line; 1 is the next one."""
    return f"正在排队：第 {place:,} 位"


def counted(update: int, updates: int) -> str:
    """Say how far training has come."""
    return f"更新 {update:,} / {updates:,}"


def time_left(seconds: float | None) -> str:
    """Say how long it still takes, where that is known."""
    return "" if seconds is None else f"大约还需 {duration(seconds)}"


def trained(task: str, cell: str, units: int, update: int) -> str:
    """Name a network that was trained here; what tells it from others comes first."""
    return f"训练所得的 {SHORT[cell]} {units}，第 {update:,} 次更新：{task}"


def about(seed: int, update: int, success: float) -> str:
    """Say what a trained network reached."""
    done, right = count(update, "次更新"), percent(success)
    return f"种子 {seed}，经过 {done}：新序列的正确率为 {right}。"


def not_understood(problem: str) -> str:
    """Say that a link spells no experiment."""
    return f"这个链接要求的内容不存在（{problem}）。现在显示的是推荐设置。"


def save_intro(update: int) -> str:
    """Say which network is saved: that of the checkpoint that is shown."""
    return f"保存第 {update:,} 次更新之后的网络，即当前显示的检查点；权重保持不变。"


def cannot_save(suffix: str, problem: str) -> str:
    """Say why a format cannot hold this network."""
    return f"{suffix}：{problem}"
