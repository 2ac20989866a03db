"""Memory: the long-term dependency, measured on trained networks.

What the reader wants to find out here, the teacher who wants to show it and the student who
doubts it, in this order:

1. Does a standard RNN really forget, and does an LSTM not?        two stages in step, and a probe
2. From when on? By accident, in this one sequence?                recall by lag, fresh sequences
3. Is the comparison fair?                                         alike in size or in numbers;
                                                                   how each was trained
4. Why: what is left at t of what was there at s?                  influence through time
5. Which way does it push the answer?                              signed derivatives of one output
6. Do gradients vanish or explode on the way?                      the gain of each step
7. What of an LSTM does it, and is one lucky run enough?           variants, seeds and their spread
8. Is it so on other tasks too?                                    the table
9. How do I show somebody else?                                    Copy link
"""

from __future__ import annotations

from html import escape

import streamlit as st

from ...components.first_paint import is_painted, wait_for_paint
from ...components.stage import GroupMember, stages
from ...session import state
from ...words import memory as memory_words
from ..shared import toolbar as row
from . import (
    influence,
    networks,
    recall,
    results,
    studies,
)
from . import (
    toolbar as memory_row,
)

PICTURES, PAINTED = "pictures", "memory-painted"  # a fragment; where the browser says it is drawn


def page() -> None:
    """Show the page."""
    state.open_page("memory")
    if not results.compared_demos():
        st.html(f'<p class="question">{escape(memory_words.NONE)}</p>')
        return
    shown = networks.open_now()
    networks.remember(shown)
    memory_row.controls(shown)
    heading(memory_words.FORGETS, _lead(shown), main=True)
    row.sentences(shown.opened)
    _play(shown)
    _pictures()


@st.fragment(key=PICTURES)
def _pictures() -> None:
    """Show everything that Plotly draws, once the stages are there."""
    shown = networks.open_now()
    if not wait_for_paint(PAINTED, state.stage_key()):
        influence.follow_address(shown)
        return
    recall.recall(shown)
    heading(memory_words.WHY)
    influence.influence()
    influence.gains(shown)
    studies.studies()


def _lead(shown: networks.Comparison) -> str:
    """What is compared here, and what the probe says, where there is one."""
    lead, alikes = [memory_words.FORGETS_LEAD], networks.alikes(shown.demo.name)
    if len(alikes) == 1:
        lead.append(memory_words.only_alike(alikes[0]))
    if results.probed_recall(shown.demo) is not None:
        lead.append(memory_words.PROBE_LEAD)
    return " ".join(lead)


def heading(title: str, lead: str = "", *, main: bool = False) -> None:
    """Begin a part of the page with its question; the `main` one is the page's own."""
    sentence = f'<p class="question">{escape(lead)}</p>' if lead else ""
    tag = "h1" if main else "h2"
    st.html(f'<{tag} class="part">{escape(title)}</{tag}>{sentence}')


def _play(shown: networks.Comparison) -> None:
    """Show the stages; what follows them are the pictures of influence."""
    sequence = shown.opened.sequence
    members = [
        GroupMember(scene=results.scene(network, sequence), title=network.title)
        for network in shown.networks
    ]
    stages(members, shown.opened.view, key=state.stage_key(), on_change=_follow)


def _follow() -> None:
    """Have only the pictures of influence follow, not the page."""
    state.follow_stage()
    st.rerun(influence.FOLLOWS if is_painted(PAINTED) else PICTURES)
