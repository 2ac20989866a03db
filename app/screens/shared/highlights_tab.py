"""The tab that says what stands out in this run, each finding with a button that goes there.

What the reader wants to find out: where to look at all in a run of many units and timesteps, in
a demo or in a model that nobody has explained.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import numpy as np
import streamlit as st

from lstm_core.analysis import Highlight, constant_prediction
from lstm_core.analysis.highlights import origins_within_reach
from lstm_core.analysis.origins import INITIAL
from lstm_core.analysis.surprise import largest_surprise
from lstm_core.record import record
from lstm_core.run.trace import Trace

from ...session import state
from ...session.opened_view import OpenedView
from ...session.run_facts import RunFacts, run_facts
from ...session.sequence_strip import names_classes
from ...words import why as why_words
from ...words.formatting import number, paragraph
from ...words.phrases import said
from .browser_tabs import here_line
from .labels import tokens

BUTTON = 210  # pixels: all buttons have one width, and all sentences begin below one another
UNLIKELY = 0.1  # what was given more is no surprise


@record
class Finding:
    """One sentence about a run, and where to look; INITIAL stands for any timestep or unit."""

    sentence: str
    timestep: int = INITIAL
    unit: int = INITIAL

    @property
    def place(self) -> tuple[int | None, int | None]:
        """The timestep and unit to look at; None where the sentence is about the whole run."""
        timestep, unit = (None if k == INITIAL else k for k in (self.timestep, self.unit))
        return timestep, unit


def highlights(opened: OpenedView) -> None:
    """Show what stands out, the most telling first."""
    here_line()
    listed = tuple(findings(opened, run_facts(opened)))
    for k, finding in enumerate(listed):
        with st.container(horizontal=True, key=f"finding-{k}", vertical_alignment="center"):
            if finding.place != (None, None):
                st.button(
                    why_words.go_to(*finding.place),
                    key=f"look-{k}",
                    width=BUTTON,
                    on_click=_look,
                    args=(finding.timestep, finding.unit),
                )
            st.html(f'<p class="finding">{escape(finding.sentence)}</p>')
    if not listed:
        st.html(f"<p>{escape(why_words.NOTHING)}</p>")
    st.html(f'<p class="note">{escape(_explanation(opened))}</p>')


def _look(timestep: int, unit: int) -> None:
    """Move the stage to what a finding is about."""
    wanted = {"t": timestep, "unit": unit}
    state.change_view(**{name: value for name, value in wanted.items() if value != INITIAL})
    st.rerun()


def _explanation(opened: OpenedView) -> str:
    if opened.trace.vocabulary.keeping_gate is None:
        return why_words.NO_WRITES
    if not origins_within_reach(opened.trace):
        return why_words.TOO_LONG
    return why_words.WRITTEN_NOT_CAUSED


def findings(opened: OpenedView, facts: RunFacts) -> Iterator[Finding]:
    """Yield a sentence for each highlight of a run, and for its first mistake and surprise.

    A prediction that is constant, and nowhere known to be right, comes first: why it is.
    """
    constant = constant_prediction(opened.subject.model, opened.run)
    if constant is not None and not _is_right_somewhere(opened):
        yield Finding(sentence=why_words.constant(constant.cause, constant.measured))
    for highlight in facts.highlights:
        unit = highlight.units[0]
        yield Finding(
            sentence=_sentence(opened, facts, highlight),
            timestep=highlight.timestep,
            unit=unit,
        )
    yield from _mistakes(opened)


def _is_right_somewhere(opened: OpenedView) -> bool:
    predictions = opened.run.predictions
    return predictions is not None and bool(
        (opened.subject.correct(opened.sequence, predictions) == 1).any()
    )


def _sentence(opened: OpenedView, facts: RunFacts, highlight: Highlight) -> str:
    """What a highlight says, with the numbers of the trace."""
    trace, units = opened.trace, highlight.units
    names = {signal.name: said(signal.title).lower() for signal in trace.vocabulary.recorded}
    memory, of = names[trace.vocabulary.memory], trace.parameters.hidden_size
    gate = names.get(trace.vocabulary.keeping_gate or "", "")
    written = _reading(opened, highlight.since)
    match highlight.kind:
        case "carry":
            carry = why_words.carry_held if _is_held(trace, highlight) else why_words.carry
            carried = carry(
                units[0],
                written,
                highlight.timestep,
                int(highlight.value),
                highlight.share,
                memory,
            )
            others = why_words.so_do(units[1:])
            chance = "" if facts.chance is None else why_words.by_chance(facts.chance)
            return paragraph((carried, others, chance))
        case "write":
            is_held = _is_held(trace, highlight)
            say = why_words.strongest_held if is_held else why_words.strongest_write
            return say(units[0], written, highlight.value, memory)
        case "reset":
            before = trace[highlight.timestep].previous.memory[units[0]]
            where, held = _reading(opened, highlight.timestep), number(float(before))
            return why_words.reset(
                units[0], where, highlight.value, held, gate, others=len(units) - 1
            )
        case "open" | "shut":
            return why_words.mostly(highlight.kind, units, of, gate, highlight.value)
        case "dead":
            return why_words.dead(units, of)
        case "always_on":
            return why_words.always_on(units, of)


def _is_held(trace: Trace, highlight: Highlight) -> bool:
    """Whether what a memory goes back to was held there, and not written."""
    held = trace.held(trace.vocabulary.memory)
    return held is not None and bool(held[highlight.since, highlight.units[0]])


def _reading(opened: OpenedView, timestep: int) -> str:
    read = tokens(opened)
    return why_words.reading(timestep, read[timestep] if read and timestep != INITIAL else "")


def _mistakes(opened: OpenedView) -> Iterator[Finding]:
    """The first wrong prediction, and the symbol that was least expected."""
    predictions, readout = opened.run.predictions, opened.subject.model.readout
    if predictions is None or readout is None:
        return
    correct = opened.subject.correct(opened.sequence, predictions)
    wrong = np.flatnonzero(correct == 0)
    if len(wrong):
        known = int((correct >= 0).sum())
        where = _reading(opened, int(wrong[0]))
        yield Finding(
            sentence=why_words.first_mistake(where, len(wrong), known), timestep=int(wrong[0])
        )
    if readout.activation != "linear" and not names_classes(opened.subject):
        least = largest_surprise(predictions, readout.labels, tokens(opened))
        if least is not None and least.probability < UNLIKELY:
            came = tokens(opened)[least.timestep]
            yield Finding(
                sentence=why_words.surprise(least.timestep, came, least.probability),
                timestep=least.timestep,
            )
