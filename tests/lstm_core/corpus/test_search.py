"""A search finds what looking at every timestep of every sequence finds."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.corpus import (
    CorpusError,
    Hypothesis,
    hypothesis_at,
    matches,
    suggested_range,
    suggested_threshold,
    thresholds,
)
from lstm_core.corpus.search import aligned
from lstm_core.corpus.thresholds import distribution, otsu
from tests.lstm_core.corpus.small import made, network, texts


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return made(tmp_path_factory.mktemp("corpus") / "c", network(), texts(40))[0]


def on(index, sequence: int, hypothesis: Hypothesis) -> np.ndarray:
    """When each unit of a hypothesis is on in one sequence, (T, units)."""
    values = index.values(hypothesis.signal, sequence)[:, list(hypothesis.units)]
    return np.asarray(values >= hypothesis.threshold)


def looked_at(index, hypothesis: Hypothesis) -> set[tuple[int, int, int]]:
    """Every match, found one timestep after another."""
    found = set()
    for sequence in range(len(index)):
        enough = on(index, sequence, hypothesis).sum(axis=1) >= hypothesis.least
        first = None
        for t, is_on in enumerate([*enough, False]):
            if is_on and first is None:
                first = t
            elif not is_on and first is not None:
                if hypothesis.shortest <= t - first <= hypothesis.longest:
                    found.add((sequence, first, t - 1))
                first = None
    return found


@pytest.mark.parametrize("signal", ["cell_state", "hidden_state", "forget_gate", "output_gate"])
@pytest.mark.parametrize("least", [1, 2, 3])
def test_the_matches_are_those_that_a_look_at_every_timestep_finds(index, signal, least):
    hypothesis = Hypothesis(
        signal=signal,
        threshold=suggested_threshold(index, signal),
        units=(0, 2, 5),
        length=2,
        least=least,
        shortest=1,
        longest=4,
    )
    found = matches(index, hypothesis, most=10_000)
    assert {(m.sequence, m.first, m.last) for m in found.best} == looked_at(index, hypothesis)
    assert found.total == len(found.best)
    for match in found.best[:20]:
        series = on(index, match.sequence, hypothesis)
        exact = series[match.first : match.last + 1].all(axis=0)
        exact &= ~series[match.first - 1] if match.first else True
        exact &= ~series[match.last + 1] if match.last + 1 < len(series) else True
        assert match.exact == exact.sum()
        values = index.values(signal, match.sequence)[match.first : match.last + 1]
        others = np.delete((values >= hypothesis.threshold).all(axis=0), hypothesis.units)
        assert match.others == others.sum()
    ranks = [(-m.exact, abs(len(m) - 2), m.others) for m in found.best]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("outside", ["both", "before", "after", "neither"])
def test_a_range_says_which_units_are_on_throughout_and_off_outside(index, outside):
    found = 0
    longest = max(range(len(index)), key=lambda k: len(index.read(k)))
    for first in range(2, 12):
        try:
            hypothesis = hypothesis_at(
                index, longest, first, first + 1, "hidden_state", 0.1, outside
            )
        except CorpusError:  # no unit
            continue
        found += 1
        series = index.values("hidden_state", longest) >= hypothesis.threshold
        wanted = series[first] & series[first + 1]
        wanted &= ~series[first - 1] if outside in ("both", "before") else True
        wanted &= ~series[first + 2] if outside in ("both", "after") else True
        assert hypothesis.units == tuple(np.flatnonzero(wanted))
        best = matches(index, hypothesis, most=10_000).best
        here = {(m.sequence, m.first) for m in best if m.exact == len(hypothesis.units)}
        assert outside != "both" or (longest, first) in here
    assert found


@pytest.mark.parametrize("unit", [-1, 0, 4])
def test_a_range_that_is_suggested_is_a_run_of_a_unit_and_is_about_it(index, unit):
    for sequence in range(8):
        threshold = suggested_threshold(index, "output_gate")
        series = index.values("output_gate", sequence) >= threshold
        t = len(series) // 2
        first, last = suggested_range(index, sequence, "output_gate", threshold, t, unit)
        if not series.any():
            assert (first, last) == (t, t)
            continue
        found = hypothesis_at(index, sequence, first, last, "output_gate", threshold)
        if unit >= 0 and series[:, unit].any():
            assert unit in found.units
            nearest = np.abs(np.flatnonzero(series[:, unit]) - t).min()
            assert min(abs(first - t), abs(last - t)) == nearest or first <= t <= last


def test_chance_undoes_what_units_do_together_and_nothing_of_one_unit(index):
    alone = Hypothesis(
        signal="hidden_state",
        threshold=0.125,
        units=(1,),
        length=1,
        least=1,
        shortest=1,
        longest=99,
    )
    found = matches(index, alone)
    assert found.chance == found.total > 0
    series = np.concatenate([index.values("hidden_state", k) for k in range(len(index))])
    is_on = series >= 0.125
    pairs = [(u, v) for u in range(6) for v in range(u)]
    units = max(pairs, key=lambda pair: np.cov(is_on[:, pair].T)[0, 1])
    several = Hypothesis(
        signal="hidden_state",
        threshold=0.125,
        units=units,
        length=1,
        least=2,
        shortest=1,
        longest=99,
    )
    assert 0 < matches(index, several).chance < matches(index, several).total


def test_what_cannot_be_asked_is_said_in_one_sentence(index):
    with pytest.raises(CorpusError, match="The range is 5 to 4"):
        hypothesis_at(index, 0, 5, 4, "cell_state", 0.5)
    with pytest.raises(CorpusError, match="signal is 'candidate': the corpus keeps cell_state"):
        hypothesis_at(index, 0, 0, 0, "candidate", 0.5)
    with pytest.raises(CorpusError, match="unit is 6: expected units between 0 and 5"):
        matches(
            index,
            Hypothesis(
                signal="cell_state",
                threshold=0.5,
                units=(6,),
                length=1,
                least=1,
                shortest=1,
                longest=1,
            ),
        )
    with pytest.raises(IndexError, match="sequence is 40"):
        index.place(40)


def test_around_the_matches_stands_what_is_read_and_what_the_units_do(index):
    hypothesis = Hypothesis(
        signal="hidden_state",
        threshold=0.125,
        units=(1, 2),
        length=1,
        least=1,
        shortest=1,
        longest=9,
    )
    found = matches(index, hypothesis, most=12)
    around = aligned(index, found, before=3, after=4)
    for k, match in enumerate(found.best):
        read = index.read(match.sequence)
        values = index.values("hidden_state", match.sequence)[:, [1, 2]].mean(axis=1)
        for column, t in enumerate(range(match.first - 3, match.first + 4)):
            inside = 0 <= t < len(read)
            assert around.read[k, column] == (read[t] if inside else -1)
            assert np.isnan(around.values[k, column]) != inside
            assert not inside or around.values[k, column] == pytest.approx(values[t])


def test_the_threshold_that_is_suggested_parts_two_heaps(index, monkeypatch):
    monkeypatch.setattr(thresholds, "BLOCKS", len(index.blocks))
    counts = np.zeros(256, int)
    counts[[20, 21, 22, 200, 201]] = 5
    assert 22 < otsu(counts) <= 200
    edges, counts = distribution(index, "forget_gate")
    values = np.concatenate([index.values("forget_gate", k) for k in range(len(index))])
    assert counts.tolist() == np.histogram(values, edges)[0].tolist()
    assert suggested_threshold(index, "forget_gate") in edges
