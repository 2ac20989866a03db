"""Pages are drawn one after another, and none is held up for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from app.session.page_turns import PageTurns


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
