"""Influence through time, as seen from the timestep at which the stages rest: for specialists."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ...incidents import contained
from ...session import state
from ...session.view import LIKELIEST, OWN_UNITS
from ...words import common as words
from ...words import memory as memory_words
from ..shared.labels import input_names
from . import comparison, results
from .charts import chart_title, compared_networks, note, picture, span
from .networks import Comparison


@contained
def influence(shown: Comparison) -> None:
    """Show what moves the states and one output at t."""
    view, timesteps, last = shown.opened.view, len(shown.opened.trace), _reach(shown)
    first, until = _window(view.t, timesteps, last)
    shown_span = span(shown, first, until)
    _curves(shown, shown_span, last)
    _derivatives(shown, shown_span, last)


def _reach(shown: Comparison) -> int:
    """How many timesteps back all of the networks can be followed."""
    return min(comparison.reach(network.trace) for network in shown.networks)


def _window(t: int, timesteps: int, last: int) -> tuple[int, int]:
    """First and last timestep of the pictures: the whole run, or the stretch around t."""
    return (0, timesteps - 1) if timesteps <= last else (max(0, t + 1 - last), max(t, last - 1))


def _curves(shown: Comparison, where: Any, last: int) -> None:
    from ...figures.influence import influence_curves

    sequence, t = shown.opened.sequence, shown.opened.view.t
    seen = [results.influence_at(network, sequence, t, last) for network in shown.networks]
    cue = shown.demo.truth.cue(sequence)
    figure = influence_curves(
        tuple(zip(compared_networks(shown), seen, strict=True)),
        where,
        t=t,
        cue=cue.timestep if cue else None,
        dark=state.is_dark(),
    )
    picture(figure, "influence")
    note(memory_words.INFLUENCE_NOTE)


def _derivatives(shown: Comparison, where: Any, last: int) -> None:
    """The signed derivatives of one output: by what was read, and by the memory."""
    from ...figures.output_influence import derivative_heatmaps

    output = _output_picker(shown)
    note(memory_words.DERIVATIVE_NOTE.format(output=_output_description(shown, output)))
    by_input, by_memory = _derivative_maps(shown, output, last)
    for place, maps, title, name in zip(
        st.columns(2, gap="medium"),
        (by_input, by_memory),
        (memory_words.INPUTS_TITLE, memory_words.STATES_TITLE),
        ("by-input", "by-memory"),
        strict=True,
    ):
        with place:
            chart_title(title)
            picture(derivative_heatmaps(maps, where, dark=state.is_dark()), name)


def _derivative_maps(
    shown: Comparison, output: int, last: int
) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    from ...figures.output_influence import DerivativeMap

    sequence, t = shown.opened.sequence, shown.opened.view.t
    by_input, by_memory = [], []
    for network, unit, compared in zip(
        shown.networks, shown.units, compared_networks(shown), strict=True
    ):
        seen = results.output_influence_at(network, sequence, t, output, unit, last)
        memory, letter = (seen.hidden, "h") if seen.cell is None else (seen.cell, "c")
        signal = "hidden_state" if seen.cell is None else "cell_state"
        by_input.append(
            DerivativeMap(
                title=memory_words.derivative(compared.title, "x"),
                signal="input",
                timesteps=seen.timesteps,
                values=seen.input,
                names=input_names(shown.opened),
            )
        )
        by_memory.append(
            DerivativeMap(
                title=memory_words.derivative(compared.title, letter),
                signal=signal,
                timesteps=seen.timesteps,
                values=memory,
            )
        )
    return tuple(by_input), tuple(by_memory)


def _output_picker(shown: Comparison) -> int:
    """Show the choice of output; return the number of the one to differentiate, or OWN_UNITS."""
    labels = shown.demo.model.readout.labels if shown.demo.model.readout else ()
    several = tuple(range(len(labels))) if len(labels) > 1 else ()
    state.set_widget("output", shown.opened.view.output)
    st.selectbox(
        memory_words.OUTPUT,
        (LIKELIEST, *several, OWN_UNITS) if labels else (OWN_UNITS,),
        format_func=lambda output: _output_name(output, labels),
        key="output",
        on_change=_pick_output,
        width=320,
    )
    output = shown.opened.view.output
    if output == LIKELIEST:
        return comparison.likeliest(shown.networks[0], shown.opened.view.t) if labels else OWN_UNITS
    return output


def _output_name(output: int, labels: tuple[str, ...]) -> str:
    if output == OWN_UNITS:
        return memory_words.OWN_UNITS
    if output == LIKELIEST:
        return memory_words.LIKELIEST if len(labels) > 1 else labels[0]
    return words.quoted(labels[output])


def _pick_output() -> None:
    state.change_view(output=state.widget_value("output"))


def _output_description(shown: Comparison, output: int) -> str:
    """What is differentiated, in a sentence."""
    readout = shown.demo.model.readout
    if output == OWN_UNITS or readout is None:
        return memory_words.OF_UNITS
    if readout.activation == "linear":
        return memory_words.OF_NUMBER.format(label=readout.labels[output])
    return memory_words.OF_LOGIT.format(label=words.quoted(readout.labels[output]))


@contained
def gains(shown: Comparison) -> None:
    """Show the largest singular value of every step. It does not depend on t."""
    from ...figures.influence import gain_curves

    sequence, timesteps = shown.opened.sequence, len(shown.opened.trace)
    last = min(timesteps, _reach(shown))
    values = [results.step_gains(network, sequence, last) for network in shown.networks]
    where = span(shown, timesteps - last, timesteps - 1)
    chart_title(memory_words.GAIN_TITLE)
    figure = gain_curves(
        tuple(zip(compared_networks(shown), values, strict=True)), where, dark=state.is_dark()
    )
    picture(figure, "gains")
    cut = f" {memory_words.gains_cut(last)}" if last < timesteps else ""
    note(memory_words.GAIN_NOTE + cut)
