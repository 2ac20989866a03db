"""A progress bar for training: one line that moves in a terminal, a few lines in a log.

fit(model, batches, recipe, on_progress=bar(recipe.updates))

[######--------------]  1,200 of 4,000  loss 0.0312  right 87 %  41 s left
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from typing import TextIO

from ..model import Model
from .fit import Progress

WIDTH = 20  # characters of the bar itself
OFTEN = 0.1  # seconds between two drawings in a terminal
SELDOM = 30.0  # seconds at most between two lines of a log
PARTS = 10  # how often a whole run is judged

Judge = Callable[[Model], float]
"""From a model to the share of fresh sequences that it gets right, 0..1."""


def bar(
    updates: int,
    judge: Judge | None = None,
    file: TextIO | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Bar:
    """Return what shows the progress of so many updates on `file`, None for stderr.

    `judge` is asked at each tenth of the updates. Call `end` where training stops early.
    """
    return Bar(updates, judge, file or sys.stderr, clock)


class Bar:
    """Hears of every update and draws when it is time to; see `bar`."""

    def __init__(
        self, updates: int, judge: Judge | None, file: TextIO, clock: Callable[[], float]
    ) -> None:
        self.updates, self.judge, self.file, self.clock = updates, judge, file, clock
        self.began = self.drawn = clock()
        self.before: int | None = None  # updates that were done before this run
        self.right: float | None = None
        self.open = False  # whether a line is drawn that has not ended yet

    def __call__(self, progress: Progress) -> None:
        """Take note of one update."""
        first = self.before is None
        if self.before is None:
            self.before = progress.updates - 1
        tenth = progress.updates * PARTS // self.updates
        turn = tenth > (progress.updates - 1) * PARTS // self.updates
        if turn and self.judge is not None:
            self.right = self.judge(progress.model)
        pause = OFTEN if self.file.isatty() else SELDOM
        if first or turn or self.clock() - self.drawn >= pause:
            self._draw(progress, progress.updates - self.before)

    def _draw(self, progress: Progress, done: int) -> None:
        self.drawn = self.clock()
        rest = (self.updates - progress.updates) * (self.drawn - self.began) / done
        text = line(progress, self.updates, self.right, rest)
        if self.file.isatty():
            columns = shutil.get_terminal_size().columns - 1
            self.file.write(f"\r{text[:columns].ljust(columns)}")
            self.open = True
        else:
            self.file.write(f"{text}\n")
        self.file.flush()
        if progress.updates >= self.updates:
            self.end()

    def end(self) -> None:
        """End the line that moves, so that what is written next begins a new one."""
        if self.open:
            self.file.write("\n")
            self.open = False


def line(progress: Progress, updates: int, right: float | None, seconds: float) -> str:
    """Return the line for this progress; `seconds` are still to go."""
    filled = WIDTH * progress.updates // updates
    parts = [
        f"[{'#' * filled}{'-' * (WIDTH - filled)}]",
        f"{progress.updates:,} of {updates:,}".rjust(2 * len(f"{updates:,}") + 4),
        f"loss {progress.loss:.4f}",
        "" if right is None else f"right {100 * right:.0f} %",
        f"{duration(seconds)} left" if progress.updates < updates else "done",
    ]
    return "  ".join(part for part in parts if part)


def duration(seconds: float) -> str:
    """Return a time in seconds, minutes or hours, whichever is not too fine."""
    whole = round(seconds)
    if whole < 100:
        return f"{whole} s"
    if whole < 6000:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
