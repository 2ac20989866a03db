"""The language that the reader has chosen: for the session, and in every address."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ...words.language import ENGLISH, LANGUAGES, remembered_by, speak

LANGUAGE = "language"
"""The parameter of the address that says the language; English is not written."""

_CHOSEN, _ASKED = "chosen-language", "asked-language"


def settle_language() -> None:
    """Speak the language that the reader has chosen, or that a new address says, in this run.

    An address that says none leaves the language as it is: links within the app need not say it.
    What runs without this, a fragment or a callback, speaks what is remembered.
    """
    remembered_by(_remembered)
    asked = st.query_params.get(LANGUAGE, "")
    if asked != st.session_state.get(_ASKED, ""):
        st.session_state[_ASKED] = asked
        choose_language(asked)
    speak(_remembered())


def choose_language(code: str) -> None:
    """Remember the language and speak it; one that is not offered changes nothing."""
    if code in LANGUAGES:
        st.session_state[_CHOSEN] = code
        speak(code)


def with_language(spelled: dict[str, str]) -> dict[str, str]:
    """Return the parameters of an address, with the language where it is not English."""
    code = _remembered()
    return spelled if code == ENGLISH.code else {**spelled, LANGUAGE: code}


def _remembered() -> str:
    """The code of the session's language; English outside of any session."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return ENGLISH.code
    code: str = st.session_state.get(_CHOSEN, ENGLISH.code)
    return code
