"""The button that copies a screen's link, and where a teacher makes a lesson link of it."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from ...components.address import copy_button
from ...components.teaching import lesson_link
from ...session.kept import kept
from ...session.view import Control
from ...words import common as words
from ...words import teaching as teaching_words
from ...words.language import spoken


def copy_link() -> None:
    """Show the button that copies the link."""
    with st.container(width=120):
        copy_button(label=words.COPY, copied=words.COPIED, failed=words.COPY_FAILED)


def lesson_links(title: str) -> None:
    """Show what makes a lesson link and a plan of the screen, which is called `title` in a plan."""
    controls = {name: teaching_words.CONTROLS[name] for name in get_args(Control)}
    alone = {} if kept.folder else {"one_process": teaching_words.ONE_PROCESS}
    room = teaching_words.ROOM | alone
    lesson_link(controls, title, teaching_words.LINK, room, spoken().code)
