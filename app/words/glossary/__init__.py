"""The glossary: what each part of a cell is for, and the words around it; the cards say it too.

    entries()["lstm.forget_gate"].purpose  # "Decides, for each unit, how much …"

A language's `glossary.py` has two tables. A key of the entries is a cell's kind and a part of its
drawing, or the word alone where it is no part of a drawing; every language has the same keys, and
a test holds them. `docs/glossary.md` has the same entries, written by `python -m
app.words.glossary`.
"""

from __future__ import annotations

from ..entry import Entry
from ..language import module

__all__ = ["Entry", "entries", "interface", "kind_of", "kinds", "markdown"]


def entries() -> dict[str, Entry]:
    """Return the entries in the language that is spoken, by key, in the order of reading."""
    table: dict[str, Entry] = module("glossary").ENTRIES
    return table


def interface() -> dict[str, str]:
    """Return what the cards say beside their entries: headings, buttons."""
    table: dict[str, str] = module("glossary").INTERFACE
    return table


def kinds() -> dict[str, str]:
    """Return the titles of the kinds of cells, by kind."""
    table: dict[str, str] = module("glossary").KINDS
    return table


def kind_of(key: str) -> str:
    """Return the kind of cell that a key belongs to; "" for a word that is no part of a drawing."""
    kind, _, part = key.partition(".")
    return kind if part else ""


def markdown() -> str:
    """Return the whole glossary as Markdown, as docs/glossary.md has it."""
    parts: list[str] = []
    for kind, title in (*kinds().items(), ("", interface()["around"])):
        parts.append(f"### {title}\n")
        parts += [_line(entry) for key, entry in entries().items() if kind_of(key) == kind]
        parts.append("")
    return "\n".join(parts)


def _line(entry: Entry) -> str:
    more = [f"Elsewhere: {entry.elsewhere}." if entry.elsewhere else ""]
    more.append(f"Mind: {entry.misreading}" if entry.misreading else "")
    return " ".join([f"- **{entry.title}.** {entry.purpose}", *filter(None, more)])
