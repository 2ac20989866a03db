"""The Chinese sentences of the page Sequences."""

from __future__ import annotations

from ..formatting import number, percent
from .common import count

TITLE = "序列"
HEADLINE = "一次看遍所有序列：哪一条与其余的不同？同样的事还发生在哪里？"
NOTHING_YET = (
    "选一个网络和它的序列，再按“概览”。每条序列运行一次，各个门和状态的值都会保留，供搜索使用。"
)
NOT_KEPT = "这份概览没有保存在这里，或已不再保存：按“概览”，每条序列会运行一次。"
DETAILS = "主图上这条序列的细节"
OTHER_MODEL = "这个语料是用另一个网络做的：请选用当时的网络。"
GONE = "那个文件已不再保留：请重新提供。"
NO_MEMORY = "内存不足以处理这些序列：请少选一些。"
NO_ROOM = "这些序列所需的空间超出了本服务器给一份概览的限度：已完成的部分会保留。"
NO_DISK = "服务器的磁盘无法再写入这份概览：已完成的部分会保留，有空间后再按“概览”会从那里继续。"
BROKE = "概览中断了，可能是内存不足：再按“概览”，会从中断处继续。"

# The row above
COUNT = "多少条"
SURVEY = "概览"
SURVEY_HELP = "把每条序列运行一次，保留各个门和状态的值"
FRESH = "该任务的新序列"
RECORDED = "记录下来的序列"
OF_WHICH = "哪些序列"
CANCEL = "停止"
CANCEL_HELP = "已完成的会保留，再按“概览”从那里继续"

# The survey
SURVEY_HEAD = "概览表"
SURVEY_COLUMNS = {
    "number": "编号",
    "name": "名称",
    "picture": "记忆",
    "label": "标签",
    "predicted": "预测",
    "right": "对错",
    "timesteps": "时间步",
    "loss": "损失",
    "memory": "最大记忆",
    "saturated": "饱和的门",
    "unlike": "与其余不同",
}
RIGHT = {1: "对", 0: "错"}
FILTER = "名称包含"
FILTER_HELP = "一段文字或一个正则表达式"
LABELS = "标签"
ONLY_WRONG = "只看错的"
SORT = "排序依据"
UPWARDS = "从小到大"
NUMBER = "序列编号"
OPEN = "在主图中打开"
OPEN_HELP = "或点击某一行左侧的方框"
COLUMNS_HEAD = "各列的含义"
COLUMNS_NOTE = (
    "记忆：所有单元 |c| 的平均值随时间的变化（没有单元状态时为 |h|）。损失：实际出现的符号或标签的"
    "平均意外程度 −ln p；对数值则是网络尺度上的均方误差。最大记忆：最大的 |c|。饱和的门：低于 0.1 "
    "或高于 0.9 的比例。与其余不同：每个单元的平均隐藏状态与所有序列的中位数相差多少个稳健标准差，"
    "再对各单元取均方根；1 属于平常，短序列更容易显得不同。"
)

# The search
SEARCH_ALL = "在所有序列中搜索这一处"
SEARCH_HEAD = "同样的事还发生在哪里？"
SEARCH_NOTE = (
    "在主图的热图上拖动，或在那里按 Shift 加 ← 和 →，标出一段。所涉及的单元，是其信号在整段中"
    "达到或超过阈值、而在段外紧邻处低于阈值的那些。"
)
OTHER_LAYER = "这份概览属于另一层或另一方向：请选用概览时的那一层。"
NO_UNITS = "没有单元在整段中开启而在段外关闭：请换一段、换一个信号或阈值，或减少要求关闭的一侧。"
FIRST = "首个时间步"
LAST = "末个时间步"
SIGNAL = "信号"
OUTSIDE = "段外关闭"
OUTSIDES = {"both": "前后都关闭", "before": "之前", "after": "之后", "neither": "都不要求"}
THRESHOLD = "阈值"
LEAST = "必须开启的单元数"
MATCH = "匹配"
OPEN_MATCH = "跳到那里"
EXPORT_CSV = "匹配结果（CSV）"
EXPORT_JSON = "匹配结果（JSON）"
MATCH_COLUMNS = {
    "rank": "名次",
    "name": "序列",
    "first": "首",
    "last": "末",
    "read": "读入",
    "exact": "与此处相同的单元",
    "others": "其他开启的单元",
}
READS = "读入内容"
COUNTS_NOTE = "图中各匹配在每个位置读入了什么（从匹配开始处数起）：出现的次数，数值则为平均值。"
MATCH_HOVER = "%{customdata}<br>距开始 %{x}<br>读入 %{text}<br>平均 %{z:.3f}<extra></extra>"
FROM_BEGINNING = "距匹配开始处的时间步"

# Words and patterns
TEXT_HEAD = "文字与模式"
PATTERN = "文字或正则表达式"
PATTERN_HELP = "在每条读入的序列中搜索"
PATTERN_TOO_LONG = "这个表达式耗时太长：请写得简单些，或直接查找文本。"
PLACE = "位置"

# The overviews
OVERVIEWS_HEAD = "所有序列一览"
OVERVIEW = "总览"
OVERVIEWS = {
    "gates": "门",
    "event": "事件前后",
    "units": "一同变化的单元",
    "states": "两个轴上的序列",
}
GATES_NOTE = "每个单元的各个门在所有序列所有时间步上的平均值。"
GATES_SEQUENCES_NOTE = "各个门在一条序列中平均开到多大，这样的序列有多少条。"
UNITS_NOTE = "在均匀取自所有序列的时间步上，各单元之间的相关系数。一同升降的单元排在一起。"
STATES_NOTE = (
    "每个点是一条序列：它的平均隐藏状态，画在差异最大的两个方向（主成分）上；颜色按标签，"
    "没有标签则按预测。点击即可在主图中打开。"
)
NO_EVENT = "这件事没有发生：请选另一个事件。"
SYMBOL = "符号"
LABEL = "属于标签"
ANY = "任意"
UNLABELLED = "无标签"
OTHERS = "其他"
COLUMN = "列"
RISES_TO = "升到"
GATE_HOVER = "%{y}，单元 %{x}：%{z:.3f}<extra></extra>"
MEAN_GATE = "门在一条序列中的平均值"
SEQUENCES_COUNTED = "序列条数"
FROM_EVENT = "距事件的时间步"


def on_stage(name: str) -> str:
    """Name the sequence on the stage."""
    return f"主图上：{name}"


def asks(name: str) -> str:
    """Say that a file leaves something to ask."""
    return f"{name} 还有待确认之处：请先在“探索”或“你的模型”页打开它，再做概览。"


def progress(done: int, of: int, left: float | None, before: int) -> str:
    """Say how many sequences are run, and how long the rest will take."""
    if before:
        return f"等待轮到：前面还有其他读者的 {before:,} 份概览。"
    said = f"{count(of, '条序列')}中的 {done:,} 条"
    return said if left is None else f"{said}，还需 {max(round(left), 1):,} 秒"


def too_long(minutes: int) -> str:
    """Say that a survey took as long as it may."""
    return (
        f"因为还有别人在等，一份概览最多 {minutes:,} 分钟：已完成的部分会保留，再按“概览”可继续。"
    )


def stopped(done: int, of: int) -> str:
    """Say that a survey was stopped, and that what is done stays."""
    return f"已停止：完成了{count(of, '条序列')}中的 {done:,} 条。再按“概览”从那里继续。"


def surveyed(sequences: int, timesteps: int, skipped: int, problem: str) -> str:
    """Say how much was run, and what was left out, why the first of them."""
    said = f"{count(sequences, '条序列')}，{count(timesteps, '个时间步')}。"
    return f"{said}略去 {count(skipped, '条序列')}。{problem}" if skipped else said


def rows(shown: int, of: int) -> str:
    """Say how many rows the filters leave."""
    return f"{count(of, '条序列')}中的 {shown:,} 条"


def suggested(threshold: float) -> str:
    """Say where a threshold comes from."""
    return (
        f"{number(threshold)} 最能把这个信号的值分成两部分（大津法）。"
        "可选的各级正是索引精确知道的界限。"
    )


def hypothesis(units: tuple[int, ...], length: int, threshold: float) -> str:
    """Say which units a search is about."""
    listed = "、".join(map(str, units[:12])) + ("……" if len(units) > 12 else "")
    return f"单元 {listed}：在{count(length, '个时间步')}内达到或超过 {number(threshold)}。"


def matched(total: int, chance: float, units: int) -> str:
    """Say how many matches there are, and how many chance would give."""
    said = f"所有序列中共有 {total:,} 处匹配"
    if units == 1:
        return f"{said}；只有一个单元时谈不上偶然。"
    return f"{said}；若只凭偶然，预计有 {chance:,.1f} 处。"


def places(matches: int, most: int) -> str:
    """Say how many places a pattern has."""
    if not matches:
        return "哪里都没有。"
    return f"前 {matches:,} 处。" if matches == most else f"{matches:,} 处。"


def no_pattern(reason: str) -> str:
    """Say that a text is no regular expression."""
    return f"这不是正则表达式：{reason}。请在 ( [ * + ? 等符号前加 \\"


def states_note(drawn: int, sequences: int) -> str:
    """Say what a point of the projection is, and whether all sequences are drawn."""
    some = f"共 {sequences:,} 条序列，画出其中 {drawn:,} 条。" if drawn < sequences else ""
    return STATES_NOTE + some


def event_note(events: int, cut: bool) -> str:
    """Say over how many events the mean is taken."""
    first = "前 " if cut else ""
    return f"{first}{count(events, '个事件')}的平均值；0 是事件所在的时间步。"


def direction(number_: int, share: float) -> str:
    """Name a main direction, and how much of the variance lies along it."""
    return f"方向 {number_}（占方差的 {percent(share)}）"
