"""What a session gives is kept under a token that nobody can guess, bounded, and said when lost."""

from __future__ import annotations

import pytest

from app.inputs import UploadError
from app.session import uploads
from app.session.shared_store import store

MB = 2**20


@pytest.fixture
def token() -> str:
    return uploads.new_token()


def names(token: str) -> list[str]:
    return [upload.name for upload in uploads.listed(token)]


def test_no_two_tokens_are_alike_and_each_is_one():
    tokens = {uploads.new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(map(uploads.is_token, tokens))


@pytest.mark.parametrize("text", ["", "short", "x" * 23, "../../../../etc/passwd", "a b" * 7])
def test_other_texts_are_no_tokens(text):
    assert not uploads.is_token(text)
    assert not uploads.is_known(text)


def test_what_was_given_is_there_for_its_session_alone(token):
    upload, _ = uploads.add(token, "a.csv", b"1\n2\n")
    assert uploads.contents(upload.id) == b"1\n2\n"
    assert names(token) == ["a.csv"]
    assert names(uploads.new_token()) == []


def test_the_same_file_given_twice_is_one_and_keeps_its_answers(token):
    first, _ = uploads.add(token, "a.csv", b"1\n")
    uploads.keep_answers(token, first.id, "reber", {"x": "y"})
    again, _ = uploads.add(token, "a.csv", b"1\n")
    assert (again.id, again.answers) == (first.id, {"reber": {"x": "y"}})
    assert names(token) == ["a.csv"]


def test_another_file_of_the_same_name_gets_a_name_of_its_own(token):
    for data in (b"1", b"2", b"3"):
        uploads.add(token, "a.csv", data)
    assert names(token) == ["a.csv", "a.csv (2)", "a.csv (3)"]


@pytest.mark.parametrize("name", ["a\nb.csv", "x" * 300, "\x00\x1b", ""])
def test_every_name_is_one_line_that_a_link_can_carry(token, name):
    upload, _ = uploads.add(token, name, b"1")
    assert upload.name.isprintable()
    assert 0 < len(upload.name) <= uploads.LONGEST_NAME


def test_a_removed_file_is_gone_for_everybody_who_had_its_address(token):
    upload, _ = uploads.add(token, "a.csv", b"1")
    elsewhere = uploads.copied(token)
    uploads.remove(token, upload.id)
    assert uploads.contents(upload.id) is None
    assert [lost.name for lost in uploads.forget_lost(elsewhere)] == ["a.csv"]
    assert names(elsewhere) == []


def test_what_is_added_to_a_copy_does_not_show_in_the_first_list(token):
    uploads.add(token, "a.csv", b"1")
    elsewhere = uploads.copied(token)
    uploads.add(elsewhere, "b.csv", b"2")
    assert (names(token), names(elsewhere)) == (["a.csv"], ["a.csv", "b.csv"])


def test_a_session_keeps_so_many_bytes_and_the_oldest_make_room(token, monkeypatch):
    monkeypatch.setattr(uploads, "SESSION_MB", 1)
    for k in range(3):
        _, gone = uploads.add(token, f"{k}.txt", bytes([k]) * (MB // 2))
    assert [one.name for one in gone] == ["0.txt"]
    assert names(token) == ["1.txt", "2.txt"]
    assert uploads.contents(gone[0].id) is None


def test_a_file_that_is_too_large_names_its_size_and_the_limit(token, monkeypatch):
    monkeypatch.setattr(uploads, "UPLOAD_MB", 1)
    uploads.add(token, "a.txt", b"x" * MB)
    with pytest.raises(UploadError, match=r"b\.txt holds 2 MB: at most 1 MB"):
        uploads.add(token, "b.txt", b"x" * (2 * MB))
    assert names(token) == ["a.txt"]


def test_what_the_store_let_go_leaves_the_list(token):
    upload, _ = uploads.add(token, "a.csv", b"1")
    assert uploads.forget_lost(token) == ()
    store.remove(("upload", upload.id))
    assert [lost.name for lost in uploads.forget_lost(token)] == ["a.csv"]
    assert names(token) == []
