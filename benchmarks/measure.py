"""Measuring on a noisy machine: what is compared takes turns; medians, and the best beside them."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

Job = Callable[[], object]


def interleaved(jobs: Mapping[str, Job], rounds: int) -> dict[str, list[float]]:
    """Run every job once a round and return its times in seconds; one round warms up."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(rounds + 1):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            if turn:
                times[name].append(time.perf_counter() - start)
    return times


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 1000) // 1000) - 1)]


def spread(values: Sequence[float], unit: str = "ms") -> str:
    """Return `median / p95 (best)` in words."""
    figures = min(values), statistics.median(values), percentile(values, 0.95)
    low, middle, high = (f"{v:,.0f}" if v >= 100 else f"{v:.3g}" for v in figures)
    return f"median {middle} {unit}, p95 {high}, best {low}, n = {len(values)}"


def machine() -> str:
    """Return one line about where and when this was measured."""
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, "
        f"{platform.machine()}, {os.cpu_count()} cores, load {busy:.1f} before the start"
    )


def asked(place: int, name: str, usual: int) -> int:
    """Return the whole number at `place` of the command line, `usual` where there is none.

    Leaves with one sentence where it is no number above 0.
    """
    text = sys.argv[place] if len(sys.argv) > place else str(usual)
    if not (text.isascii() and text.isdecimal() and int(text) > 0):
        sys.exit(f"{name} is {text!r}: expected a whole number from 1 on")
    return int(text)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows of words as aligned columns."""
    lines = [head, *rows]
    widths = [max(len(line[k]) for line in lines) for k in range(len(head))]
    return "\n".join(
        "  ".join(word.rjust(width) for word, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
