"""Every sentence of what a reader takes along, in Simplified Chinese."""

from __future__ import annotations

SAVE_PAGE = "下载为网页（HTML）"
SAVE_PAGE_HELP = "把主图存成一个文件：不需要本应用，也不需要联网即可播放。"
SAVE_FIGURE_PNG = "将图片下载为 PNG"
SAVE_FIGURE_SVG = "将图片下载为 SVG"
SAVE_FIGURE_CSV = "将数据下载为 CSV"
SAVE_TRACE = "下载完整轨迹（NPZ）"
SAVE_TRACE_HELP = "每个时间步的每个信号，存为 NumPy 数组：numpy.load(…)"
SNIPPET = "用 Python 重现"
SNIPPET_NOTE = "安装 Gatescope 后，这几行代码会重现这次运行，数值相同。"
SNIPPET_FILE = "你的文件名"
SNIPPET_START = "它从“假设分析”里设定的其他状态开始，这几行代码没有包含。"
SAVE_RUNS_TABLE = "下载各次运行的表格（CSV）"
SAVE_RUNS = "下载各次完整运行（NPZ）"
STUDIES_SNIPPET = "用 Python 重做这些图和研究"
STUDIES_SNIPPET_NOTE = (
    "安装 Gatescope 后，这些代码会重新测量图中所示的内容。探针要重新拟合，需要几秒钟。"
)
SAVE_WATCHED_TABLE = "下载所示运行的表格（CSV）"
SAVE_WATCHED = "下载所示的完整运行（NPZ）"
TRAINING_SNIPPET_NOTE = (
    "安装 Gatescope 后，这些代码会逐次更新地重新训练这个网络："
    "在同一台机器、同一版本的 NumPy 上得到相同的数字。"
)
FRAME = "LSTM 逐步演示"
TIMESTEP = "时间步"
FOOTER = (
    "由 Gatescope 制作。这里的每个数值都由网络实际计算得出。无需联网："
    "用方向键逐步查看，按空格键播放。"
)


def pooled(timesteps: int, first: int, last: int) -> str:
    """Say what a page in one file holds of a long run."""
    return (
        f"这次运行有 {timesteps:,} 个时间步：页面以合并方式显示全程（每段的最小值与最大值），"
        f"并含时间步 {first:,} 至 {last:,} 的精确数值。"
    )
