"""Every sentence of what a reader takes along: files that play without the app."""

from __future__ import annotations

SAVE_PAGE = "Download as a page (HTML)"
SAVE_PAGE_HELP = "One file with this stage, which plays without the app and without a network."
SAVE_FIGURE_PNG = "Download picture as a PNG"
SAVE_FIGURE_SVG = "Download picture as an SVG"
SAVE_FIGURE_CSV = "Download data as a CSV"
SAVE_TRACE = "Download the whole trace (NPZ)"
SAVE_TRACE_HELP = "Every signal of every timestep as NumPy arrays: numpy.load(…)"
SNIPPET = "The same in Python"
SNIPPET_NOTE = "With Gatescope installed, these lines make this run again, with the same numbers."
SNIPPET_FILE = "the name of your file"
SNIPPET_START = "It began with other states, set under What if, which these lines leave out."
SAVE_RUNS_TABLE = "Download the runs as a table (CSV)"
SAVE_RUNS = "Download the whole runs (NPZ)"
STUDIES_SNIPPET = "The pictures and studies in Python"
STUDIES_SNIPPET_NOTE = (
    "With Gatescope installed, these lines measure what the pictures show again. A probe is fitted "
    "anew, which takes some seconds."
)
SAVE_WATCHED_TABLE = "Download the run shown as a table (CSV)"
SAVE_WATCHED = "Download the whole run shown (NPZ)"
TRAINING_SNIPPET_NOTE = (
    "With Gatescope installed, these lines train this network again, update by update: on one "
    "machine with one NumPy they give the same numbers."
)
FRAME = "An LSTM, step by step"
TIMESTEP = "timestep"
FOOTER = (
    "Made with Gatescope. Every number here was computed by the network. No internet is needed: "
    "step with the arrow keys, play with the space bar."
)


def pooled(timesteps: int, first: int, last: int) -> str:
    """Say what a page in one file holds of a long run."""
    return (
        f"The run has {timesteps:,} timesteps: the page shows all of it pooled, the lowest and "
        f"highest values of each stretch, and exact numbers for timesteps {first:,} to {last:,}."
    )
