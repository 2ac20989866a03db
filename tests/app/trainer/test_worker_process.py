"""A worker finds the package that started it, in a checkout and where it is installed."""

from __future__ import annotations

import os
import site
from pathlib import Path

import pytest

from app.trainer import worker_process


def test_in_a_checkout_its_folder_comes_before_whatever_else_is_on_the_path(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    folder = Path(__file__).resolve().parents[3]
    path = worker_process.worker_environment()["PYTHONPATH"]
    assert path == os.pathsep.join([str(folder), "elsewhere"])


def test_the_folder_of_installed_packages_is_not_put_before_pythons_own_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.setattr(worker_process, "FOLDER", Path(site.getsitepackages()[0]).resolve())
    assert "PYTHONPATH" not in worker_process.worker_environment()
