"""The button that copies a screen's link, and where a teacher makes a lesson link of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from html import escape
from typing import get_args

import streamlit as st

from ...components.address import copy_button
from ...components.teaching import lesson_link
from ...session import state
from ...session.kept import kept
from ...session.view import Control
from ...words import common as words
from ...words import teaching as teaching_words
from ...words.language import spoken

CONTROLS: Mapping[state.Page, tuple[Control, ...]] = {
    "explore": get_args(Control),
    "memory": ("network", "cell", "sequence", "own", "new", "pages", "link"),
    "learn": ("network", "pages", "link"),
    "train": ("network", "pages", "link"),
    "sequences": ("network", "own", "layer", "details", "pages"),
    "model": ("sequence", "own", "new", "layer", "details", "pages"),
}
"""What a lesson link can leave out of each page."""


def copy_link() -> None:
    """Show the button that copies the link."""
    with st.container(width=120):
        copy_button(label=words.COPY, copied=words.COPIED, failed=words.COPY_FAILED)


def lesson_links(title: str) -> None:
    """Show what makes a lesson link and a plan of the screen, which is called `title` in a plan."""
    page = state.opened_page()
    labels = {**teaching_words.CONTROLS, **teaching_words.CONTROLS_OF.get(page, {})}
    controls: dict[str, str] = {name: labels[name] for name in CONTROLS[page]}
    if state.held_model() is not None:
        st.html(f'<p class="note">{escape(teaching_words.WITHOUT_FILE)}</p>')
    alone = {} if kept.folder else {"one_process": teaching_words.ONE_PROCESS}
    room = teaching_words.ROOM | alone
    lesson_link(controls, title, teaching_words.LINK, room, spoken().code)


def teaching(title: str, hidden: Collection[str]) -> None:
    """Show the same at the end of a page without tabs, unless a lesson link left it out."""
    if "link" not in hidden:
        with st.expander(teaching_words.TEACH):
            lesson_links(title)
