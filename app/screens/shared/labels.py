"""How the page names what is on the stage: where we are, what was read, what an input is."""

from __future__ import annotations

from html import escape

from lstm_core.model.encoders import EmbeddingEncoder, OneHotEncoder

from ...session.loading import Opened
from ...words import common as words


def here(opened: Opened) -> str:
    """Return HTML that says which timestep and unit the details are about."""
    view, read = opened.view, opened.found.sequence[opened.view.t]
    token = read if isinstance(read, str) else ""
    said = words.here(view.t, len(opened.trace), token, view.unit)
    return f'<p class="here">{escape(said)}</p>'


def tokens(opened: Opened) -> tuple[str, ...]:
    """Return what was read at each timestep, where it was a symbol; else ()."""
    sequence = opened.found.sequence
    return sequence if isinstance(sequence[0], str) else ()


def input_names(opened: Opened) -> tuple[str, ...]:
    """Return what each input of the layer on the stage is."""
    encoder, size = opened.demo.model.encoder, opened.trace.parameters.input_size
    below = opened.view.layer - 1
    if below >= 0:
        layer = opened.demo.model.layers[below].name
        return tuple(words.unit_of_layer(k, layer) for k in range(size))
    if isinstance(encoder, OneHotEncoder):
        return tuple(words.quoted(symbol) for symbol in encoder.alphabet)
    if isinstance(encoder, EmbeddingEncoder) or encoder is None:
        return tuple(words.dimension(k) for k in range(size))
    return encoder.columns
