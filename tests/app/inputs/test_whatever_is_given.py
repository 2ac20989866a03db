"""Whatever a reader gives becomes sequences the network can read, a question, or one sentence."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.inputs import UploadError, understand
from app.inputs.arrays import npy_bytes
from app.inputs.writing import text_of
from app.session import demos
from lstm_core import EmbeddingEncoder, NumericEncoder, OneHotEncoder
from lstm_core.model.encoders import Encoder

LETTERS = OneHotEncoder(alphabet=tuple("BEPSTVX"))
WORDS = EmbeddingEncoder(alphabet=("the", "cat", "sat"), embedding=np.eye(3))
ONE = NumericEncoder(columns=("sunspots",), offset=np.array([50.0]), scale=np.array([40.0]))
TWO = NumericEncoder(columns=("value", "mark"), offset=np.zeros(2), scale=np.ones(2))
few_examples = settings(max_examples=30, deadline=None)


def random_rows(seed: int, width: int) -> tuple[tuple[float, ...], ...]:
    """Rows of plain numbers, none of which could be an index or stand for a missing value."""
    rng = np.random.default_rng(seed)
    return tuple(map(tuple, rng.normal(20, 9, size=(rng.integers(3, 30), width)).round(4).tolist()))


def read(name: str, data: bytes | str, encoder: Encoder, **more):
    """What is read, as plain symbols or rows of numbers, a sequence each; nothing is asked."""
    understanding = understand(name, data, encoder, **more)
    assert understanding.questions == ()
    return [
        one.symbols if one.numbers is None else tuple(map(tuple, one.numbers.tolist()))
        for one in understanding.sequences
    ]


def table_text(sequence, delimiter: str, header: tuple[str, ...]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(header)
    writer.writerows(row if isinstance(row, tuple) else (row,) for row in sequence)
    return out.getvalue()


@few_examples
@given(st.data())
def test_symbols_that_are_offered_as_text_to_edit_are_read_again_as_the_same(data):
    encoder = data.draw(st.sampled_from((LETTERS, WORDS)))
    symbols = tuple(data.draw(st.lists(st.sampled_from(encoder.alphabet), min_size=2, max_size=20)))
    assert read("your text", text_of(encoder.sequence(symbols)), encoder) == [symbols]


@pytest.mark.parametrize("encoder", [ONE, TWO])
@pytest.mark.parametrize("seed", range(5))
def test_numbers_that_are_offered_as_text_to_edit_are_read_again_as_the_same(encoder, seed):
    rows = random_rows(seed, encoder.input_size)
    text = text_of(encoder.sequence(np.array(rows)), encoder.columns)
    assert read("your text", text, encoder) == [rows]


@pytest.mark.parametrize("name", demos.demo_names())
def test_every_short_example_of_a_demo_can_be_edited_as_text_and_nothing_is_asked(name):
    encoder = demos.demo(name).model.encoder
    assert encoder is not None
    for example in demos.demo(name).examples:
        text = text_of(example.sequence, encoder.columns)
        if len(example.sequence) <= 500:
            (sequence,) = understand("your text", text, encoder).sequences
            assert sequence.symbols == example.sequence.symbols
            if sequence.numbers is not None and example.sequence.numbers is not None:
                np.testing.assert_allclose(sequence.numbers, example.sequence.numbers, rtol=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_a_table_means_the_same_as_a_file_of_any_name_and_as_a_paste(seed):
    rows = random_rows(seed, 2)
    for delimiter in (",", "\t"):
        text = table_text(rows, delimiter, ("value", "mark"))
        for name in ("a.csv", "a.txt", "your text"):
            assert read(name, text, TWO) == [rows]
        assert read("a.csv", text.encode("utf-16"), TWO) == [rows]


def refused(name: str, data: bytes | str, encoder: Encoder) -> str:
    with pytest.raises(UploadError) as caught:
        understand(name, data, encoder)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("data", "encoder", "parts"),
    [
        ("BTQX", LETTERS, ("position 3", "'Q'", "B E P S T V X")),
        ("Q\nB\nT\n", LETTERS, ("line 1", "'Q'")),
        ("year,sunspots\n1700,5\n1701,many\n", ONE, ("line 3", "'sunspots'", "'many'")),
        ("1 inf", ONE, ("'inf'", "finite")),
        ("1 1e200", ONE, ("number 2", "1e+200", "too large")),
        ("value,mark\n", TWO, ("no row of numbers",)),
        ("x = [0.5, 0.25, 1.75]", ONE, ("line 1", "'x = [0.5'", "numbers alone")),
        ("1,2\n3,4\n5\n", TWO, ("line 3", "1 number", "expected 2")),
        ("value,mark\n1,2\n3,4\n5\n", TWO, ("line 4", "1 cell", "expected 2")),
        ("", LETTERS, ("is empty",)),
        (" \n\t ", ONE, ("is empty",)),
        ("\ufeff", LETTERS, ("is empty",)),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(data, encoder, parts):
    sentence = refused("a.csv", data, encoder)
    for part in ("a.csv", *parts):
        assert part in sentence


@pytest.mark.parametrize("cell", ["inf", "-Infinity", "1e999", "1_000", "1_0.5", "0x10"])
def test_a_last_cell_that_is_no_plain_number_is_named_and_not_taken_for_a_footer(cell):
    sentence = refused("a.csv", f"sunspots\n1\n{cell}\n", ONE)
    assert "line 3" in sentence
    assert repr(cell) in sentence


@pytest.mark.parametrize("cell", ["nan", "NA", "?"])
def test_a_last_value_that_is_missing_is_asked_about_and_not_taken_for_a_footer(cell):
    understanding = understand("a.csv", f"sunspots\n1\n2\n{cell}\n", ONE)
    assert [question.id for question in understanding.questions] == ["gaps"]


@pytest.mark.parametrize(
    ("data", "encoder"),
    [("B" * 12, LETTERS), ("1 " * 12, ONE), (npy_bytes(np.arange(12) % 7), LETTERS)],
)
def test_of_a_sequence_over_the_limit_a_stretch_is_chosen(data, encoder):
    asked = understand("a", data, encoder, limit=10)
    assert ([question.id for question in asked.questions], asked.sequences) == (["rows"], ())
    for answer, length in (("The first 10", 10), ("The last 10", 10), ("3 to 7", 5)):
        chosen = understand("a", data, encoder, {"rows": answer}, limit=10)
        assert [len(sequence) for sequence in chosen.sequences] == [length]
    assert len(understand("a", data, encoder, limit=12).sequences[0]) == 12
    with pytest.raises(UploadError, match="at most 10 of 12"):
        understand("a", data, encoder, {"rows": "1 to 12"}, limit=10)


def test_columns_without_names_or_with_the_same_can_be_told_apart():
    for data in ("x,x\n1,2\n3,5\n4,4\n", "1,2\n3,5\n4,4\n"):
        names = [column.name for column in understand("a.csv", data, TWO).table]
        assert len(set(names)) == 2


def test_a_space_counts_where_the_alphabet_has_one():
    assert read("a.txt", "a b", OneHotEncoder(alphabet=tuple("ab "))) == [("a", " ", "b")]


@pytest.mark.parametrize("shape", [(4, 2), (1, 4, 2)])
def test_an_array_of_numbers_is_a_sequence_as_it_is(shape):
    values = np.arange(8, dtype=np.float32).reshape(shape) / 8
    assert read("a.npy", npy_bytes(values), TWO) == [
        tuple(map(tuple, values.reshape(4, 2).tolist()))
    ]


def test_an_array_of_whole_numbers_are_the_places_of_symbols():
    assert read("a.npy", npy_bytes(np.array([2, 0, 6])), LETTERS) == [("P", "B", "X")]


@pytest.mark.parametrize(
    ("values", "encoder", "told"),
    [
        (np.zeros((4, 3)), TWO, r"\(4, 3\): expected \(timesteps, 2\)"),
        (np.zeros(4), TWO, r"\(4,\): expected \(timesteps, 2\)"),
        (np.zeros((0, 2)), TWO, "is empty"),
        (np.array([[1, 1e300]]), TWO, "too large"),
        (np.array([0, 7]), LETTERS, "number 2 is 7: expected 0 to 6"),
        (np.array([0, -1]), LETTERS, "number 2 is -1"),
        (np.array(["B"]), LETTERS, "expected an array of numbers"),
    ],
)
def test_an_array_that_is_no_sequence_is_told(values, encoder, told):
    with pytest.raises(UploadError, match=told):
        understand("a.npy", npy_bytes(values), encoder)
