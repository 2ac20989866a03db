"""The README keeps its word: its commands, its table of libraries, its pictures."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from app.session import demos
from app.session.opened_view import open_view
from app.session.probing import probed
from app.session.view import View
from benchmarks import memories

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

RUN = "pip install -r requirements.txt && streamlit run app/main.py"
TEST = "pip install -r tests/requirements.txt && pytest"


def test_each_of_its_two_commands_stands_alone_to_be_copied() -> None:
    blocks = re.findall(r"^```bash\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)
    assert blocks[:2] == [RUN, TEST]


def test_ci_runs_the_readmes_test_command(tmp_path: Path) -> None:
    """With stand-ins for Python, pip and pytest that only write down how they were called."""
    (tmp_path / "bin").mkdir()
    called = tmp_path / "called"
    for name in ("pip", "pytest"):
        stand_in = tmp_path / "bin" / name
        stand_in.write_text(f'#!/bin/sh\necho "{name} $*" >> "{called}"\n')
        stand_in.chmod(0o755)
    python = tmp_path / "python"  # `python -m venv folder`: a folder with our stand-ins
    python.write_text(
        f'#!/bin/sh\nmkdir "$3/bin" && cp "{tmp_path}"/bin/* "$3/bin/"\n'
        "echo 'PATH=\"'$3'/bin:$PATH\"' > \"$3/bin/activate\"\n"
    )
    python.chmod(0o755)
    subprocess.run(
        ["bash", ROOT / ".ci" / "run"],
        env={"PATH": "/usr/bin:/bin", "PYTHON": str(python)},
        check=True,
        capture_output=True,
    )
    calls = [line.strip() for line in called.read_text().splitlines()]
    assert " && ".join(calls) == TEST


def test_it_gives_a_reason_for_every_library_the_app_needs() -> None:
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    needed = set(re.findall(r"^([\w-]+)>=", requirements, re.MULTILINE))
    table = README.split("What it depends on")[1].split("##")[0]
    assert set(re.findall(r"^\| (\w+) \| \S.*\|$", table, re.MULTILINE)) - {"library"} == needed


def test_every_file_it_points_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_who_wrote_the_memories_is_found_again() -> None:
    section = README.split("## Who wrote the memory")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.split("\n") if line.startswith("| ")]
    found = {demos.demo(name).title: figures for name, figures in memories.measured().items()}
    assert len(rows) == 1 + 15
    for title, said, number in rows[1:]:
        (value,) = [found[title][what] for what in found[title] if _says(said, what)]
        assert float(number) == pytest.approx(value, abs=1.5 if value > 10 else 0.015)


def _says(said: str, what: str) -> bool:
    """Whether a row is about this figure: it may say more around it."""
    return said.removesuffix(", when it is asked for").endswith(what)


@pytest.mark.slow  # fits probes to many runs
def test_what_it_says_the_units_are_about_is_found_again() -> None:
    section = README.split("## What units are about")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.split("\n") if line.startswith("| ")]
    names = {demos.demo(name).title: name for name in demos.demo_names()}
    for title, name, unit, *numbers in rows[1:]:
        found = probed(open_view(View(demo=names[title])), "cell_state")
        assert found is not None
        probe = next(one for one in found.probes if one.name == name)
        assert probe.best == int(unit)
        measured = (probe.correlation[probe.best], probe.chance, probe.ridge)
        assert measured == pytest.approx([float(number) for number in numbers], abs=0.015)
