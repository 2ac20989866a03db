"""`gatescope FILE`: the app on files of this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import command
from app.session.local_files import VARIABLE, local_files

CHECKPOINT = Path(__file__).parents[2] / "golden" / "torch" / "checkpoint.pt"


@pytest.fixture(autouse=True)
def served(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Start no server, and say with which options one would have been started."""
    options: list[list[str]] = []
    monkeypatch.setattr(command, "open_app", options.append)
    monkeypatch.setenv(VARIABLE, "")
    return options


def test_the_app_is_told_which_files_to_open_and_listens_to_this_machine_alone(
    served: list[list[str]], tmp_path: Path
):
    data = tmp_path / "series.txt"
    data.write_text("BTXSE")
    arguments = [str(CHECKPOINT), "--sequence", str(data), "--layer", "1"]
    assert command.main(arguments) == 0
    files = local_files()
    assert (files.model, files.sequences, files.layer) == ((CHECKPOINT,), (data,), 1)
    assert served == [["--server.address=localhost"]]


def test_without_files_the_app_opens_none(served: list[list[str]]):
    assert command.main([]) == 0
    assert local_files() is None
    assert served == [[]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.pt"], "nowhere.pt cannot be read: No such file or directory."),
        ([str(CHECKPOINT), "--sequence", "nowhere.csv"], "nowhere.csv cannot be read: "),
        ([str(CHECKPOINT), "--layer", "2"], "--layer is 2: expected 0 to 1."),
    ],
)
def test_what_cannot_be_opened_is_said_before_anything_is_served(
    arguments: list[str], said: str, served: list[list[str]], capsys
):
    assert command.main(arguments) == 1
    assert capsys.readouterr().err.startswith(said)
    assert served == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--layer", "1"], "need the file of a model"),
        ([str(CHECKPOINT), "--address", "0.0.0.0"], "files are shown on this machine alone"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(
    arguments: list[str], said: str, served: list[list[str]], capsys
):
    with pytest.raises(SystemExit) as left:
        command.main(arguments)
    assert left.value.code == 2
    assert said in capsys.readouterr().err
    assert served == []
