"""What a unit is about is found where it is, and nothing is found where there is nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from lstm_core.analysis.probes import Probe, Property, probes
from lstm_core.analysis.text_properties import text_properties

from ..strategies import seeds

T, H = 600, 5


def slow(rng: np.random.Generator, length: int = T) -> np.ndarray:
    """Yes and no that last for a while, as properties of texts do."""
    changes = rng.random(length) < 0.08
    return (np.cumsum(changes) % 2).astype(np.float64)


@settings(max_examples=20)
@given(seeds)
def test_correlations_are_those_of_numpy_in_each_part(seed: int) -> None:
    rng = np.random.default_rng(seed)
    series, values = rng.normal(2, 3, (T, H)), rng.normal(size=T)
    (probe,) = probes(series, [Property(name="y", values=values)], rng)
    for part, found in ((slice(0, 400), probe.fitted), (slice(400, T), probe.correlation)):
        expected = np.corrcoef(series[part].T, values[part])[-1, :-1]
        np.testing.assert_allclose(found, expected, atol=1e-4)
    assert np.isnan(probe.threshold).all()


@settings(max_examples=10)
@given(seeds)
def test_a_unit_that_tells_a_property_is_found_with_its_threshold(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values, series = slow(rng), rng.normal(size=(T, H))
    series[:, 3] = np.where(values == 1, -1.0, 2.0) + rng.uniform(-0.5, 0.5, T)
    (probe,) = probes(series, [Property(name="y", values=values)], rng)
    assert probe.best == 3
    assert probe.is_told
    assert -0.6 <= probe.threshold[3] <= 1.6
    assert probe.accuracy[3] > 0.98
    assert probe.ridge > 0.9


def test_what_no_unit_tells_is_rarely_above_what_chance_gives() -> None:
    rng = np.random.default_rng(0)
    told = 0
    for _ in range(40):
        smooth = np.cumsum(rng.normal(size=(T, H)), axis=0)
        walks = smooth - smooth.mean(axis=0)
        (probe,) = probes(walks, [Property(name="y", values=slow(rng))], rng, block=60)
        told += probe.is_told
    assert told <= 8


def test_properties_that_take_several_units_are_told_by_all_of_them_together() -> None:
    rng = np.random.default_rng(1)
    series = rng.normal(size=(T, H))
    (probe,) = probes(series, [Property(name="y", values=series.sum(axis=1))], rng)
    assert probe.ridge > 0.99
    assert abs(probe.correlation[probe.best]) < 0.7


def test_a_unit_or_a_property_that_never_changes_tells_nothing() -> None:
    series = np.ones((T, 2))
    (probe,) = probes(series, [Property(name="y", values=np.zeros(T))], np.random.default_rng(0))
    assert not probe.correlation.any()
    assert not probe.is_told


def test_a_property_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match=r"y has \(3,\): expected \(600,\)"):
        probes(np.ones((T, 1)), [Property(name="y", values=np.ones(3))], np.random.default_rng(0))


def read(text: str, name: str) -> list[float]:
    (found,) = [one for one in text_properties(text) if one.name == name]
    return found.values.tolist()


def test_quotes_comments_brackets_and_indentation_are_those_of_python() -> None:
    assert read("a 'b' c", "inside quotes") == [0, 0, 1, 1, 0, 0, 0]
    assert read("'''x'y'''z", "inside quotes") == [1] * 6 + [0] * 4
    assert read("'a\nb", "inside quotes") == [1, 1, 0, 0]
    assert read("f((x)[1])", "depth of brackets") == [0, 1, 2, 2, 1, 2, 2, 1, 0]
    assert read("'(' # (\n(", "depth of brackets") == [0] * 8 + [1]
    assert read("a # 'b'\n'", "inside a comment") == [0, 0, 1, 1, 1, 1, 1, 0, 0]
    assert read("  a b\nc", "indentation") == [1, 2, 2, 2, 2, 0, 0]
    assert read("ab\nc", "position in the line") == [1, 2, 0, 1]


@pytest.mark.parametrize(
    ("held_out", "told"), [(0.9, True), (-0.9, False), (0.2, False), (-0.2, False)]
)
def test_a_unit_that_turns_around_in_the_part_held_out_tells_nothing(held_out: float, told: bool):
    nothing = np.full(1, np.nan)
    probe = Probe(
        name="depth",
        fitted=np.array([0.8]),
        correlation=np.array([held_out]),
        chance=0.3,
        threshold=nothing,
        accuracy=nothing,
        ridge=0.0,
        ridge_chance=0.0,
    )
    assert probe.is_told == told
