"""Recall by lag of each network, and the results from its certificate."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from ...figures.measured_results import measured_table
from ...session import state
from ...words import memory as memory_words
from . import comparison, results
from .charts import chart_title, compared_networks, picture
from .comparison import ProbedRecall
from .networks import Comparison


def recall(shown: Comparison) -> None:
    """Show the recall of all networks on one axis, and the success that each was measured at."""
    known = [results.probed_recall(network.demo) for network in shown.networks]
    probed = [each for each in known if each is not None]
    table = measured_table(tuple((n.title, n.demo.provenance) for n in shown.networks))
    if len(probed) < len(shown.networks):
        st.html(table)
        return
    from ...figures.recall import recall_curves

    curves = tuple(zip(compared_networks(shown), (each.recall for each in probed), strict=True))
    picture_place, table_place = st.columns([3, 2], gap="large")
    with picture_place:
        chart_title(memory_words.RECALL_TITLE)
        st.html(f'<p class="verdicts">{_verdicts(shown, probed)}</p>')
        picture(recall_curves(curves, dark=state.is_dark()), "recall")
    with table_place:
        asked = memory_words.asked(probed[0].recall.probe.labels)
        note = memory_words.recall_note(probed[0].sequences, asked, probed[0].recall.measure)
        st.html(f'{table}<p class="note said">{escape(note)}</p>')


def _verdicts(shown: Comparison, probed: list[ProbedRecall]) -> str:
    """What the curves show, a sentence for each network, as HTML."""
    sentences = []
    for network, known in zip(shown.networks, probed, strict=True):
        recall = known.recall
        last = int(np.flatnonzero(np.isfinite(recall.score))[-1])
        sentences.append(
            memory_words.verdict(
                network.trace.vocabulary.title,
                comparison.forgetting_lag(recall),
                int(recall.lags[last]),
                float(recall.score[last]),
                recall.measure,
            )
        )
    return "<br>".join(escape(sentence) for sentence in sentences)
