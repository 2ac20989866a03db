"""Explore: step a trained network through a sequence.

What the reader wants to find out here, in this order:

1. What is there to see, in which network and sequence?                  the headline, the row above
2. What happens now, and what is remembered?                             the stage and its sentence
3. Why is this gate as open as it is?                                    Arithmetic
4. Is it right, and how sure is it?                                      Prediction
5. What exactly are the numbers, and can I have them?                    Values
6. What did this signal, or this unit, do all along?                     Close reading
7. What does it do with a sequence of mine?                              Type, Upload, New
8. Was it really trained, on what, and how good is it?                   Training
9. How do I show somebody else?                                          Copy link
"""

from __future__ import annotations

from html import escape

import streamlit as st

from ...session import state
from ...words import common as words
from ..shared import details, opening, stage_panel, toolbar


def page() -> None:
    """Show the page."""
    state.open_page("explore")
    opened = opening.open_now()
    opening.remember(opened)
    toolbar.controls(opened)
    st.html(f"<h1 class='headline'>{escape(words.HEADLINES[opened.trace.kind])}</h1>")
    toolbar.sentences(opened)
    stage_panel.play()
    details.tabs()
