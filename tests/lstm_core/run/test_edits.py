"""What is changed in what a network reads: edits of a sequence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import (
    DropInput,
    PadInput,
    RepeatInput,
    ReplaceInput,
    edited,
    number_sequence,
    symbol_sequence,
)

TEXT = symbol_sequence("BTXSE", name="a word")
NUMBERS = number_sequence(np.arange(8).reshape(4, 2), columns=("rain", "sun"))


def read(sequence: Any, *edits: Any) -> Any:
    changed = edited(sequence, edits).sequence
    return "".join(changed.symbols) if changed.symbols else changed.numbers.tolist()


def test_each_edit_does_what_it_says_to_symbols() -> None:
    assert read(TEXT) == "BTXSE"
    assert read(TEXT, ReplaceInput(timestep=1, value="P")) == "BPXSE"
    assert read(TEXT, DropInput(first=1, last=3)) == "BE"
    assert read(TEXT, RepeatInput(timestep=4, times=2)) == "BTXSEEE"
    assert read(TEXT, PadInput(value="_", before=2, after=1)) == "__BTXSE_"


def test_each_edit_does_what_it_says_to_numbers() -> None:
    assert read(NUMBERS, ReplaceInput(timestep=0, value=9.5, column=1))[0] == [0, 9.5]
    assert read(NUMBERS, DropInput(first=0, last=2)) == [[6, 7]]
    assert read(NUMBERS, RepeatInput(timestep=0)) == [[0, 1], [0, 1], [2, 3], [4, 5], [6, 7]]
    assert read(NUMBERS, PadInput(value=-1.0, after=1))[-1] == [-1, -1]


def test_an_edit_sees_what_those_before_it_left() -> None:
    edits = (
        DropInput(first=0, last=0),
        ReplaceInput(timestep=0, value="P"),
        PadInput(value="B", before=1),
    )
    changed = edited(TEXT, edits)
    assert changed.sequence.symbols == tuple("BPXSE")
    assert changed.origin.tolist() == [-1, 1, 2, 3, 4]


@given(st.data())
def test_what_has_an_origin_is_read_as_it_was_there_with_its_time(data: st.DataObject) -> None:
    rows = data.draw(st.integers(1, 6))
    times = tuple(f"day {k}" for k in range(rows))
    given_numbers = number_sequence(np.random.default_rng(rows).normal(size=(rows, 2)))
    sequence = type(given_numbers)(numbers=given_numbers.numbers, times=times)
    edits: list[Any] = []
    for _ in range(data.draw(st.integers(0, 4))):
        length = len(edited(sequence, edits).sequence)
        at = data.draw(st.integers(0, length - 1))
        choices = [RepeatInput(timestep=at, times=2), PadInput(value=0.0, before=1, after=2)]
        if length > 1:
            choices.append(DropInput(first=at, last=at))
        edits.append(data.draw(st.sampled_from(choices)))
    changed = edited(sequence, edits)
    assert len(changed.origin) == len(changed.sequence)
    for t, origin in enumerate(changed.origin):
        expected = np.zeros(2) if origin < 0 else sequence.numbers[origin]
        np.testing.assert_array_equal(changed.sequence.numbers[t], expected)
        assert changed.sequence.times[t] == ("" if origin < 0 else times[origin])


@pytest.mark.parametrize(
    ("sequence", "edit", "sentence"),
    [
        (TEXT, ReplaceInput(timestep=5, value="P"), r"timestep is 5: expected 0\.\.4"),
        (TEXT, ReplaceInput(timestep=0, value=1.0), "value is 1.0: expected a symbol"),
        (NUMBERS, ReplaceInput(timestep=0, value="P"), "value is 'P': expected a finite number"),
        (NUMBERS, ReplaceInput(timestep=0, value=0.0, column=2), r"column is 2: expected 0\.\.1"),
        (TEXT, DropInput(first=0, last=4), "one timestep that is left"),
        (TEXT, DropInput(first=3, last=2), "expected first <= last"),
        (TEXT, RepeatInput(timestep=0, times=-1), "times is -1: expected 0 or more"),
        (NUMBERS, PadInput(value=float("nan"), after=1), "value is nan"),
    ],
)
def test_an_edit_that_cannot_be_is_refused(sequence: Any, edit: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        edited(sequence, (edit,))
