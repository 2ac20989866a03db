"""Counting: what may follow in aⁿbⁿ and aⁿbⁿcⁿ, and how far a network counts."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.sequence import symbol_sequence
from lstm_core.tasks import counting
from lstm_core.tasks.counting import Counting

from ..strategies import seeds
from .oracles import Oracle

letters_of = st.sampled_from(counting.LETTERS)
counts = st.integers(1, 12)


@given(letters_of, counts)
def test_a_string_has_as_many_of_each_letter(letters, n):
    string = counting.counting_string(letters, n)
    assert (string[0], string[-1]) == ("S", "T")
    assert list(string[1:-1]) == sorted(string[1:-1])
    assert Counter(string[1:-1]) == dict.fromkeys(letters, n)


@given(letters_of, counts)
def test_a_symbol_may_follow_where_some_string_has_it_next(letters, n):
    language = [counting.counting_string(letters, m) for m in range(1, 2 * n + 2)]
    string = counting.counting_string(letters, n)
    legal = counting.legal_next(letters, string)
    for t in range(len(string) - 1):
        begun = [other for other in language if other.startswith(string[: t + 1])]
        assert legal[t] == {other[t + 1] for other in begun}
    assert legal[-1] == frozenset()


@given(letters_of, st.text(alphabet="SabcT", max_size=20))
def test_what_follows_something_illegal_nobody_knows(letters, string):
    legal = counting.legal_next(letters, string)
    wrong = [t for t, symbol in enumerate(string) if symbol not in ({"S"}, *legal)[t]]
    for t in wrong:
        assert not any(legal[t:])


def test_the_strings_of_the_paper_are_spelled_out():
    assert [set(symbols) for symbols in counting.legal_next("ab", "SaabbT")] == [
        {"a"},
        *({"a", "b"}, {"a", "b"}),
        *({"b"}, {"T"}),
        set(),
    ]
    assert [set(symbols) for symbols in counting.legal_next("abc", "SabcT")] == [
        *({"a"}, {"a", "b"}, {"c"}, {"T"}),
        set(),
    ]


@pytest.mark.parametrize("letters", counting.LETTERS)
def test_every_n_is_learned_from_and_short_strings_more_often(letters):
    lengths = Counting(letters=letters, most=10).batch(np.random.default_rng(0), 5000).lengths
    drawn = Counter(((lengths - 1) // len(letters)).tolist())
    times = [drawn[n] for n in range(1, 11)]
    assert sum(times) == 5000
    assert 0 < max(times[5:]) < min(times[:3])
    assert times[0] / 5000 == pytest.approx(0.1**0.5, abs=0.03)


@given(letters_of, counts)
def test_a_network_that_knows_the_language_counts_as_far_as_one_asks(letters, n):
    task = Counting(letters=letters, most=5)
    assert task.accepted(Oracle(task), np.array([n, 1, n])).all()
    assert task.furthest(Oracle(task), n) == n


class GivesUp(Oracle):
    """Knows the language up to strings of so many timesteps; of longer ones it misses the T."""

    def __init__(self, task, timesteps):
        super().__init__(task)
        self.timesteps = timesteps

    def run_inputs(self, inputs, lengths=None):
        run = super().run_inputs(inputs, lengths)
        run.predictions[np.asarray(lengths) > self.timesteps, :, -1] = 0
        return run


@pytest.mark.parametrize("last", [0, 1, counting.AT_ONCE, counting.AT_ONCE + 1])
def test_counting_ends_before_the_first_n_that_is_not_accepted(last):
    task = Counting(letters="ab", most=3)
    model = GivesUp(task, timesteps=2 * last + 1)
    assert task.furthest(model, last + 2) == last
    assert list(task.accepted(model, np.array([last + 1, last or 1]))) == [False, last > 0]


@pytest.mark.parametrize("known", [0, 1, 3, 4])
def test_every_n_up_to_the_most_is_tested_at_even_odds(known):
    task = Counting(letters="ab", most=4)
    right = task.right(GivesUp(task, timesteps=2 * known + 1), np.random.default_rng(0), 4000)
    assert right.mean() == pytest.approx(known / 4, abs=0.03)


def test_a_random_string_has_any_n_up_to_the_most():
    task, rng = Counting(letters="abc", most=4), np.random.default_rng(0)
    drawn = {(len(task.random_sequence(rng)) - 2) / 3 for _ in range(200)}
    assert drawn == {1, 2, 3, 4}


@given(letters_of, seeds)
def test_one_output_on_the_wrong_side_makes_a_string_wrong(letters, seed):
    task = Counting(letters=letters, most=6)
    rng = np.random.default_rng(seed)
    string, output = counting.counting_string(letters, 6)[:-1], rng.integers(len(task.labels))
    place = rng.integers(len(string))

    def slip(outputs):
        if len(outputs) == len(string):
            outputs[place, output] = 1 - outputs[place, output]
        return outputs

    assert list(task.accepted(Oracle(task, slip), np.array([6, 5]))) == [False, True]


def test_the_cue_is_the_first_a():
    cue = Counting().cue(symbol_sequence("SaabbT"))
    assert (cue.timestep, cue.value) == (1, "a")
    assert Counting().cue(symbol_sequence("SbT")) is None


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"letters": "xy"}, "letters are 'xy': expected ab or abc"), ({"most": 0}, "most is 0")],
)
def test_what_cannot_be_counted_is_named(wrong, told):
    with pytest.raises(ValueError, match=told):
        Counting(**wrong)
