"""The glossary: what each part of a cell is for, and the words around it; the cards say it too.

    entries("en")["lstm.forget_gate"].purpose  # "Decides, for each unit, how much …"

A language is one file with one table. A key is a cell's kind and a part of its drawing, or the
word alone where it is no part of a drawing; every language has the same keys, and a test holds
them. `docs/glossary.md` has the same entries, written by `python -m app.words.glossary`.
"""

from __future__ import annotations

from .english import ENGLISH, INTERFACE
from .entry import Entry

__all__ = ["INTERFACES", "KINDS", "LANGUAGES", "Entry", "entries", "kind_of", "markdown"]

LANGUAGES: dict[str, dict[str, Entry]] = {"en": ENGLISH}
INTERFACES: dict[str, dict[str, str]] = {"en": INTERFACE}
"""What the cards say beside their entries: headings, buttons."""

KINDS = {"lstm": "LSTM", "gru": "GRU", "rnn": "Standard RNN"}


def entries(language: str = "en") -> dict[str, Entry]:
    """Return the entries of a language by key, in the order of reading."""
    return LANGUAGES[language]


def kind_of(key: str) -> str:
    """Return the kind of cell that a key belongs to; "" for a word that is no part of a drawing."""
    kind, _, part = key.partition(".")
    return kind if part else ""


def markdown(language: str = "en") -> str:
    """Return the whole glossary as Markdown, as docs/glossary.md has it."""
    parts: list[str] = []
    for kind, title in (*KINDS.items(), ("", INTERFACES[language]["around"])):
        parts.append(f"### {title}\n")
        parts += [_line(entry) for key, entry in entries(language).items() if kind_of(key) == kind]
        parts.append("")
    return "\n".join(parts)


def _line(entry: Entry) -> str:
    more = [f"Elsewhere: {entry.elsewhere}." if entry.elsewhere else ""]
    more.append(f"Mind: {entry.misreading}" if entry.misreading else "")
    return " ".join([f"- **{entry.title}.** {entry.purpose}", *filter(None, more)])
