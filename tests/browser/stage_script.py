"""A page with nothing but the stage, for cells of any kind: `?cell=gru&timesteps=40`.

`?group=lstm-8,rnn-17,gru-9` shows several in step, each with so many units; `lstm-8-25` runs for
25 timesteps only. A page that is open already shows another stage without being loaded again:
each `visit=` begins with an empty session and mounts its own stage, and `visit=none` shows none.

The tests import `made` too, so that they know the numbers that the page must show.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import streamlit as st

from app.components.shared.settings import read_settings
from app.components.stage import (
    GroupMember,
    NumberStrip,
    Scene,
    StageSettings,
    StripLine,
    SymbolStrip,
    build_scene,
    last_report,
    reported_words,
    stage,
    stages,
)
from lstm_core import Clamp, GRUParameters, LSTMParameters, LSTMVariant, RNNParameters, unroll

UNITS, INPUTS = 8, 3
HOSTILE = ("<img src=x onerror=alert(1)>", " ", "\n", "\t", "", "𝄞", "a&amp;b", "</script>")


def cell(kind: str, units: int = UNITS) -> Any:
    """Return a cell with weights that all differ; `kind` may name a variant of the LSTM."""
    rng = np.random.default_rng(7)

    def draw(*shape: int) -> Any:
        return rng.normal(0, 0.8, shape).astype(np.float32)

    def common(blocks: int, out: int = units) -> dict[str, Any]:
        return {
            "kernel": draw(INPUTS, blocks * units),
            "recurrent_kernel": draw(out, blocks * units) / 2,
            "bias": draw(blocks * units),
        }

    if kind == "gru":
        return GRUParameters(**common(3), recurrent_bias=draw(units))
    if kind == "rnn":
        return RNNParameters(**common(1))
    if kind in ("none", "coupled"):
        return LSTMParameters(**common(3), variant=LSTMVariant(forget=kind))
    if kind == "clipped":
        return LSTMParameters(**common(4), variant=LSTMVariant(clip=0.7))
    if kind == "projected":
        return LSTMParameters(**common(4, 3), projection=draw(units, 3))
    return LSTMParameters(**common(4), peephole=draw(3, units) if kind == "peephole" else None)


SIGNALS = {
    "lstm": ("cell_state", "forget_gate", "hidden_state"),
    "rnn": ("hidden_state",),
    "gru": ("hidden_state", "update_gate"),
}


def belief(timesteps: int) -> StripLine:
    """Return a row that fades from 1 to a half, with a word for each timestep and a gap."""
    values = 0.5 + 0.5 * np.exp(-np.arange(timesteps) / 12)
    values[3] = np.nan
    words = tuple("TP"[t % 2] for t in range(timesteps))
    return StripLine(
        title="knows the first", values=values, labels=words, reference=0.5, note="dashed: a guess"
    )


@cache
def made(
    kind: str = "lstm",
    timesteps: int = 40,
    strip: str = "symbols",
    reverse: bool = False,
    units: int = UNITS,
    extra: bool = False,
    held: tuple[Clamp, ...] = (),
) -> Scene:
    """Return the scene that the page shows."""
    rng = np.random.default_rng(3)
    inputs = rng.normal(0, 1.5, (timesteps, INPUTS)).astype(np.float32)
    trace = unroll(cell(kind, units), inputs, reverse=reverse, interventions=held)
    lines = (belief(timesteps),) if extra else ()
    if strip == "numbers":
        truth = np.append(inputs[1:, 0], np.nan)
        shown: Any = NumberStrip(
            columns=("x", "y"),
            values=inputs[:, :2],
            predicted=truth + 0.1,
            truth=truth,
            extra=lines,
        )
    else:
        alphabet = HOSTILE if strip == "hostile" else tuple("abcde")
        tokens = tuple(alphabet[t % len(alphabet)] for t in range(timesteps))
        shown = SymbolStrip(
            tokens=tokens,
            predicted=tokens[::-1],
            correct=np.arange(timesteps) % 5 != 3,
            extra=lines,
        )
    return build_scene(trace, shown, layer_note="" if units != UNITS else "a note")


def member(spelled: str, timesteps: int) -> GroupMember:
    """Return one stage of a group, spelled as in the address."""
    kind, units, *length = spelled.split("-")
    scene = made(kind, int((*length, timesteps)[0]), units=int(units), extra=True)
    return GroupMember(scene=scene, title=f"{kind.upper()}, {units} units", signals=SIGNALS[kind])


def show_group(spelled: str, timesteps: int, settings: StageSettings, key: str) -> None:
    """Show stages in step."""
    members = [member(one, timesteps) for one in spelled.split(",")]
    stages(members, settings, key=key)


def begin_visit() -> str:
    """Return which visit this is; a new one remembers nothing of the one before."""
    visit = st.query_params.get("visit", "")
    if st.session_state.get("visit", "") != visit:
        st.session_state.clear()
    st.session_state["visit"] = visit
    return visit


def current_settings(key: str) -> StageSettings:
    """Return how the stage is set: as the address says, then as it was reported."""
    words = {"unit": "2", "all_units": "1", **st.query_params, **reported_words(key)}
    return StageSettings(**read_settings(StageSettings, words))


def page() -> None:
    """Show the stage, something else that takes keys, and what was reported."""
    st.set_page_config(layout="wide")
    query = st.query_params
    visit = begin_visit()
    if visit == "none":
        return
    key = f"stage{visit}"
    choices = {
        "kind": query.get("cell", "lstm"),
        "timesteps": int(query.get("timesteps", "40")),
        "strip": query.get("strip", "symbols"),
        "reverse": query.get("reverse") == "1",
    }
    if st.button("A longer run"):
        st.session_state["timesteps"] = 60
    if st.button("Go to 9"):
        st.session_state["sent"] = 9
    if st.button("In another place"):
        st.session_state["place"] = "another"
    if st.button("Two others"):
        st.session_state["group"] = "gru-5,rnn-6-25"
    choices["timesteps"] = st.session_state.get("timesteps", choices["timesteps"])
    settings = current_settings(key)
    if st.session_state.get("sent") is not None:
        settings = replace(settings, t=st.session_state.pop("sent"))
    with st.container(key=f"{st.session_state.get('place', 'one')}{visit}"):
        if "group" in query:
            spelled = st.session_state.get("group", query["group"])
            show_group(spelled, choices["timesteps"], settings, key)
        else:
            stage(made(**choices, extra=query.get("extra") == "1"), settings, key=key)
    st.text_input("Something to type")
    st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    st.code(json.dumps({"runs": st.session_state["runs"], **last_report(key)}), language=None)


if __name__ == "__main__":
    # Streamlit runs this file anew each time; a module is imported once, and keeps what it made.
    from tests.browser.stage_script import page as shown_page

    shown_page()
