"""Recall by lag of each network, and the results from its certificate."""

from __future__ import annotations

from html import escape

import streamlit as st

from lstm_core.recall_study import ProbedRecall

from ...figures.measured_results import measured_table
from ...incidents import contained
from ...session import state
from ...words import memory as memory_words
from ...words import memory_answer as answer_words
from . import results
from .charts import chart_title, compared_networks, note, picture
from .networks import Comparison


@contained
def recall(shown: Comparison) -> None:
    """Show the recall of all networks on one axis, and the success that each was measured at."""
    known = [results.probed_recall(network.demo) for network in shown.networks]
    probed = [stages[-1] for stages in known if stages]
    table = measured_table(tuple((n.title, n.demo.provenance) for n in shown.networks))
    if len(probed) < len(shown.networks):
        st.html(table)
        return
    first = [results.first_number_recall(network.demo) for network in shown.networks]
    alone = [each for each in first if each is not None]
    labels, is_sum = probed[0].recall.probe.labels, bool(alone)
    picture_place, table_place = st.columns([3, 2], gap="large")
    with picture_place:
        _curves(shown, probed, memory_words.RECALL_TITLE, "recall")
    with table_place:
        asked = answer_words.what_is_kept(labels, is_sum=is_sum)
        text = memory_words.recall_note(probed[0].sequences, asked)
        st.html(f'{table}<p class="note said">{escape(text)}</p>')
    if alone:
        _curves(shown, alone, memory_words.FIRST_NUMBER_TITLE, "first-number")
        note(memory_words.FIRST_NUMBER_NOTE)


def _curves(shown: Comparison, probed: list[ProbedRecall], title: str, name: str) -> None:
    from ...figures.recall import recall_curves

    curves = tuple(zip(compared_networks(shown), (each.recall for each in probed), strict=True))
    chart_title(title)
    picture(recall_curves(curves, dark=state.is_dark()), name)
