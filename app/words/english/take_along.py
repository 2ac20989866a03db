"""Every sentence of what a reader takes along: files that play without the app."""

from __future__ import annotations

SAVE_PAGE = "Download as a page (HTML)"
SAVE_PAGE_HELP = "One file with this stage, which plays without the app and without a network"
FRAME = "An LSTM, step by step"
TIMESTEP = "timestep"
FOOTER = (
    "Made with Gatescope. Every number here was computed by the network. No internet is needed: "
    "step with the arrow keys, play with the space bar."
)


def too_long(timesteps: int, most: int, most_bytes: int) -> str:
    """Say that a run is too long for a page in one file, and what can be done."""
    return (
        f"The run has {timesteps:,} timesteps, and a page in one file holds at most {most:,} "
        f"({most_bytes / 1e6:.0f} MB): run a stretch of the sequence."
    )
