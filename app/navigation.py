"""The six pages, the bar that leads from one to another, and the choice of the language."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from .components.connection import run_again_when_connected
from .components.figure_files import offer_figure_files
from .components.language import chosen_language, language_choice
from .components.teaching import ROOM, lesson_bars
from .components.uploading import say_what_did_not_arrive
from .screens.explore import page as explore
from .screens.learn import page as learn
from .screens.memory import page as memory
from .screens.sequences import page as sequences
from .screens.train import page as train
from .screens.your_model import page as your_model
from .session import state
from .session.page_turns import page_turns
from .session.steps_first import steps
from .words import common as words
from .words import hosting as hosting_words
from .words import pages as page_words
from .words import teaching as teaching_words
from .words.language import LANGUAGES, spoken

HERE = Path(__file__).parent


def run() -> None:
    """Show the page that the address names; whoever steps meanwhile is answered first."""
    with steps.page():
        _run()


def _run() -> None:
    """Show the page under its own title and with one main heading."""
    state.settle_language()
    pages = {
        "": explore.page,
        "learn": learn.page,
        "memory": memory.page,
        "train": train.page,
        "sequences": sequences.page,
        "model": your_model.page,
    }
    shown = st.navigation(
        [
            st.Page(page, title=page_words.TITLES[path], url_path=path, default=not path)
            for path, page in pages.items()
        ],
        position="top",
    )
    title = words.page_title(shown.title)
    st.set_page_config(page_title=title, page_icon=str(HERE / "icon.svg"), layout="wide")
    st.logo(HERE / "logo.svg", size="large")
    _language_choice()
    if head := words.UNSEEN_HEADS.get(shown.url_path):
        st.html(f'<h1 class="unseen">{escape(head)}</h1>')
    with page_turns.turn():
        shown.run()
    if "pages" in state.current_view().hidden:
        st.html('<span class="pages-left-out"></span>')
    offer_figure_files()
    run_again_when_connected()
    say_what_did_not_arrive()
    arrived = state.address_word(ROOM)
    lesson_bars(teaching_words.PLAN, teaching_words.ROOM, spoken().code, arrived)
    _foot()


def _foot() -> None:
    """Lead to the page of the server itself."""
    address = f"privacy?language={spoken().code}"
    st.html(f'<p class="foot"><a href="{address}">{escape(hosting_words.PRIVACY)}</a></p>')


def _language_choice() -> None:
    """Offer the languages, each called what it is called in itself."""
    names = {code: language.name for code, language in LANGUAGES.items()}
    language_choice(names, spoken().code, label=words.LANGUAGE, on_choice=_choose)


def _choose() -> None:
    state.choose_language(chosen_language())
