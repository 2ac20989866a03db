"""The command `gatescope`, as far as it goes without being installed; see tests/test_package.py."""

from __future__ import annotations

import pytest

from app import command


def options(*arguments: str) -> list[str]:
    return command.streamlit_options(command.parser().parse_args(arguments))


def test_nothing_that_is_not_asked_for_overrides_the_settings_of_the_app() -> None:
    assert options() == []


def test_each_option_is_handed_on_as_streamlit_calls_it() -> None:
    asked = options("--port", "8600", "--address", "0.0.0.0", "--no-browser")
    assert asked == ["--server.port=8600", "--server.address=0.0.0.0", "--server.headless=true"]


@pytest.mark.parametrize("text", ["0", "65536", "-1", "eighty", "", "8501.0", "٣"])
def test_what_is_no_port_is_refused_by_name_and_value(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        command.main([f"--port={text}"])
    assert left.value.code == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said == f"gatescope: error: argument --port: {text!r} is no port: expected 1 to 65535"


def test_the_app_is_served_from_the_file_beside_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from streamlit.web import cli

    asked: list[list[str]] = []
    monkeypatch.setattr(cli, "main", lambda arguments, **_: asked.append(arguments))
    assert command.main(["--port", "8600"]) == 0
    assert asked == [["run", str(command.MAIN), "--server.port=8600"]]
    assert command.MAIN.is_file()


def test_train_is_the_command_of_the_core_under_another_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left:
        command.main(["train", "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("usage: gatescope train ")


def test_jupyter_starts_the_app_below_the_readers_own_address() -> None:
    server = command.jupyter_server()
    filled = [part.format(port=8600, base_url="/user/ada/") for part in server["command"]]
    assert options(*filled[1:]) == [
        "--server.port=8600",
        "--server.baseUrlPath=/user/ada/gatescope",
        "--server.headless=true",
        "--server.allowedHosts=*",
    ]
    assert server["absolute_url"]  # the proxy hands the whole path on
