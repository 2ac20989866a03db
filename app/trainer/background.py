"""Processes that work beside the server, and give way to it."""

from __future__ import annotations

import contextlib
import os
import site
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2]  # the one that the app's package stands in
NICENESS = 10  # the pages come first


def background_process(module: str, niceness: int = NICENESS) -> subprocess.Popen[bytes]:
    """Start a module as a process with pipes for its input and output, and return it.

    It has a group of its own, because an interrupt at the keyboard is the server's to hear, but the
    server's session: Linux shares processors evenly among sessions (autogroup), and niceness counts
    only within one. It is nice from its first moment, as it imports.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=worker_environment(),
        process_group=0,
    )
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):  # it has ended already
            os.setpriority(os.PRIO_PROCESS, process.pid, niceness)
    return process


def worker_environment() -> dict[str, str]:
    """Return the environment of a worker: one thread, and a path on which it finds this package.

    An installed package is found without help: the folder of all packages is not put before
    Python's own library, where a package could hide one of its modules.
    """
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    installed = {
        Path(place).resolve() for place in (*site.getsitepackages(), site.getusersitepackages())
    }
    if FOLDER in installed:
        return {**os.environ, **threads}
    path = os.pathsep.join(filter(None, [str(FOLDER), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, **threads}
