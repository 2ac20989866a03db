"""Explore: step a trained network through a sequence.

What the reader wants to find out here, in this order:

1. What do I see: which network, which sequence, and what is it asked?   the row above the stage
2. What does it do now, and what does it remember?                       the stage
3. Why is this gate as open as it is?                                    Arithmetic
4. Is it right, and how sure is it?                                      Prediction
5. What exactly are the numbers, and can I have them?                    Values
6. What did this signal, or this unit, do all along?                     Close reading
7. What does it do with a sequence of mine?                              Type, Upload, New
8. Was it really trained, on what, and how good is it?                   Training
9. How do I show somebody else?                                          Copy link
"""

from __future__ import annotations

from ...session import state
from ..shared import details, opening, stage_panel, toolbar


def page() -> None:
    """Show the page."""
    state.open_page("explore")
    opened = opening.open_now()
    opening.remember(opened)
    toolbar.controls(opened)
    toolbar.sentences(opened)
    stage_panel.play(opened)
    details.tabs()
