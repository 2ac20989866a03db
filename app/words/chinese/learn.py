"""The sentences of the page Learn that belong to no lesson, in Simplified Chinese."""

from __future__ import annotations

TITLE = "教程"
LESSON = "课程"
BACK, NEXT, AGAIN = "上一步", "继续", "从头开始"
DONE = "✓ 完成。"
RIGHT = "✓ 答对了。"
WRONG = "✗ 不对，正确答案是：{right}。"
LAST = "这是最后一步。接下来轮到你了：输入一个字符串，训练一个网络，或者打开你自己的模型。"
EXPLORE, TRAIN, MODEL = "输入字符串", "训练网络", "打开你的模型"
PRIVATE = "你的回答只留在本页面，不会保存到任何地方。"


def place(step: int, steps: int, minutes: int) -> str:
    """Say which step of how many this is, counted from 0, and how long the lesson takes."""
    return f"第 {step + 1} 步，共 {steps} 步 · 全程约 {minutes} 分钟"
