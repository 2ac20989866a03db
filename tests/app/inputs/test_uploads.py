"""Whatever a reader gives becomes a sequence the network can read, or one clear sentence."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inputs.arrays import MAX_MB, npy_bytes
from app.inputs.files import MAX_BYTES, UploadError
from app.inputs.uploads import (
    likely_columns,
    read_file,
    sequence_from_table,
    sequence_from_text,
    table_of_file,
    text_of,
)
from lstm_core import EmbeddingEncoder, NumericEncoder, OneHotEncoder

LETTERS = OneHotEncoder(alphabet=tuple("BEPSTVX"))
WORDS = EmbeddingEncoder(alphabet=("the", "cat", "sat"), embedding=np.eye(3))
ONE = NumericEncoder(columns=("sunspots",), offset=np.array([50.0]), scale=np.array([40.0]))
TWO = NumericEncoder(columns=("value", "mark"), offset=np.zeros(2), scale=np.ones(2))
ENCODERS = (LETTERS, WORDS, ONE, TWO)

numbers = st.floats(-1e6, 1e6).map(lambda x: float(f"{x:.10g}"))
encoders = st.sampled_from(ENCODERS)


@st.composite
def sequences(draw, encoder):
    """A sequence that this encoder can read."""
    if encoder.reads_symbols:
        return tuple(draw(st.lists(st.sampled_from(encoder.alphabet), min_size=1, max_size=20)))
    row = st.tuples(*[numbers] * encoder.input_size)
    return tuple(draw(st.lists(row, min_size=1, max_size=20)))


def read(sequence):
    """What was read, as plain symbols or rows of numbers."""
    rows = sequence.numbers
    return sequence.symbols if rows is None else tuple(map(tuple, rows.tolist()))


@st.composite
def readable(draw):
    encoder = draw(encoders)
    return encoder, draw(sequences(encoder))


def table_text(sequence, delimiter=",", header=None):
    """The sequence as a table, one row per timestep."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    if header:
        writer.writerow(header)
    writer.writerows(row if isinstance(row, tuple) else (row,) for row in sequence)
    return out.getvalue()


@given(readable())
def test_what_can_be_read_can_be_written_and_read_again(given_):
    encoder, sequence = given_
    text = text_of(encoder.sequence(sequence))
    assert read(sequence_from_text(text, encoder)) == sequence
    assert read(read_file("a.txt", text.encode(), encoder).sequence) == sequence


@given(readable(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_table_holds_the_same_sequence_in_every_dialect(given_, encoding):
    encoder, sequence = given_
    for name, delimiter in (("a.csv", ","), ("a.csv", ";"), ("a.CSV", "\t"), ("a.tsv", "\t")):
        text = table_text(sequence, delimiter)
        assert read(read_file(name, text.encode(encoding), encoder).sequence) == sequence


@given(sequences(TWO), st.permutations(["value", "noise", "mark"]))
def test_columns_are_found_by_their_names_wherever_they_stand(sequence, order):
    rows = [{"value": v, "mark": m, "noise": 0.5} for v, m in sequence]
    text = table_text([tuple(row[name] for name in order) for row in rows], header=order)
    assert read(read_file("a.csv", text.encode(), TWO).sequence) == sequence


def reads_or_tells(name, data, encoder):
    """The file gives finite inputs, or one sentence."""
    try:
        sequence = read_file(name, data, encoder).sequence
    except UploadError as error:
        sentence = str(error)
        assert sentence.endswith(".")
        assert "\n" not in sentence
    else:
        assert np.isfinite(encoder.encode(sequence)).all()


@given(st.sampled_from(["a.txt", "a.csv", "a.tsv"]), st.binary(max_size=300), encoders)
def test_no_bytes_raise_anything_but_one_sentence(name, data, encoder):
    reads_or_tells(name, data, encoder)


messy = st.text(st.sampled_from('BTX01.,;\t\n\r "-eEninf¼٣\ufeff') | st.characters(), max_size=80)


@given(st.sampled_from(["a.txt", "a.csv", "a.tsv"]), messy, encoders)
def test_no_text_raises_anything_but_one_sentence(name, text, encoder):
    reads_or_tells(name, text.encode("utf-8", "surrogatepass"), encoder)


def refused(name, data, encoder, **more):
    with pytest.raises(UploadError) as caught:
        read_file(name, data if isinstance(data, bytes) else data.encode(), encoder, **more)
    return str(caught.value)


def test_a_symbol_outside_the_alphabet_is_named_with_its_place_and_what_is_allowed():
    assert refused("a.txt", "BTQX", LETTERS) == (
        "Symbol 'Q' at position 3 is not in the alphabet: allowed are B E P S T V X."
    )


def test_a_cell_that_is_no_number_is_named_with_line_and_column():
    data = "year,sunspots\n1700,5\n1701,many\n"
    assert refused("a.csv", data, ONE) == (
        "Line 3, column 'sunspots', is 'many': expected a number."
    )


def test_a_decimal_comma_is_told_apart_from_nonsense():
    assert refused("a.csv", "sunspots;x\n1,5;2\n", ONE).endswith(
        "is '1,5': expected a number, with a decimal point."
    )


def test_a_missing_number_is_named():
    assert refused("a.csv", "value,mark\n.5,1\n.25,\n", TWO) == (
        "Line 3, column 'mark', is empty: expected a number."
    )


@pytest.mark.parametrize("cell", ["nan", "inf", "-Infinity", "1e999"])
def test_nan_and_infinity_are_no_numbers_to_run_on(cell):
    assert "expected a finite number" in refused("a.csv", f"sunspots\n1\n{cell}\n", ONE)
    assert "expected a finite number" in refused("a.txt", f"1 {cell}", ONE)


def test_a_number_that_the_network_cannot_hold_is_named():
    assert refused("a.txt", "1 1e200", ONE) == (
        "Number 2 of sunspots is 1e+200: too large for this network."
    )


@pytest.mark.parametrize("data", ["", " \n\t ", "\ufeff"])
@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
def test_an_empty_file_is_told(name, data):
    assert refused(name, data, LETTERS) == f"{name} is empty: give at least one timestep."


def test_a_header_alone_is_no_sequence():
    assert "nothing below it" in refused("a.csv", "value,mark\n", TWO)


@pytest.mark.parametrize(("text", "encoder"), [("B" * 10, LETTERS), ("1 " * 10, ONE)])
def test_a_sequence_as_long_as_the_limit_is_read(text, encoder):
    assert len(read_file("a.txt", text.encode(), encoder, limit=10).sequence) == 10


@pytest.mark.parametrize("cell", ["1_000", "1_0.5", "0x10"])
def test_what_only_python_takes_for_a_number_is_none(cell):
    assert f"is '{cell}': expected a number" in refused("a.csv", f"sunspots\n1\n{cell}\n", ONE)
    assert f"is '{cell}': expected a number" in refused("a.txt", f"1 {cell}", ONE)


def test_too_long_a_sequence_names_the_limit():
    assert refused("a.txt", "B" * 11, LETTERS, limit=10) == (
        "The sequence has 11 timesteps: at most 10 can be run here."
    )


def test_a_huge_file_names_the_limit_without_being_read():
    assert refused("a.csv", b"1" * (200 * 2**20), ONE) == (
        f"a.csv holds 200.0 MB: at most {MAX_BYTES // 2**20} MB can be read."
    )


def test_a_wrong_encoding_names_the_byte_and_what_to_do():
    assert refused("a.txt", b"BT\xe9", LETTERS) == (
        "a.txt is not UTF-8 text (byte 0xe9 at position 3): save it as UTF-8 and try again."
    )


def test_another_kind_of_file_is_refused_by_its_name():
    assert "choose one of these" in refused("a.xlsx", b"PK", ONE)


def test_rows_of_different_length_are_told():
    assert refused("a.csv", "1,2\n3,4\n5\n", TWO) == (
        "Line 3 has 1 cell: expected 2, as in the first line."
    )


def test_too_few_columns_say_what_the_network_reads():
    assert refused("a.csv", "value\n1\n2\n", TWO) == (
        "a.csv has 1 column: this network reads 2, value, mark."
    )


def test_a_chosen_column_is_the_one_that_is_read():
    table = table_of_file("a.csv", b"a,b\n1,2\n3,4\n", ONE)
    assert likely_columns(table, ONE) == ("a",)
    assert read(sequence_from_table(table, ONE, ("b",))) == ((2.0,), (4.0,))


def test_columns_without_names_or_with_the_same_can_still_be_told_apart():
    assert table_of_file("a.csv", b"1,2\n", ONE).columns == ("column 1", "column 2")
    assert len(set(table_of_file("a.csv", b"x,x\n1,2\n", ONE).columns)) == 2


def test_a_first_row_of_words_names_the_columns_and_a_single_strange_letter_is_a_mistake():
    reading = read_file("a.tsv", b"n\tsymbol\n1\tBPBT\n2\tXS\n", LETTERS)
    assert read(reading.sequence) == tuple("BPBTXS")
    assert "Symbol 'Q' at position 1" in refused("a.csv", "Q\nB\nT\n", LETTERS)


def test_line_breaks_and_spaces_between_letters_do_not_count():
    assert read(sequence_from_text(" BT\r\n XS ", LETTERS)) == tuple("BTXS")


def test_a_space_counts_where_the_alphabet_has_one():
    spaced = OneHotEncoder(alphabet=tuple("ab "))
    assert read(sequence_from_text("a b", spaced)) == ("a", " ", "b")


def test_white_space_is_read_as_it_stands_where_lines_are_part_of_the_alphabet():
    lined = OneHotEncoder(alphabet=tuple("ab \n"))
    assert read(sequence_from_text("  a\r\n b\n", lined)) == tuple("  a\n b\n")
    with pytest.raises(UploadError, match=r"'\\t' at position 2"):
        sequence_from_text("a\tb", lined)


def test_numbers_of_one_column_may_stand_in_one_line():
    assert read(sequence_from_text("1, 2;3\n4", ONE)) == ((1.0,), (2.0,), (3.0,), (4.0,))


def test_a_line_with_too_few_numbers_says_what_is_expected():
    with pytest.raises(UploadError, match="Line 2 has 1 number: expected 2, value and mark"):
        sequence_from_text(".5 1\n.25", TWO)


def test_a_column_that_cannot_be_read_still_offers_the_others():
    with pytest.raises(UploadError) as caught:
        read_file("a.csv", b"year,sunspots\n1700,many\n", ONE)
    assert (caught.value.columns, caught.value.chosen) == (("year", "sunspots"), ("sunspots",))
    reading = read_file("a.csv", b"year,sunspots\n1700,many\n", ONE, ("year",))
    assert read(reading.sequence) == ((1700.0,),)


@pytest.mark.parametrize("shape", [(4, 2), (1, 4, 2)])
def test_an_array_of_numbers_is_a_sequence_as_it_is(shape):
    values = np.arange(8, dtype=np.float32).reshape(shape)
    sequence = read_file("a.npy", npy_bytes(values), TWO).sequence
    np.testing.assert_array_equal(sequence.numbers, values.reshape(4, 2))
    assert sequence.numbers.dtype == np.float32


def test_the_numbers_of_an_array_are_those_of_the_file_without_a_copy():
    data = npy_bytes(np.ones((1000, 2)))
    sequence = read_file("a.npy", data, TWO).sequence
    assert np.shares_memory(sequence.numbers, np.frombuffer(data, np.uint8))


def test_a_million_timesteps_of_eight_numbers_can_be_read_and_no_more():
    eight = NumericEncoder(columns=tuple("abcdefgh"), offset=np.zeros(8), scale=np.ones(8))
    data = npy_bytes(np.zeros((10**6, 8)))
    assert len(data) <= MAX_MB * 2**20
    assert len(read_file("a.npy", data, eight).sequence) == 10**6
    assert refused("a.npy", npy_bytes(np.zeros((10**6 + 1, 8), np.uint8)), eight) == (
        "a.npy holds 8,000,008 numbers: at most 8,000,000 can be read."
    )


def test_an_array_of_whole_numbers_are_the_places_of_symbols():
    sequence = read_file("a.npy", npy_bytes(np.array([2, 0, 6])), LETTERS).sequence
    assert sequence.symbols == ("P", "B", "X")


@pytest.mark.parametrize(
    ("values", "encoder", "told"),
    [
        (np.zeros((4, 3)), TWO, r"expected \(timesteps, 2\)"),
        (np.zeros(4), TWO, r"\(4,\): expected \(timesteps, 2\)"),
        (np.zeros(0), TWO, r"expected \(timesteps, 2\)"),
        (np.zeros((2, 4, 2)), TWO, r"expected \(timesteps, 2\)"),
        (np.zeros((0, 2)), TWO, "is empty"),
        (np.array([[1, np.nan]]), TWO, "expected a finite number"),
        (np.array([[1, 1e300]]), TWO, "too large"),
        (np.array([0, 7]), LETTERS, "Number 2 is 7: expected 0 to 6"),
        (np.array([0, -1]), LETTERS, "Number 2 is -1"),
        (np.array([0.0, 1.0]), LETTERS, "expected whole numbers"),
        (np.array(["B"]), LETTERS, "expected an array of numbers"),
    ],
)
def test_an_array_that_is_no_sequence_is_told(values, encoder, told):
    with pytest.raises(UploadError, match=told):
        read_file("a.npy", npy_bytes(values), encoder)
