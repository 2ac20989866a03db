"""Points in time that texts spell: dates, times of day, months, quarters; as numbers to compare.

Texts are kept as they stand; the numbers only say in which order they are and how far apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lstm_core.record import Array

DATES = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y"),
    *("%m-%d-%Y", "%d/%m/%y", "%m/%d/%y", "%d.%m.%y", "%d-%b-%Y", "%d-%b-%y", "%d %b %Y"),
    *("%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%a %b %d %Y", "%d%b%Y", "%Y%m%d"),
)
TIMES = ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%I:%M %p", "%I:%M:%S %p", "%H:%M:%S,%f")
MONTHS = ("%Y-%m", "%Y/%m", "%b %Y", "%B %Y", "%b-%y", "%b-%Y", "%YM%m", "%Y:%m", "%m/%Y", "%Y %b")
UTC = ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z")
FORMATS = (
    *DATES,
    *(f"{date}{gap}{time}" for date in DATES for gap in (" ", "T") for time in TIMES),
    *(f"{date} %H.%M.%S" for date in DATES),
    *MONTHS,
    *UTC,
    *TIMES,
    *("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%fZ", "%a %b %d %H:%M:%S %Y", "%H.%M.%S"),
)


def _shape(text: str) -> str:
    """A text without its digits, its words as one letter: "2024-01-01 10:30" is "-- :"."""
    return re.sub(r"[A-Za-z]+", "A", re.sub(r"[0-9]+", "", text))


def _shapes() -> dict[str, list[str]]:
    """The formats by the shape of what they write; under "" those whose shape is not fixed."""
    shapes: dict[str, list[str]] = {"": []}
    for form in FORMATS:
        words = re.sub(r"%[bBapA]", "A", re.sub(r"%[YmdyHIMSf]", "", form))
        shapes.setdefault("" if "%z" in form else _shape(words), []).append(form)
    return shapes


SHAPES = _shapes()
CLOCK = (
    r"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r" ?(?:[AaPp]\.?[Mm]\.?|Z|[A-Z]{3,4}|[+-][0-9]{2}:?[0-9]{2})?"
)
MONTH = "[A-Za-z]{3,9}"
LIKE_A_MOMENT = re.compile(
    rf"[0-9]{{1,4}}[-/.:][0-9]{{1,2}}(?:[-/.:][0-9]{{1,4}})?(?:[ T] ?{CLOCK})?"
    rf"|[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:[.,][0-9]{{1,9}})?)?(?: ?[AaPp][Mm])?"
    r"|[0-9]{4}[- ]?[QqWwMm][0-9]{1,2}|[QqWw][0-9]{1,2}[- /]?[0-9]{4}"
    rf"|[0-9]{{1,2}}[-. ]?{MONTH}[-. ,]*[0-9]{{2,4}}(?: {CLOCK})?"
    rf"|{MONTH}[- ]?[0-9]{{1,2}},? [0-9]{{4}}(?: {CLOCK})?|{MONTH}[- ][0-9]{{2,4}}"
    rf"|[0-9]{{4}}[ -]{MONTH}|[0-9]{{8}}[ T]{CLOCK}"
    r"|[A-Za-z]{3} [A-Za-z]{3} +[0-9]{1,2}(?: [0-9:]{8})? [0-9]{4}"
)
PARTS = re.compile(r"^(\d{4})[- ]?[QqWw](\d{1,2})$")


def is_moment(text: str) -> bool:
    """Whether a text looks like a date, a time of day, a month, a week or a quarter."""
    return len(text) <= 40 and LIKE_A_MOMENT.fullmatch(text) is not None


def stamps(texts: Any) -> Array | None:
    """Return points in time as seconds, (n,) float64, NaN where missing; None for other texts.

    Where day and month could change places the reading in which time runs in one direction is
    taken: only order and distance are asked.
    """
    present = pc.filter(texts, pc.not_equal(texts, ""))
    sample = present.slice(0, 200).to_pylist()
    if not sample or not all(is_moment(text) for text in sample[:20]):
        return None
    readings = []
    for form in _formats(sample[0]):
        if np.isnan(_seconds(sample, form)).any():
            continue
        seconds = _seconds(texts, form)
        if np.isnan(seconds).sum() <= len(seconds) - len(present) + 0.02 * len(present):
            readings.append(seconds)
    return min(readings, key=_turns) if readings else _numbered(texts, sample)


def _formats(text: str) -> list[str]:
    def fits(form: str) -> bool:
        try:
            datetime.strptime(text, form)
        except ValueError:
            return False
        return True

    alike = SHAPES.get(_shape(text), []) + SHAPES[""]
    return [form for form in alike if fits(form)]


def _seconds(texts: Any, form: str) -> Array:
    given = texts if isinstance(texts, list) else texts.to_pandas()
    parsed = pd.to_datetime(given, format=form, errors="coerce", utc=True)
    index = pd.DatetimeIndex(parsed)
    seconds = index.as_unit("ns").asi8 / 1e9
    return np.where(index.isna(), np.nan, seconds)


def _turns(seconds: Array) -> int:
    """How often time changes its direction."""
    steps = np.sign(np.diff(seconds[~np.isnan(seconds)]))
    steps = steps[steps != 0]
    return int(np.count_nonzero(np.diff(steps)))


def _numbered(texts: Any, sample: list[str]) -> Array | None:
    """Weeks and quarters as numbers."""
    if not all(PARTS.match(text) for text in sample):
        return None
    matches = (PARTS.match(text) for text in texts.to_pylist())
    return np.array([int(m[1]) * 100.0 + int(m[2]) if m else np.nan for m in matches])


def joined(parts: Iterable[Any]) -> Any:
    """Return the texts of several columns side by side, apart by a space: a date and its time."""
    return pc.binary_join_element_wise(*parts, pa.scalar(" "))
