"""The demos of the app: one that is damaged is left out, and no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.session import demos
from app.session.store import Store
from tests.app.pages import opened, texts, whole_app


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of three demos, which the app takes for all there are."""
    for name in ("first_letter", "reber", "adding"):
        shutil.copytree(demos.DEMOS / name, tmp_path / name)
    monkeypatch.setattr(demos, "DEMOS", tmp_path)
    monkeypatch.setattr(demos, "store", Store(10**8, 1e9))
    return tmp_path


def damage(file: Path) -> None:
    """Change one byte of a file."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def test_one_damaged_demo_is_left_out_with_a_line_in_the_log(folder, caplog) -> None:
    damage(folder / "first_letter" / "weights.npz")
    (folder / "adding" / "demo.json").write_text("{", encoding="utf-8")
    page = opened(whole_app(), {"demo": "first_letter"})
    assert demos.demo_names() == ("reber",)
    assert page.selectbox(key="demo").options != []
    assert "first_letter" in texts(page), "the page says that the link's network is not there"
    said = [record.getMessage() for record in caplog.records if record.name == "gatescope"]
    assert sorted(line.split(":")[0] for line in said) == [
        "the network adding is left out",
        "the network first_letter is left out",
    ]
    assert any("expected" in line and "sha256" in line for line in said)


def test_one_damaged_twin_is_left_out_and_the_demo_stays(folder, caplog) -> None:
    names = demos.twin_names("adding")
    damage(folder / "reber" / "twins" / "rnn_same_count.npz")
    assert demos.twin_names("reber") == tuple(n for n in names if n != "rnn_same_count")
    assert "reber/rnn_same_count is left out" in caplog.text
