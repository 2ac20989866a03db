"""Why the trainer refuses a run or ends it, each in one plain sentence, in Simplified Chinese."""

from __future__ import annotations


def too_long(minutes: float, most: float) -> str:
    """Say that an experiment would take too long."""
    return (
        f"这次训练大约需要独占一个处理器 {minutes:,.0f} 分钟，而这里最多允许 {most:.0f} 分钟："
        "请减少更新次数、单元数或时间步数，或者减小批量。"
    )


def update_too_long(seconds: float, most: float) -> str:
    """Say that one update would keep other readers waiting."""
    return (
        f"一次更新大约需要 {seconds:,.1f} 秒，而这里最多允许 {most:g} 秒："
        "请减少单元数或时间步数，或者减小批量。"
    )


def too_large(megabytes: float, most: float) -> str:
    """Say that one update would take too much memory."""
    return (
        f"一次更新大约需要 {megabytes:,.0f} MB 内存，而这里最多允许 {most:.0f} MB："
        "请减少单元数或时间步数，或者减小批量。"
    )


def too_many(most: int, waiting: int) -> str:
    """Say that as many runs are being trained, and wait for it, as may be."""
    return f"这里已有 {most} 个网络正在训练，另有 {waiting} 个在排队：请过几分钟再试。"


def too_many_kept(most: int) -> str:
    """Say that as many runs are kept as may be."""
    return f"这里已保留了 {most} 次训练：请过几分钟再试。"


def diverged(updates: int) -> str:
    """Say that training diverged, and what helps."""
    return f"更新 {updates:,} 次后数值发散：请降低学习率，或减小梯度范数上限。"


def broken(updates: int, reason: str) -> str:
    """Say that an update could not be computed."""
    return f"训练在 {updates:,} 次更新后中断：{reason.rstrip('.。')}。"


def process_gone(updates: int) -> str:
    """Say that the worker process has ended, and what can be done."""
    return f"训练这个网络的进程意外结束：点击“继续”可从第 {updates:,} 次更新接着训练。"


def time_is_up(minutes: float) -> str:
    """Say that a run has used its processor time."""
    return f"这次训练已用完 {minutes:.0f} 分钟的处理器时间：已学到的内容会保留。"
