"""How far a corpus is, with the time that is left, and the way out of it."""

from __future__ import annotations

from html import escape

import streamlit as st

from ...session import state
from ...session.corpora.making import Making
from ...session.corpora.makings import makings
from ...session.opened_view import OpenedView
from ...words import sequences as words
from ..shared.plain_label import plain_label
from . import chosen

EVERY = 0.5  # seconds


def progress(opened: OpenedView) -> None:
    """Show how far the corpus of the page is, until it has ended."""
    key = chosen.key_now(opened)
    making = makings.join(key, state.session_id())
    if making is None:
        return
    if making.ended:
        _say_end(making)
        return
    st.fragment(_progress, key="corpus-making", run_every=EVERY)(key)


def _progress(key: str) -> None:
    making = makings.named(key)
    if making is None or making.ended:
        st.rerun()
    now = making.progress
    sentence = words.progress(now.done, now.of, now.left, now.before)
    st.progress(now.done / max(now.of, 1), text=plain_label(sentence))
    st.button(
        words.CANCEL, key="corpus-cancel", on_click=_leave, args=(key,), help=words.CANCEL_HELP
    )


def _leave(key: str) -> None:
    makings.leave(key, state.session_id())


def _say_end(making: Making) -> None:
    now = making.progress
    if making.problem:
        st.html(f'<p class="problem" role="alert">{escape(making.problem)}</p>')
        makings.forget(making.key)
    elif now.done < now.of:
        st.info(words.stopped(now.done, now.of))
