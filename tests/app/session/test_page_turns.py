"""Pages are drawn one after another, and none is held up for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.session.page_turns import Allowance, PageTurns
from app.session.steps_first import Steps


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


def reached(drawn: list[int], count: int) -> None:
    until(lambda: len(drawn) >= count)


def drawing(turns: PageTurns, drawn: list[int], number: int, go_on: threading.Event) -> None:
    """Begin to draw a page in a thread, and wait until it stands in line or is drawn."""

    def draw() -> None:
        with turns.turn():
            drawn.append(number)
            go_on.wait(20)

    before = len(turns._line) + len(drawn)
    threading.Thread(target=draw, daemon=True).start()
    until(lambda: len(turns._line) + len(drawn) > before)


def test_pages_are_drawn_one_after_another_in_the_order_of_asking() -> None:
    turns, drawn = PageTurns(counts=60, patience=60), list[int]()
    goes = [threading.Event() for _ in range(3)]
    for number, go_on in enumerate(goes):
        drawing(turns, drawn, number, go_on)
    for number, go_on in enumerate(goes):
        reached(drawn, number + 1)
        assert drawn == list(range(number + 1))
        go_on.set()
    until(lambda: turns._drawn is None)


@pytest.mark.parametrize(("counts", "patience"), [(0.01, 60.0), (60.0, 0.01)])
def test_a_page_that_takes_long_holds_nobody_up_for_long(counts: float, patience: float) -> None:
    turns, drawn, go_on = PageTurns(counts, patience), list[int](), threading.Event()
    for number in range(3):
        drawing(turns, drawn, number, go_on)
    until(lambda: sorted(drawn) == [0, 1, 2])  # who has waited long enough does not wait in line
    go_on.set()


def test_a_page_that_fails_lets_the_next_one_in() -> None:
    turns = PageTurns(counts=60, patience=60)
    with pytest.raises(ValueError, match="of the page"), turns.turn():
        raise ValueError("of the page")
    with turns.turn():
        assert turns._line == []


SECONDS = st.floats(0, 100)


@given(st.lists(st.tuples(SECONDS, SECONDS), max_size=20), st.floats(0.01, 1), st.floats(0, 10))
def test_who_waits_spends_what_was_saved_and_the_share_of_the_time_and_the_last_bit(
    pauses_and_bits: list[tuple[float, float]], share: float, saved: float
) -> None:
    allowance, begun, now, spent = Allowance(share, saved), 1000.0, 1000.0, 0.0
    for pause, bit in pauses_and_bits:
        now += pause
        wait = allowance.wait(now)
        now += wait
        assert spent <= saved + share * (now - begun) + 1e-6
        assert not wait or spent > saved - 1e-6  # nobody waits who never spent what was saved
        assert wait <= spent / share + 1e-6
        assert allowance.wait(now) <= 1e-6
        allowance.spend(bit, now)
        spent += bit


def test_what_is_saved_may_be_taken_at_once_and_comes_back() -> None:
    allowance = Allowance(share=0.1, saved=1.0)
    allowance.spend(1.0, now=50.0)
    assert allowance.wait(50.0) == 0
    allowance.spend(0.2, now=50.0)
    assert allowance.wait(50.0) == pytest.approx(2.0)
    assert allowance.wait(51.0) == pytest.approx(1.0)
    allowance.spend(0.95, now=500.0)
    assert allowance.wait(500.0) == 0
    allowance.spend(0.15, now=500.0)
    assert allowance.wait(500.0) == pytest.approx(1.0)


def busy(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_while_somebody_steps_pages_wait_until_their_allowance_has_come_back() -> None:
    begun, clock = time.monotonic(), time.monotonic
    turns = PageTurns(allowance=Allowance(share=0.1, saved=0.0), anyone_steps=lambda: True)
    for _ in range(3):
        with turns.turn():
            busy(0.02)
    assert clock() - begun >= 2 * 0.02 / 0.1  # the second and the third waited


def test_a_page_that_waits_for_the_allowance_is_drawn_when_nobody_steps_any_more() -> None:
    steps_now = [True]
    turns = PageTurns(
        counts=0.01,
        allowance=Allowance(share=1e-6, saved=0.0),
        anyone_steps=lambda: bool(steps_now),
    )
    with turns.turn():
        busy(0.01)
    drawn, go_on = list[int](), threading.Event()
    go_on.set()
    drawing(turns, drawn, 1, go_on)
    time.sleep(0.05)
    assert drawn == []
    steps_now.clear()
    reached(drawn, 1)


def test_where_nobody_steps_pages_cost_nothing_of_the_allowance() -> None:
    allowance = Allowance(share=1e-6, saved=0.0)
    turns = PageTurns(allowance=allowance, anyone_steps=lambda: False)
    with turns.turn():
        busy(0.01)
    assert allowance.wait(time.monotonic()) == 0


def test_somebody_steps_while_a_step_is_answered_and_a_moment_longer() -> None:
    now = [100.0]
    steps = Steps(lambda: now[0])
    assert not steps.answered_lately(1.0)
    lately = list[bool]()

    @steps.first
    def step() -> None:
        lately.append(steps.answered_lately(1.0))

    step()
    assert lately == [True]
    now[0] += 0.9
    assert steps.answered_lately(1.0)
    now[0] += 0.2
    assert not steps.answered_lately(1.0)
