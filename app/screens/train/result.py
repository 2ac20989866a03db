"""What can be done with the checkpoint that is shown: open it on Explore, download it."""

from __future__ import annotations

from html import escape

import streamlit as st

from lstm_core import ModelFileError
from lstm_core.formats import model_bytes

from ...export.trace_file import trace_file
from ...export.training_snippet import training_snippet
from ...figures.values import run_table
from ...incidents import contained
from ...session import state, trained_networks
from ...session.subjects import trained
from ...trainer import Checkpoint, Status, watched_sequence
from ...trainer.instance import trainer
from ...words import pages as page_words
from ...words import take_along as take_along_words
from ...words import train as train_words
from ..explore import page as explore
from ..shared.run_downloads import Offer, run_downloads
from ..your_model.download import FORMATS
from .run_panel import TAKE, chosen, now


@contained
def take(status: Status | None) -> None:
    """Show the button to Explore and the downloads."""
    st.button(
        train_words.EXPLORE,
        help=train_words.EXPLORE_HELP,
        icon=":material/arrow_forward:",
        disabled=status is None,
        key="train-explore",
        on_click=_explore,
    )
    _save()


def _shown(status: Status) -> Checkpoint | None:
    """The checkpoint that is shown."""
    return trainer().checkpoint(status.run, chosen(status))


def _explore() -> None:
    """Open the network on Explore, at the moment where it has something to show."""
    status = now()
    checkpoint = None if status is None else _shown(status)
    if checkpoint is None:
        return
    subject = trained(
        checkpoint.experiment,
        checkpoint.updates,
        checkpoint.summary.success,
        checkpoint.model,
        watched_sequence(checkpoint.experiment),
    )
    trained_networks.keep_trained(subject)
    state.add_trained(subject.name)
    state.show_on_explore(subject.name)
    st.switch_page(st.Page(explore.page, title=page_words.TITLES[""], default=True))


@st.fragment(key=TAKE)
def _save() -> None:
    """Offer each format that can hold the network, and say why another one can't."""
    with st.expander(train_words.SAVE, key="train-save", on_change="rerun") as panel:
        if not panel.open:
            return
        status = now()
        if status is None or not status.checkpoints:
            st.html(f'<p class="hint">{escape(train_words.NOTHING_YET)}</p>')
            return
        checkpoint = _shown(status)
        if checkpoint is not None:
            _downloads(checkpoint)
            _watched(checkpoint)


def _downloads(checkpoint: Checkpoint) -> None:
    update, model = checkpoint.updates, checkpoint.model
    st.html(f'<p class="hint">{escape(train_words.save_intro(update))}</p>')
    problems = []
    with st.container(horizontal=True):
        for suffix in FORMATS:
            try:
                content = model_bytes(model, suffix)
            except ModelFileError as error:
                problems.append(train_words.cannot_save(suffix, str(error)))
                continue
            st.download_button(
                suffix,
                content,
                file_name=f"{_stem(checkpoint)}{suffix}",
                mime="application/octet-stream",
                on_click="ignore",
                key=f"train-save-{suffix}",
            )
    for problem in problems:
        st.html(f'<p class="hint">{escape(problem)}</p>')


def _stem(checkpoint: Checkpoint) -> str:
    """How the names of files about a checkpoint begin."""
    e = checkpoint.experiment
    return f"{e.task}-{e.cell}-{e.units}-seed-{e.seed}-update-{checkpoint.updates}"


def _watched(checkpoint: Checkpoint) -> None:
    """Offer the run that the workbench shows, and the lines that train the network again."""
    name = _stem(checkpoint)
    table, arrays = take_along_words.SAVE_WATCHED_TABLE, take_along_words.SAVE_WATCHED
    run_downloads(
        Offer(label=table, name=f"{name}.csv", make=lambda: _watched_table(checkpoint)),
        Offer(label=arrays, name=f"{name}-trace.npz", make=lambda: _watched_arrays(checkpoint)),
    )
    st.html(f'<p class="hint">{escape(take_along_words.TRAINING_SNIPPET_NOTE)}</p>')
    lines = training_snippet(checkpoint.experiment, checkpoint.updates, checkpoint.model)
    st.code(lines, language="python")


def _watched_table(checkpoint: Checkpoint) -> str:
    """A row for each timestep and unit of the run that is shown, as CSV."""
    sequence = watched_sequence(checkpoint.experiment)
    trace = checkpoint.model.run(sequence).layers[-1].forward
    return run_table(trace, sequence.symbols or ()).to_csv(index=False)


def _watched_arrays(checkpoint: Checkpoint) -> bytes:
    sequence = watched_sequence(checkpoint.experiment)
    return trace_file(checkpoint.model.run(sequence), sequence)
