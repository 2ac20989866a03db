"""A page with nothing but the product's stage, as large as the address says.

`PYTHONPATH=. streamlit run benchmarks/scene.py`, then `/?units=64&timesteps=200`. The network is
random and says so: what is measured here is drawing, not thinking. No page of the app leads here.
"""

from __future__ import annotations

import time

import streamlit as st

from app.components.stage import NumberStrip, StageSettings, build_scene, stage
from app.session.shared_store import store
from benchmarks.unroll import random_walk
from lstm_core.run.trace import LSTMTrace


def run(units: int, timesteps: int) -> LSTMTrace:
    """Return the run of a random LSTM over a random walk, computed once for all sessions."""
    key = ("benchmark", units, timesteps)
    return store.get_or_compute(key, lambda: random_walk(units, timesteps))


def main() -> None:
    """Show the stage; a session that opens a run already computed only builds its scene."""
    st.set_page_config(page_title="Benchmark", layout="wide")
    units = int(st.query_params.get("units", 64))
    timesteps = int(st.query_params.get("timesteps", 200))
    unit = int(st.query_params.get("unit", 0))  # -1 is all of them
    st.caption(
        f"Benchmark: an LSTM of {units} units with random weights, never trained, "
        f"over {timesteps:,} timesteps of a random walk."
    )
    trace = run(units, timesteps)
    if "scene" not in st.session_state:
        start = time.perf_counter()
        strip = NumberStrip(columns=("walk",), values=trace.input)
        st.session_state["scene"] = build_scene(trace, strip)
        st.session_state["seconds"] = time.perf_counter() - start
    t = int(st.query_params.get("t", 0))
    unfolded = st.query_params.get("all_units") == "1"
    settings = StageSettings(t=t, unit=unit, speed=60, all_units=unfolded)
    stage(st.session_state["scene"], settings, key="stage")
    st.caption(f"scene built in {st.session_state['seconds']:.3f} s")


main()
