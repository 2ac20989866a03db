"""Texts of a reader's in labels of Streamlit's controls, which read Markdown."""

from __future__ import annotations

import re

MARKUP = re.compile(
    r"[\\`*_\[\]<>$~#!|@^{}&+]|:(?=\S)|(?<=www)\.|^[-=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]"
)


def plain_label(text: str) -> str:
    """Return Markdown that shows a text letter by letter: no picture, link or formula in it."""
    return MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


def spoken_label(text: str) -> str:
    """Return a text without what Markdown could read, for a label that only a machine reads out."""
    return " ".join(re.sub(r"[\\`*_\[\]<>$~#!|@^{}&+:]", " ", text).split())
