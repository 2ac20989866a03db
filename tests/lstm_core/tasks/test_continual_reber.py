"""The continual embedded Reber grammar: streams, what may follow in them, and when one is right."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.sequence import symbol_sequence
from lstm_core.tasks import continual_reber, reber
from lstm_core.tasks.common import string_of
from lstm_core.tasks.continual_reber import ContinualReber

from ..strategies import seeds
from .oracles import Oracle

TASK = ContinualReber(strings=4)


@given(seeds, st.integers(1, 6))
def test_a_stream_is_so_many_strings_of_the_grammar_in_a_row(seed, strings):
    stream = continual_reber.stream(np.random.default_rng(seed), strings)
    found = [m[0] for m in continual_reber.STRING.finditer(stream)]
    assert "".join(found) == stream
    assert len(found) == strings
    for string in found:
        assert reber.legal_next(string)[-2] == frozenset("E")


@given(seeds)
def test_within_a_string_the_same_may_follow_as_in_the_string_alone(seed):
    rng = np.random.default_rng(seed)
    first, second = reber.embedded_reber(rng), reber.embedded_reber(rng)
    legal = TASK.targets(symbol_sequence(first + second))
    assert list(legal[: len(first) - 1]) == reber.legal_next(first)[:-1]
    assert list(legal[len(first) : -1]) == reber.legal_next(second)[:-1]


@given(seeds)
def test_after_each_string_the_next_one_begins(seed):
    stream = string_of(TASK.random_sequence(np.random.default_rng(seed)))
    legal = TASK.targets(symbol_sequence(stream))
    ends = [m.end() - 1 for m in continual_reber.STRING.finditer(stream)]
    assert [t for t, allowed in enumerate(legal) if allowed == {"B"} and stream[t] == "E"] == ends
    assert all(after in allowed for allowed, after in zip(legal, stream[1:], strict=False))


def test_what_follows_something_illegal_nobody_knows():
    assert not any(TASK.targets(symbol_sequence("BTX" + "BTBTXSETE"))[2:])
    assert TASK.targets(symbol_sequence("")) == ()


@given(seeds)
def test_one_error_spoils_a_stream(seed):
    rng = np.random.default_rng(seed)
    t, k = rng.integers((35, 7))  # each of four strings has nine symbols at least

    def slip(outputs):
        outputs[t, k] = 0 if outputs[t, k] else 1
        return outputs

    assert not TASK.right(Oracle(TASK, slip), rng, 5).any()


class Listens(Oracle):
    """Knows the grammar, and notes the streams that it was read."""

    def run_inputs(self, inputs, lengths=None):
        places = inputs.argmax(axis=-1)
        rows = zip(places, lengths, strict=True)
        self.read = ["".join(reber.ALPHABET[k] for k in row[:end]) for row, end in rows]
        return super().run_inputs(inputs, lengths)


def test_after_the_last_symbol_of_a_stream_nothing_is_asked():
    model = Listens(TASK)
    assert TASK.right(model, np.random.default_rng(0), 9).all()
    for read in model.read:
        strings = [m[0] for m in continual_reber.STRING.finditer(f"{read}E")]
        assert len(strings) == 4
        assert "".join(strings) == f"{read}E"  # read without the last symbol, and with all others


class Resets(Oracle):
    """Knows the grammar, and forgets everything but the first string."""

    def run_inputs(self, inputs, lengths=None):
        run = super().run_inputs(inputs, lengths)
        run.predictions[:, 30:] = 1 / 7
        return run


def test_who_knows_one_string_only_fails_on_the_stream():
    assert not TASK.right(Resets(TASK), np.random.default_rng(0), 20).any()
    one = ContinualReber(strings=1)
    assert one.right(Resets(one), np.random.default_rng(0), 20).mean() > 0.9


def test_the_cue_is_the_outer_symbol_of_the_longest_string():
    assert TASK.cue(symbol_sequence("BTBTXSETE" + "BPBTSSXSEPE")).timestep == 10
    assert TASK.cue(symbol_sequence("BTBTXSETE" + "BPBTSSXSEPE")).value == "P"
    assert TASK.cue(symbol_sequence("BPBTXSETE")) is None


def test_a_stream_of_nothing_is_named():
    with pytest.raises(ValueError, match="strings are 0: expected at least 1"):
        ContinualReber(strings=0)
