"""What a server and all processes that it began use, from Linux's /proc."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Used:
    """Processor time in seconds since the start, memory in bytes, and how many processes."""

    seconds: float
    memory: int
    processes: int


def used(pid: int) -> Used:
    """Return what a process and those that it began use now; those that ended count in seconds."""
    ticks, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    seconds, memory, members = 0.0, 0, tree(pid)
    for member in members:
        fields = _fields(member)
        if fields:
            seconds += sum(map(int, fields[11:15])) / ticks  # its own, and of its ended children
            memory += int(fields[21]) * page
    return Used(seconds=seconds, memory=memory, processes=len(members))


def tree(pid: int) -> list[int]:
    """Return a process and all that it began, and those began, as far as they run."""
    parents = {
        int(folder.name): int(fields[1])
        for folder in PROC.iterdir()
        if folder.name.isdecimal() and (fields := _fields(int(folder.name)))
    }
    members = [pid]
    for member in members:
        members += [child for child, parent in parents.items() if parent == member]
    return members


def _fields(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat after the name, from the state on; [] for none."""
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return []
    return text[text.rindex(")") + 2 :].split()
