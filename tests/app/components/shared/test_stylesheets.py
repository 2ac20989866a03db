"""Stylesheets joined into one."""

from __future__ import annotations

from pathlib import Path

from app.components.shared.stylesheets import join_stylesheets


def test_each_file_comes_once_and_before_the_one_that_imports_it(tmp_path: Path) -> None:
    (tmp_path / "card.css").write_text(".card { color: red; }\n")
    (tmp_path / "rows.css").write_text('@import "./card.css";\n.row { top: 0; }\n')
    entry = tmp_path / "entry.css"
    entry.write_text('@import "./card.css";\n@import "./rows.css";\n\n.own { left: 0; }\n')
    rules = [line for line in join_stylesheets(entry).split("\n") if line]
    assert rules == [".card { color: red; }", ".row { top: 0; }", ".own { left: 0; }"]
