"""What the reader's session remembers: the only module that touches Streamlit's state.

Session state holds words and numbers, never objects: the view as its own spelling, what the
stage last reported, a sequence too long for a link, and one sentence to show.

The browser's address follows the view (see `address`), without a new entry in its history for
every step. So the parameters that Streamlit passes on are those of the page's arrival, and only
an address that the reader has changed (a link, back or forward) counts again.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from app.stage import last_report

from .uploads import Given
from .view import Source, View, read, spell

STAGE = "stage"
"""The key of the stage, where its reports arrive."""

_VIEW, _ARRIVED, _FOLLOWED = "view", "arrived", "followed"
_HELD, _NOTICE, _COLUMNS = "held", "notice", "columns"
_STAGE_FIELDS = ("t", "unit", "order", "speed", "veil", "slow", "scale", "moment")


def current_view() -> View:
    """Return what the reader looks at now: the address, then what was done on the page."""
    address = dict(st.query_params)
    fresh = _VIEW not in st.session_state
    if fresh or (address and address != st.session_state.get(_ARRIVED)):
        st.session_state[_ARRIVED] = address
        view = read(address)
    else:
        view = read(st.session_state[_VIEW])
    return _remembered(_followed(view))


def change_view(**changes: Any) -> View:
    """Change some fields of the view; a new demo or sequence begins at its first timestep."""
    if {"demo", "source"} & changes.keys():
        changes = {"t": 0, **changes}
    return _remembered(current_view().replace(**changes))


def arrived_bare() -> bool:
    """Whether the reader has just come, without a word in the address about what to see."""
    return _VIEW not in st.session_state and not st.query_params


def settle(view: View, problem: str) -> None:
    """Remember the view as it is really shown, and why it isn't what was asked for."""
    _remembered(view)
    if problem:
        tell(problem)


def _remembered(view: View) -> View:
    st.session_state[_VIEW] = spell(view)
    return view


def _followed(view: View) -> View:
    """The view with what the stage has reported since it was last asked.

    Each report has its own moment. An old one stays where it arrived, and must not come back
    after the page itself has moved the stage.
    """
    reported = _report()
    if reported != st.session_state.get(_FOLLOWED, {}):
        st.session_state[_FOLLOWED] = reported
        view = read({**spell(view), **reported})
    return view


def _report() -> dict[str, str]:
    """What the stage last reported, spelled as in an address, and when."""
    reported = last_report(STAGE)
    return {
        name: str(int(value) if isinstance(value, bool) else value)
        for name in _STAGE_FIELDS
        if (value := reported.get(name)) is not None
    }


def hold(demo: str, name: str, sequence: Given, sequence_id: str) -> None:
    """Keep a sequence that no link can carry, until another one takes its place."""
    kept = {"demo": demo, "name": name, "sequence": sequence, "id": sequence_id}
    st.session_state[_HELD] = kept


def held(view: View) -> tuple[Given, str] | None:
    """Return the sequence held for this view and its fingerprint; None where there is none."""
    kept = st.session_state.get(_HELD)
    if not kept or view.source != Source(kind="upload", value=kept["name"]):
        return None
    return (kept["sequence"], kept["id"]) if view.demo == kept["demo"] else None


def tell(sentence: str) -> None:
    """Have one sentence shown on the page until the next thing is done."""
    st.session_state[_NOTICE] = sentence


def hear() -> str:
    """Return the sentence to show; "" where all is well."""
    sentence: str = st.session_state.get(_NOTICE, "")
    return sentence


def choose_columns(columns: tuple[str, ...], chosen: tuple[str, ...]) -> None:
    """Remember which columns the uploaded file has, and which of them are read."""
    st.session_state[_COLUMNS] = (columns, chosen)


def file_columns() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns of the uploaded file, and those that are read."""
    columns: tuple[tuple[str, ...], tuple[str, ...]] = st.session_state.get(_COLUMNS, ((), ()))
    return columns


def widget(key: str) -> Any:
    """Return what a control holds, None before it was first shown."""
    return st.session_state.get(key)


def put(key: str, value: Any) -> None:
    """Set a control that is not yet shown in this run, so that it follows the view."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def dark() -> bool:
    """Whether the reader's page is dark."""
    return bool(st.context.theme.type == "dark")
