"""How the tests come by the tools for JavaScript, on machines that this one is not."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from .tools import NPM_INSTALL, PIP_INSTALL, RECENT, Machine, NoToolsError, provide_tools

PACKAGE = {"devDependencies": {"checker": "1.2.3"}}
NODE, NPM = "/usr/bin/node", "/usr/bin/npm"


@dataclass
class Fake:
    """A machine made up for a test; it remembers what it was told to run."""

    project: Path
    node: bool = True  # whether Node.js is installed
    recent: bool = True  # and new enough
    wheel: bool = False  # whether the wheel is installed
    pip: bool = True  # whether pip can install it
    npm: bool = True  # whether npm can install the tools
    ran: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.project / "package.json").write_text(json.dumps(PACKAGE))

    def machine(self, windows: bool = False) -> Machine:
        return Machine(
            which=lambda name: f"/usr/bin/{name}" if self.node else None,
            run=self.run,
            node_wheel=lambda: Path("/wheel") if self.wheel else None,
            project=self.project,
            windows=windows,
        )

    def run(self, command: tuple[str, ...], seconds: float) -> bool:
        if command == (NODE, "--eval", RECENT):
            return self.recent
        self.ran.append(command)
        if command == PIP_INSTALL:
            self.wheel = self.pip
            return self.pip
        assert command[-len(NPM_INSTALL) - 2 :] == (*NPM_INSTALL, "--prefix", str(self.project))
        if self.npm:
            self.install("1.2.3")
        return self.npm

    def install(self, version: str) -> None:
        folder = self.project / "node_modules" / "checker"
        folder.mkdir(parents=True)
        (folder / "package.json").write_text(json.dumps({"version": version}))


def test_tools_that_are_there_are_not_installed_again(tmp_path: Path) -> None:
    fake = Fake(tmp_path)
    fake.install("1.2.3")
    assert provide_tools(fake.machine()) == NODE
    assert fake.ran == []


@pytest.mark.parametrize("version", [None, "1.2.2"])
def test_tools_that_lack_or_have_another_version_are_installed_by_npm(
    tmp_path: Path, version: str | None
) -> None:
    fake = Fake(tmp_path)
    if version:
        (tmp_path / "node_modules").mkdir()
    assert provide_tools(fake.machine()) == NODE
    assert [command[0] for command in fake.ran] == [NPM]


@pytest.mark.parametrize("told", [{"node": False}, {"recent": False}])
def test_without_a_recent_node_pip_installs_one(tmp_path: Path, told: dict[str, bool]) -> None:
    fake = Fake(tmp_path, **told)
    assert provide_tools(fake.machine()) == "/wheel/bin/node"
    npm = ("/wheel/bin/node", "/wheel/lib/node_modules/npm/bin/npm-cli.js")
    assert [command[:2] for command in fake.ran] == [PIP_INSTALL[:2], npm]


def test_a_wheel_that_is_there_is_not_installed_again(tmp_path: Path) -> None:
    fake = Fake(tmp_path, node=False, wheel=True)
    node = provide_tools(fake.machine(windows=True))
    assert Path(node) == Path("/wheel/node.exe")
    assert PIP_INSTALL not in fake.ran


def test_where_no_node_can_be_had_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoToolsError, match=r"`pip install .*` failed\): install Node.js\.$"):
        provide_tools(Fake(tmp_path, node=False, pip=False).machine())


def test_where_npm_fails_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoToolsError, match=r"`npm install` failed\): run it beside package.json"):
        provide_tools(Fake(tmp_path, npm=False).machine())
