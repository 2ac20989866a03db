"""A hand-out for a class: one page to fill in with a pencil, and one with the solutions.

An HTML document that needs nothing else. A browser prints it, or saves it as PDF, on A4 or Letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

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
    parts = (
        f"{name}<h1>{escape(head)}</h1><p>{escape(content.question)}</p>",
        f"<h2>{escape(values)}</h2>{_heatmap(content, solved)}",
        f"<h2>{escape(about)}</h2>{_module(content, solved)}",
        f"<h2>{escape(words.exercises_title(content.number))}</h2>{_exercises(content, solved)}",
    )
    return f"<section>{''.join(parts)}</section>"


def _token(content: Handout, t: int) -> str:
    return visible(content.tokens[t]) if content.tokens else ""


def _signal(trace: Trace, name: str) -> Signal:
    return next(signal for signal in trace.vocabulary.signals if signal.name == name)


def _heatmap(content: Handout, solved: bool) -> str:
    """The memory of some units around the timestep; the asked unit's own row is to be filled in."""
    trace, name = content.trace, content.trace.vocabulary.memory
    values, size = trace.series(name), trace.parameters.hidden_size
    first = max(0, min(content.t - COLUMNS // 2, len(trace) - COLUMNS))
    times = range(first, min(first + COLUMNS, len(trace)))
    others = [unit for unit in range(size) if unit != content.unit][: ROWS - 1]
    scale = colour_scale(name, signed=True, dark=False)
    most = float(np.abs(values[times.start : times.stop]).max()) or 1.0
    heads = "".join(f"<th>{t}<br>{escape(_token(content, t))}</th>" for t in times)
    rows = [f"<tr><th>{escape(words.TIMESTEP)}<br>{escape(words.READS)}</th>{heads}</tr>"]
    for unit in sorted((content.unit, *others)):
        cells = []
        for t in times:
            is_asked = unit == content.unit and t >= content.t and not solved
            mark = ' class="now"' if (unit, t) == (content.unit, content.t) else ""
            value = float(values[t, unit])
            colour = "#fff" if is_asked else _shade(scale, value / most)
            text = "" if is_asked else short(value)
            cells.append(f'<td{mark} style="background:{colour}">{text}</td>')
        rows.append(f"<tr><th>{escape(words.unit_name(unit))}</th>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _shade(scale: Sequence[Sequence[float | str]], share: float) -> str:
    """A colour of the lighter half of a scale, on which dark text is read."""
    place = 0.5 + 0.28 * max(-1.0, min(1.0, share))
    return str(min(scale, key=lambda stop: abs(float(stop[0]) - place))[1])


def _module(content: Handout, solved: bool) -> str:
    """The module at the timestep: its belt, and a box for each gate and for what comes out."""
    trace, t, unit = content.trace, content.t, content.unit
    memory = _signal(trace, trace.vocabulary.memory)
    before = float(getattr(trace.previous, memory.name)[t, unit])
    blocks = [_signal(trace, name) for name in trace.vocabulary.blocks]
    states = [s for s in trace.vocabulary.recorded if s.role == "state"]
    step = (WIDTH - 20) / max(len(blocks), 2)
    drawn = [
        f'<line x1="10" y1="34" x2="{WIDTH - 10}" y2="34" stroke="{_ink(memory)}" '
        'stroke-width="9" stroke-opacity="0.25"/>',
        _box(10, 12, f"{memory.symbol}₋", short(before), memory),
    ]
    for place, state in enumerate(reversed(states)):
        right = WIDTH - 120 * (place + 1) - 4
        text = short(float(trace.series(state.name)[t, unit])) if solved else ""
        drawn.append(_box(right, 12, state.symbol, text, state))
    for place, block in enumerate(blocks):
        x = 10 + step * place
        text = short(float(trace.series(block.name)[t, unit])) if solved else ""
        drawn.append(
            f'<path d="M{x + 58} 98V68" stroke="{_ink(block)}" stroke-width="3"/>'
            f'<path d="M{x + 51} 70h14l-7-9z" fill="{_ink(block)}"/>'
        )
        drawn.append(_box(x, 98, block.symbol, text, block))
        drawn.append(
            f'<text x="{x}" y="162" font-size="12">{escape(said(block.title))}</text>'
            f'<text x="{x}" y="179" font-size="10.5">{escape(block.equation)}</text>'
        )
    equations = "; ".join(state.equation for state in states)
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
        givens = ", ".join(f"{name} = {short(value)}" for name, value in exercise.givens)
        asked = words.exercise(exercise.asked, givens, exercise.unit, exercise.timestep)
        answer = f"{exercise.equation} = {short(exercise.answer)}"
        end = f"<strong>{escape(answer)}</strong>" if solved else '<span class="line"></span>'
        entries.append(f"<li>{escape(asked)} {end}</li>")
    return f"<ol>{''.join(entries)}</ol>"
