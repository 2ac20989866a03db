"""Which page is open, and what is remembered for it alone."""

from __future__ import annotations

from typing import Any, Literal

import streamlit as st

Page = Literal["explore", "learn", "memory", "train", "sequences", "model"]

_PAGE = "page"


def open_page(page: Page) -> None:
    """Make `page` the open one: what is remembered from now on is that page's own."""
    st.session_state[_PAGE] = page


def opened_page() -> Page:
    """Return which page is open."""
    page: Page = st.session_state.get(_PAGE, "explore")
    return page


def page_key(name: str) -> str:
    """Return the key under which the open page remembers `name`."""
    page = opened_page()
    return name if page == "explore" else f"{page}-{name}"


def page_value(name: str, default: Any = None) -> Any:
    """Return what the open page remembers under `name`, or `default`."""
    return st.session_state.get(page_key(name), default)


def remember_for_page(name: str, value: Any) -> None:
    """Remember a value under `name` for the open page."""
    st.session_state[page_key(name)] = value


def forget_for_page(name: str) -> None:
    """Remember nothing under `name` for the open page."""
    st.session_state.pop(page_key(name), None)
