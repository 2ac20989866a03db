"""What readers gave: two processes that share a folder keep the same things, and lose none."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.session import kept as kept_module
from app.session import model_files, uploads
from app.session.kept import Kept
from app.session.shared_folder import OPTION, SharedFolder, shared_folder
from app.session.store import Store
from lstm_core.formats import npz

MB, HOUR = 2**20, 3600.0
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


def process(folder: Path | None, limit: int = MB) -> Kept:
    """One process of an instance: memory of its own, and perhaps a folder that others share."""
    shared = None if folder is None else SharedFolder(folder, limit, HOUR)
    return Kept(Store(64 * MB, HOUR), shared)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Kept, Kept]:
    return process(tmp_path), process(tmp_path)


@given(PLAIN)
def test_another_process_has_what_one_was_given(tmp_path_factory, value) -> None:
    folder = tmp_path_factory.getbasetemp() / "shared"
    one, other = process(folder), process(folder)
    one.put_value(("list", "a"), value)
    one.put_bytes(("data", "a"), repr(value).encode())
    assert one.value_of(("list", "a")) == other.value_of(("list", "a")) == value
    assert other.bytes_of(("data", "a")) == repr(value).encode()


def test_what_one_changes_or_removes_is_changed_and_gone_for_the_other(two) -> None:
    one, other = two
    one.put_value(("list", "a"), ("x",))
    one.put_bytes(("data", "x"), b"1")
    assert (other.value_of(("list", "a")), other.bytes_of(("data", "x"))) == (("x",), b"1")
    other.put_value(("list", "a"), ())
    other.remove(("data", "x"))
    assert one.value_of(("list", "a")) == ()
    assert one.bytes_of(("data", "x")) is None


def test_an_unchanged_value_stays_the_same_object(two) -> None:
    one, other = two
    one.put_value(("list", "a"), ("x",))
    assert one.value_of(("list", "a")) is one.value_of(("list", "a"))
    assert other.value_of(("list", "a")) is other.value_of(("list", "a"))


def test_without_a_folder_each_process_has_its_own() -> None:
    one, other = process(None), process(None)
    one.put_bytes(("data", "x"), b"1")
    assert one.bytes_of(("data", "x")) == b"1"
    assert other.bytes_of(("data", "x")) is None


def test_where_nothing_can_be_written_nothing_is_lost_and_the_log_says_so(
    two, monkeypatch, caplog
) -> None:
    one, _ = two

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    one.put_bytes(("data", "x"), b"1")
    one.put_value(("list", "a"), ("x",))
    assert (one.value_of(("list", "a")), one.bytes_of(("data", "x"))) == (("x",), b"1")
    assert list(one.folder.folder.iterdir()) == []
    assert "No space left on device" in caplog.text


def test_a_full_folder_lets_go_of_what_was_used_longest_ago(tmp_path) -> None:
    one = process(tmp_path, limit=100)
    for age, name in enumerate("abc"):
        one.put_bytes(("data", name), bytes(30))
        file = one.folder._file(("data", name))
        os.utime(file, (time.time() - 60 + age,) * 2)
    assert one.bytes_of(("data", "a"))  # used now: b is the oldest
    one.put_bytes(("data", "d"), bytes(30))
    assert [name for name in "abcd" if one.bytes_of(("data", name))] == ["a", "c", "d"]


def test_what_nobody_asked_for_in_hours_is_gone(tmp_path) -> None:
    one = process(tmp_path)
    one.put_bytes(("data", "x"), b"1")
    os.utime(one.folder._file(("data", "x")), (0, 0))
    assert process(tmp_path).bytes_of(("data", "x")) is None
    one.put_bytes(("data", "y"), bytes(MB // 2))
    assert len(list(tmp_path.iterdir())) == 1


def test_no_name_in_the_folder_leads_to_a_session_and_nobody_else_reads_it(tmp_path) -> None:
    process(tmp_path / "new").put_value(("uploads", "secret-token"), ())
    assert "secret-token" not in str(list((tmp_path / "new").iterdir()))
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_used_is_said_in_one_sentence(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    assert shared_folder({}, MB, HOUR) is None
    with pytest.raises(ValueError, match=rf"^{OPTION} is .* nothing can be written there .*\.$"):
        shared_folder({OPTION: str(tmp_path / "file")}, MB, HOUR)


def test_files_texts_and_an_open_model_are_found_by_another_process(two, monkeypatch) -> None:
    def on(side: Kept) -> None:
        for module in (uploads, model_files):
            monkeypatch.setattr(module, "kept", side)
        monkeypatch.setattr(model_files, "store", side._memory)

    one, other = two
    token, data = uploads.new_token(), npz.to_bytes(model_files.sample().model)
    on(one)
    upload, _ = uploads.add(token, "mine.txt", b"BTXSE")
    uploads.keep_answers(token, upload.id, "reber", {"how": "letters"})
    uploads.keep_draft(token, "explore", {"upload": upload.id, "together": ("a",)})
    file = model_files.keep_model_file("m.npz", data)
    uploads.keep_open_model(token, {"file": file, "name": "m.npz", "layer": 0, "answers": {}})
    on(other)
    [found] = uploads.listed(token)
    assert (found.name, found.size) == ("mine.txt", 5)
    assert found.answers == {"reber": {"how": "letters"}}
    assert uploads.contents(found.id) == b"BTXSE"
    assert uploads.draft(token, "explore") == {"upload": upload.id, "together": ("a",)}
    assert model_files.uploaded_chain(**uploads.open_model(token)).whole.size
    assert kept_module.kept.folder is None, "unless the host names a folder"
