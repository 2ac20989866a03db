"""`python -m app.words.glossary`: write the entries into docs/glossary.md, between its marks."""

from __future__ import annotations

from pathlib import Path

from . import markdown

FILE = Path(__file__).parents[3] / "docs" / "glossary.md"
BEGIN, END = "<!-- entries: begin -->", "<!-- entries: end -->"


def written(document: str) -> str:
    """Return the document with the entries of today between its marks."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{markdown()}\n{END}{after}"


if __name__ == "__main__":
    FILE.write_text(written(FILE.read_text(encoding="utf-8")), encoding="utf-8")
