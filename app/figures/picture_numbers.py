"""The numbers that a figure draws, as a table: what a picture says to those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence as Items
from html import escape
from math import ceil
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ..words import common as words
from ..words.formatting import number

MOST_ROWS, MOST_COLUMNS = 120, 24  # of one table; of a larger picture every second, third, ...


def picture_numbers(figure: go.Figure) -> str:
    """Return the figure's numbers as HTML: tables that unfold under one line.

    Lines over the same x are columns of one table; a heatmap is a table of its own, x across.
    """
    maps = [trace for trace in figure.data if isinstance(trace, go.Heatmap)]
    lines = [t for t in figure.data if not isinstance(t, go.Heatmap) and t.y is not None]
    groups: dict[tuple[str, ...], list[Any]] = {}
    for line in lines:
        groups.setdefault(tuple(map(str, _places(line.x, len(line.y)))), []).append(line)
    tables = [_line_table(x, group) for x, group in groups.items()] + list(map(_map_table, maps))
    inner = "".join(f'<div tabindex="0">{table}</div>' for table in tables)
    return f'<details class="numbers-of"><summary>{words.NUMBERS}</summary>{inner}</details>'


def _line_table(x: tuple[str, ...], lines: list[Any]) -> str:
    names = [str(line.name or "") for line in lines]
    values = np.column_stack([np.asarray(line.y, object) for line in lines])
    return _table(names, x, values)


def _map_table(trace: go.Heatmap) -> str:
    values = np.asarray(trace.z, object)
    rows, columns = values.shape
    return _table(_places(trace.x, columns), _places(trace.y, rows), values)


def _places(given: Any, count: int) -> list[str]:
    """What stands along an axis: its own words, or its numbers from 0."""
    return [str(place) for place in (range(count) if given is None else given)]


def _table(head: Items[str], side: Items[str], values: np.ndarray[Any, Any]) -> str:
    """A table of `values` (rows, columns) with its heads; a large one is thinned evenly."""
    down, across = ceil(len(side) / MOST_ROWS), ceil(len(head) / MOST_COLUMNS)
    thinned = words.THINNED.format(rows=down, columns=across) if down * across > 1 else ""
    caption = f"<caption>{thinned}</caption>" if thinned else ""
    tops = "".join(f'<th scope="col">{escape(name)}</th>' for name in head[::across])
    rows = "".join(
        f'<tr><th scope="row">{escape(place)}</th>{_cells(row)}</tr>'
        for place, row in zip(side[::down], values[::down, ::across], strict=True)
    )
    return f"<table>{caption}<tr><td></td>{tops}</tr>{rows}</table>"


def _cells(row: Items[Any]) -> str:
    return "".join(f"<td>{escape(_written(value))}</td>" for value in row)


def _written(value: Any) -> str:
    if isinstance(value, int | float | np.number):
        return number(float(value)) if np.isfinite(value) else "–"
    return "–" if value is None else str(value)
