"""How the page Memory places its Plotly pictures, their titles and their notes."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from ...words.phrases import said
from ..shared.figure_config import figure_config
from ..shared.labels import tokens
from .networks import Comparison


def picture(figure: Any, name: str) -> None:
    """Show a figure in a container of its height, which stays while the next one is drawn."""
    config = {
        **figure_config(f"memory-{name}"),
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    }
    with st.container(key=f"picture-{name}", height=int(figure.layout.height), border=False):
        st.plotly_chart(figure, theme=None, key=f"memory-{name}", config=config)
    numbers(figure)


def numbers(figure: Any) -> None:
    """Offer the numbers of a picture to whoever cannot see it."""
    from ...figures.picture_numbers import picture_numbers

    st.html(picture_numbers(figure))


def chart_title(title: str) -> None:
    """Show the title of a picture above it."""
    st.html(f'<h3 class="head">{escape(title)}</h3>')


def note(text: str) -> None:
    """Show the note of a picture: what it is, and what it is not."""
    st.html(f'<p class="note said">{escape(text)}</p>')


def compared_networks(shown: Comparison) -> tuple[Any, ...]:
    """Return the networks as figures know them: kind and title."""
    from ...figures.comparison_style import ComparedNetwork

    return tuple(
        ComparedNetwork(kind=n.trace.kind, title=said(n.trace.vocabulary.title))
        for n in shown.networks
    )


def span(shown: Comparison, first: int, last: int) -> Any:
    """Return the timesteps of a picture, first and last, with the symbols read at them."""
    from ...figures.comparison_style import TimeSpan

    return TimeSpan(first=first, last=last, tokens=tokens(shown.opened)[first : last + 1])
