"""The whole glossary as HTML, escaped: the words of every cell, and those around them."""

from __future__ import annotations

from html import escape

from ..words import glossary


def glossary_of_all() -> str:
    """Return every entry, folded under one line, in parts by kind of cell."""
    words = glossary.interface()
    parts = "".join(
        f"<h3>{escape(title)}</h3><dl>{_entries(kind)}</dl>"
        for kind, title in (*glossary.kinds().items(), ("", words["around"]))
    )
    return (
        f'<details class="all-words" id="glossary"><summary>{escape(words["title"])}</summary>'
        f"{parts}</details>"
    )


def _entries(kind: str) -> str:
    return "".join(
        _entry(entry) for key, entry in glossary.entries().items() if glossary.kind_of(key) == kind
    )


def _entry(entry: glossary.Entry) -> str:
    more = "".join(
        f"<span>{escape(text)}</span>" for text in (entry.elsewhere, entry.misreading) if text
    )
    return f"<dt>{escape(entry.title)}</dt><dd>{escape(entry.purpose)}{more}</dd>"
