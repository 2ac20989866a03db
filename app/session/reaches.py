"""How far a network's cell states go over its own sequences, so that its pictures compare.

A signal without a range of its own has colours that end where the run went furthest. If each run
had its own end, the same colour would mean another number in every sequence of one network.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from lstm_core.record import Array
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject

from .shared_store import store

MOST_VALUES = 500_000  # timesteps times units of the network that are run for this


def network_reaches(subject: Subject, layer: int, direction: str) -> Mapping[str, Array]:
    """Return by signal without a range how far each unit goes from zero, (H,).

    Over all sequences of the network's own, or over their beginnings where they are long: always
    the same for one layer and direction, whatever is on the stage.
    """
    return store.get_or_compute(
        ("reaches", subject.name, layer, direction), lambda: _reaches(subject, layer, direction)
    )


def _reaches(subject: Subject, layer: int, direction: str) -> dict[str, Array]:
    units = sum(layer.hidden_size for layer in subject.model.layers)
    most = max(1, MOST_VALUES // (units * len(subject.examples)))
    reaches: dict[str, Array] = {}
    for example in subject.examples:
        run = subject.model.run(beginning(example.sequence, most)).layers[layer]
        trace = run.backward if direction == "backward" and run.backward else run.forward
        for signal in trace.vocabulary.recorded:
            if signal.low is None:
                reach = np.abs(trace.series(signal.name)).max(axis=0)
                reaches[signal.name] = np.maximum(reach, reaches.get(signal.name, 0))
    return reaches


def beginning(sequence: Sequence, timesteps: int) -> Sequence:
    """Return the first timesteps of a sequence, or all of a shorter one."""
    numbers, places, times = sequence.numbers, sequence.places, sequence.times
    return dataclasses.replace(
        sequence,
        numbers=None if numbers is None else numbers[:timesteps],
        places=None if places is None else places[:timesteps],
        times=None if times is None else times[:timesteps],
    )
