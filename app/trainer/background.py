"""Processes that work beside the server, and give way to it."""

from __future__ import annotations

import contextlib
import os
import site
import subprocess
import sys
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2]  # the one that the app's package stands in
NICENESS = 10  # where the system cannot do better


def background_process(module: str, gives_way: bool = True) -> subprocess.Popen[bytes]:
    """Start a module as a process with pipes for its input and output, and return it.

    Where it gives way, it computes while the server does not: Linux runs it on what is left of the
    processors (SCHED_IDLE), and other systems give it less than others. That holds from its first
    moment, as it imports.

    It has a group of its own, because an interrupt at the keyboard is the server's to hear, but the
    server's session: Linux shares processors evenly among sessions (autogroup), and what gives way
    does so within one.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=worker_environment(),
        process_group=0,
    )
    if gives_way:
        _give_way(process.pid)
    return process


def _give_way(process: int) -> None:
    if hasattr(os, "sched_setscheduler"):
        with contextlib.suppress(OSError):  # it has ended already, or the host forbids it
            os.sched_setscheduler(process, os.SCHED_IDLE, os.sched_param(0))
            return
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process, NICENESS)


def worker_environment() -> dict[str, str]:
    """Return the environment of a worker: one thread, and a path on which it finds this package.

    An installed package is found without help: the folder of all packages is not put before
    Python's own library, where a package could hide one of its modules.
    """
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    if _is_installed(FOLDER):
        return {**os.environ, **threads}
    path = os.pathsep.join(filter(None, [str(FOLDER), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, **threads}


@cache
def _is_installed(folder: Path) -> bool:
    places = (*site.getsitepackages(), site.getusersitepackages())
    return folder in {Path(place).resolve() for place in places}
