"""What the reader looks at now: the address, what the page remembers, and the stage's report.

The browser's address follows the view (see `components.address`) without a new entry in its
history for every step. So the parameters that Streamlit passes on are those with which the page
was opened, and they count again only once the reader has changed them (a link, back or forward).

The stage's last report stays in the session state until the next one. It counts once: after the
page itself has moved the stage it must not come back. Each report has its own moment, by which
it is known.
"""

from __future__ import annotations

from typing import Any, get_args

import streamlit as st

from ...components.stage import reported_words
from ..beside import Beside
from ..view import BESIDE, CHOICES, PART, SourceKind, View, names_place, read, spell
from .language import LANGUAGE, with_language
from .notices import clear_notice
from .pages import forget_for_page, open_page, page_key, page_value, remember_for_page
from .uploads import PARAMETER, adopt_session_token

_STAGE = "stage"
_BROUGHT = {"demo", "cell", "alike", PART, *get_args(SourceKind)}
_EXPLORED = "explored"
_OF_PARTS = {BESIDE, "how", "held", "stretch"}  # choices that parts of a page show by themselves
_OF_PAGE = CHOICES - _OF_PARTS | {"layer", "direction", "alike", "third", LANGUAGE}
_SHOWN = "shown"  # what of the view the whole page was last drawn for
_PLACE = "place"
_VIEW, _ARRIVED, _FOLLOWED = "view", "arrived", "followed"  # "followed" is the last report taken in


def stage_key() -> str:
    """Return the key of the open page's stage, under which its reports arrive."""
    return page_key(_STAGE)


def current_view() -> View:
    """Return what the reader looks at: the address if it is new, else what is remembered.

    What the stage has reported since then is part of it.
    """
    return read(_words())


def place_is_named() -> bool:
    """Return whether anybody has said which sequence, timestep or unit to see.

    The address does, or what is remembered, or the stage that was moved.
    """
    return names_place(_words())


def _words() -> dict[str, str]:
    """The view as words, for `read`."""
    spelled = new_address() or page_value(_VIEW, {})
    reported = reported_words(stage_key())
    return spelled if reported == page_value(_FOLLOWED, {}) else {**spelled, **reported}


def remember_view(view: View) -> None:
    """Remember the view; the address and the stage's report are part of it from now on."""
    remember_for_page(_VIEW, spell(view))
    remember_for_page(_FOLLOWED, reported_words(stage_key()))
    remember_address()
    live_place().update(t=view.t, unit=view.unit)


def change_view(**changes: Any) -> None:
    """Change some fields of the view; a new sequence begins at its first timestep, unmarked.

    Of a new demo nothing else is said: it opens at its moment.
    """
    if {"demo", "source"} & changes.keys():
        changes = {"t": 0, "stretch": (), **changes}
    if {"demo", "source", "cell", "layer", "direction"} & changes.keys():
        changes = {"changes": (), **changes}
    if "demo" in changes:
        changes = {"unit": View.unit, "beside": Beside(), **changes}
    remember_view(current_view().replace(**changes))


def return_to(address: dict[str, str]) -> None:
    """Look again at what an earlier address of the page says."""
    clear_notice()
    remember_view(read(address))


def live_place() -> dict[str, int]:
    """Return the timestep `t` and the `unit` of the reader, a table that changes with every report.

    So it can be read where there is no session: while a file is made that was pressed for.
    """
    place: dict[str, int] = st.session_state.setdefault(page_key(_PLACE), {})
    return place


def follow_stage() -> None:
    """Remember where the stage has come to rest, also for when the page is left."""
    remember_view(current_view())


def remember_page() -> None:
    """Remember what the whole page is drawn for now, see `page_is_behind`."""
    remember_for_page(_SHOWN, _page_words())


def page_is_behind() -> bool:
    """Return whether something was chosen for which the whole page has not been drawn.

    So it is where the reader chooses in the very moment in which the stage reports: of two
    messages in one batch Streamlit runs the fragment of the first one alone.
    """
    return bool(_page_words() != page_value(_SHOWN))


def _page_words() -> dict[str, str]:
    spelled = with_language(spell(current_view()))
    return {name: word for name, word in spelled.items() if name in _OF_PAGE}


def forget_view() -> None:
    """Begin anew, as a reader who comes with an address that says nothing."""
    forget_for_page(_VIEW)


def show_on_explore(demo: str) -> None:
    """Have the Explore page open this network, at its moment, when it is opened next."""
    open_page("explore")
    clear_notice()
    remember_for_page(_VIEW, spell(View(demo=demo)))


def explored() -> View:
    """Return the network and the sequence that the reader looked at on Explore last.

    Of a reader who was not there it is a view that names no demo.
    """
    words = st.session_state.get(_VIEW, {})
    return read({name: word for name, word in words.items() if name in _BROUGHT})


def searched_corpus() -> str:
    """Return which corpus the page Sequences showed last; "" where it showed none."""
    return read(st.session_state.get(f"sequences-{_VIEW}", {})).corpus


def bring_explored() -> None:
    """Have the open page show what was explored last, unless it is known already.

    An address that is new on this page counts for more, and so does what the reader has chosen
    here since then. A GRU comes as the third network.
    """
    looked_at = explored()
    spelled = spell(looked_at)
    if spelled == page_value(_EXPLORED, {}):
        return
    remember_for_page(_EXPLORED, spelled)
    if not new_address():
        third = looked_at.cell == "gru"
        remember_for_page(_VIEW, spell(looked_at.replace(cell=View.cell, third=third)))


def new_address() -> dict[str, str]:
    """Return the parameters of an address that is not yet remembered; {} where there are none."""
    said = st.query_params.items()
    address = {name: value for name, value in said if name not in (PARAMETER, LANGUAGE)}
    return {} if address == page_value(_ARRIVED) else address


def remember_address() -> None:
    """Remember that the address was read, so that it does not count again."""
    adopt_session_token()
    if address := new_address():
        remember_for_page(_ARRIVED, address)


def address_says(name: str) -> bool:
    """Return whether the address with which the page was opened has a parameter of this name."""
    return name in st.query_params


def address_word(name: str) -> str:
    """Return a parameter of the address with which the page was opened; "" where it has none."""
    return st.query_params.get(name, "")
