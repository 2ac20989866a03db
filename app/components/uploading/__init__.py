"""Uploads that did not arrive: said in a sentence below the uploader.

Streamlit marks the file and says what the browser made of the answer, "Request failed with status
code 507", to whoever points at it.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ...words import uploads as words
from ..shared.registration import component

HERE = Path(__file__).parent
NO_ROOM, TOO_LARGE = "507", "413"  # the answers of a server; nginx gives the second one, too


def say_what_did_not_arrive() -> None:
    """Have all uploaders of the page that is open say why a file did not arrive."""
    sentences = {
        NO_ROOM: words.NO_ROOM,
        TOO_LARGE: words.larger_than_taken(st.get_option("server.maxUploadSize")),
        "kind": words.KIND_NOT_TAKEN,
        "": words.NOT_ARRIVED,
    }
    watch = component("uploading", HERE / "js" / "uploading.js")
    watch(key="not-arrived", data=sentences)
