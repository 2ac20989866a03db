"""What can be done with the checkpoint that is shown: open it on Explore, download it."""

from __future__ import annotations

from html import escape

import streamlit as st

from lstm_core import ModelFileError
from lstm_core.formats import model_bytes

from ...incidents import contained
from ...session import state, trained_networks
from ...session.subjects import trained
from ...trainer import Checkpoint, Status, watched_sequence
from ...trainer.instance import trainer
from ...words import pages as page_words
from ...words import train as train_words
from ..explore import page as explore
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


def _downloads(checkpoint: Checkpoint) -> None:
    e, update, model = checkpoint.experiment, checkpoint.updates, checkpoint.model
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
                file_name=f"{e.task}-{e.cell}-{e.units}-seed-{e.seed}-update-{update}{suffix}",
                mime="application/octet-stream",
                on_click="ignore",
                key=f"train-save-{suffix}",
            )
    for problem in problems:
        st.html(f'<p class="hint">{escape(problem)}</p>')
