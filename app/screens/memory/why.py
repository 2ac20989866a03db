"""The third screen: why, as one curve, seen from the timestep at which the stages rest."""

from __future__ import annotations

from html import escape

import streamlit as st

from lstm_core.analysis.memory_left import MemoryLeft
from lstm_core.vocabulary import signal

from ...incidents import contained
from ...session import state
from ...words import memory as memory_words
from ...words import memory_answer as answer_words
from ...words.phrases import said
from ..shared.labels import tokens
from . import comparison, results
from .charts import compared_networks, note, picture
from .networks import Comparison


@contained
def why(shown: Comparison) -> None:
    """Show what is left of a change in each network's memory after k timesteps."""
    from ...figures.memory_left import memory_left_curves

    last = min(comparison.reach(network.trace) for network in shown.networks)
    t, sequence, timesteps = shown.opened.view.t, shown.opened.sequence, len(shown.opened.trace)
    curves = [results.memory_left_at(network, sequence, t, last) for network in shown.networks]
    lag, cue = _marked_lag(shown, curves)
    st.html(
        f'<h2 class="part">{answer_words.WHY}</h2>'
        f'<p class="judged">{escape(_sentence(shown, curves, lag, cue))}</p>'
        f'<p class="here">{escape(_here(shown, last))}</p>'
    )
    figure = memory_left_curves(
        tuple(zip(compared_networks(shown), curves, strict=True)),
        min(timesteps, last) - 1,
        cue=None if cue is None else (lag, memory_words.AT_CUE),
        dark=state.is_dark(),
    )
    picture(figure, "left")
    note(answer_words.LEFT_NOTE)


def _marked_lag(shown: Comparison, curves: list[MemoryLeft]) -> tuple[int, str | float | None]:
    """How long ago what has to be kept was read, and what; None and as far as is seen else."""
    cue, t = shown.demo.truth.cue(shown.opened.sequence), shown.opened.view.t
    furthest = len(curves[0].lags) - 1
    if cue is not None and 0 < t - cue.timestep <= furthest:
        return t - cue.timestep, cue.value
    return furthest, None


def _sentence(
    shown: Comparison, curves: list[MemoryLeft], lag: int, cue: str | float | None
) -> str:
    """What is left after `lag` timesteps, of every network."""
    parts = []
    for network, left in zip(shown.networks, curves, strict=True):
        vocabulary = network.trace.vocabulary
        memory = said(signal(vocabulary.kind, vocabulary.memory).title).lower()
        parts.append((said(vocabulary.title), memory, float(left.left[lag])))
    return answer_words.why(lag, parts, cue)


def _here(shown: Comparison, last: int) -> str:
    view, read = shown.opened.view, tokens(shown.opened)
    token = read[view.t] if read else ""
    return memory_words.here(view.t, len(shown.opened.trace), token, last)
