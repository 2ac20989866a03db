"""A partition gives the same sequences whole and in parts, and says what does not fit."""

from __future__ import annotations

import errno
import os
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.inputs import UploadError
from app.inputs.partitions import partition, text
from lstm_core.model.encoders import NumericEncoder, OneHotEncoder

LETTERS = OneHotEncoder(alphabet=("a", "b", "c"))
WORDS = OneHotEncoder(alphabet=("up", "down"))
LINES = OneHotEncoder(alphabet=("a", "b", "\n"))


def numbers(*columns: str) -> NumericEncoder:
    size = len(columns)
    return NumericEncoder(columns=columns, offset=np.zeros(size), scale=np.ones(size))


def all_of(file: Path, encoder, timesteps: int = 10_000):
    """Every sequence of a file, read in parts of so many timesteps; what is refused is raised."""
    cut, found = partition(file, encoder), []
    for span in cut.spans(timesteps):
        for one in cut.read(span):
            if isinstance(one, UploadError):
                raise one
            found.append(one)
    return found


def parquet(file: Path, **columns) -> Path:
    pq.write_table(pa.table(columns), file, row_group_size=3)
    return file


@settings(max_examples=20)
@given(
    texts=st.lists(st.text("abc", max_size=9), min_size=1, max_size=12).filter(any),
    timesteps=st.integers(1, 30),
    kind=st.sampled_from(["lines", "texts", "lists", "ids"]),
)
def test_parts_of_any_size_are_together_the_whole(tmp_path_factory, texts, timesteps, kind):
    file = tmp_path_factory.mktemp("parts") / ("a.txt" if kind == "lines" else "a.parquet")
    if kind == "lines":
        file.write_text("\n".join(texts))
    elif kind == "texts":
        parquet(file, text=texts)
    elif kind == "lists":
        parquet(file, tokens=pa.array([list(text) for text in texts], pa.list_(pa.string())))
    else:
        ids = [["abc".index(letter) for letter in text] for text in texts]
        parquet(file, tokens=pa.array(ids, pa.list_(pa.int64())))
    found = ["".join(one.symbols) for one in all_of(file, LETTERS, timesteps)]
    assert found == (list(filter(None, texts)) if kind == "lines" else texts)


@settings(max_examples=20)
@given(lengths=st.lists(st.integers(1, 6), min_size=1, max_size=8), timesteps=st.integers(1, 20))
def test_rows_that_are_timesteps_are_parted_by_their_sequence(tmp_path_factory, lengths, timesteps):
    keys = [f"s{k}" for k, length in enumerate(lengths) for _ in range(length)]
    x = np.arange(len(keys), dtype=float)
    file = tmp_path_factory.mktemp("rows") / "a.parquet"
    parquet(file, y=x * 2, sequence=keys, x=x, label=[key[-1] for key in keys])
    found = all_of(file, numbers("x", "y"), timesteps)
    assert [len(one) for one in found] == lengths
    assert [one.name for one in found] == list(dict.fromkeys(keys))
    assert [one.label for one in found] == [key[-1] for key in dict.fromkeys(keys)]
    together = np.concatenate([one.numbers for one in found])
    assert together.tolist() == np.column_stack([x, 2 * x]).tolist()


def test_a_line_is_characters_or_words_or_numbers_of_one_column(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("up down up\n\ndown\r\n")
    assert [one.symbols for one in all_of(file, WORDS)] == [("up", "down", "up"), ("down",)]
    assert [one.name for one in all_of(file, WORDS)] == ["a.txt:1", "a.txt:3"]
    file.write_text("ab\nb")
    assert [one.symbols for one in all_of(file, LINES)] == [("a", "b", "\n"), ("b", "\n")]
    file.write_text("1, 2.5,3\n4")
    found = [one.numbers[:, 0].tolist() for one in all_of(file, numbers("x"))]
    assert found == [[1.0, 2.5, 3.0], [4.0]]


@pytest.mark.parametrize(
    ("shape", "columns", "count", "each"),
    [
        ((3, 4, 2), 2, 3, (4, 2)),
        ((5, 2), 2, 1, (5, 2)),
        ((5, 2), 1, 5, (2, 1)),
        ((7,), 1, 1, (7, 1)),
    ],
)
def test_an_array_is_sequences_or_one(tmp_path, shape, columns, count, each):
    np.save(tmp_path / "a.npy", np.zeros(shape))
    found = all_of(tmp_path / "a.npy", numbers(*"xyz"[:columns]), timesteps=4)
    assert [one.numbers.shape for one in found] == [each] * count


def test_ids_in_an_array_are_places_in_the_alphabet(tmp_path):
    np.save(tmp_path / "a.npy", np.array([[0, 2], [1, 1]]))
    assert [one.symbols for one in all_of(tmp_path / "a.npy", LETTERS)] == [("a", "c"), ("b", "b")]


def test_lists_of_numbers_and_other_files_are_read_too(tmp_path):
    file = parquet(tmp_path / "a.parquet", values=[[1.0, 2.0], [3.0]])
    assert [one.numbers.tolist() for one in all_of(file, numbers("x"))] == [[[1], [2]], [[3]]]
    (tmp_path / "a.csv").write_text("x,y\n1,2\n3,4\n5,6\n")
    (one,) = all_of(tmp_path / "a.csv", numbers("x", "y"))
    assert one.numbers.tolist() == [[1, 2], [3, 4], [5, 6]]


def damaged_parquet(folder: Path) -> Path:
    file = parquet(folder / "a.parquet", text=["ab"] * 40)
    file.write_bytes(file.read_bytes()[:-30])
    return file


def damaged_inside(folder: Path, **columns) -> Path:
    """A Parquet file whose last column is damaged, and what says where columns stand is not."""
    file = parquet(folder / "a.parquet", **columns)
    about = pq.ParquetFile(file).metadata.row_group(0)
    chunk = about.column(about.num_columns - 1)
    first = chunk.dictionary_page_offset or chunk.data_page_offset
    content = bytearray(file.read_bytes())
    content[first : first + 12] = b"\xff" * 12
    file.write_bytes(content)
    return file


def saved(folder: Path, name: str, content) -> Path:
    if isinstance(content, str | bytes):
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    else:
        np.save(folder / name, content)
    return folder / name


BAD = {
    "damaged": (damaged_parquet, LETTERS, "a.parquet cannot be read: "),
    "damaged inside": (
        lambda f: damaged_inside(f, text=["ab"] * 40),
        LETTERS,
        "a.parquet cannot be read: ",
    ),
    "damaged inside numbers": (
        lambda f: damaged_inside(f, x=[1.0] * 9, y=[1.0] * 9),
        numbers("x", "y"),
        "a.parquet cannot be read at row 1: ",
    ),
    "text for numbers": (
        lambda f: parquet(f / "a.parquet", x=["1", "two"], y=[1.0, 2.0]),
        numbers("x", "y"),
        "a.parquet has string in the column x: expected numbers.",
    ),
    "dates for numbers": (
        lambda f: parquet(f / "a.parquet", x=[1.0], y=[datetime(2026, 1, 1)]),
        numbers("x", "y"),
        "in the column y: expected numbers.",
    ),
    "no Parquet": (lambda f: saved(f, "a.parquet", b"x"), LETTERS, "a.parquet cannot be read: "),
    "two columns of text": (
        lambda f: parquet(f / "a.parquet", one=["a"], two=["b"]),
        LETTERS,
        "has the columns one, two: expected one column of texts or lists",
    ),
    "other columns": (
        lambda f: parquet(f / "a.parquet", p=[1.0], q=[1.0], r=[1.0]),
        numbers("x", "y"),
        "has the columns p, q, r: expected x, y.",
    ),
    "no rows": (
        lambda f: parquet(f / "a.parquet", text=pa.array([], pa.string())),
        LETTERS,
        "no seq",
    ),
    "ragged": (
        lambda f: parquet(f / "a.parquet", values=[[[1.0, 2.0], [3.0]]]),
        numbers("x", "y"),
        "a.parquet:1 is ragged: expected as many numbers at each timestep.",
    ),
    "too few in a list": (
        lambda f: parquet(f / "a.parquet", values=[[1.0, 2.0]]),
        numbers("x", "y"),
        "a.parquet:1 has 1 columns: the network reads 2 (x, y).",
    ),
    "an id that there is not": (
        lambda f: saved(f, "a.npy", np.array([[0, 3]])),
        LETTERS,
        "a.npy:1 has the id 3: expected 0 to 2",
    ),
    "an id below zero": (
        lambda f: saved(f, "a.npy", np.array([[0, -1]])),
        LETTERS,
        "a.npy:1 has the id -1: expected 0 to 2",
    ),
    "ids of several columns": (
        lambda f: saved(f, "a.npy", np.zeros((2, 3, 2), int)),
        LETTERS,
        "a.npy:1 has 2 columns: expected ids (N, T).",
    ),
    "ids of which one is missing": (
        lambda f: parquet(f / "a.parquet", tokens=pa.array([[0, None, 1]])),
        LETTERS,
        "a.parquet:1 has None among its tokens: expected symbols alone, or ids alone.",
    ),
    "ids between whole numbers": (
        lambda f: parquet(f / "a.parquet", tokens=[[0.0, 0.5]]),
        LETTERS,
        "a.parquet:1 has 0.0 among its tokens",
    ),
    "symbols and ids": (
        lambda f: parquet(f / "a.parquet", tokens=pa.array([["a", None]])),
        LETTERS,
        "a.parquet:1 has None among its tokens",
    ),
    "lists of lists of ids": (
        lambda f: parquet(f / "a.parquet", tokens=[[[0], [1]]]),
        LETTERS,
        "a.parquet:1 has [0] among its tokens",
    ),
    "floats for ids": (
        lambda f: saved(f, "a.npy", np.ones((2, 2))),
        LETTERS,
        "expected ids (N, T)",
    ),
    "no array": (lambda f: saved(f, "a.npy", b"\x93NUMPY"), LETTERS, "a.npy cannot be read: "),
    "an empty array": (
        lambda f: saved(f, "a.npy", np.ones((0, 2, 1))),
        numbers("x"),
        "no sequence",
    ),
    "an empty text": (lambda f: saved(f, "a.txt", "\n \n"), LETTERS, "a.txt holds no sequence"),
    "no text": (
        lambda f: saved(f, "a.txt", b"ab\n\xff\n"),
        LETTERS,
        "a.txt cannot be read at line 2: 'utf-8' codec",
    ),
    "no number": (
        lambda f: saved(f, "a.txt", "1\nx\n"),
        numbers("x"),
        "a.txt cannot be read at line 2",
    ),
    "no file": (lambda f: f / "a.txt", LETTERS, "a.txt cannot be read: there is no such file."),
    "a question": (
        lambda f: saved(f, "a.csv", "p;q;r\n1;2;3\n4;5;6\n7;8;9\n"),
        numbers("x", "y"),
        "a.csv leaves something open: ",
    ),
}


@pytest.mark.parametrize(("make", "encoder", "said"), BAD.values(), ids=BAD.keys())
def test_what_does_not_fit_is_refused_in_one_sentence(tmp_path, make, encoder, said):
    with pytest.raises(UploadError) as refused:
        all_of(make(tmp_path), encoder)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


ALONE = {
    "text": (lambda f: saved(f, "a.txt", b"ab\na\xff\nca\n"), LETTERS),
    "numbers in text": (lambda f: saved(f, "a.txt", "1 2\n1 x\n3\n"), numbers("x")),
    "ids": (lambda f: saved(f, "a.npy", np.array([[0, 1], [0, 7], [1, 1]])), LETTERS),
    "lists": (lambda f: parquet(f / "a.parquet", t=[["a"], ["b", None], ["c"]]), LETTERS),
    "ragged lists": (
        lambda f: parquet(f / "a.parquet", v=[[[1.0, 2.0]], [[1.0], [1.0, 2.0]], [[3.0, 4.0]]]),
        numbers("x", "y"),
    ),
}


@pytest.mark.parametrize(("make", "encoder"), ALONE.values(), ids=ALONE.keys())
def test_a_sequence_that_cannot_be_read_is_refused_alone(tmp_path, make, encoder):
    cut = partition(make(tmp_path), encoder)
    (span,) = cut.spans(1000)
    first, second, third = cut.read(span)
    assert isinstance(second, UploadError)
    assert "a." in str(second)
    assert (first.name[-1], third.name[-1]) == ("1", "3")


@pytest.mark.parametrize("name", ["a.txt", "a.csv"])
def test_a_disk_that_cannot_be_read_is_said_in_one_sentence(tmp_path, name, monkeypatch):
    file = saved(tmp_path, name, "ab\n")
    monkeypatch.setattr(Path, "open", lambda *_, **__: fail())
    with pytest.raises(UploadError, match=rf"^{name} cannot be read: .*Input/output error\.$"):
        all_of(file, LETTERS)


def fail():
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_what_stands_before_a_line_without_end_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "LONGEST_LINE", 40)
    spans = partition(saved(tmp_path, "a.txt", "ab\nabc\n" + 50 * "a"), LETTERS).spans(3)
    assert next(spans).last == 1
    with pytest.raises(UploadError, match=r"^Line 3 of a\.txt has 50 bytes: expected at most 40"):
        list(spans)
