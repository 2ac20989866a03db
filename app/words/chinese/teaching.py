"""What is said to a teacher, in Simplified Chinese."""

from __future__ import annotations

TEACH = "教学"
CONTROLS = {
    "network": "网络列表",
    "cell": "单元类型的选择",
    "sequence": "序列列表",
    "own": "自己的序列",
    "new": "新的随机序列",
    "layer": "层的选择",
    "details": "主图下方的标签页",
    "pages": "其他页面",
    "link": "链接按钮",
}
CONTROLS_OF = {
    "learn": {"network": "课程列表"},
    "train": {"network": "任务和网络的选择"},
    "sequences": {"own": "上传序列"},
}
WITHOUT_FILE = "链接无法带上你的文件：打开它的人需要自备该文件或自己的模型。"
LINK = {
    "hide": "对班级隐藏",
    "link": "课堂链接",
    "copy": "复制课堂链接",
    "copied": "课堂链接已复制",
    "failed": "请从文本框中复制链接",
    "code": "课堂链接的二维码",
    "enlarge": "放大显示二维码",
    "close": "关闭",
    "too_long": "此链接太长，无法生成二维码。",
    "local": "此地址只能通到本机：请用班级能够访问的地址打开本页。",
    "plan": "教案",
    "add": "加入当前画面",
    "save": "保存教案",
    "open": "打开教案",
    "play": "开始",
    "empty": "教案是一组这样的链接：先加入当前画面，再转到下一个。",
    "remove": "移除 {title}",
    "step": "{title}，时间步 {t}",
    "bad": "此文件中没有链接：教案是每行一个链接的文本文件。",
}
PLAN = {
    "region": "教案",
    "place": "第 {k} 个，共 {n} 个：{title}",
    "back": "上一个",
    "next": "下一个",
    "end": "结束教案",
    "keys": "Shift + Page Down 前进，Shift + Page Up 后退；演示时翻页笔在序列的两端也会切换。",
}
ROOM = {
    "region": "跟我来",
    "lead": "班级的主图会跟着你的主图：网络、序列、改动、时间步和单元。学生自己操作时就脱离跟随，"
    "按一个按钮即可回来。服务器不保存其中任何内容。",
    "word": "房间口令",
    "open_room": "打开房间",
    "bad": "房间口令由 3 到 24 个字母、数字或连字符组成：请输入例如 lstm-7b。",
    "room_link": "房间链接",
    "copy_room": "复制房间链接",
    "copied_room": "房间链接已复制",
    "room_code": "房间链接的二维码",
    "close_room": "关闭房间",
    "leading": "班级正在房间 {word} 中跟随你。",
    "count": "已连接 {n} 人",
    "unseen": "班级停留在原处：此画面是关于只有你才有的文件。",
    "taken": "这个口令的房间已属于别人：请离开并另选一个口令。",
    "full": "此服务器上的房间太多：请稍后再试。",
    "connecting": "正在连接房间 {word} ……",
    "waiting": "你在房间 {word} 中；老师还没有到。",
    "following": "你正在房间 {word} 中跟随老师。",
    "alone": "你已自己操作；班级继续在房间 {word} 中。",
    "closed": "房间 {word} 已关闭。",
    "stop": "停止跟随",
    "again": "重新跟随",
    "leave": "离开房间",
}
ONE_PROCESS = (
    "由一个 Gatescope 进程服务全班时可用；除非托管者另有选择，通常就是如此。"
    "多个进程需要一个共用文件夹（GATESCOPE_STORE）。"
)

SHOW_ANSWERS = "显示答案"
OTHER_EXERCISES = "换一组练习"
NO_NUMBER = "这不是数：请输入如 0.73 的数。"


def exercises_lead(seed: int, tolerance: float) -> str:
    """Say what is asked here, and which exercises these are."""
    return (
        f"练习 {seed}：本网络读一个随机序列时的数，保留两位小数。误差不超过 {tolerance} 即为正确。"
        "链接会带上同一组练习。"
    )


def exercise(asked: str, givens: str, unit: int, timestep: int) -> str:
    """Ask for a value; `givens` are what it follows from, a being the preactivation."""
    return f"若 {givens}，单元 {unit} 在时间步 {timestep} 的 {asked} 是多少？"


def exercise_right(equation: str) -> str:
    """Say that an answer is right, and by which equation."""
    return f"✓ 正确：{equation}。"


def exercise_wrong(equation: str) -> str:
    """Say that an answer is wrong, and which equation leads to the right one."""
    return f"✗ 不对。请用 {equation}。"


HANDOUT = "讲义"
HANDOUT_HELP = "两页，可由浏览器打印或存为 PDF：一页是带空格的当前画面，一页是答案"
NAME, TIMESTEP, READS = "姓名", "时间步", "读入"
PREACTIVATIONS = "a 是括号里的和。由它算出各个方框，保留两位小数。"


def solutions(title: str) -> str:
    """Head the page with the solutions."""
    return f"答案：{title}"


def heatmap_title(signal: str) -> str:
    """Head the table of values; `signal` is what the cell remembers in."""
    return f"若干单元的{signal}：请填写空白的一行"


def about_module(t: int, token: str, unit: int) -> str:
    """Head the drawing of the module."""
    reads = f"，读入“{token}”" if token else ""
    return f"时间步 {t} 的模块{reads}；单元 {unit}"


def unit_name(unit: int) -> str:
    """Name a unit at the edge of a table."""
    return f"单元 {unit}"


def exercises_title(number: int) -> str:
    """Head the exercises, which are on another sequence."""
    return f"练习 {number}，取自随机序列"


def gates_title(unit: int) -> str:
    """Head the table of the gates of a unit, from which its memory follows."""
    return f"单元 {unit} 在同样时间步的门"
