"""What readers gave, by key: in memory, and in the shared folder where the instance has one.

With a folder, the folder is right and memory saves reading it: another process of the instance may
have changed a list or removed a file since. Nothing is pickled: files are bytes, all else is JSON.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable, Mapping
from typing import Any

from .shared_folder import SharedFolder, shared_folder
from .shared_store import IDLE, store
from .store import Key, Store


class Kept:
    """Bytes and plain values by key. Any thread may call any method."""

    def __init__(self, memory: Store, folder: SharedFolder | None):
        """Keep in `memory`, and in `folder` where there is one."""
        self._memory, self.folder = memory, folder
        # What could not be written into the folder; what stands there is older, and stays.
        self._only_here: set[Key] = set()

    def bytes_of(self, key: Key) -> bytes | None:
        """Return the bytes of a key; None where they are not kept, or no longer."""
        data: bytes | None = self._memory.get(key)
        if self.folder is None or self._is_only_here(key, data):
            return data
        if data is not None:
            return data if self.folder.has(key) else None
        data = self.folder.read(key)
        if data is not None:
            self._memory.put(key, data)
        return data

    def put_bytes(self, key: Key, data: bytes) -> None:
        """Keep bytes."""
        self._memory.put(key, data)
        self._write(key, data)

    def value_of(self, key: Key, read: Callable[[Any], Any] = lambda plain: plain) -> Any | None:
        """Return a value as `put_value` was given it; None where it is not kept.

        `read` makes it of plain values, where another process has kept it. As long as it is the
        same, it is the same object.
        """
        known: tuple[bytes, Any] | None = self._memory.get(key)
        if self.folder is None or self._is_only_here(key, known):
            return None if known is None else known[1]
        data = self.folder.read(key)
        if data is None or (known is not None and known[0] == data):
            return None if data is None or known is None else known[1]
        value = read(_immutable(json.loads(data)))
        self._memory.put(key, (data, value))
        return value

    def put_value(self, key: Key, value: Any) -> None:
        """Keep a value of words, numbers, tuples, mappings and records of these."""
        data = json.dumps(_immutable(value)).encode() if self.folder else b""
        self._memory.put(key, (data, value))
        self._write(key, data)

    def remove(self, key: Key) -> None:
        """Forget what is kept under a key."""
        self._memory.remove(key)
        self._only_here.discard(key)
        if self.folder is not None:
            self.folder.remove(key)

    def _write(self, key: Key, data: bytes) -> None:
        if self.folder is None or self.folder.write(key, data):
            self._only_here.discard(key)
        else:
            self._only_here.add(key)

    def _is_only_here(self, key: Key, known: Any) -> bool:
        """Whether memory has something newer than the folder; not where memory has let it go."""
        if known is None:
            self._only_here.discard(key)
        return key in self._only_here


def _immutable(value: Any) -> Any:
    """A plain value in which records are dicts and sequences are tuples."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, list | tuple):
        return tuple(_immutable(one) for one in value)
    if isinstance(value, Mapping):
        return {str(name): _immutable(one) for name, one in value.items()}
    return value


kept = Kept(store, shared_folder(os.environ, store.limit, IDLE))
"""What the readers of this process gave, and those of the processes that share its folder."""
