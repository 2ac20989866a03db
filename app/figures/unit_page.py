"""One unit over many sequences: texts and strips in its colours, and tables of what it does."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

import numpy as np
import pandas as pd

from lstm_core.analysis import Drive, GateStatistics
from lstm_core.analysis.probes import Probe
from lstm_core.record import Array
from lstm_core.vocabulary import CellVocabulary

from .. import theme
from ..words import unit_page as words
from ..words.formatting import visible
from ..words.phrases import said

LEVELS = 8  # of colour on either side of zero
STRONG = 6  # from this level on a symbol is underlined too
DEPTH = 0.36  # of a colour scale: further on, text could no longer be read on it
COLUMNS = 600  # of a strip, at most
MOST_DRIVES = 6  # symbols at either end


def level_colours(signal: str, dark: bool) -> tuple[str, ...]:
    """Return the colours of the levels -LEVELS..LEVELS, on all of which text can be read."""
    ramp = theme.ramp(signal, signed=True, dark=dark, count=2 * 128 + 1)
    return tuple(ramp[128 + round(128 * DEPTH * k / LEVELS)] for k in range(-LEVELS, LEVELS + 1))


def levels(values: Array, reach: float) -> Array:
    """Return the level of each value, -LEVELS..LEVELS, where `reach` has the outermost ones."""
    scaled = np.nan_to_num(values) / (reach or 1.0) * LEVELS
    rounded: Array = np.rint(scaled).clip(-LEVELS, LEVELS).astype(int)
    return rounded


def coloured_text(
    symbols: Sequence[str], values: Array, reach: float, signal: str, *, dark: bool = False
) -> str:
    """Return a text as HTML, each symbol on the colour of the unit's value when it is read, (T,).

    Symbols of several letters are parted by spaces; white space has its sign.
    """
    colours = level_colours(signal, dark)
    between = "" if all(len(symbol) == 1 for symbol in symbols) else " "
    pairs = zip(levels(values, reach).tolist(), symbols, strict=True)
    spans = (
        f'<span style="background:{colours[level + LEVELS]}{_line(level)}">'
        f"{between.join(_written(symbol) for _, symbol in same)}</span>"
        for level, same in groupby(pairs, key=lambda pair: pair[0])
    )
    return f'<pre class="unit-text" tabindex="0">{between.join(spans)}</pre>'


def _line(level: int) -> str:
    """What underlines a strong value: its sign must not hang on the colour alone."""
    if abs(level) < STRONG:
        return ""
    return f";text-decoration:underline {'solid' if level > 0 else 'dotted'}"


def _written(symbol: str) -> str:
    sign = visible(symbol)
    return escape(f"{sign}\n" if symbol == "\n" else sign)


def coloured_strip(
    read: Array, values: Array, reach: float, signal: str, name: str, *, dark: bool = False
) -> str:
    """Return numbers (T,) as a line over the colours of the unit's values (T,), as HTML.

    Of a long run a column is several timesteps and has the value that is furthest from zero.
    """
    colours = level_colours(signal, dark)
    of_columns = levels(_furthest(values), reach)
    columns = len(of_columns)
    rects = []
    start = 0
    for level, same in groupby(of_columns.tolist()):
        width = len(list(same))
        colour = colours[level + LEVELS]
        rects.append(f'<rect x="{start}" width="{width}" height="1" fill="{colour}"/>')
        start += width
    line = " ".join(_points(read, columns))
    ink = theme.palette(dark)["ink"]
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns} 1" '
        f'preserveAspectRatio="none">{"".join(rects)}<polyline points="{line}" fill="none" '
        f'stroke="{ink}" stroke-width="1.5" vector-effect="non-scaling-stroke"/></svg>'
    )
    encoded = b64encode(drawn.encode()).decode()  # Streamlit lets no SVG through but as an image
    source = f"data:image/svg+xml;base64,{encoded}"
    return f'<img class="unit-strip" alt="{escape(name)}" src="{source}">'


def _furthest(values: Array) -> Array:
    """Values in at most COLUMNS bins, of each the one that is furthest from zero."""
    factor = -(-len(values) // COLUMNS)
    bins = (values[start : start + factor] for start in range(0, len(values), factor))
    return np.array([part[np.abs(part).argmax()] for part in bins])


def _points(read: Array, columns: int) -> Iterator[str]:
    """The points of a line that fills a height of 1; what is missing is left out."""
    low, high = float(np.nanmin(read)), float(np.nanmax(read))
    span = high - low or 1.0
    for t in range(0, len(read), max(1, -(-len(read) // (2 * COLUMNS)))):
        if np.isfinite(read[t]):
            yield f"{(t + 0.5) * columns / len(read):.2f},{0.95 - 0.9 * (read[t] - low) / span:.3f}"


def gate_table(gates: Sequence[GateStatistics], cell: CellVocabulary) -> pd.DataFrame:
    """Return a row for each gate: its mean, quantiles, and how often it is open and shut."""
    titles = {signal.name: said(signal.title) for signal in cell.recorded}
    rows = [
        (titles[gate.signal], gate.mean, *gate.quantiles, gate.open, gate.shut) for gate in gates
    ]
    return pd.DataFrame(rows, columns=list(words.GATE_COLUMNS.values()))


def drive_table(drives: Sequence[Drive]) -> pd.DataFrame:
    """Return the symbols that raise a memory most and that lower it most, a row for each."""
    ends = (
        drives
        if len(drives) <= 2 * MOST_DRIVES
        else (*drives[:MOST_DRIVES], *drives[-MOST_DRIVES:])
    )
    rows = [(visible(one.symbol), one.count, one.change) for one in ends]
    return pd.DataFrame(rows, columns=list(words.DRIVE_COLUMNS.values()))


def column_table(names: Sequence[str], correlations: Array) -> pd.DataFrame:
    """Return a row for each column of numbers and how it goes with what the memory changes by."""
    order = np.argsort(-np.abs(correlations))
    rows = [(names[k], float(correlations[k])) for k in order]
    return pd.DataFrame(rows, columns=list(words.COLUMN_DRIVES.values()))


def unit_probe_table(probes: Sequence[Probe], unit: int, most: int = 5) -> pd.DataFrame:
    """Return the properties that one unit tells best in the part held out, a row for each."""
    best = sorted(probes, key=lambda probe: -abs(probe.correlation[unit]))[:most]
    rows = [
        (said(one.name), float(one.correlation[unit]), one.chance, float(one.accuracy[unit]))
        for one in best
    ]
    table = pd.DataFrame(rows, columns=list(words.PROBE_COLUMNS.values()))
    return table.dropna(axis=1, how="all")  # a number is told by no threshold
