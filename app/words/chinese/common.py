"""Every sentence that the reader sees and several pages share, in Simplified Chinese.

A noun that is counted comes with its measure word: `count(3, "个单元")`.
"""

from __future__ import annotations

from ..formatting import cut

TITLE = "Gatescope"
UNSEEN_HEADS = {
    "learn": "一步一步了解 LSTM 的工作原理",
    "train": "训练一个网络，看它如何学习",
}
NUMBERS = "这张图的数据"
THINNED = "每 {rows} 行只列出一行，每 {columns} 列只列出一列。"
HEADLINES = {
    "lstm": "LSTM 默认就会记住。来看看它是怎么做到的。",
    "gru": "GRU 用一个门决定保留还是替换。来看看它是怎么做的。",
    "rnn": "标准 RNN 每一步都要重新生成整个记忆。来看看它是怎么做的。",
}

LANGUAGE = "语言"
ENGLISH_ONLY = "部分说明目前只有英文。"  # what is said in English alone

# The row above the stage
DEMO = "网络"
CELL = "循环单元"
CELL_HELP = "同一任务，换成另一种循环单元：训练方式相同，停在同一时间步"
SEQUENCE = "序列"
LAYER = "层"
DIRECTION = "方向"
DIRECTIONS = {"forward": "正向", "backward": "反向（从右到左）"}
TYPE = "输入"
TYPE_HELP = "输入或粘贴你自己的序列"
UPLOAD = "上传"
UPLOAD_HELP = "从你的文件中读取序列"
NEW = "换一条"
NEW_HELP = "新的随机序列，与网络训练时见到的同类"
RUN = "运行"
UPLOAD_HOURS = 4
TYPED_LABEL = "你的序列"
UPLOAD_LABEL = "包含序列的文件"
COPY = "复制链接"
COPIED = "链接已复制"
COPY_FAILED = "请从浏览器的地址栏复制地址"

# The details
TABS = {
    "highlights": "要点",
    "arithmetic": "计算过程",
    "prediction": "预测",
    "why": "为什么",
    "what_if": "假设分析",
    "pair": "对照",
    "units": "单元",
    "unit_page": "单个单元",
    "values": "数值",
    "reading": "细读",
    "exercises": "练习",
    "teach": "教学",
}
TRAINING = {"training": "训练"}  # of a demo, whose training we know
CERTIFICATE = {
    "reached": "达到的结果",
    "criterion": "衡量标准",
    "published": "文献结果",
    "training": "训练数据",
    "seed": "随机种子",
    "made_by": "生成脚本",
    "versions": "版本",
    "date": "日期",
    "licence": "许可证",
    "sha256": "权重的 SHA-256",
}
CHOOSE_UNIT = "图中显示的是所有单元的均值。选择一个单元（点击，或按 ↑、↓ 键）即可查看它的计算过程。"
LARGEST = "最大的几项"
NO_WEIGHTS = "这个门没有自己的权重。"
PARTS = {
    "input": "输入",
    "recurrent": "循环连接",
    "peephole": "窥视孔",
    "bias": "偏置",
    "recurrent_bias": "循环偏置",
}
PART_SYMBOLS = {
    "input": "x·W",
    "recurrent": "h₋·U",
    "peephole": "p·c",
    "bias": "b",
    "recurrent_bias": "r·bu",
}
TABLES = {"units": "所有单元，当前时间步", "timesteps": "当前单元，所有时间步"}
TABLE_LABEL = "表格的行"
DOWNLOAD_TABLE = "下载此表（CSV）"
DOWNLOAD_ALL = "下载整次运行（CSV）"
SIGNAL = "信号"
EXPECTS = "网络预期接下来出现什么"
PREDICTS = "网络的预测"
MAY_FOLLOW = "✓ 可以出现"
DID_FOLLOW = "✓ 实际出现"
ANSWERS = "网络此刻的回答"
RIGHT_ANSWER = "✓ 正确"
NUMBER_COLUMNS = ("预测值", "真实值", "误差")
NO_TRUTH = "在这个时间步没有提问，或者真实值未知。"
NO_READOUT = "这个网络没有读出层，不做预测。"


def page_title(page: str) -> str:
    """Name a page in the browser's tab."""
    return f"{page} · {TITLE}"


def caption(units: int, parameters: int, kind: str) -> str:
    """Say what network this is, in a few words."""
    return f"{kind}，{count(units, '个单元')}，{count(parameters, '个可训练参数')}。"


def steps(timesteps: int) -> str:
    """Say how long the sequence is."""
    return count(timesteps, "个时间步")


def typed_hint(columns: tuple[str, ...], alphabet: tuple[str, ...]) -> str:
    """Say how to write a sequence for this network."""
    if columns:
        if len(columns) == 1:
            return f"数值（{columns[0]}），用逗号、空格或换行分隔。"
        few = columns if len(columns) <= 6 else (*columns[:3], "…", columns[-1])
        return f"每行一个时间步：{', '.join(few)}，用逗号分隔。"
    white = [quoted(symbol) for symbol in alphabet if symbol.isspace()]
    letters = [symbol for symbol in alphabet if not symbol.isspace()]
    shown = " ".join(letters[:60]) + (" …" if len(letters) > 60 else "")
    return f"字母表：{'、'.join([*white, shown])}"


def scaling(columns: tuple[tuple[str, float, float], ...]) -> str:
    """Say how numbers are scaled before the network reads them: name, offset, scale of each."""
    one = len(columns) == 1
    rules = [
        f"({'数值' if one else name} {_minus(offset)}) / {scale:.4g}"
        for name, offset, scale in columns
        if (offset, scale) != (0, 1)
    ]
    if not rules:
        return "网络直接读入原始数值。"
    return f"网络读入的是 {'、'.join(rules)}，缩放方式与训练时相同。"


def _minus(offset: float) -> str:
    return f"− {offset:.4g}" if offset >= 0 else f"+ {-offset:.4g}"


def own_sequence(kind: str, value: str) -> str:
    """Name a sequence that isn't one of the demo's, in the picker."""
    if kind == "seed":
        return f"随机，种子 {value}"
    return f"输入：{cut(value, 40)}" if kind == "text" else f"上传：{cut(value, 40)}"


def not_in_link(name: str) -> str:
    """Say how long an upload stays, and that a copied link does not carry it."""
    return (
        f"{cut(name, 60)} 会在服务器上保留到最后一次使用后 {UPLOAD_HOURS} 小时，"
        "刷新页面或切换页面都不受影响；复制的链接中不包含它。"
    )


def upload_missing(name: str) -> str:
    """Say that a sequence is not here: it came with somebody's link, or is no longer kept."""
    return (
        f"这里没有 {cut(name, 60)}：复制的链接中不包含它，而上传的内容只保留到最后一次使用后 "
        f"{UPLOAD_HOURS} 小时。请提供该文件以查看。"
    )


def shown_instead(problem: str, shown: str) -> str:
    """Say why a sequence cannot be shown, and which one is there instead."""
    return f"{problem}现在显示的是：{shown}。"


def still_shown(problem: str) -> str:
    """Say what was wrong, and that nothing was lost."""
    return f"{problem}主图上的序列没有改变。"


HERE = {
    "line": "时间步 {t} / {last}{reads}；{who}{time}",
    "reads": "，读入{token}",
    "time": "；时间戳 {time}",
    "mean": "所有单元的均值",
    "unit": "单元 {unit}",
}
"""Which timestep and which unit the details are about; the browser says it, too."""


def here(t: int, timesteps: int, token: str, unit: int, time: str = "") -> str:
    """Say which timestep and which unit the details are about, counted from 0 as on the stage.

    `time` is the time stamp of the timestep, if it has one.
    """
    shown = HERE["reads"].format(token=quoted(token)) if token else ""
    stamp = HERE["time"].format(time=cut(time, 40)) if time else ""
    who = mean_or_unit(unit)
    return HERE["line"].format(t=t, last=timesteps - 1, reads=shown, who=who, time=stamp)


def mean_or_unit(unit: int) -> str:
    """Name a unit; below 0 it is the mean over all."""
    return HERE["mean"] if unit < 0 else HERE["unit"].format(unit=unit)


def no_such_network(name: str, shown: str) -> str:
    """Say that a link names a network that is not here, and what is shown instead."""
    return f"这里没有名为“{cut(name, 60)}”的网络，现在显示的是 {shown}。"


def twin(title: str) -> str:
    """Say which twin reads here instead of the demo's own network."""
    return f"此处读取序列的是示例网络的对照网络，训练方式相同：{title}。"


def twin_results(results: tuple[tuple[str, int, int], ...]) -> str:
    """Say what a twin reached, and what another one did that had another number of units.

    `results` are title, sequences wrong and sequences, the twin's own first; "" for none.
    """
    if not results:
        return ""
    (_, wrong, tried), *others = results
    told = f"在 {tried:,} 条新序列中，它答对 {tried - wrong:,} 条"
    rest = [f"{title}：{of:,} 条中答对 {of - bad:,} 条" for title, bad, of in others]
    return f"{told}（{'；'.join(rest)}）。" if rest else f"{told}。"


WRONG_PREDICTION = "预测错误"


def may_follow(symbols: tuple[str, ...]) -> str:
    """Say what the task allows next."""
    if not symbols:
        return "此处之后不允许出现任何符号：字符串已经结束，或者已经违反规则。"
    return f"实际可以出现：{'、'.join(symbols)}。"


def right_answer(symbols: tuple[str, ...]) -> str:
    """Say which class the task asks for."""
    if not symbols:
        return "此处没有提问。"
    return f"正确答案：{'、'.join(symbols)}。"


def did_follow(symbols: tuple[str, ...]) -> str:
    """Say what came next in a text where anything may."""
    if not symbols:
        return "序列到此结束，接下来是什么无从得知。"
    return f"实际出现的是：{'、'.join(map(quoted, symbols))}。"


QUOTED = {" ": "空格", "\n": "换行符", "\t": "制表符"}
QUOTE = "“{symbol}”"


def quoted(symbol: str) -> str:
    """Return a symbol in quotation marks; a space or a line break gets its name."""
    return QUOTED.get(symbol, QUOTE.format(symbol=symbol))


def dimension(k: int) -> str:
    """Name one number of an embedding or of a vector."""
    return f"第 {k} 维"


def unit_of_layer(k: int, layer: str) -> str:
    """Name a unit of the layer below."""
    return f"{layer} 的单元 {k}"


def unit_lines_title(unit: int) -> str:
    """Head the lines of one unit."""
    return f"单元 {unit} 随时间的变化"


def window(first: int, last: int, timesteps: int) -> str:
    """Say which part of a long run is shown, first and last counted from 0."""
    return (
        f"显示当前位置附近的时间步 {first:,} 至 {last:,}（共 {timesteps:,} 个）："
        "更长的图会超出屏幕的列数。"
    )


_BARE = {"序列": "条序列", "字符串": "个字符串"}  # as certificates name what they count


def count(number: int, noun: str) -> str:
    """Return "1 个单元", "12 个单元"; `noun` comes with its measure word."""
    return f"{number:,} {_BARE.get(noun, noun)}"


def held_at(value: str) -> str:
    """Say at which value a state is held."""
    return f"固定为 {value}"


def held_instead(value: str, computed: str) -> str:
    """Say at which value a gate is held, and what was computed in its place."""
    return f"固定为 {value}，代替 {computed}"
