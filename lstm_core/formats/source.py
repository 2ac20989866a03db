"""The file to read: bytes, or a path that is read only where it is looked at."""

from __future__ import annotations

import io
import mmap
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from .errors import ModelFileError, shown

Readable = str | os.PathLike[str] | bytes | bytearray | memoryview


class Source:
    """The content of one model file.

    `name` is the file's name without its folder ("" for bytes of unknown origin); `path` is
    None for bytes. `folder` is the only place where a format may look for external data, and
    None where there is no such place. `beside` are files that were given together with this
    one, or lie in the same archive: external data may be there too.
    """

    def __init__(
        self, given: Readable, name: str = "", beside: Mapping[str, Readable] | None = None
    ):
        """Take a path or bytes; ModelFileError for a path that is no readable file."""
        self.beside: Mapping[str, Readable] = beside or {}
        self.path = None if isinstance(given, bytes | bytearray | memoryview) else Path(given)
        self._data = given if isinstance(given, bytes | bytearray | memoryview) else None
        self.name = name or (self.path.name if self.path else "")
        self.size = self._size()

    def _size(self) -> int:
        if self._data is not None:
            return memoryview(self._data).nbytes
        assert self.path is not None
        try:
            if not self.path.is_file():
                raise FileNotFoundError
            return self.path.stat().st_size
        except (OSError, ValueError) as error:
            raise ModelFileError(f"There is no readable file {shown(self.path)}.") from error

    @property
    def folder(self) -> Path | None:
        """The folder that the file lies in."""
        return self.path.parent if self.path else None

    @property
    def suffix(self) -> str:
        """The last suffix of the name, in lower case, with its dot."""
        return Path(self.name).suffix.lower()

    @property
    def allowance(self) -> int:
        """How many bytes the file may grow to: 20 times its size up to 512 MB, or twice it."""
        return max(min(20 * self.size, 512 << 20), 2 * self.size) + (1 << 20)

    def head(self, count: int = 64) -> bytes:
        """Return the first bytes without touching the rest."""
        return bytes(self.view[:count])

    @cached_property
    def view(self) -> memoryview:
        """The whole content, read-only; a path is memory-mapped, so that nothing is read yet.

        Arrays that outlive the reading must be copies: the file may change or vanish.
        """
        if self._data is not None:
            return memoryview(self._data).cast("B").toreadonly()
        assert self.path is not None
        if not self.size:
            return memoryview(b"")
        try:
            with self.path.open("rb") as file:
                return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise ModelFileError(
                f"The file {shown(self.name)} cannot be read: {reason}."
            ) from error

    @property
    def content(self) -> bytes:
        """The whole content as bytes, without a copy where it was given as such."""
        return self._data if isinstance(self._data, bytes) else bytes(self.view)

    def open(self) -> BinaryIO:
        """Return the content as a seekable binary file, for libraries that want one."""
        if self.path is not None:
            return self.path.open("rb")
        return io.BytesIO(self._data or b"")  # shares bytes, copies anything else
