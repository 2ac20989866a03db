"""Every sentence of what a reader takes along, in Simplified Chinese."""

from __future__ import annotations

SAVE_PAGE = "下载为网页（HTML）"
SAVE_PAGE_HELP = "把主图存成一个文件：不需要本应用，也不需要联网即可播放"
FRAME = "LSTM 逐步演示"
TIMESTEP = "时间步"
FOOTER = (
    "由 Gatescope 制作。这里的每个数值都由网络实际计算得出。无需联网："
    "用方向键逐步查看，按空格键播放。"
)


def too_long(timesteps: int, most: int, most_bytes: int) -> str:
    """Say that a run is too long for a page in one file, and what can be done."""
    return (
        f"这次运行有 {timesteps:,} 个时间步，而单文件网页最多容纳 {most:,} 个"
        f"（{most_bytes / 1e6:.0f} MB）：请只运行序列中的一段。"
    )
