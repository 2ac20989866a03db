"""What `pip install .` brings: the wheel's content, and the command in a fresh environment."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from benchmarks.server import free_port, serving
from lstm_core import load_model

ROOT = Path(__file__).parents[1]
NEEDED = ("LICENSE", "README.md", "pyproject.toml", "requirements.txt", "setup.py")
FOLDERS = ("app", "assets", "lstm_core")
SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built of a copy: a build leaves files beside its sources."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in FOLDERS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / "source" / name, ignore=ignored)
    for name in NEEDED:
        shutil.copy(ROOT / name, folder / "source")
    pip("wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(folder / "source"))
    (built,) = folder.glob("gatescope-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a fresh environment that has the wheel and what it needs.

    What it needs are the packages of the environment that runs the tests, which are only pointed
    at: the project itself is in no folder that this environment knows.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    scheme = "nt_venv" if sys.platform == "win32" else "posix_venv"
    site = Path(sysconfig.get_path("purelib", scheme, {"base": str(folder)}))
    (site / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    python = next((folder / SCRIPTS).glob("python*"))
    pip("--python", str(python), "install", "--no-deps", "--no-index", str(wheel))
    return folder / SCRIPTS


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is not the project's, where commands are typed."""
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answer(*command: str | Path) -> str:
    """What a command that succeeds writes to its standard output."""
    done = subprocess.run([*command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def content(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as opened:
        return set(opened.namelist())


def test_the_wheel_claims_no_names_but_our_own(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in content(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"gatescope", "lstm_core"}


def test_the_wheel_has_every_file_of_the_app_and_the_core(wheel: Path) -> None:
    ours = {"app": "gatescope", "lstm_core": "lstm_core"}
    expected = {
        f"{package}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, package in ours.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and not path.name.endswith(".d.ts")  # types for the checker alone
    }
    assert expected - content(wheel) == set()


def test_the_wheel_has_demos_fonts_and_studies_and_neither_scripts_nor_pictures(
    wheel: Path,
) -> None:
    assets = {
        f"gatescope/assets/{path.relative_to(ROOT / 'assets').as_posix()}"
        for folder in ("demos", "fonts", "studies")
        for path in (ROOT / "assets" / folder).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    found = {name for name in content(wheel) if name.startswith("gatescope/assets/")}
    assert found == assets


def test_the_wheel_asks_for_what_requirements_txt_asks_for(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        (metadata,) = (name for name in opened.namelist() if name.endswith("/METADATA"))
        asked = re.findall(r"^Requires-Dist: (.*)$", opened.read(metadata).decode(), re.MULTILINE)
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    wanted = [line.split("#")[0].strip() for line in lines]
    needed = [line for line in asked if "extra ==" not in line]
    assert {frozenset(re.split(r"(?=[<>])|,", a)) for a in needed} == {
        frozenset(re.split(r"(?=[<>])|,", w)) for w in filter(None, wanted)
    }


def test_the_command_serves_the_app(installed: Path, elsewhere: Path) -> None:
    port, log = free_port(), elsewhere / "log.txt"
    command = [str(installed / "gatescope"), "--port", str(port), "--no-browser"]
    with serving(command, port, log, folder=elsewhere, environment={}) as server:
        assert urlopen(f"{server.url}/_stcore/health").read() == b"ok"
        page = urlopen(f"{server.url}/").read().decode()
        assert "<title>" in page
        assert "Traceback" not in server.said()


def test_the_page_of_the_installed_app_opens_a_demo_and_shows_no_exception(
    installed: Path, elsewhere: Path
) -> None:
    script = (
        "import sys; from importlib.util import find_spec; from pathlib import Path\n"
        "from streamlit.testing.v1 import AppTest\n"
        "main = Path(find_spec('gatescope').origin).with_name('main.py')\n"
        "page = AppTest.from_file(str(main), default_timeout=120).run()\n"
        "print([e.message for e in page.exception], 'app' in sys.modules)\n"
        "print(len(sys.modules['gatescope.session.demos'].demo_names()))"
    )
    demos = len(list((ROOT / "assets" / "demos").glob("*/demo.json")))
    assert answer(installed / "python", "-c", script).split("\n")[:2] == ["[] False", str(demos)]


def test_an_installed_trainer_starts_its_workers(installed: Path, elsewhere: Path) -> None:
    script = (
        "import time\n"
        "from gatescope.trainer import Trainer\n"
        "from lstm_core.experiment import Experiment\n"
        "trainer = Trainer(lambda session: True, workers=1, niceness=0)\n"
        "run = trainer.start('ada', Experiment(length=20, units=3, batch=4, updates=5))\n"
        "while trainer.status(run).updates < 5: time.sleep(0.01)\n"
        "print(trainer.status(run).updates)\n"
        "trainer.close()"
    )
    assert answer(installed / "python", "-c", script) == "5\n"


def test_the_command_says_what_it_can_do(installed: Path, elsewhere: Path) -> None:
    said = answer(installed / "gatescope", "--help")
    assert all(word in said for word in ("--port", "--address", "--no-browser", "inspect", "train"))
    version = re.search(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version is not None
    assert answer(installed / "gatescope", "--version") == f"gatescope {version[1]}\n"


def test_the_command_trains_a_network_and_says_what_it_reached(
    installed: Path, elsewhere: Path
) -> None:
    tiny = ("--task=adding", "--length=20", "--units=2", "--updates=3", "--batch=4")
    said = answer(installed / "gatescope", "train", *tiny, "--out=model.npz")
    assert "After 3 updates of 4 sequences, " in said
    assert "fresh sequences are right" in said
    assert load_model(elsewhere / "model.npz").layers[0].hidden_size == 2
