"""The browser's history: an entry for each choice of the reader, and the way back to each."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from ...components.address import returned_address, spell_address
from ...session import state
from ...session.view import CHOICES


def spell_into_history(
    spelled: dict[str, str], choices: Collection[str] = CHOICES, always: Collection[str] = ()
) -> None:
    """Write these parameters into the address; back and forward show the page as it was.

    Where one of `choices` has another value than before, that is a new entry in the history.
    `always` are spelled with their defaults, too.
    """
    spell_address(spelled, choices=choices, always=always, on_return=_return)


def _return() -> None:
    """Show the whole page as it was at the entry of the history to which the reader went."""
    state.return_to(returned_address())
    st.rerun()
