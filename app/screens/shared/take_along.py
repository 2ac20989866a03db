"""What a reader takes along of the view on the stage: the data, a page, lines of Python."""

from __future__ import annotations

from html import escape

import streamlit as st

from ...components.stage.standalone import exact_timesteps, stage_html
from ...export.snippet import snippet
from ...export.trace_file import trace_file
from ...session import state
from ...session.opened_view import OpenedView
from ...session.scenes import scene
from ...session.subjects import title_of
from ...words import take_along as words
from ...words.formatting import paragraph
from ...words.phrases import said

_PYTHON = "python-open"
WHOLE_TRACE = 2_000_000  # timesteps times units up to which all signals can be downloaded: 100 MB


def trace_and_page(opened: OpenedView) -> None:
    """Offer the whole trace as arrays, and the stage as a page in one file."""
    if len(opened.trace) * opened.trace.parameters.hidden_size <= WHOLE_TRACE:
        _trace(opened)
    _page(opened)


def _trace(opened: OpenedView) -> None:
    st.download_button(
        words.SAVE_TRACE,
        lambda: trace_file(opened.run, opened.sequence),
        help=words.SAVE_TRACE_HELP,
        file_name=trace_name(opened),
        mime="application/octet-stream",
        on_click="ignore",
    )


def python(opened: OpenedView) -> None:
    """Show the lines of Python that make the run again, once the reader has unfolded them."""
    with st.expander(words.SNIPPET, key=_PYTHON, on_change="rerun") as panel:
        if not panel.open:
            return
        st.html(f'<p class="note">{escape(words.SNIPPET_NOTE)}</p>')
        st.code(snippet(opened, trace_name(opened)), language="python")


def python_is_open() -> bool:
    """Return whether the lines of Python are unfolded, which name the timestep and the unit."""
    return bool(state.widget_value(_PYTHON))


def trace_name(opened: OpenedView) -> str:
    """Return what the file of the whole trace is called."""
    return f"{file_stem(opened)}-trace.npz"


def file_stem(opened: OpenedView) -> str:
    """Return how the names of files about a network begin; no folder is in it."""
    return opened.subject.name.replace("/", "-")


def _page(opened: OpenedView) -> None:
    """Offer the stage as a page in one file; its help says where a long run is pooled."""

    def page() -> str:
        title = f"{title_of(opened.subject)}: {said(opened.sequence.name)}".removesuffix(": ")
        begins = opened.view.replace(**place)  # where the reader is when the button is pressed
        return stage_html(shown, begins, title=title, text=said(opened.subject.question))

    shown, place = scene(opened), state.live_place()
    first, stop = exact_timesteps(shown, opened.view.t)
    is_whole = stop - first == len(opened.trace)
    about = "" if is_whole else words.pooled(len(opened.trace), first, stop - 1)
    st.download_button(
        words.SAVE_PAGE,
        page,
        help=paragraph([words.SAVE_PAGE_HELP, about]),
        file_name=f"{file_stem(opened)}.html",
        mime="text/html",
        on_click="ignore",
    )
