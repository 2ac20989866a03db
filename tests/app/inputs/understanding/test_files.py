"""Files are judged by their bytes: arrays, workbooks, Parquet, JSON, archives; others are named."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import Any

import pandas as pd
import pytest

from app.inputs.understanding.alphabets import Alphabet
from app.inputs.understanding.limits import MAX_BYTES, MAX_COLUMNS, MAX_SEQUENCES
from lstm_core import Encoder
from tests.app.inputs.understanding.networks import (
    IDS,
    REBER,
    anonymous,
    asked,
    numbers,
    numeric,
    read,
    refused,
    said,
    settled,
    tokens,
)

TABLE = pd.DataFrame({"date": ["2024-01-01", "2024-01-02", "2024-01-03"], "v": [1.234, 5.5, 7.25]})
WANTED = [[1.234, 5.5, 7.25]]


def saved(write: Any) -> bytes:
    """Return what a function writes into a file."""
    stream = io.BytesIO()
    write(stream)
    return stream.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


FILES = {
    "Parquet": saved(TABLE.to_parquet),
    "Excel": saved(lambda stream: TABLE.to_excel(stream, index=False)),
    "JSON lines": TABLE.to_json(orient="records", lines=True).encode(),
    "JSON records": TABLE.to_json(orient="records").encode(),
    "JSON columns": json.dumps(TABLE.to_dict(orient="list")).encode(),
    "CSV": TABLE.to_csv(index=False).encode(),
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a"])
def test_a_table_means_the_same_in_every_kind_of_file(data: bytes, name: str) -> None:
    for packed in (data, gzip.compress(data)):
        found = read(packed, name=name)
        assert numbers(found) == WANTED or asked(found) == ["decimal"]
        assert found.inputs == {"sunspots": "v"}


def test_several_sheets_are_asked_about() -> None:
    def write(stream: io.BytesIO) -> None:
        with pd.ExcelWriter(stream) as writer:
            TABLE.to_excel(writer, sheet_name="one", index=False)
            TABLE.to_excel(writer, sheet_name="two", index=False)

    assert asked(read(saved(write))) == ["sheet"]
    assert numbers(read(saved(write), answers={"sheet": "two"})) == WANTED


def test_the_files_of_an_archive_are_a_sequence_each() -> None:
    found = read(zipped({"b.csv": b"year,v\n1749,7.5\n1750,8\n", "a.csv": b"year,v\n1749,5.5\n"}))
    assert numbers(found) == [[5.5], [7.5, 8]]
    assert [s.name for s in found.sequences] == ["a.csv", "b.csv"]


@pytest.mark.parametrize(
    ("start", "title"),
    [
        (b"%PDF-1.4", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook"),
        (b"\x80\x04\x95", "a Python pickle"),
        (b"\x89HDF\r\n", "an HDF5 file"),
        (b"\x89PNG", "a picture"),
        (b"SQLite format 3\0", "an SQLite database"),
    ],
)
def test_a_kind_that_is_not_read_is_named(start: bytes, title: str) -> None:
    assert title in refused(start + b"\0" * 200)


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(data: bytes) -> None:
    assert "is empty" in refused(data)


@pytest.mark.slow
def test_what_unpacks_without_end_is_refused_before_it_is_unpacked() -> None:
    bomb = gzip.compress(b"\0" * (MAX_BYTES + 1))
    assert len(bomb) < MAX_BYTES / 500
    assert "unpacks into more than" in refused(bomb)


def test_equal_names_without_number_are_refused_by_the_limit() -> None:
    sentence = refused(",".join(["x"] * (MAX_COLUMNS + 2000)) + "\n" + ",".join(["1"] * 6000))
    assert f"at most {MAX_COLUMNS:,}" in sentence


def test_a_line_of_too_many_numbers_is_refused_by_the_limit() -> None:
    for encoder in (numeric("v"), anonymous(3)):
        sentence = refused("1;" * 5_000_000, encoder)
        assert "at most" in sentence
        assert sentence.startswith("file")


def test_more_lines_than_sequences_are_refused_before_they_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = 0

    def counted(alphabet: Alphabet, text: str, cut: Any = Alphabet.cut) -> list[str]:
        nonlocal calls
        calls += 1
        return list(cut(alphabet, text))

    monkeypatch.setattr(Alphabet, "cut", counted)
    sentence = refused("1 2 3\n4 5\n" * MAX_SEQUENCES, IDS)
    assert f"would be {2 * MAX_SEQUENCES:,} sequences" in sentence
    assert calls < MAX_SEQUENCES


def test_a_cell_may_hold_a_sequence_of_any_length() -> None:
    text = "BTXSE" * 28_000
    for data in (text, f"text,label\n{text},1\n"):
        assert len(read(data, REBER).sequences[0]) == 140_000


@pytest.mark.parametrize(
    ("data", "encoder", "wanted"),
    [
        ("array([0.5, 0.25, 1.75])", numeric("v"), [[0.5, 0.25, 1.75]]),
        (
            "np.array([[0.5, 1.],\n       [0.25, 0.]], dtype=float32)",
            anonymous(2),
            [[[0.5, 1], [0.25, 0]]],
        ),
        ("tensor([[[0.5], [1.]]], device='cuda:0')", numeric("v"), [[0.5, 1.0]]),
    ],
)
def test_a_printed_array_is_what_stands_in_its_brackets(
    data: str, encoder: Encoder, wanted: list[Any]
) -> None:
    assert numbers(settled(data, encoder)) == wanted
    assert "printed array" in said(read(data, encoder))


def test_a_printed_array_of_ids_is_read_whole() -> None:
    assert tokens(read("tensor([1, 2, 3])", IDS)) == [["1", "2", "3"]]


NESTED = "[[[0.5, 1], [0.25, 0]], [[0.75, 1], [0.125, 0], [1.5, 1]]]"


@pytest.mark.parametrize(
    "data",
    [
        NESTED,
        '{"id": 7, "v": [[0.5, 1], [0.25, 0]]}\n{"id": 8, "v": [[0.75, 1], [0.125, 0], [1.5, 1]]}',
    ],
)
def test_lists_of_timesteps_in_json_are_a_sequence_each(data: str) -> None:
    found = settled(data, anonymous(2))
    assert [len(one) for one in found.sequences] == [2, 3]
    assert numbers(found)[1] == [[0.75, 1], [0.125, 0], [1.5, 1]]


def test_a_sequence_that_is_too_long_offers_a_range() -> None:
    data = "v\n" + "\n".join(f"{k % 7}.5" for k in range(30))
    found = read(data)
    assert not found.questions
    from app.inputs import understand

    long = understand("file", data, numeric("v"), limit=10)
    assert asked(long) == ["rows"]
    assert long.sequences == ()
    chosen = understand("file", data, numeric("v"), {"rows": "11 to 15"}, limit=10)
    assert numbers(chosen) == [[4.5, 5.5, 6.5, 0.5, 1.5]][:1] or len(chosen.sequences[0]) == 5
    assert "at most 10" in refused(data, numeric("v"), answers={"rows": "1 to 20"}, limit=10)
