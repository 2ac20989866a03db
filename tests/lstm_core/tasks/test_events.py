"""Which timesteps matter, and why, in a few words."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.sequence import number_sequence, symbol_sequence
from lstm_core.tasks import Event, make_task
from lstm_core.tasks.events import in_order


def told(name, sequence):
    return {event.timestep: event.label for event in make_task(name).events(sequence)}


@pytest.mark.parametrize(
    ("task", "string", "events"),
    [
        ("first_letter", "AcdE", {0: "A to remember", 3: "asks for the first letter"}),
        ("first_letter", "Acd", {0: "A to remember"}),
        ("first_letter", "cdE", {}),
        ("embedded_reber", "BTBTXSETE", {1: "T to remember", 7: "T again"}),
        ("embedded_reber", "BTBPVVEPE", {1: "T to remember", 7: "P is not allowed here"}),
        ("embedded_reber", "T", {0: "T is not allowed here"}),
        (
            "continual_reber",
            "BPBTXSEPE" * 2,
            {1: "P to remember", 7: "P again", 10: "P to remember", 16: "P again"},
        ),
        (
            "temporal_order_6a",
            "EaXbYcB",
            {2: "X to remember", 4: "Y to remember", 6: "asks for their order"},
        ),
        ("anbn", "SaabbT", {1: "the first a", 3: "the first b", 5: "the end"}),
        ("anbn", "Sabb", {1: "the first a", 2: "the first b", 3: "b is not allowed here"}),
        ("dyck1", "()(())", {2: "stays open longest"}),
    ],
)
def test_a_task_says_which_timesteps_of_a_sequence_matter(task, string, events):
    assert told(task, symbol_sequence(string)) == events


def test_marked_numbers_are_told_with_their_value_and_the_end_with_what_it_asks():
    numbers = np.zeros((12, 2))
    numbers[[2, 5]] = [[0.5, 1], [-0.25, 1]]
    events = {2: "marked: 0.50", 5: "marked: −0.25"}
    sequence = number_sequence(numbers)
    assert told("adding", sequence) == {**events, 11: "asks for the sum"}
    assert told("multiplication", sequence) == {**events, 11: "asks for the product"}


def test_two_events_of_one_timestep_are_one():
    events = [Event(timestep=3, label="a"), None, Event(timestep=1, label="b")]
    events.append(Event(timestep=3, label="c"))
    assert [(e.timestep, e.label) for e in in_order(events)] == [(1, "b"), (3, "a, c")]
