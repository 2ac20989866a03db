"""Labels for what is on the stage: the timestep and unit, the symbols read, the inputs."""

from __future__ import annotations

from html import escape

from ...session.opened_view import OpenedView
from ...session.own_sequence import column_names
from ...words import common as words


def here(opened: OpenedView) -> str:
    """Return HTML that says which timestep and unit the details are about."""
    view, read = opened.view, tokens(opened)
    token = read[view.t] if read else ""
    times = opened.sequence.times
    said = words.here(
        view.t, len(opened.trace), token, view.unit, time=times[view.t] if times else ""
    )
    return f'<p class="here">{escape(said)}</p>'


def tokens(opened: OpenedView) -> tuple[str, ...]:
    """Return what was read at each timestep, where it was a symbol; else ()."""
    return opened.sequence.symbols or ()


def input_names(opened: OpenedView) -> tuple[str, ...]:
    """Return what each input of the layer on the stage is."""
    model, size = opened.subject.model, opened.trace.parameters.input_size
    encoder = None if model.front else model.encoder  # what stands between has no names
    below = opened.view.layer - 1
    if below >= 0:
        layer = opened.subject.model.layers[below].name
        return tuple(words.unit_of_layer(k, layer) for k in range(size))
    if encoder is None or not encoder.input_names:
        return tuple(words.dimension(k) for k in range(size))
    if encoder.reads_symbols:
        return tuple(map(words.quoted, encoder.input_names))
    return column_names(encoder, opened.sequence)
