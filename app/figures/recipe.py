"""The recipe of a network that was trained here, and the link that opens it."""

from __future__ import annotations

import dataclasses
from html import escape
from urllib.parse import urlencode

from lstm_core.experiment import Experiment, spell
from lstm_core.tasks import Task

from ..words import train as train_words
from ..words.formatting import cut
from ..words.phrases import said


def recipe(experiment: Experiment, task: Task, update: int, success: float) -> str:
    """Return HTML: every choice of the experiment, and what it reached after `update` updates."""
    rows = {train_words.RECIPE[name]: text for name, text in choices(experiment, task).items()}
    reached = train_words.about(experiment.seed, update, success)
    pairs = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in rows.items())
    opens = link(spell(experiment), train_words.RECIPE_LINK)
    return (
        f'<div class="certificate"><p>{escape(train_words.RECIPE_HEAD)}. {escape(reached)} '
        f"{escape(said(task.criterion))} {opens}</p><dl>{pairs}</dl></div>"
    )


def choices(experiment: Experiment, task: Task) -> dict[str, str]:
    """Return every choice of an experiment as a person reads it, by its name."""
    shown = dataclasses.asdict(experiment)
    shown |= {
        "task": said(task.title),
        "length": experiment.length or train_words.USUAL,
        "cell": train_words.CELLS[experiment.cell],
        "chrono": train_words.YES if experiment.chrono else train_words.NO,
        "optimiser": train_words.OPTIMISERS[experiment.optimiser],
    }
    return {name: _written(shown[name]) for name in train_words.RECIPE}


def _written(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}".replace("-", "−")
    return f"{value:,}" if isinstance(value, int) else str(value)


def link(spelled: dict[str, str], text: str) -> str:
    """Return HTML: a link that opens a recipe on the page Train."""
    address = f"train?{urlencode(spelled)}"
    return f'<a href="{escape(address)}" target="_self">{escape(cut(text, 80))}</a>'
