"""The arithmetic of one unit as cards, one per block: parts, sum, activation, largest terms.

Plain HTML, because it is redrawn at every rest and a table of five numbers needs no chart.
Every text from outside is escaped.
"""

from __future__ import annotations

from html import escape

from lstm_core.analysis.arithmetic import BlockArithmetic, Part, StateArithmetic, Term

from .. import theme
from ..words import common as words
from ..words import figures as figure_words
from ..words.formatting import activation_symbol, number
from ..words.notation import in_notation
from ..words.phrases import said


def arithmetic_cards(
    blocks: tuple[BlockArithmetic, ...],
    input_names: tuple[str, ...],
    *,
    dark: bool,
    terms: int = 3,
    notation: str = "split",
) -> str:
    """Return HTML: a card per block, in the hue of its signal, its equation in a notation.

    `input_names` say what each of the D inputs is ("“V”", "sunspots", "unit 3 of layer 1").
    """
    cards = "".join(_card(block, input_names, dark, terms, notation) for block in blocks)
    return f'<div class="cards">{cards}</div>'


def state_sums(states: tuple[StateArithmetic, ...]) -> str:
    """Return HTML: how each carried state comes about, in numbers; "" where there is none."""
    sums = "".join(f"<span>{_sum(state)}</span>" for state in states)
    return f'<p class="sum">{sums}</p>' if sums else ""


def _sum(state: StateArithmetic) -> str:
    if state.held is not None:
        name = state.equation.partition(" = ")[0]
        return f"{escape(name)}: <b>{escape(words.held_at(number(state.held)))}</b>"
    products = " + ".join(f"{number(first)} × {number(second)}" for first, second in state.products)
    return f"{escape(state.equation)} = {products} = <b>{number(state.value)}</b>"


def _card(
    block: BlockArithmetic, names: tuple[str, ...], dark: bool, terms: int, notation: str
) -> str:
    hue = theme.signal_colour(block.signal.name, dark)
    equation = in_notation(block.equation, notation)
    head = f'<h2>{escape(said(block.signal.title))}</h2><p class="equation">{escape(equation)}</p>'
    body = _body(block, names, terms) if block.parts else f"<p>{escape(words.NO_WEIGHTS)}</p>"
    return (
        f'<article class="card" style="--hue:{hue}" data-block="{block.signal.name}">'
        f"{head}{_value(block)}{body}</article>"
    )


def _value(block: BlockArithmetic) -> str:
    """σ(10.13) = 1.00, and a bar as long as the value is."""
    shown = number(block.value)
    if block.preactivation is not None:
        symbol = activation_symbol(block.activation)
        shown = f"{symbol}({number(block.preactivation)}) = {shown}"
    value = block.value
    if block.held is not None:
        value, shown = block.held, words.held_instead(number(block.held), shown)
    return (
        f'<p class="value" title="{value!r}">{escape(shown)}</p>'
        f"{_bar(value, 1.0, signed=block.signal.role != 'gate')}"
    )


def _body(block: BlockArithmetic, names: tuple[str, ...], terms: int) -> str:
    longest = max(abs(part.value) for part in block.parts)
    rows = "".join(_part_row(part, longest) for part in block.parts)
    total = block.total or 0.0
    clipped = block.preactivation != block.total
    cut = figure_words.clipped(number(block.preactivation or 0.0))
    note = f" → {cut}" if clipped else ""
    named = "".join(_term_row(term, names) for term in block.largest_terms(terms))
    return (
        f"<table>{rows}<tr class='total'><th>{figure_words.SUM}</th>"
        f"<td>{number(total)}{note}</td><td></td></tr></table>"
        + (f"<h3>{words.LARGEST}</h3><ol>{named}</ol>" if named else "")
    )


def _part_row(part: Part, longest: float) -> str:
    title = f"{words.PARTS[part.name]} <i>{words.PART_SYMBOLS[part.name]}</i>"
    bar = _bar(part.value, longest, signed=True)
    return (
        f'<tr title="{part.value!r}"><th>{title}</th>'
        f"<td>{number(part.value)}</td><td>{bar}</td></tr>"
    )


def _term_row(term: Term, names: tuple[str, ...]) -> str:
    product = f"{number(term.source)} × {number(term.weight)} = <b>{number(term.product)}</b>"
    return f"<li><span>{escape(_source(term, names))}</span> {product}</li>"


def _source(term: Term, names: tuple[str, ...]) -> str:
    """What was multiplied, in words."""
    if term.part == "input":
        return figure_words.input_term(names[term.index])
    if term.part == "recurrent":
        return figure_words.unit_term(term.index)
    return words.PARTS[term.part]


def _bar(value: float, longest: float, *, signed: bool) -> str:
    """A bar from 0 to the value; a signed one has its zero in the middle."""
    share = min(abs(value) / longest, 1.0) if longest else 0.0
    width = 100 * share / (2 if signed else 1)
    left = (50 - width if value < 0 else 50) if signed else 0
    kind = "bar signed" if signed else "bar"
    return (
        f'<span class="{kind}" aria-hidden="true">'
        f'<span style="left:{left:.2f}%;width:{width:.2f}%"></span></span>'
    )
