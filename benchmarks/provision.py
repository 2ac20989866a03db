"""A browser for tests and benchmarks: one that is installed, or else one that we install.

In this order: an installed Chrome, Chromium or Edge; the Chromium that Playwright downloads;
on Debian, as root, the `chromium` package. Each is asked for its version before it is taken,
because a file that is there need not run. Where nothing works: one sentence, never a skip.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

VARIABLE = "GATESCOPE_BROWSER"
LOCK_SECONDS = 900  # more than an installation takes

FLAGS = (
    "--no-sandbox",  # which root may not use
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
"""What it is started with: headless, and so that no address but this machine's is found."""

COMMANDS = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)

PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)

PLAYWRIGHT_DOWNLOAD = (sys.executable, "-m", "playwright", "install", "chromium")
DEBIAN_PACKAGE = (
    ("apt-get", "update", "-qq"),
    ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"),
)


class NoBrowserError(Exception):
    """No browser is installed and none could be: one sentence that says what was tried."""


@contextmanager
def installing() -> Iterator[None]:
    """Be the only one of this machine that installs, for the block: others wait.

    A lock that is LOCK_SECONDS old was left behind by a process that was killed.
    """
    lock = Path(tempfile.gettempdir()) / "gatescope-installs"
    while True:
        with suppress(OSError):
            if time.time() - lock.stat().st_mtime > LOCK_SECONDS:
                lock.rmdir()
        try:
            lock.mkdir()
            break
        except FileExistsError:
            time.sleep(0.5)
    try:
        yield
    finally:
        with suppress(OSError):
            lock.rmdir()


def run(command: tuple[str, ...], seconds: float) -> bool:
    """Run a command silently; whether it ended well and in time."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def playwright_executable() -> str:
    """Where Playwright's own Chromium is, or would be once downloaded."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


@dataclass(frozen=True)
class Machine:
    """All that provisioning asks of the machine; tests put another one in its place."""

    which: Callable[[str], str | None] = shutil.which
    is_file: Callable[[str], bool] = os.path.isfile
    run: Callable[[tuple[str, ...], float], bool] = run
    playwright_executable: Callable[[], str] = playwright_executable
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    debian: bool = Path("/etc/debian_version").is_file()
    root: bool = hasattr(os, "geteuid") and os.geteuid() == 0
    windows: bool = sys.platform == "win32"


def provide_browser(machine: Machine | None = None) -> str:
    """Return the path of a browser that starts, installing one where there is none.

    The environment variable GATESCOPE_BROWSER names one to be used instead of the first found.
    Raises NoBrowserError where nothing works.
    """
    machine = machine or Machine()
    wanted = machine.environment.get(VARIABLE)
    if wanted:
        if starts(machine, wanted):
            return wanted
        raise NoBrowserError(f"{VARIABLE} is {wanted!r}, which does not start: name a browser.")
    if path := installed(machine):
        return path
    tried = ["no installed Chrome, Chromium or Edge starts"]
    with installing():  # two workers that test in a browser come here at the same moment
        if path := installed(machine) or downloaded(machine, tried) or packaged(machine, tried):
            return path
    raise NoBrowserError(
        f"No browser was found ({'; '.join(tried)}): "
        f"install Chrome, Chromium or Edge, or name one in {VARIABLE}."
    )


def installed(machine: Machine) -> str | None:
    """Return the first installed browser that starts."""
    return next((path for path in candidates(machine) if starts(machine, path)), None)


def downloaded(machine: Machine, tried: list[str]) -> str | None:
    """Let Playwright download its Chromium."""
    if not machine.run(PLAYWRIGHT_DOWNLOAD, 300):
        tried.append("Playwright's download failed")
        return None
    path = machine.playwright_executable()
    if starts(machine, path):
        return path
    tried.append("the Chromium that Playwright downloaded does not start")
    return None


def packaged(machine: Machine, tried: list[str]) -> str | None:
    """Install Debian's `chromium`, which brings the libraries it needs."""
    if not (machine.debian and machine.root):
        tried.append("Debian's chromium package needs Debian and root")
        return None
    for command in DEBIAN_PACKAGE:
        if not machine.run(command, 300):
            tried.append(f"`{' '.join(command)}` failed")
            return None
    path = machine.which("chromium")
    if path and starts(machine, path):
        return path
    tried.append("Debian's chromium package does not start")
    return None


def candidates(machine: Machine) -> Iterator[str]:
    """Yield the browsers that may be installed, Playwright's own among them."""
    yield from filter(None, map(machine.which, COMMANDS))
    yield from filter(machine.is_file, PLACES)
    path = machine.playwright_executable()
    if machine.is_file(path):
        yield path


def starts(machine: Machine, path: str) -> bool:
    """Whether the browser tells its version: on Windows it would open a window instead."""
    return machine.is_file(path) if machine.windows else machine.run((path, "--version"), 30)
