"""The progress bar: when it draws, what it says, and how it ends."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import Model
from lstm_core.experiment import Experiment, batches, model_of, recipe_of
from lstm_core.training import Progress, fit, training
from lstm_core.training.bar import OFTEN, SELDOM, WIDTH, bar, duration, line

SHORT = Experiment(length=20, units=2, batch=2, updates=1)
(FIRST,) = training(model_of(SHORT), batches(SHORT), recipe_of(SHORT))


def progress(updates: int, loss: float = 0.25) -> Progress:
    return Progress(
        updates=updates,
        model=FIRST.model,
        loss=loss,
        gradient_norm=1.0,
        learning_rate=0.01,
        memory=FIRST.memory,
    )


class Clock:
    """Goes on by `tick` seconds whenever it is looked at."""

    def __init__(self, tick: float) -> None:
        self.now, self.tick = 0.0, tick

    def __call__(self) -> float:
        self.now += self.tick
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(updates: int, file: io.StringIO, tick: float = 0.0, judge=None) -> list[str]:
    """Return the lines that are drawn when each of so many updates is done."""
    show = bar(updates, judge, file, Clock(tick))
    for done in range(1, updates + 1):
        show(progress(done))
    return [text for text in re.split(r"[\r\n]+", file.getvalue()) if text]


def test_it_listens_to_fit() -> None:
    recipe, file = recipe_of(SHORT.replace(updates=30)), io.StringIO()
    fit(model_of(SHORT), batches(SHORT), recipe, on_progress=bar(recipe.updates, file=file))
    first, *_, last = file.getvalue().splitlines()
    assert first.split("  ")[1].strip() == "1 of 30"
    assert "30 of 30" in last
    assert last.endswith("done")


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_the_bar_is_filled_by_the_share_that_is_done(done: int, updates: int) -> None:
    done = min(done, updates)
    drawn = line(progress(done), updates, None, 0.0)
    assert drawn.index("]") == WIDTH + 1
    assert drawn.count("#") == WIDTH * done // updates
    assert f"{done:,} of {updates:,}" in drawn


def test_a_line_says_updates_loss_success_and_the_time_left() -> None:
    drawn = line(progress(1200, loss=0.03123), 4000, 0.87, 41.2)
    assert drawn.split("  ")[1:] == ["1,200 of 4,000", "loss 0.0312", "right 87 %", "41 s left"]


def test_a_log_has_a_line_for_the_first_update_and_for_each_tenth() -> None:
    drawn = shown(1000, io.StringIO())
    assert [text.split("of")[0].split("]")[1].strip() for text in drawn] == [
        "1",
        *(f"{100 * tenth:,}" for tenth in range(1, 11)),
    ]


def test_a_slow_run_tells_the_log_that_it_lives() -> None:
    assert len(shown(20, io.StringIO(), tick=SELDOM)) == 20


def test_a_terminal_is_drawn_on_a_few_times_a_second_and_in_one_line() -> None:
    file = Terminal()
    drawn = shown(1000, file, tick=OFTEN / 10)
    assert 50 < len(drawn) < 200
    assert file.getvalue().count("\n") == 1
    assert file.getvalue().endswith("\n")
    assert len({len(text) for text in drawn}) == 1  # each covers the one before


def test_the_time_left_is_that_of_the_updates_still_to_come() -> None:
    show = bar(120, None, file := io.StringIO(), clock := Clock(0.0))
    show(progress(11))  # goes on from ten updates that an earlier run did
    clock.now = 100.0
    for done in range(12, 61):
        show(progress(done))
    assert file.getvalue().splitlines()[-1].endswith("2 min 00 s left")  # 50 done, 60 to come


def test_success_is_asked_for_at_each_tenth() -> None:
    asked: list[Model] = []

    def judge(model: Model) -> float:
        asked.append(model)
        return 0.5

    drawn = shown(50, io.StringIO(), judge=judge)
    assert len(asked) == 10
    assert "right" not in drawn[0]
    assert all("right 50 %" in text for text in drawn[1:])


def test_where_training_stops_early_the_line_is_ended() -> None:
    file = Terminal()
    show = bar(100, file=file, clock=Clock(1.0))
    show(progress(1))
    show.end()
    show.end()
    assert file.getvalue().count("\n") == 1


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "0 s"), (99, "99 s"), (100, "1 min 40 s"), (3605, "60 min 05 s"), (7260, "2 h 01 min")],
)
def test_a_time_is_said_no_finer_than_one_cares(seconds: float, said: str) -> None:
    assert duration(seconds) == said
