"""A page with nothing but the product's stage, as large as the address says.

`PYTHONPATH=. streamlit run benchmarks/scene.py`, then `/?units=64&timesteps=200`. The network is
random and says so: what is measured here is drawing, not thinking. No page of the app leads here.
"""

from __future__ import annotations

import time
from typing import Any

import streamlit as st
from streamlit.starlette import App

from app.components.shared.settings import read_settings
from app.components.stage import (
    NumberStrip,
    Scene,
    StageSettings,
    build_scene,
    reported_words,
    stage,
)
from app.run_details import with_run_details
from app.served import started
from app.session.shared_store import store
from benchmarks.unroll import random_walk
from lstm_core.run.trace import LSTMTrace


def run(units: int, timesteps: int) -> LSTMTrace:
    """Return the run of a random LSTM over a random walk, computed once for all sessions."""
    key = ("benchmark", units, timesteps)
    return store.get_or_compute(key, lambda: random_walk(units, timesteps))


def scene(units: int, timesteps: int) -> tuple[Scene, float]:
    """Return the scene of a run, kept as the app keeps its scenes, and the s that it took."""
    key = ("benchmark scene", units, timesteps)
    return store.get_or_compute(key, lambda: _built(run(units, timesteps)))


def _built(trace: LSTMTrace) -> tuple[Scene, float]:
    start = time.perf_counter()
    built = build_scene(trace, NumberStrip(columns=("walk",), values=trace.input))
    return built, time.perf_counter() - start


def main() -> None:
    """Show the stage; run and scene are computed for the first session and kept."""
    st.set_page_config(page_title="Benchmark", layout="wide")
    units = int(st.query_params.get("units", 64))
    timesteps = int(st.query_params.get("timesteps", 200))
    st.caption(
        f"Benchmark: an LSTM of {units} units with random weights, never trained, "
        f"over {timesteps:,} timesteps of a random walk."
    )
    shown, seconds = scene(units, timesteps)
    words = {"unit": "0", "speed": "60", **st.query_params, **reported_words()}
    stage(shown, StageSettings(**read_settings(StageSettings, words)), key="stage")
    st.caption(f"scene built in {seconds:.3f} s")


if __name__ == "__main__":
    main()
else:
    app: Any = App(__file__, lifespan=started)  # `streamlit run` looks for this
    app = with_run_details(app)
