"""The five pages and the bar that leads from one to another."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from .screens.explore import page as explore
from .screens.learn import page as learn
from .screens.memory import page as memory
from .screens.train import page as train
from .screens.your_model import page as your_model
from .words import common as words
from .words.pages import TITLES

HERE = Path(__file__).parent


def run() -> None:
    """Show the page that the address names, under its own title and with one main heading."""
    pages = {
        "": explore.page,
        "learn": learn.page,
        "memory": memory.page,
        "train": train.page,
        "model": your_model.page,
    }
    shown = st.navigation(
        [
            st.Page(page, title=TITLES[path], url_path=path, default=not path)
            for path, page in pages.items()
        ],
        position="top",
    )
    title = words.page_title(shown.title)
    st.set_page_config(page_title=title, page_icon=str(HERE / "icon.svg"), layout="wide")
    st.logo(HERE / "logo.svg", size="large")
    if head := words.UNSEEN_HEADS.get(shown.title):
        st.html(f'<h1 class="unseen">{escape(head)}</h1>')
    shown.run()
