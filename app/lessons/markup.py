"""The text of a lesson as HTML, escaped: with its numbers, and words that can be pressed."""

from __future__ import annotations

from html import escape

from .lesson import pieces
from .numbers import RunNumbers, filled


def linked(text: str, numbers: RunNumbers) -> str:
    """Return a text as HTML with its numbers; words for a part of the drawing are buttons.

    Raises ValueError as `filled` does.
    """
    return "".join(
        f'<button type="button" class="of-part" data-part="{part}">{escape(words)}</button>'
        if part
        else escape(words)
        for words, part in ((filled(piece, numbers), part) for piece, part in pieces(text))
    )
