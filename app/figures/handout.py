"""A hand-out for a class: one page to fill in with a pencil, and one with the solutions.

An HTML document that needs nothing else. A browser prints it, or saves it as PDF, on A4 or Letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

from lstm_core.analysis.arithmetic import unit_arithmetic
from lstm_core.analysis.exercises import Exercise
from lstm_core.record import record
from lstm_core.run.trace import Trace
from lstm_core.vocabulary import Signal

from ..theme import colour_scale, signal_colour
from ..words import teaching as words
from ..words.formatting import short, visible
from ..words.phrases import said

COLUMNS, ROWS = 12, 6  # timesteps and units on a page
WIDTH, HEIGHT = 680, 236  # of the drawing, in its own units

STYLE = """
@page { margin: 13mm; }
* { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
body { margin: 0; color: #111; background: #fff; font: 10.5pt/1.4 "Source Sans 3", system-ui,
  "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
section { max-width: 182mm; margin: 0 auto; }
section + section { break-before: page; }
h1 { margin: 0 0 1mm; font-size: 15pt; }
h2 { margin: 4.5mm 0 1.5mm; font-size: 11.5pt; }
p { margin: 0 0 1.5mm; }
.name { float: right; margin-top: 1mm; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; break-inside: avoid; }
th, td { height: 6.2mm; padding: 0; border: 0.2mm solid #777; text-align: center; font-size: 9pt; }
th { border: 0; font-weight: 600; }
th:first-child { width: 21mm; padding-right: 2mm; text-align: right; }
.now { outline: 0.6mm solid #111; outline-offset: -0.3mm; }
svg { display: block; width: 100%; height: auto; break-inside: avoid; }
ol { margin: 0; padding-left: 6mm; }
li { margin-bottom: 2.4mm; break-inside: avoid; }
.line { display: inline-block; width: 34mm; border-bottom: 0.2mm solid #111; }
"""


@record
class Handout:
    """What is on the pages: a run, the timestep and unit that they are about, and exercises.

    `tokens` are what is read at each timestep, `number` is that of the exercises.
    """

    title: str
    question: str
    trace: Trace
    tokens: tuple[str, ...]
    t: int
    unit: int
    exercises: tuple[Exercise, ...]
    number: int


def handout(content: Handout, language: str) -> str:
    """Return the document: a page with blanks, and a page with the same filled in."""
    pages = "".join(_page(content, solved) for solved in (False, True))
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(content.title)}</title><style>{STYLE}</style></head>"
        f"<body>{pages}</body></html>"
    )


def _page(content: Handout, solved: bool) -> str:
    head = words.solutions(content.title) if solved else content.title
    name = "" if solved else f'<p class="name">{escape(words.NAME)} <span class="line"></span></p>'
    about = words.about_module(content.t, _token(content, content.t), content.unit)
    trace = content.trace
    memory = _signal(trace, trace.vocabulary.memory)
    values = said(memory.title) if solved else words.heatmap_title(said(memory.title))
    given = "" if solved else f"<p>{escape(words.PREACTIVATIONS)}</p>"
    parts = (
        f"{name}<h1>{escape(head)}</h1><p>{escape(content.question)}</p>",
        f"<h2>{escape(about)}</h2>{given}{_module(content, solved)}",
        _gates(content, solved),
        f"<h2>{escape(values)}</h2>{_memory(content, solved)}",
        f"<h2>{escape(words.exercises_title(content.number))}</h2>{_exercises(content, solved)}",
    )
    return f"<section>{''.join(parts)}</section>"


def _token(content: Handout, t: int) -> str:
    return visible(content.tokens[t]) if content.tokens else ""


def _signal(trace: Trace, name: str) -> Signal:
    return next(signal for signal in trace.vocabulary.signals if signal.name == name)


def _memory(content: Handout, solved: bool) -> str:
    """The memory of some units around the timestep; the asked unit's own row is to be filled in."""
    trace, name = content.trace, content.trace.vocabulary.memory
    values, times = trace.series(name), _times(content)
    others = [unit for unit in range(values.shape[-1]) if unit != content.unit][: ROWS - 1]
    most = float(np.abs(values[times.start : times.stop]).max()) or 1.0
    rows = []
    for unit in sorted((content.unit, *others)):
        asked = content.t if unit == content.unit and not solved else len(trace)
        marked = content.t if unit == content.unit else None
        cells = [_cell(name, values[t, unit], most, t < asked, t == marked) for t in times]
        rows.append((words.unit_name(unit), cells))
    return _table(content, rows)


def _gates(content: Handout, solved: bool) -> str:
    """The gates of the asked unit at the same timesteps, from which its memory follows.

    "" for a cell whose one block is its memory.
    """
    trace, times = content.trace, _times(content)
    if trace.vocabulary.memory in trace.vocabulary.blocks:
        return ""
    rows = []
    for block in (_signal(trace, name) for name in trace.vocabulary.blocks):
        values = trace.series(block.name)[:, content.unit]
        here = content.t
        cells = [_cell(block.name, values[t], 1.0, solved or t != here, t == here) for t in times]
        rows.append((f"{block.symbol}", cells))
    head = words.gates_title(content.unit)
    return f"<h2>{escape(head)}</h2>{_table(content, rows)}"


def _times(content: Handout) -> range:
    """The timesteps of the tables: those around the one that is asked about."""
    last = len(content.trace) - COLUMNS
    first = max(0, min(content.t - COLUMNS // 2, last))
    return range(first, min(first + COLUMNS, len(content.trace)))


def _cell(name: str, value: float, most: float, shown: bool, marked: bool) -> str:
    """A number on its colour, or room for it."""
    colour = _shade(name, float(value) / most) if shown else "#fff"
    mark = ' class="now"' if marked else ""
    return f'<td{mark} style="background:{colour}">{_number(value) if shown else ""}</td>'


def _table(content: Handout, rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Rows of cells below the timesteps and what is read at each."""
    heads = "".join(f"<th>{t}<br>{escape(_token(content, t))}</th>" for t in _times(content))
    first = f"<tr><th>{escape(words.TIMESTEP)}<br>{escape(words.READS)}</th>{heads}</tr>"
    others = (f"<tr><th>{escape(head)}</th>{''.join(cells)}</tr>" for head, cells in rows)
    return f"<table>{first}{''.join(others)}</table>"


def _number(value: float) -> str:
    """A number in two decimals; never a negative zero."""
    return short(round(float(value), 2) + 0.0)


def _shade(name: str, share: float) -> str:
    """A colour of the lighter half of a signal's scale, on which dark text is read."""
    scale = colour_scale(name, signed=True, dark=False)
    place = 0.5 + 0.28 * max(-1.0, min(1.0, share))
    return str(min(scale, key=lambda stop: abs(float(stop[0]) - place))[1])


def _module(content: Handout, solved: bool) -> str:
    """The module at the timestep: its belt, and a box for each gate and for what comes out."""
    trace, t, unit = content.trace, content.t, content.unit
    memory = _signal(trace, trace.vocabulary.memory)
    before = float(getattr(trace.previous, memory.name)[t, unit])
    blocks = [_signal(trace, name) for name in trace.vocabulary.blocks]
    states = [s for s in trace.vocabulary.recorded if s.role == "state"]
    sums = {b.signal.name: b.preactivation for b in unit_arithmetic(trace, t, unit)}
    step = (WIDTH - 20) / max(len(blocks), 2)
    drawn = [
        f'<line x1="10" y1="34" x2="{WIDTH - 10}" y2="34" stroke="{_ink(memory)}" '
        'stroke-width="9" stroke-opacity="0.25"/>',
        _box(10, 12, f"{memory.symbol}₋", _number(before), memory),
    ]
    for place, state in enumerate(reversed(states)):
        right = WIDTH - 120 * (place + 1) - 4
        text = _number(trace.series(state.name)[t, unit]) if solved else ""
        drawn.append(_box(right, 12, state.symbol, text, state))
    for place, block in enumerate(blocks):
        x = 10 + step * place
        text = _number(trace.series(block.name)[t, unit]) if solved else ""
        drawn.append(
            f'<path d="M{x + 58} 98V68" stroke="{_ink(block)}" stroke-width="3"/>'
            f'<path d="M{x + 51} 70h14l-7-9z" fill="{_ink(block)}"/>'
        )
        drawn.append(_box(x, 98, block.symbol, text, block))
        drawn.append(
            f'<text x="{x}" y="162" font-size="12">{escape(said(block.title))}</text>'
            f'<text x="{x}" y="179" font-size="10.5">{escape(block.equation)}</text>'
        )
        given = sums.get(block.name)
        if given is not None:
            drawn.append(f'<text x="{x}" y="196" font-size="12">a = {_number(given)}</text>')
    equations = "; ".join(state.equation for state in states if state not in blocks)
    drawn.append(f'<text x="10" y="{HEIGHT - 14}" font-size="14">{escape(equations)}</text>')
    label = escape(words.about_module(t, _token(content, t), unit))
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">'
        f"{''.join(drawn)}</svg>"
    )


def _ink(signal: Signal) -> str:
    return signal_colour(signal.name, dark=False)


def _box(x: float, y: float, symbol: str, text: str, signal: Signal) -> str:
    """A symbol, and a box with its number, or with room for it."""
    return (
        f'<rect x="{x}" y="{y}" width="116" height="44" rx="6" fill="#fff" '
        f'stroke="{_ink(signal)}" stroke-width="2"/>'
        f'<text x="{x + 10}" y="{y + 28}" font-size="16" font-weight="600">'
        f"{escape(symbol)} =</text>"
        f'<text x="{x + 56}" y="{y + 28}" font-size="16">{text}</text>'
    )


def _exercises(content: Handout, solved: bool) -> str:
    entries = []
    for exercise in content.exercises:
        givens = ", ".join(f"{name} = {_number(value)}" for name, value in exercise.givens)
        asked = words.exercise(exercise.asked, givens, exercise.unit, exercise.timestep)
        answer = f"{exercise.equation} = {_number(exercise.answer)}"
        end = f"<strong>{escape(answer)}</strong>" if solved else '<span class="line"></span>'
        entries.append(f"<li>{escape(asked)} {end}</li>")
    return f"<ol>{''.join(entries)}</ol>"
