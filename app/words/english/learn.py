"""The sentences of the page Learn that belong to no lesson."""

from __future__ import annotations

TITLE = "Learn"
LESSON = "Lesson"
BACK, NEXT, AGAIN = "Back", "Go on", "Begin again"
DONE = "✓ Done."
RIGHT = "✓ Right."
WRONG = "✗ Not so: {right}."
LAST = (
    "That was the last step. Now it is yours: type a string, train a network, or open your model."
)
EXPLORE, TRAIN, MODEL = "Type a string", "Train one", "Open your model"
PRIVATE = "What you answer stays in this page and is stored nowhere."


def place(step: int, steps: int, minutes: int) -> str:
    """Say which step of how many this is, counted from 0, and how long the lesson takes."""
    return f"Step {step + 1} of {steps} · about {minutes} minutes in all"
