"""The app as its users start it, on a free port of this machine: for benchmarks and tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).parents[1]
APP = "app/main.py"
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Server:
    """A running app: where it answers, what it wrote."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def said(self) -> str:
        """Return all that the server wrote so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    """Return a TCP port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(
    script: str,
    log: Path,
    *options: str,
    folder: Path = ROOT,
    seconds: float = 60,
    environment: Mapping[str, str] = NOTHING,
) -> Iterator[Server]:
    """Run a Streamlit script of `folder` until the block ends; RuntimeError if it does not answer.

    The app finds its package by itself; to any other script we show where the packages are.
    `environment` is added to that of this process.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += ["--server.port", str(port), "--server.headless", "true", *options]
    path = {} if script == APP else {"PYTHONPATH": str(folder)}
    known = {**environment, **path}
    with serving(command, port, log, folder=folder, environment=known, seconds=seconds) as server:
        yield server


@contextmanager
def serving(
    command: Sequence[str],
    port: int,
    log: Path,
    *,
    folder: Path,
    environment: Mapping[str, str],
    seconds: float = 60,
) -> Iterator[Server]:
    """Run a command that serves on `port` until the block ends, in `folder`; raises as `running`.

    `environment` is added to that of this process.
    """
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        )
        server = Server(f"http://127.0.0.1:{port}", log, process)
        try:
            _wait(server, seconds)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(server: Server, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise RuntimeError(f"the app ended instead of starting:\n{server.said()[-2000:]}")
        if _healthy(server.url):
            return
        time.sleep(0.1)
    raise RuntimeError(f"the app did not answer in {seconds} s:\n{server.said()[-2000:]}")


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
