"""Every sentence of the static edition and of its command, in Chinese; plain texts."""

from __future__ import annotations

from .common import count

NAVIGATION = "页面"
HEADLINE = "看 LSTM 如何思考"
NETWORKS = "网络"
LESSONS = "课程"
TAGLINE = (
    "逐个时间步观察训练好的循环网络如何读取序列。每个数值都由网络真实算出，权重都经过真实训练。"
)
EXPLORE_HINT = "方向键逐步前进，空格键播放；点击图中的部件可打开它的卡片。"
NEEDS_PYTHON_TITLE = "哪些功能需要 Python"
NEEDS_PYTHON = (
    "这些页面只是文件：运行结果是事先算好的。读取你自己的序列、拖动门、主图下方的选项卡、"
    "“记忆”页、训练网络以及打开你自己的模型都需要 Python：安装 Gatescope"
    "（在其文件夹中运行 pip install .），然后输入 gatescope。"
)
NO_RUN = (
    "无法加载本页的运行数据。文件夹 “runs” 是否与这些页面放在一起？页面是否通过网页服务器打开？"
)
NO_SCRIPT = "主图由 JavaScript 绘制，而此浏览器已将其关闭。"
LAST = "这是最后一步。接下来，自己逐步查看这些网络："

COMMAND = (
    "把所有网络、序列和课程写成普通文件，放到任何网页服务器上：多大的班级都不需要 Python。"
    "运行结果现在计算。"
)
OUT = "要写入的文件夹：新的或空的"
LANGUAGE_OPTION = "页面的语言"
FORCE = "写入非空文件夹；同名文件会被替换，其他文件不动"


def lesson(title: str, minutes: int) -> str:
    """Name a lesson and how long it takes."""
    return f"{title} · 约 {minutes} 分钟"


def not_empty(folder: str) -> str:
    """Say that a folder has something in it, and what can be done."""
    return f"{folder} 不是空的：请换一个名字，或加上 --force 写入其中。"


def not_a_folder(name: str) -> str:
    """Say that a file has the name, and what can be done."""
    return f"{name} 是一个文件：请为文件夹换一个名字。"


def written(files: int, megabytes: float, folder: str) -> str:
    """Say what was written, and how to look at it."""
    return (
        f"已写入 {count(files, '个文件')}（{megabytes:.1f} MB）到 {folder}。"
        f"在本机查看：python -m http.server --directory {folder}"
    )
