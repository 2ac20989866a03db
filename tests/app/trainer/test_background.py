"""A worker gives way to the server, and finds the package that started it wherever it is."""

from __future__ import annotations

import os
import site
from pathlib import Path

import pytest

from app.trainer import background
from app.trainer.background import NICENESS, background_process


def test_in_a_checkout_its_folder_comes_before_whatever_else_is_on_the_path(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    folder = Path(__file__).resolve().parents[3]
    path = background.worker_environment()["PYTHONPATH"]
    assert path == os.pathsep.join([str(folder), "elsewhere"])


def test_the_folder_of_installed_packages_is_not_put_before_pythons_own_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setattr(background, "FOLDER", Path(site.getsitepackages()[0]).resolve())
    assert "PYTHONPATH" not in background.worker_environment()


@pytest.mark.skipif(not hasattr(os, "setpriority"), reason="the system has no niceness")
def test_it_is_nice_in_the_servers_session_which_is_where_niceness_counts() -> None:
    with background_process("app.trainer.worker") as process:
        try:
            assert os.getpriority(os.PRIO_PROCESS, process.pid) == NICENESS
            assert os.getsid(process.pid) == os.getsid(0)
        finally:
            process.kill()


@pytest.mark.skipif(not hasattr(os, "getpgid"), reason="the system has no groups of processes")
def test_an_interrupt_at_the_keyboard_is_the_servers_to_hear() -> None:
    with background_process("app.trainer.worker") as process:
        try:
            assert os.getpgid(process.pid) == process.pid != os.getpgid(0)
        finally:
            process.kill()
