"""A training run on the page: the row of actions, and the workbench that follows it.

The workbench asks how the run stands every half second while it moves, less often while it waits
for its turn, in a fragment of its own; then whatever else is on the page stands still.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from html import escape
from typing import TypeGuard

import streamlit as st

from lstm_core.experiment import Experiment, spell

from ...components.workbench import NEWEST, Feed, last_choice, pack, workbench
from ...incidents import contained
from ...session import experiments, state
from ...trainer import RefusedError, Status
from ...trainer.instance import trainer
from ...words import train as train_words
from . import workbench_feed
from .actions import then_all

BENCH, TAKE = "bench", "take"  # the fragments
INTERVAL = 0.5  # seconds between two questions to the trainer
WAITING = 2.0  # and where the run waits for its turn
PATIENCE = 0.6  # seconds that the first question waits for something to show
AFTERMATH = 2.0  # seconds after an action in which the run may still change
MOVING = ("queued", "running")


def now() -> Status | None:
    """Return the status of the session's run; None where there is none, or it is gone."""
    run = state.training_run() or trainer().newest_run(state.session_id())
    return trainer().status(run) if run else None


def adopt_offered_run(asked: Experiment) -> None:
    """Adopt the run that the browser offers, once: it still knew it when the page was reloaded."""
    run = last_choice(experiments.untrained_id(asked)).get("adopt")
    if not run or now() is not None or not state.mark_seen("adopt", run):
        return
    if trainer().take_over(str(run), state.session_id()):
        state.hold_run(str(run))
        state.poll_until(time.time() + AFTERMATH)


def remember(status: Status | None) -> None:
    """Remember the run that is shown; a notice says where the one remembered is gone."""
    if status is None and state.training_run():
        state.show_notice(train_words.GONE)
    state.hold_run("" if status is None else status.run)


def chosen(status: Status) -> int | None:
    """Return the update of the checkpoint that is shown; None follows the newest."""
    update = last_choice(status.run)["update"]
    return None if update == NEWEST else int(update)


def actions(status: Status | None, asked: Experiment, refused: bool) -> None:
    """Show the row of actions; each is enabled where it has an effect."""
    going = status is not None and status.state in MOVING
    more = status is not None and not going and status.updates < status.experiment.updates
    with st.container(horizontal=True, key="train-actions", vertical_alignment="center"):
        _train_button(asked, refused)
        label = train_words.RESUME if more else train_words.PAUSE
        _action("pause", label, None, going or more, _pause if going else _resume)
        first = status is None and not refused
        step = partial(_step, asked)
        _action("step", train_words.STEP, train_words.STEP_HELP, more or first, step)
        _stop_button(going, waits=waits(status))
        _action("on", train_words.GO_ON, train_words.GO_ON_HELP, status is not None, _go_on)
        differs = status is not None and spell(status.experiment) != spell(asked)
        note = escape(train_words.CHANGED) if differs else ""
        st.html(f'<p class="hint">{note}</p>')


def waits(status: Status | None) -> bool:
    """Whether a run waits in line."""
    return status is not None and status.place > 0


def _stop_button(going: bool, *, waits: bool) -> None:
    """Show the button that ends a run; one that waits leaves the line by it."""
    label = train_words.CANCEL if waits else train_words.STOP
    about = train_words.CANCEL_HELP if waits else train_words.STOP_HELP
    _action("stop", label, about, going, _stop)


def _train_button(asked: Experiment, refused: bool) -> None:
    st.button(
        train_words.TRAIN,
        type="primary",
        help=train_words.TRAIN_HELP,
        icon=":material/play_arrow:",
        disabled=refused,
        key="train-start",
        on_click=then_all,
        args=(_start, asked),
    )


def _action(
    key: str, label: str, about: str | None, enabled: bool, act: Callable[[], None]
) -> None:
    st.button(
        label,
        help=about,
        disabled=not enabled,
        key=f"train-{key}",
        on_click=then_all,
        args=(act,),
    )


def _start(asked: Experiment) -> None:
    _follow_action()
    try:
        state.hold_run(trainer().start(state.session_id(), asked))
    except RefusedError as error:
        state.show_notice(str(error))


def _pause() -> None:
    trainer().pause(state.training_run())
    _follow_action()


def _resume() -> None:
    trainer().resume(state.training_run())
    _follow_action()


def _stop() -> None:
    trainer().stop(state.training_run())
    _follow_action()


def _step(asked: Experiment) -> None:
    """Do one update from the checkpoint that is shown, and wait a moment for it."""
    before = _back_to_shown() or _begin(asked)
    if before is None:
        return
    trainer().step(before.run)
    _follow_action()
    _wait(before.run, lambda status: status.updates > before.updates and reached(status))


def _begin(asked: Experiment) -> Status | None:
    """Begin a run, paused before its first update, so that it can be stepped."""
    _start(asked)
    begun = now()
    if begun is not None:
        _wait(begun.run, lambda status: bool(status.checkpoints))
        trainer().rewind(begun.run, 0)
        trainer().pause(begun.run)
    return now()


def reached(status: Status) -> bool:
    """Whether the newest checkpoint is where the run stands."""
    return bool(status.checkpoints) and status.checkpoints[-1].updates == status.updates


def _go_on() -> None:
    """Train on from the checkpoint that is shown."""
    _back_to_shown()
    trainer().resume(state.training_run())
    _follow_action()


def _back_to_shown() -> Status | None:
    """Go back to the checkpoint that is shown, unless it is the newest; return the status then.

    A choice counts once: after going back the newest is followed, until something else is chosen.
    """
    status = now()
    if status is None or (update := chosen(status)) is None:
        return status
    if state.mark_seen("back", last_choice(status.run)["moment"]):
        trainer().rewind(status.run, update)
    return now()


def _follow_action() -> None:
    """Clear the notice, and follow the run for a while after an action."""
    state.clear_notice()
    state.poll_until(time.time() + AFTERMATH)


def _wait(run: str, done: Callable[[Status], bool]) -> Status | None:
    """Return the status of a run as soon as it is `done`, or when PATIENCE ends."""
    end = time.monotonic() + PATIENCE
    while (status := trainer().status(run)) is not None:
        if done(status) or time.monotonic() > end:
            break
        time.sleep(0.01)
    return status


def _may_change(status: Status | None) -> bool:
    """Whether the run trains, or its last checkpoint is still on its way."""
    if status is None or status.state == "failed":
        return False
    going = status.state in MOVING or not reached(status)
    return going or time.time() < state.polls_until()


def bench(status: Status | None, asked: Experiment) -> None:
    """Show the workbench: the run, or the network before its first update."""
    follows, waiting = _may_change(status), waits(status)
    every = WAITING if waiting else INTERVAL
    show = st.fragment(_bench, key=BENCH, run_every=every if follows else None)
    show(asked, follows, waiting)


@contained
def _bench(asked: Experiment, follows: bool, waiting: bool) -> None:
    status = now()
    if (follows and not _may_change(status)) or waiting != waits(status):
        st.rerun()  # the whole page, and before anything is sent: a rerun drops what is on its way
    if _begins(status):
        status = _wait(status.run, lambda newer: bool(newer.checkpoints))
    if status is None or not workbench_feed.can_be_shown(status):
        _show(experiments.untrained_id(asked), asked, workbench_feed.untrained(asked, status))
    else:
        _show(status.run, status.experiment, workbench_feed.feed(status))
        workbench_feed.mark_sent(status)


def _begins(status: Status | None) -> TypeGuard[Status]:
    """Whether a run is being trained that has nothing to show yet."""
    if status is None or waits(status):
        return False
    return status.state in MOVING and not status.checkpoints


def _show(run: str, experiment: Experiment, feed: Feed) -> None:
    workbench(pack(run, experiments.frame(experiment), feed), on_report=partial(_follow, run))


def _follow(shown: str) -> None:
    """Redraw the workbench and, where another checkpoint is shown, its downloads."""
    report = last_choice(shown)
    if report.get("adopt"):
        st.rerun()  # the whole page, which adopts the run
    other = state.mark_seen("choice", [report.get("run"), report["update"]])
    st.rerun([BENCH, TAKE] if other else BENCH)
