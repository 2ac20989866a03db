"""Which columns of numbers count or tell the time, by their course, their range and their name."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pyarrow.compute as pc

from lstm_core.record import Array, record

from . import names
from .report import Kind

LABELS = 0.5  # of the rows: with fewer different values a column may be one of labels
YEARS = (1500, 2200)
EPOCHS = (6e8, 4.2e9)  # seconds since 1970, of the years 1989 to 2103

Judged = tuple[Kind, bool]
"""A kind, and whether it is sure: whether the column could hardly be a signal."""


@record
class Course:
    """How the numbers of a column follow one another; `seen` are those that are there.

    `whole` where they are written without a decimal mark; `place` counts columns from 0.
    """

    name: str
    place: int
    seen: Array
    whole: bool

    @cached_property
    def steps(self) -> Array:
        """The differences of neighbours."""
        return np.diff(self.seen)

    @cached_property
    def low(self) -> float:
        """The least number."""
        return float(self.seen.min())

    @cached_property
    def high(self) -> float:
        """The greatest number."""
        return float(self.seen.max())

    @cached_property
    def one_way(self) -> bool:
        """Whether the numbers never fall, or never rise."""
        steps = self.steps
        return bool(len(steps)) and bool(np.all(steps >= 0) or np.all(steps <= 0))

    @cached_property
    def strict(self) -> bool:
        """Whether they go one way and never stand still."""
        return self.one_way and bool(np.all(self.steps != 0))

    @cached_property
    def steady(self) -> bool:
        """Whether all steps are equal, and not zero."""
        steps = self.steps
        if not len(steps) or steps[0] == 0:
            return False
        return bool(np.ptp(steps) <= 1e-6 * abs(steps[0]))

    @cached_property
    def restarts(self) -> bool:
        """Whether they rise, and now and then begin again."""
        falls = np.count_nonzero(self.steps < 0)
        return bool(0 < falls <= 0.34 * len(self.steps)) and bool(np.any(self.steps > 0))

    def within(self, low: float, high: float) -> bool:
        """Whether all numbers are in a range, its ends included."""
        return low <= self.low and self.high <= high


def number_kind(name: str, place: int, texts: Any, values: Array) -> Judged:
    """Return the kind of a column of numbers, and whether that is sure.

    `name` is "" where the file has none.
    """
    seen = values[np.isfinite(values)]
    if not len(seen):
        return "number", True
    marked = pc.any(pc.match_substring_regex(texts.slice(0, 1000), "[.,]")).as_py()
    whole = not marked and bool(np.all(seen == np.floor(seen)))
    course = Course(name=name, place=place, seen=seen, whole=whole)
    for judge in (_named_time, _unnamed_time, _index, _id):
        judged = judge(course)
        if judged is not None:
            return judged
    return "number", True


def _named_time(course: Course) -> Judged | None:
    """Whether numbers under the name of a time are one: in its range, or rising."""
    if not names.says_time(course.name):
        return None
    part = names.part_range(course.name)
    in_part = part is not None and course.whole and course.within(*part)
    if in_part and (course.high < 1000 or course.low >= 1000 or course.one_way):
        return "time", True
    rising = course.one_way or course.restarts or len(course.seen) == 1
    epochs = course.whole and course.within(1e8, 4e18)
    return ("time", True) if rising or epochs else None


def _unnamed_time(course: Course) -> Judged | None:
    """Whether numbers look like dates, epochs or years under any name."""
    first = course.place <= 1
    if course.whole and course.strict and (_are_dates(course) or _are_epochs(course)):
        return "time", first or not course.name
    if not course.within(*YEARS):
        return None
    if course.whole and course.one_way and 0 < np.abs(course.steps).max() <= 10:
        return "time", first and course.strict and len(course.seen) > 2
    even = course.strict and np.ptp(course.steps) < 0.1 * abs(course.steps.mean())
    return ("time", first) if even and not course.whole else None


def _are_dates(course: Course) -> bool:
    """Whether whole numbers are dates such as 20241231, or months such as 202412."""
    days = course.seen
    if course.within(15000101, 22001231):
        day = days % 100
        if not np.all((day >= 1) & (day <= 31)):
            return False
        days = days // 100
    elif not course.within(150001, 220012):
        return False
    month = days % 100
    return bool(np.all((month >= 1) & (month <= 12)))


def _are_epochs(course: Course) -> bool:
    """Whether numbers are seconds since 1970, or their thousandths, millionths, billionths."""
    return any(course.within(EPOCHS[0] * u, EPOCHS[1] * u) for u in (1.0, 1e3, 1e6, 1e9))


def _index(course: Course) -> Judged | None:
    """Whether numbers count: evenly, from 0 or 1 in the first column, or under such a name."""
    name = course.name
    counting = names.says_index(name) or (names.says_id(name) and not names.says_label(name))
    if len(course.seen) == 1:
        return ("index", True) if course.whole and names.says_index(name) else None
    if course.whole and course.steady:
        from_start = course.place == 0 and min(course.seen[0], course.seen[-1]) in {0, 1}
        by_one = abs(course.steps[0]) == 1
        if counting or (from_start and by_one):
            return "index", counting or not name or len(course.seen) > 2
    if names.says_index(name) and (course.strict or _counts_again(course)):
        return "index", course.steady and course.whole
    return ("index", False) if course.steady and len(course.seen) > 2 else None


def _counts_again(course: Course) -> bool:
    """Whether numbers count by one, and now and then begin again."""
    rising = course.steps[course.steps > 0]
    return course.whole and course.restarts and bool(np.all(rising == 1))


def _id(course: Course) -> Judged | None:
    """Whether whole numbers are ids or labels, by their name."""
    if not course.whole or not names.says_id(course.name):
        return None
    few = len(np.unique(course.seen)) <= max(2, LABELS * len(course.seen))
    if not few and names.says_label(course.name):
        return None
    return "label", names.plain(course.name) != "y"  # which names a class, or the series itself
