"""Turns: whoever came first is first, and nobody who leaves holds up the others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.session.turns import Turns


@given(st.integers(1, 3), st.lists(st.integers(0, 5), max_size=12))
def test_everybody_moves_up_in_the_order_in_which_they_came(at_once: int, leaving) -> None:
    turns = Turns(at_once)
    line = [turns.join() for _ in range(6)]
    for who in leaving:
        if who < len(line):
            turns.leave(line.pop(who))
        assert [turns.before(one) for one in line] == [
            max(0, place + 1 - at_once) for place in range(len(line))
        ]
        assert all(turns.wait(one, 0) == (place < at_once) for place, one in enumerate(line))
