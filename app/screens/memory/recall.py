"""What each network still tells by the time since it was read, and what it answers itself."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from ...figures.measured_results import measured_table
from ...session import state
from ...words import memory as memory_words
from . import comparison, results
from .charts import head, picture, rivals
from .comparison import Remembering
from .networks import Comparison


def recall(shown: Comparison) -> None:
    """Show recall by lag on one axis, and each network's own success from its certificate."""
    known = [results.remembered(network.demo) for network in shown.networks]
    told = [each for each in known if each is not None]
    table = measured_table(tuple((n.title, n.demo.provenance) for n in shown.networks))
    if len(told) < len(shown.networks):
        st.html(table)
        return
    from ...figures.recall import recall_curves

    curves = tuple(zip(rivals(shown), (each.recall for each in told), strict=True))
    picture_place, table_place = st.columns([3, 2], gap="large")
    with picture_place:
        head(memory_words.RECALL_TITLE)
        st.html(f'<p class="verdicts">{_verdicts(shown, told)}</p>')
        picture(recall_curves(curves, dark=state.is_dark()), "recall")
    with table_place:
        asked = memory_words.asked(told[0].recall.probe.labels)
        note = memory_words.recall_note(told[0].sequences, asked, told[0].recall.measure)
        st.html(f'{table}<p class="note said">{escape(note)}</p>')


def _verdicts(shown: Comparison, told: list[Remembering]) -> str:
    """What the curves show, a sentence for each network, as HTML."""
    sentences = []
    for network, known in zip(shown.networks, told, strict=True):
        recall = known.recall
        last = int(np.flatnonzero(np.isfinite(recall.score))[-1])
        sentences.append(
            memory_words.verdict(
                network.trace.words.title,
                comparison.forgotten(recall),
                int(recall.lags[last]),
                float(recall.score[last]),
                recall.measure,
            )
        )
    return "<br>".join(escape(sentence) for sentence in sentences)
