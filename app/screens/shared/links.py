"""The buttons that hand a screen on: its link, and a lesson's."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from ...components.address import copy_button
from ...components.teaching import lesson_link
from ...session.view import Control
from ...words import common as words
from ...words import teaching as teaching_words
from ...words.language import spoken


def link_buttons(title: str) -> None:
    """Show the button that copies the link, and what a teacher makes of it; `title` names it."""
    with st.container(width=120):
        copy_button(label=words.COPY, copied=words.COPIED, failed=words.COPY_FAILED)
    with st.popover(teaching_words.TEACH, help=teaching_words.TEACH_HELP, icon=":material/school:"):
        controls = {name: teaching_words.CONTROLS[name] for name in get_args(Control)}
        lesson_link(controls, title, teaching_words.LINK, spoken().code)
