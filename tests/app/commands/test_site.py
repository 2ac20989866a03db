"""`gatescope site`: writes into a new or an empty folder, and harms nothing that was there."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.command import main
from app.commands import site


@pytest.fixture(autouse=True)
def few(monkeypatch) -> None:
    """Two files in place of all, which tests/app/export/test_site.py looks at."""
    files = (("index.html", b"<!DOCTYPE html>"), ("runs/a.bin", b"\0" * 10))
    monkeypatch.setattr(site, "site_files", lambda: iter(files))


@pytest.mark.parametrize("there", [True, False], ids=["an empty folder", "a new folder"])
def test_it_writes_every_file_and_says_how_to_look_at_it(there: bool, tmp_path: Path, capsys):
    out = tmp_path / "public"
    if there:
        out.mkdir()
    assert main(["site", str(out)]) == 0
    assert (out / "runs" / "a.bin").read_bytes() == b"\0" * 10
    said = capsys.readouterr().out
    assert "Wrote 2 files" in said
    assert f"python -m http.server --directory {out}" in said


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["site", str(tmp_path)]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    said = capsys.readouterr().err
    assert (
        said == f"{tmp_path} is not empty: choose another name, or add --force to write into it.\n"
    )


def test_with_force_it_replaces_its_own_files_and_touches_no_other(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "index.html").write_text("old")
    assert main(["site", str(tmp_path), "--force"]) == 0
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert (tmp_path / "index.html").read_text() == "<!DOCTYPE html>"


def test_a_file_of_that_name_is_no_folder(tmp_path: Path, capsys):
    file = tmp_path / "public"
    file.write_text("mine")
    assert main(["site", str(file)]) == 1
    assert capsys.readouterr().err == f"{file} is a file: choose another name for the folder.\n"


@pytest.mark.parametrize("place", ["file/public", "nul\0"])
def test_what_cannot_be_written_is_said_in_one_sentence(place: str, tmp_path: Path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["site", str(tmp_path / place)]) == 1
    said = capsys.readouterr().err
    assert "cannot be written: " in said
    assert said.count("\n") == 1


def test_a_folder_without_the_right_to_write_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch, capsys
):
    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert main(["site", str(tmp_path / "public")]) == 1
    assert capsys.readouterr().err.endswith("public cannot be written: Permission denied.\n")
