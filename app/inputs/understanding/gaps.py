"""Missing values: named, and filled or left out as the reader says; never passed over."""

from __future__ import annotations

from typing import Literal

import numpy as np

from lstm_core.record import Array

from ..arrays import shown
from ..files import UploadError, counted
from .drafts import Draft, expect_count
from .notes import Notes, Undecided
from .numerals import spelled

Remedy = Literal["refuse", "hold", "interpolate", "drop", "split"]
REMEDIES: dict[str, Remedy] = {
    "Read nothing": "refuse",
    "Hold the last value": "hold",
    "Interpolate": "interpolate",
    "Leave the timestep out": "drop",
    "Begin a new sequence": "split",
}
"""What may become of a timestep with a missing value."""

DONE = {
    "hold": "The value before is held.",
    "interpolate": "It is interpolated between the values before and after, by timesteps.",
    "drop": "Such timesteps are left out.",
    "split": "The next value begins a new sequence.",
}

SENTINELS = (
    *(-99.0, -99.9, -99.99, -999.0, -999.9, -999.99, -9999.0, -9999.9, -99999.0, -999999.0),
    *(-100.0, -200.0, -888.0, -8888.0, -777.0, -7777.0, -1000.0, -6999.0, -32768.0, -32767.0),
    *(99.99, 999.0, 999.9, 999.99, 9999.0, 9999.9, 9999.99, 99999.0, 999999.0, 6999.0, 32767.0),
    *(65535.0, 1e20, 1e30, 1e35, 9.96921e36, -1e20, -1e30, -2147483648.0, 2147483647.0),
)
"""Numbers that often stand for a missing value."""


def without_sentinels(drafts: list[Draft], notes: Notes) -> list[Draft]:
    """Return drafts in which numbers that stand for a missing value are missing, NaN.

    Only a number far from all others is one, and the reader is asked.
    """
    gone = []
    for value, columns in _sentinels_by_column(drafts).items():
        where = next(d.place(*at) for d in drafts for at in np.argwhere(d.values == value).tolist())
        count = sum(int(np.count_nonzero(d.values == value)) for d in drafts)
        is_gap = notes.choose(
            f"sentinel:{spelled(value)}",
            f"{spelled(value)} stands {counted(count, 'time')} in {shown(', '.join(columns))}, "
            f"first in line {where[0]:,}, far from all other values. What is it?",
            {"A missing value": True, "A number like the others": False},
            "A missing value",
        )
        gone += [value] if is_gap else []
    if not gone:
        return drafts
    return [
        d.kept(np.arange(len(d.values)), np.where(np.isin(d.values, gone), np.nan, d.values))
        for d in drafts
    ]


def _sentinels_by_column(drafts: list[Draft]) -> dict[float, list[str]]:
    columns_by_value: dict[float, list[str]] = {}
    for k in range(drafts[0].values.shape[1] if drafts else 0):
        together = np.concatenate([draft.values[:, k] for draft in drafts])
        for value in sentinels(together):
            columns_by_value.setdefault(value, []).append(_column(drafts, k, value))
    return columns_by_value


def _column(drafts: list[Draft], k: int, value: float) -> str:
    return next(
        draft.place(int(t[0]), k)[1]
        for draft in drafts
        if len(t := np.flatnonzero(draft.values[:, k] == value))
    )


def sentinels(values: Array) -> list[float]:
    """Return the numbers that probably stand for a missing value: at most one at each end."""
    different, counts = np.unique(values[np.isfinite(values)], return_counts=True)
    suspected = []
    for end in (-1, 0):
        if len(different) < 3:
            break
        rest = different[:-1] if end else different[1:]
        if _is_sentinel(float(different[end]), rest, int(counts[end])):
            suspected.append(float(different[end]))
            different, counts = rest, counts[:-1] if end else counts[1:]
    return suspected


def _is_sentinel(value: float, rest: Array, times: int) -> bool:
    nearest = float(np.abs(rest - value).min())
    spread = float(rest[-1] - rest[0])
    if value in SENTINELS:
        if (value > 0) != (value > rest[0]):
            return False
        quarters = np.percentile(rest, [75, 25])
        typical = float(quarters[0] - quarters[1]) or spread
        return nearest > 2 * typical or (times > 1 and value < 0 <= rest[0])
    return times >= 3 and nearest > 10 * spread > 0


def filled(drafts: list[Draft], notes: Notes) -> list[Draft]:
    """Return the sequences without gaps; raises Undecided while the reader has not chosen."""
    if not any(np.isnan(draft.values).any() for draft in drafts):
        return drafts
    text = _gap_sentence(drafts)
    remedy = notes.choose("gaps", f"{text} What should be done with it?", REMEDIES)
    if remedy is None:
        raise Undecided
    if remedy == "refuse":
        raise UploadError(f"{shown(notes.name)}: {text} Nothing is read.")
    notes.remark(f"{text} {DONE[remedy]}")
    whole = [part for draft in drafts for part in _remedied(draft, remedy, notes)]
    expect_count(len(whole), notes)
    if not whole:
        raise UploadError(f"{shown(notes.name)}: no timestep has all its values; nothing is left.")
    return whole


def _gap_sentence(drafts: list[Draft]) -> str:
    places = [np.argwhere(np.isnan(draft.values)) for draft in drafts]
    first = next(k for k, gaps in enumerate(places) if len(gaps))
    t = int(places[first][:, 0].min())
    here = [int(k) for row, k in places[first] if row == t]
    line, column = drafts[first].place(t, here[0])
    more = f" and {counted(len(here) - 1, 'more column')}" if len(here) > 1 else ""
    count = sum(len(np.unique(gaps[:, 0])) for gaps in places)
    rest = f", and at {counted(count - 1, 'more timestep')}" if count > 1 else ""
    return f"A value of {shown(column)!r}{more} is missing in line {line:,}{rest}."


def _remedied(draft: Draft, remedy: Remedy, notes: Notes) -> list[Draft]:
    missing = np.isnan(draft.values)
    whole = np.asarray(~missing.any(axis=1))
    if whole.all():
        return [draft]
    if remedy == "split":
        return _split(draft, whole)
    if remedy == "drop":
        return [draft.kept(np.flatnonzero(whole))] if whole.any() else []
    made, known = _hold(draft.values) if remedy == "hold" else _interpolate(draft.values, missing)
    lost = int(np.count_nonzero(~known))
    if lost:
        notes.remark(f"{counted(lost, 'timestep')} at an end without a value to take: left out.")
    return [draft.kept(np.flatnonzero(known), made[known])] if known.any() else []


def _split(draft: Draft, whole: Array) -> list[Draft]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], whole.astype(np.int8), [0]))))
    before = f"{draft.name}, " if draft.name else ""
    return [
        draft.kept(np.arange(a, b), name=f"{before}part {k}")
        for k, (a, b) in enumerate(edges.reshape(-1, 2), start=1)
    ]


def _hold(values: Array) -> tuple[Array, Array]:
    """Each missing value as the last one before it, and which rows then have all values."""
    last = np.where(np.isnan(values), -1, np.arange(len(values))[:, np.newaxis])
    last = np.maximum.accumulate(last, axis=0)
    held = np.take_along_axis(values, np.maximum(last, 0), axis=0)
    return held, np.asarray((last >= 0).all(axis=1))


def _interpolate(values: Array, missing: Array) -> tuple[Array, Array]:
    """Missing values on straight lines between their neighbours, and which rows have them."""
    made = values.copy()
    at = np.arange(len(values))
    inside = np.ones(len(values), bool)
    for k in range(values.shape[1]):
        seen = at[~missing[:, k]]
        if not len(seen):
            return made, np.zeros(len(values), bool)
        made[:, k] = np.interp(at, seen, values[seen, k])
        inside &= (at >= seen[0]) & (at <= seen[-1])
    return made, inside
