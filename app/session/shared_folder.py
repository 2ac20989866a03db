"""A folder that the processes of one instance share, so that another one can take a session over.

What readers gave is written there beside being in memory: bytes under the fingerprint of a key,
so that no name in the folder says what it is or leads to it. It is bounded as the store is, in
bytes and in idle time; the age of a file is the time since it was last asked for. A file appears
whole or not at all.
"""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
import time
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from .store import Key

OPTION = "GATESCOPE_STORE"
SUFFIX = ".kept"
SWEEP = 60.0  # seconds between two looks at how much there is

log = logging.getLogger("gatescope")


class SharedFolder:
    """Bytes by key in a folder. Any thread and any process may call any method."""

    def __init__(self, folder: Path, limit: int, idle: float):
        """Make the folder, for its owner alone; raises OSError where that cannot be done."""
        self.folder, self.limit, self.idle = folder, limit, idle
        self._swept = 0.0
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass

    def read(self, key: Key) -> bytes | None:
        """Return the bytes of a key, which counts as their use; None where there are none."""
        file = self._file(key)
        try:
            if time.time() - file.stat().st_mtime > self.idle:
                return None
            os.utime(file)
            return file.read_bytes()
        except OSError:
            return None

    def has(self, key: Key) -> bool:
        """Return whether there are bytes of a key, which counts as their use."""
        with contextlib.suppress(OSError):
            os.utime(self._file(key))
            return True
        return False

    def write(self, key: Key, data: bytes) -> bool:
        """Keep bytes under a key; return whether that was possible, else the log says why not."""
        try:
            self._sweep(len(data))
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as new:
                try:
                    new.write(data)
                    new.close()
                    os.replace(new.name, self._file(key))
                except OSError:
                    Path(new.name).unlink(missing_ok=True)
                    raise
        except OSError as problem:
            log.error("nothing can be kept in the folder that %s names: %s", OPTION, problem)
            return False
        return True

    def remove(self, key: Key) -> None:
        """Forget the bytes of a key."""
        with contextlib.suppress(OSError):
            self._file(key).unlink(missing_ok=True)

    def _file(self, key: Key) -> Path:
        name = blake2b("\0".join(map(str, key)).encode(), digest_size=20).hexdigest()
        return self.folder / f"{name}{SUFFIX}"

    def _sweep(self, more: int) -> None:
        """Remove what nobody has used for long, and what was used longest ago where it is full."""
        if more < self.limit // 100 and time.monotonic() - self._swept < SWEEP:
            return
        self._swept = time.monotonic()
        left, now = self.limit - more, time.time()
        for used, size, file in sorted(self._files(), reverse=True):
            left -= size
            if left < 0 or now - used > self.idle:
                with contextlib.suppress(OSError):
                    file.unlink(missing_ok=True)

    def _files(self) -> list[tuple[float, int, Path]]:
        """When each file was last used, its bytes, and where it is; what a crash left included."""
        files = []
        for entry in os.scandir(self.folder):
            with contextlib.suppress(OSError):
                known = entry.stat()
                files.append((known.st_mtime, known.st_size, Path(entry.path)))
        return files


def shared_folder(environment: Mapping[str, str], limit: int, idle: float) -> SharedFolder | None:
    """Return the folder that GATESCOPE_STORE names, None where it names none.

    Raises ValueError, in one sentence, for a folder that nothing can be written to.
    """
    if not (path := environment.get(OPTION)):
        return None
    try:
        return SharedFolder(Path(path), limit, idle)
    except OSError as problem:
        raise ValueError(
            f"{OPTION} is {path!r}, and nothing can be written there ({problem.strerror}): name a "
            "folder that this user may write to, or leave it out."
        ) from problem
