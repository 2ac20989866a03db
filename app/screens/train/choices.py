"""What is trained: the choices of the page Train. Each one has a value that works."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Collection
from html import escape
from typing import Any

import streamlit as st

from lstm_core.experiment import (
    RANGES,
    Experiment,
    read,
    recommended,
    size,
    spell,
    task_of,
    with_size,
)
from lstm_core.tasks import LENGTHS

from ...session import experiments, state
from ...trainer import estimate, is_drawn_at_once, refusal
from ...words import train as train_words
from ...words.formatting import paragraph
from ...words.phrases import said
from ..shared import links, toolbar
from .actions import then_all

FORGETS = ("lstm", "lstm_peephole")  # the cells whose forget gate has a bias of its own
WHOLE = ("units", "seed", "updates", "batch")  # of the numbers; the others have a point
MORE = "train-more"  # the popover


def asked() -> Experiment:
    """Return the experiment that the reader asks for; nonsense takes the recommended value."""
    return understood(state.recipe())[0]


def remember() -> None:
    """Remember the experiment as it was read; a notice says what could not be read."""
    experiment, problem = understood(state.recipe())
    state.choose_recipe(spell(experiment))
    if problem:
        state.show_notice(train_words.not_understood(problem))


def understood(given: dict[str, str]) -> tuple[Experiment, str]:
    """Return the experiment that these parameters spell, and the first problem; "" is none.

    A parameter that cannot be read takes its recommended value.
    """
    names = [field.name for field in dataclasses.fields(Experiment)]
    known = {name: given[name] for name in names if name in given}
    try:
        return read(known), ""
    except ValueError as error:
        problem, kept = str(error), dict[str, str]()
    for name, word in known.items():
        with contextlib.suppress(ValueError):
            read({**kept, name: word})
            kept[name] = word
    return read(kept), problem


def shown_before(experiment: Experiment, refused: bool) -> Experiment:
    """Return the experiment whose untrained network is shown.

    It is the recommended one where this one is refused, or would keep the web process too long.
    """
    if not refused and is_drawn_at_once(experiment):
        return experiment
    return recommended(experiment.task, experiment.cell)


def choices(experiment: Experiment, hidden: Collection[str]) -> None:
    """Show the one row of choices, without what a lesson link leaves out."""
    with st.container(horizontal=True, key="row", vertical_alignment="bottom"):
        if "network" not in hidden:
            _network(experiment)
        if "link" not in hidden:
            links.copy_link()


def _network(experiment: Experiment) -> None:
    _list("task", train_words.TASK, list(LENGTHS), experiments.task_title, experiment, 260)
    cells = train_words.CELLS
    _list("cell", train_words.CELL, cells, cells.__getitem__, experiment, 240)
    _number("units", train_words.UNITS, experiment, width=120)
    _number("seed", train_words.SEED, experiment, train_words.SEED_HELP, width=130)
    with st.popover(train_words.MORE, icon=":material/tune:", key=MORE):
        _more(experiment)


def sentences(experiment: Experiment) -> bool:
    """Show what the task asks, what training costs, and the page's notice, if there is one.

    Return whether training is refused as too expensive; then the sentence says so.
    """
    task = task_of(experiment)
    counted = train_words.counts_as_right(said(task.criterion))
    st.html(f'<p class="question">{escape(paragraph([said(task.question), counted]))}</p>')
    needed = estimate(experiment)
    cost, refused = train_words.cost(size(experiment), needed.seconds), refusal(needed)
    later = "" if refused or is_drawn_at_once(experiment) else train_words.DRAWN_LATER
    st.html(f'<p class="hint">{escape(paragraph([cost, refused, later]))}</p>')
    toolbar.problem()
    return bool(refused)


def _more(experiment: Experiment) -> None:
    """Show the choices whose recommended values rarely need changing."""
    with st.container(horizontal=True):
        st.button(
            train_words.RECOMMENDED,
            help=train_words.RECOMMENDED_HELP,
            on_click=then_all,
            args=(_pick_recommended,),
        )
        if experiment.cell != "lstm":
            st.button(
                train_words.AS_MANY,
                help=train_words.AS_MANY_HELP,
                on_click=then_all,
                args=(_pick_as_many,),
            )
    left, right = st.columns(2)
    with left:
        _length(experiment)
        _gates(experiment)
    with right:
        _number("updates", train_words.UPDATES, experiment)
        _number("batch", train_words.BATCH, experiment)
    _optimiser(experiment)


def _length(experiment: Experiment) -> None:
    length = LENGTHS[experiment.task]
    if length.usual is not None:
        label = train_words.counts(said(length.counts))
        shown = experiment.length or length.usual
        key = f"train-length-{experiment.task}"
        state.set_widget(key, shown)
        st.number_input(
            label,
            length.shortest,
            length.longest,
            key=key,
            on_change=then_all,
            args=(_pick_length, key),
        )


def _gates(experiment: Experiment) -> None:
    """Show the initial biases of the gates; a standard RNN has no gates."""
    if experiment.cell == "rnn":
        return
    state.set_widget("train-chrono", experiment.chrono)
    st.segmented_control(
        train_words.START,
        [True, False],
        format_func=train_words.STARTS.__getitem__,
        key="train-chrono",
        help=train_words.START_HELP,
        required=True,
        on_change=then_all,
        args=(_pick, "chrono"),
    )
    if experiment.cell in FORGETS and not experiment.chrono:
        label, about = train_words.FORGET_BIAS, train_words.FORGET_BIAS_HELP
        _number("forget_bias", label, experiment, about)


def _optimiser(experiment: Experiment) -> None:
    left, right = st.columns(2)
    names = train_words.OPTIMISERS
    with left:
        _list("optimiser", train_words.OPTIMISER, names, names.__getitem__, experiment)
        _number("learning_rate", train_words.LEARNING_RATE, experiment)
    with right:
        about = train_words.CLIPPING_HELP
        _number("longest_gradient", train_words.CLIPPING, experiment, about)
        _number("last", train_words.LAST, experiment, train_words.LAST_HELP)
    if experiment.cell != "rnn":  # which writes nothing that could be charged
        about = train_words.WRITE_PENALTY_HELP
        _number("write_penalty", train_words.WRITE_PENALTY, experiment, about)


def _list(
    name: str, label: str, options: Any, shown: Any, experiment: Experiment, width: Any = "stretch"
) -> None:
    state.set_widget(f"train-{name}", getattr(experiment, name))
    st.selectbox(
        label,
        list(options),
        format_func=shown,
        key=f"train-{name}",
        on_change=then_all,
        args=(_pick, name),
        width=width,
    )


def _number(
    name: str,
    label: str,
    experiment: Experiment,
    about: str | None = None,
    width: Any = "stretch",
) -> None:
    value, whole = getattr(experiment, name), name in WHOLE
    kind = int if whole else float
    low, high = map(kind, RANGES[name])
    state.set_widget(f"train-{name}", kind(value))
    st.number_input(
        label,
        low,
        high,
        step=1 if whole else _step(float(value)),
        format=None if whole else "%g",
        key=f"train-{name}",
        help=about,
        on_change=then_all,
        args=(_pick, name),
        width=width,
    )


def _step(value: float) -> float:
    """A step that changes a number noticeably, whatever its size."""
    return 0.1 if value == 0 or abs(value) >= 0.5 else float(f"{abs(value) / 2:.0e}")


def _pick(name: str) -> None:
    """Take a choice; another task or cell comes with its recommended values."""
    now, value = asked(), state.widget_value(f"train-{name}")
    if value is None:
        return
    if name == "task":
        _choose(recommended(value, now.cell).replace(seed=now.seed))
    elif name == "cell":
        _choose(recommended(now.task, value, length=now.length).replace(seed=now.seed))
    else:
        _choose(now.replace(**{name: value}))


def _pick_length(key: str) -> None:
    now, value = asked(), state.widget_value(key)
    if value is not None:
        usual = LENGTHS[now.task].usual
        _choose(now.replace(length=None if value == usual else value))


def _pick_recommended() -> None:
    now = asked()
    _choose(recommended(now.task, now.cell, length=now.length).replace(seed=now.seed))


def _pick_as_many() -> None:
    now = asked()
    lstm = size(recommended(now.task, length=now.length))
    _choose(with_size(now, lstm))


def _choose(experiment: Experiment) -> None:
    state.clear_notice()
    state.choose_recipe(spell(experiment))
