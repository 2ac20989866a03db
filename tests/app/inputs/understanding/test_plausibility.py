"""Values far from the training data are said; the scaling and the truth are chosen."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core import NumericEncoder
from tests.app.inputs.understanding.networks import (
    SUNSPOTS,
    anonymous,
    numbers,
    read,
    refused,
    said,
)

RAW = "day,rain,temp\n1,0.5,12\n2,42,15\n3,1.5,9\n"


def test_values_far_outside_the_training_data_are_said_with_the_factor() -> None:
    words = said(read("year,v\n1749,80.5\n1750,13000\n1751,60\n"))
    assert "13000" in words
    assert "379 deviations" in words


def test_values_like_those_of_training_need_no_word() -> None:
    assert "deviations" not in said(read("year,v\n1749,80.5\n1750,120\n1751,60\n"))


def test_a_network_that_reads_numbers_as_they_are_says_what_inputs_reach() -> None:
    found = read(RAW, anonymous(2))
    assert "reach 42" in said(found)
    assert not found.questions


def scaling(answer: str) -> NumericEncoder:
    """Return the encoder with which the table is read under this answer."""
    encoder = read(RAW, anonymous(2), {"scaling": answer}).encoder
    assert isinstance(encoder, NumericEncoder)
    return encoder


def test_the_scaling_may_be_fitted_on_the_file() -> None:
    (fitted,) = (
        option
        for choice in read(RAW, anonymous(2)).choices
        if choice.id == "scaling"
        for option in choice.options
        if option.startswith("Fitted")
    )
    encoder = scaling(fitted)
    rows = np.array([[0.5, 12], [42, 15], [1.5, 9]])
    assert np.allclose(encoder.encode(rows).mean(axis=0), 0, atol=1e-6)
    assert np.allclose(encoder.encode(rows).std(axis=0), 1, atol=1e-6)
    assert f"mean {rows.mean(axis=0)[1]:.4g}" in fitted


def test_the_scaling_may_be_typed_in_once_or_for_each_input() -> None:
    assert scaling("mean 1, deviation 2").scale.tolist() == [2, 2]
    encoder = scaling("mean 1, deviation 2; mean 3, deviation 4.5")
    assert (encoder.offset.tolist(), encoder.scale.tolist()) == ([1, 3], [2, 4.5])


@pytest.mark.parametrize("answer", ["2", "mean a, deviation b", "mean 1, deviation 0", "mean 1"])
def test_a_scaling_that_is_not_understood_is_told(answer: str) -> None:
    assert "deviation" in refused(RAW, anonymous(2), answers={"scaling": answer})


def test_the_numbers_stay_in_the_units_of_the_file() -> None:
    assert numbers(read(RAW, anonymous(2), {"scaling": "mean 1, deviation 2"})) == [
        [[0.5, 12], [42, 15], [1.5, 9]]
    ]


def test_the_scaling_of_a_network_is_its_own_unless_another_is_chosen() -> None:
    encoder = read("year,v\n1749,80.5\n1750,120\n").encoder
    assert isinstance(encoder, NumericEncoder)
    assert encoder.scale.tolist() == SUNSPOTS.scale.tolist()


def test_any_column_may_be_what_predictions_are_held_against() -> None:
    table = "year,sunspots,next\n1750,80.5,83.5\n1749,70.5,\n"
    found = read(table, answers={"truth": "next", "truth scaling": "mean 40, deviation 2"})
    assert found.truth_column == "next"
    assert found.truth_scaling == (40, 2)
    assert np.array_equal(found.truth[0], [np.nan, 83.5], equal_nan=True)
    assert read(table).truth == ()


def test_the_columns_carry_their_names() -> None:
    assert read(RAW, anonymous(2)).sequences[0].columns == ("rain", "temp")
