"""Studies from files: variants of the LSTM with many seeds, and the table of tasks."""

from __future__ import annotations

from html import escape

import streamlit as st

from lstm_core.studies import Study

from ...figures.measured_results import task_table
from ...incidents import contained
from ...session import state
from ...words import memory as memory_words
from ...words.formatting import paragraph
from ...words.phrases import said
from . import results
from .charts import chart_title, note, picture


@contained
def studies() -> None:
    """Show the studies whose files are there."""
    if (study := results.variants_study()) is not None:
        _variants(study)
    if (table := results.tasks_table()) is not None:
        st.html(f'<h2 class="part">{escape(memory_words.TASKS)}</h2>{task_table(table)}')


def _variants(study: Study) -> None:
    from ...figures.variants import learning_curves, seed_dots

    seeds = max(len(variant.runs) for variant in study.variants)
    lead = memory_words.study(said(study.title), said(study.criterion), seeds)
    part = f'<h2 class="part">{escape(memory_words.VARIANTS)}</h2>'
    st.html(f'{part}<p class="question">{escape(lead)}</p>')
    for place, heading, figure, name in zip(
        st.columns(2, gap="medium"),
        (memory_words.LEARNING_TITLE, memory_words.SEEDS_TITLE),
        (learning_curves, seed_dots),
        ("learning", "seeds"),
        strict=True,
    ):
        with place:
            chart_title(heading)
            picture(figure(study, dark=state.is_dark()), name)
    made = memory_words.made(study.date, study.machine)
    sources = memory_words.sources(tuple((said(v.name), v.source) for v in study.variants))
    note(paragraph((memory_words.VARIANTS_NOTE, sources, made)))
