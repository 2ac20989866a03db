"""A page that is being drawn gives way while somebody's step is answered, within bounds."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from app.session import steps_first
from app.session.steps_first import EACH, ONCE, SENDING, Steps

from ..pages import opened, whole_app


class Clock:
    """Seconds that pass only when somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.steps = Steps(lambda: self.now, self.wait)

    def wait(self, seconds: float) -> None:
        self.now += seconds


@contextmanager
def answering(steps: Steps) -> Iterator[None]:
    """A step that another thread answers while the block runs."""
    begun, end = threading.Event(), threading.Event()

    @steps.first
    def panel() -> None:
        begun.set()
        end.wait(20)

    thread = threading.Thread(target=panel, daemon=True)
    thread.start()
    assert begun.wait(20)
    try:
        yield
    finally:
        end.set()
        thread.join(20)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the script's context sends."""
    messages = list[str]()
    context = SimpleNamespace(_enqueue=messages.append)
    monkeypatch.setattr(steps_first, "get_script_run_ctx", lambda **_: context)
    return messages


def send(message: str) -> None:
    context: Any = vars(steps_first)["get_script_run_ctx"]()
    context._enqueue(message)


def seconds_of(clock: Clock, own: float = 0.0) -> float:
    """How long a page waits that took so long itself until it sends something."""
    begun = clock.now
    with clock.steps.page():
        clock.now += own
        send("drawn")
    return clock.now - begun - own


def test_a_page_waits_for_nothing_where_nobody_steps(sent: list[str]) -> None:
    assert seconds_of(Clock()) == 0
    assert sent == ["drawn"]


def test_a_page_waits_until_an_answer_is_sent(sent: list[str]) -> None:
    clock = Clock()
    with answering(clock.steps):
        pass
    assert seconds_of(clock) == pytest.approx(SENDING)
    assert seconds_of(clock) == 0


@pytest.mark.parametrize("own", [0.0, 0.5, 3.0])
def test_a_page_loses_a_bounded_time_in_proportion_to_its_own(own: float, sent: list[str]) -> None:
    clock = Clock()
    with answering(clock.steps):
        assert seconds_of(clock, own) == pytest.approx(ONCE + EACH * own)
        with clock.steps.page():
            begun = clock.now
            for _ in range(100):
                send("drawn")
            assert clock.now - begun == pytest.approx(ONCE)
    assert len(sent) == 101


def test_a_page_that_waits_goes_on_when_the_step_is_answered(
    sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps_first, "ONCE", 60)
    steps, drawn = Steps(), threading.Event()

    def draw() -> None:
        with steps.page():
            send("drawn")
        drawn.set()

    with answering(steps):
        threading.Thread(target=draw, daemon=True).start()
        assert not drawn.wait(0.1)
        assert sent == []
    assert drawn.wait(20)
    assert sent == ["drawn"]


def test_what_a_page_draws_of_its_own_is_no_step(sent: list[str]) -> None:
    clock = Clock()
    with clock.steps.page():
        clock.steps.first(lambda: send("drawn"))()
        send("drawn, too")
    assert clock.now == 1000.0
    assert sent == ["drawn", "drawn, too"]


def test_a_page_or_a_step_that_fails_leaves_nothing_behind(sent: list[str]) -> None:
    clock = Clock()
    for fails in (clock.steps.page(), clock.steps._answering()):
        with pytest.raises(ValueError, match="of the page"), fails:
            raise ValueError("of the page")
    clock.now += SENDING
    with answering(clock.steps):
        send("after the page")  # which gives way no more
    assert clock.now == 1000.0 + SENDING
    assert seconds_of(clock) == pytest.approx(SENDING)


def test_outside_a_script_a_page_is_drawn_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps_first, "get_script_run_ctx", lambda **_: None)
    with Clock().steps.page():
        pass


def test_streamlit_sends_what_a_page_shows_by_the_way_on_which_it_gives_way() -> None:
    """`_enqueue` is Streamlit's own name: it may go."""
    assert "_enqueue" in {field.name for field in dataclasses.fields(ScriptRunContext)}


@pytest.mark.slow
def test_a_page_gives_way_before_everything_that_it_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    ways, answers = list[float](), list[int]()

    @contextmanager
    def answer(_: Steps) -> Iterator[None]:
        answers.append(1)
        yield

    def give_way(_: Steps, most: float) -> float:
        ways.append(most)
        return 0.0

    monkeypatch.setattr(Steps, "_give_way", give_way)
    monkeypatch.setattr(Steps, "_answering", answer)
    app = opened(whole_app(), {"demo": "reber", "details": "values"})
    assert len(ways) > len(app.main.children)
    assert answers == []  # no part of it counts as a step
