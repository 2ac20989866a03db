"""Every sentence of the static edition and of the command that writes it; plain texts."""

from __future__ import annotations

from .common import count

NAVIGATION = "Pages"
HEADLINE = "See an LSTM think"
NETWORKS = "Networks"
LESSONS = "Lessons"
TAGLINE = (
    "Step trained recurrent networks through sequences, one timestep at a time. Every number was "
    "computed by the network, with weights that were really trained."
)
EXPLORE_HINT = (
    "Step with the arrow keys, play with the space bar; press a part of the drawing for its card."
)
NEEDS_PYTHON_TITLE = "What needs Python"
NEEDS_PYTHON = (
    "These pages are plain files: their runs were computed beforehand. Reading a sequence of your "
    "own, pulling a gate, the tabs below the stage, Memory, training a network and opening your "
    "own model need Python: install Gatescope (pip install . in its folder), and type gatescope."
)
NO_RUN = (
    "The run of this page cannot be loaded. Is the folder “runs” beside these pages, and are they "
    "opened from a web server?"
)
NO_SCRIPT = "The stage is drawn by JavaScript, which is switched off in this browser."
LAST = "That was the last step. Now step the networks yourself:"

COMMAND = (
    "Write all networks, sequences and lessons as plain files for any web server: a class of any "
    "size needs no Python. Runs are computed now."
)
OUT = "the folder to write to: a new or an empty one"
LANGUAGE_OPTION = "the language of the pages"
FORCE = "write into a folder that is not empty; files of the same name are replaced, no other one"


def lesson(title: str, minutes: int) -> str:
    """Name a lesson and how long it takes."""
    return f"{title} · about {minutes} minutes"


def not_empty(folder: str) -> str:
    """Say that a folder has something in it, and what can be done."""
    return f"{folder} is not empty: choose another name, or add --force to write into it."


def not_a_folder(name: str) -> str:
    """Say that a file has the name, and what can be done."""
    return f"{name} is a file: choose another name for the folder."


def written(files: int, megabytes: float, folder: str) -> str:
    """Say what was written, and how to look at it."""
    return (
        f"Wrote {count(files, 'file')}, {megabytes:.1f} MB, to {folder}. "
        f"To look at it here: python -m http.server --directory {folder}"
    )
