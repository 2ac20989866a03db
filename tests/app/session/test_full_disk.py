"""A disk that is full: said in one sentence, nothing lost that was kept, no file left half written.

The disk is a small one, mounted for the test; where that is not allowed, nothing is tested.
"""

from __future__ import annotations

import logging
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.export.writing import write_files
from app.inputs import UploadError
from app.session import demos
from app.session.corpora import kept as corpora
from app.session.corpora.makings import Makings
from app.session.corpora.sources import Made, order_of
from app.session.corpora.work import Order, make
from app.session.kept import Kept
from app.session.shared_folder import SharedFolder
from app.session.store import Store
from app.words import sequences as words
from lstm_core import ModelFileError
from lstm_core.formats import load_model

MB, HOUR = 2**20, 3600.0
SIZE = MB // 4
GOLDEN = Path(__file__).parents[2] / "golden"
UNPACKED = ("keras3_deep.h5", "keras3_deep.keras")
DEMO = demos.demo("temporal_order")
MANY = Made(kind="fresh", count=60)


def mount(folder: Path, size: int, how: str = "") -> bool:
    """Mount a disk of so many bytes; return whether that is allowed."""
    options = f"{how}size={size}"
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if not mount(folder, SIZE):
        pytest.skip("mounting a small disk is allowed to root alone")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)  # what is open goes with its reader


def files(folder: Path) -> dict[str, bytes]:
    """What is in a folder, by path."""
    found = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in found}


# What readers gave


def process(disk: Path) -> Kept:
    return Kept(Store(64 * MB, HOUR), SharedFolder(disk, 64 * MB, HOUR))


def test_what_readers_gave_stays_in_the_shared_folder_when_no_more_goes_in(
    disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one = process(disk)
    one.put_bytes(("data", "a"), b"1")
    one.put_value(("list", "a"), ("a",))
    before = files(disk)
    with caplog.at_level(logging.ERROR):
        one.put_bytes(("data", "b"), bytes(MB))
        one.put_value(("list", "a"), ("a", "b" * MB))
    assert one.bytes_of(("data", "b")) == bytes(MB)
    assert one.value_of(("list", "a")) == ("a", "b" * MB)
    assert files(disk) == before
    assert caplog.text.count("No space left on device") == 2
    assert "Traceback" not in caplog.text
    other = process(disk)
    assert (other.value_of(("list", "a")), other.bytes_of(("data", "a"))) == (("a",), b"1")


def test_what_memory_has_let_go_is_what_the_folder_still_has(disk: Path) -> None:
    one = process(disk)
    one.put_value(("list", "a"), ("a",))
    one.put_value(("list", "a"), ("a", "b" * MB))
    one._memory.remove(("list", "a"))
    assert one.value_of(("list", "a")) == ("a",)


# Surveys


def order(folder: Path) -> Order:
    return replace(order_of(DEMO, MANY, 0, "forward", folder, 300, 60.0), largest=64 * MB)


def test_a_survey_keeps_what_the_disk_took_and_goes_on_when_there_is_room(
    disk: Path, tmp_path: Path
) -> None:
    told: list[int] = []
    asked = order(disk / "one")
    assert make(asked, told.append, lambda: False) == "disk"
    assert 0 < told[-1] < MANY.count
    assert len(corpora.opened(asked.folder)) == told[-1]
    assert [name for name in files(disk) if "/." in name] == []
    assert mount(disk, 64 * MB, "remount,")
    assert make(asked, told.append, lambda: False) == ""
    make(order(tmp_path / "whole"), told.append, lambda: False)
    assert files(asked.folder) == files(tmp_path / "whole")


@pytest.mark.parametrize(
    ("place", "left"), [("corpora", 2**13), ("corpora", 0), ("file/corpora", 2**13)]
)
def test_the_page_says_that_the_disk_takes_no_more_and_names_no_folder(
    disk: Path, monkeypatch: pytest.MonkeyPatch, place: str, left: int
) -> None:
    (disk / "file").write_bytes(bytes(SIZE - left))
    monkeypatch.setenv(corpora.OPTION, str(disk / place))
    making = Makings().begin(DEMO, MANY, 0, "forward")
    making.wait()
    assert making.problem == words.NO_DISK
    assert str(disk) not in making.problem


# What leaves the app as files


def test_a_file_that_is_written_anew_on_a_full_disk_stays_as_it_was(disk: Path) -> None:
    write_files(disk, [("page.html", b"old"), ("more/data.js", b"old")])
    with pytest.raises(UploadError, match=r"^.* cannot be written: No space left on device\.$"):
        write_files(disk, [("page.html", b"new"), ("more/data.js", bytes(MB))], force=True)
    assert files(disk) == {"page.html": b"new", "more/data.js": b"old"}


# Model files that are unpacked on the way


@pytest.mark.parametrize("name", UNPACKED)
def test_a_model_file_that_finds_no_room_is_refused_in_a_sentence_and_leaves_nothing(
    disk: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    data = (GOLDEN / "keras" / name).read_bytes()
    (disk / "full").write_bytes(bytes(SIZE - 2**12))
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    with pytest.raises(ModelFileError, match=r"temporary file.*No space left on device.*TMPDIR"):
        load_model(data)
    assert list(files(disk)) == ["full"]


def test_a_model_file_is_refused_in_a_sentence_where_there_is_no_folder_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    for name in UNPACKED:
        with pytest.raises(ModelFileError, match=r"temporary file, which cannot be written here"):
            load_model((GOLDEN / "keras" / name).read_bytes())
