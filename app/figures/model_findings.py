"""The findings of a model file as escaped HTML: names from the file are data, never markup."""

from __future__ import annotations

from html import escape

from lstm_core.model import Agreement, Layer, Model, RecordedSequence
from lstm_core.model.findings import Assumption, Findings

from ..inputs.reference import TOLERANCE, Comparison
from ..words import capture as capture_words
from ..words import common as words
from ..words import your_model as model_words
from ..words.formatting import cut, paragraph

OURS = "Gatescope archive (.npz)"
MOST_ROWS = 100  # of one list: a file may hold a thousand things that are no layers


def findings_of(model: Model) -> Findings:
    """Return the findings in the model's file; of our own archive, its layers alone."""
    if model.findings is not None:
        return model.findings
    return Findings(format=OURS, places=tuple(layer.name for layer in model.layers))


def summary_line(title: str, model: Model) -> str:
    """Return HTML: the file's name and, in a few words, what is in it."""
    summary = model_words.summary(findings_of(model).format, len(model.layers), model.size)
    return f'<p class="file"><b>{escape(cut(title, 80))}</b> <span>{escape(summary)}</span></p>'


def layers_table(model: Model) -> str:
    """Return HTML: a row per layer: kind, sizes, directions, gate order, where it stood."""
    heads = "".join(
        f'<th role="columnheader">{escape(head)}</th>' for head in model_words.LAYER_HEADS
    )
    places = findings_of(model).places
    rows = "".join(
        _row(layer, places[k] if k < len(places) else "")
        for k, layer in enumerate(model.layers[:MOST_ROWS])
    )
    table = f'<table role="table"><tr role="row">{heads}</tr>{rows}</table>'
    return f'<div class="found">{table}</div>'


def layer_cells(layer: Layer, place: str) -> tuple[str, ...]:
    """Return what stands in a layer's row, below `LAYER_HEADS`; texts from the file are data."""
    ways = model_words.directions(layer.bidirectional, layer.reverse, layer.merge)
    kind = model_words.KINDS[layer.kind]
    sizes = (f"{layer.input_size:,}", f"{layer.hidden_size:,}")
    return (layer.name, kind, *sizes, ways, layer.convention, place)


def _row(layer: Layer, place: str) -> str:
    """A row whose cells say what they are: a phone shows it as a paragraph, without columns."""
    name, *rest = map(escape, layer_cells(layer, place))
    cells = "".join(
        f'<td role="cell" data-head="{escape(head)}">{cell}</td>'
        for head, cell in zip(model_words.LAYER_HEADS[1:], rest, strict=True)
    )
    return f'<tr role="row"><th role="rowheader">{name}</th>{cells}</tr>'


def remarks(model: Model) -> str:
    """Return HTML: what was assumed, what was left aside, and what else there is to know."""
    findings = findings_of(model)
    assumed = tuple(_assumption(assumption) for assumption in findings.assumptions)
    return (
        _list(model_words.ASSUMED, assumed)
        + _list(model_words.NOTES, findings.notes)
        + _list(model_words.IGNORED, findings.ignored)
    )


def _assumption(assumption: Assumption) -> str:
    return f"{model_words.assumed(assumption.value, assumption.keyword)}: {assumption.reason}"


def _list(head: str, lines: tuple[str, ...]) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines[:MOST_ROWS])
    return f'<div class="remarks"><h2>{escape(head)}</h2><ul>{items}</ul></div>'


def welcome() -> str:
    """Return HTML: what can be done on the page, for whoever has not opened a file yet."""
    return (
        f"<h1>{escape(model_words.HEAD)}</h1>"
        f'<p class="welcome">{escape(model_words.INTRO)}</p>'
        f'<p class="hint">{escape(paragraph([model_words.PRIVATE, words.ENGLISH_ONLY]))}</p>'
    )


def step_head(k: int) -> str:
    """Return HTML: the head of one step of the check."""
    return f'<h2 class="step">{escape(model_words.CHECK_STEPS[k])}</h2>'


def proof(result: Agreement, recorded: RecordedSequence) -> str:
    """Return HTML: how far what was recorded is from ours, and where it differs most.

    `recorded` is the sequence in which it does.
    """
    agrees = result.difference <= TOLERANCE
    rest = "" if agrees else f"<p>{escape(largest(result, recorded))}</p>"
    return (
        f'<div class="verdict {"right" if agrees else "wrong"}" role="status">'
        f"<b>{escape(agreed(result))}</b>{rest}</div>"
    )


def agreed(result: Agreement) -> str:
    """Return in one sentence how far what was recorded is from ours."""
    say = capture_words.agrees if result.difference <= TOLERANCE else capture_words.differs
    return say(result.numbers, result.sequences, result.difference, TOLERANCE)


def largest(result: Agreement, recorded: RecordedSequence) -> str:
    """Return in one sentence where what was recorded differs most from ours."""
    name = capture_words.recorded_name(
        recorded.first_call, recorded.calls, recorded.row, recorded.rows
    )
    return capture_words.largest(name, result.timestep, result.unit, result.ours, result.theirs)


def verdict(result: Comparison) -> str:
    """Return HTML: whether the reference agrees, and where it differs most."""
    said = model_words.AGREES if result.agrees else model_words.DIFFERS
    largest = model_words.largest(
        result.difference, result.timestep, result.unit, result.ours, result.theirs, result.final
    )
    rest = paragraph([largest, model_words.compared(result.numbers, result.final)])
    kind = "right" if result.agrees else "wrong"
    return (
        f'<div class="verdict {kind}" role="status"><b>{said.format(tolerance=TOLERANCE)}</b>'
        f"<p>{escape(rest)}</p></div>"
    )
