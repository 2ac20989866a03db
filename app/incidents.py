"""Incidents: errors that nobody expected. The reader gets a number, the log has the rest.

    @contained
    def why(opened): ...

draws a part of a page that never takes the rest of the page with it.
"""

from __future__ import annotations

import functools
import logging
import secrets
from collections import Counter
from collections.abc import Callable
from html import escape
from typing import ParamSpec

import streamlit as st

from .words import hosting as words

P = ParamSpec("P")

log = logging.getLogger("gatescope")
_counts: Counter[str] = Counter()


def report(error: BaseException, place: str) -> str:
    """Write an error into the log, with its traceback; return the number of the incident."""
    number = secrets.token_hex(4)
    _counts["incidents"] += 1
    log.error(
        "incident %s in %s", number, place, exc_info=error, extra={"incident": number, "at": place}
    )
    return number


def incidents() -> int:
    """Return how many incidents there were since this process began."""
    return _counts["incidents"]


def contained(part: Callable[P, None]) -> Callable[P, None]:
    """Return a part of a page that, where it fails, says so in one sentence, and no more fails."""

    @functools.wraps(part)
    def drawn(*given: P.args, **named: P.kwargs) -> None:
        try:
            part(*given, **named)
        except Exception as error:  # whatever it is: the rest of the page is not concerned
            _say(words.part_failed(report(error, f"{part.__module__}.{part.__qualname__}")))

    return drawn


def on_script_error(error: Exception) -> bool:
    """Say in one sentence that the page failed, in place of what Streamlit would say."""
    _say(words.page_failed(report(error, "the page")))
    return True


def _say(sentence: str) -> None:
    st.html(f'<p class="problem incident" role="alert">{escape(sentence)}</p>')
