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
from .words import learn as learn_words
from .words import memory as memory_words
from .words import train as train_words
from .words import your_model as model_words

HERE = Path(__file__).parent


def run() -> None:
    """Show the page that the address names, under its own title and with one main heading."""
    shown = st.navigation(
        [
            st.Page(explore.page, title="Explore", default=True),
            st.Page(learn.page, title=learn_words.TITLE, url_path="learn"),
            st.Page(memory.page, title=memory_words.TITLE, url_path="memory"),
            st.Page(train.page, title=train_words.TITLE, url_path="train"),
            st.Page(your_model.page, title=model_words.TITLE, url_path="model"),
        ],
        position="top",
    )
    title = words.page_title(shown.title)
    st.set_page_config(page_title=title, page_icon=str(HERE / "icon.svg"), layout="wide")
    st.html(HERE / "page.css")
    st.logo(HERE / "logo.svg", size="large")
    if head := words.UNSEEN_HEADS.get(shown.title):
        st.html(f'<h1 class="unseen">{escape(head)}</h1>')
    shown.run()
