"""Where the demos are found."""

from __future__ import annotations

from pathlib import Path

from app.session.assets import assets_folder

ROOT = Path(__file__).resolve().parents[3]


def test_in_a_checkout_they_are_beside_the_app() -> None:
    assert assets_folder() == ROOT / "assets"


def test_once_installed_they_are_in_the_package(tmp_path: Path) -> None:
    (tmp_path / "gatescope" / "assets").mkdir(parents=True)
    assert assets_folder(tmp_path / "gatescope") == tmp_path / "gatescope" / "assets"
