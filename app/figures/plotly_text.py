"""Texts from outside, as Plotly shows them word for word."""

from __future__ import annotations

from html import escape


def plain(text: str) -> str:
    """Return a text in Plotly's own small markup, which has &lt; and &amp; but no &quot;."""
    return escape(text, quote=False)
