"""The store: what is loaded or computed once, kept for all sessions, within a bound in bytes.

What was used longest ago goes first, and what nobody has used for a while goes by itself. Large
things share three quarters of the room among themselves, so the small ones keep at least a
quarter: a run of a short sequence takes a tenth of a megabyte and comes with every reader's
click, a model file takes hundreds; without the rule one file would cost every reader their runs,
with it the file takes the place of other files.

Why no library: cachetools bounds bytes or age, but knows neither idle time nor arrays that
several values share, locks while it computes, and the rule of large and small would be ours
anyway. What it would save is the ordered dictionary.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from .size import Size, size_of

Key = tuple[str | int, ...]
"""What names a thing: its kind, then fingerprints of bytes, names and numbers."""

T = TypeVar("T")

LARGE = 1 / 16  # of the bound: what takes more is large
LARGE_SHARE = 3 / 4  # of the bound: what all large things may take together


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """What a store has done since it began, and what it holds now."""

    hits: int  # asked for and there, or being computed for somebody else
    misses: int  # asked for and not there
    evictions: int  # had to make room
    expirations: int  # nobody had used them for too long
    refusals: int  # too large to be kept at all
    entries: int
    bytes: int  # a buffer that several entries share is counted once
    limit: int


class Store:
    """Things by key, bounded in bytes and in idle time. Any thread may call any method."""

    def __init__(self, limit: int, idle: float, clock: Callable[[], float] = time.monotonic):
        """Begin empty: at most `limit` bytes, nothing unused for more than `idle` seconds."""
        self.limit, self.idle = limit, idle
        self._clock = clock
        self._lock = threading.RLock()
        self._entries: OrderedDict[Key, _Entry] = OrderedDict()  # last used last
        self._all, self._large = _Total(), _Total()
        self._computing: dict[Key, _Computation] = {}
        self._counts: Counter[str] = Counter()

    @property
    def largest(self) -> int:
        """The bytes of the largest thing that is kept."""
        return int(LARGE_SHARE * self.limit)

    def get(self, key: Key) -> Any | None:
        """Return the thing of this key, which counts as its use; None where it isn't kept."""
        with self._lock:
            entry = self._use(key)
            self._counts["misses" if entry is None else "hits"] += 1
            return None if entry is None else entry.value

    def put(self, key: Key, value: Any) -> bool:
        """Keep a thing, in place of what had its key; return whether it fits.

        Things that were used longer ago make room. What takes more than `largest` is not kept.
        """
        size = size_of((key, value))
        with self._lock:
            self._remove(key)
            if size.total > self.largest:
                self._counts["refusals"] += 1
                return False
            large = size.total > LARGE * self.limit
            self._add(key, _Entry(value, size, large, self._clock()))
            self._make_room()
            return True

    def remove(self, key: Key) -> None:
        """Forget the thing of this key, if it is kept."""
        with self._lock:
            self._remove(key)

    def get_or_compute(self, key: Key, compute: Callable[[], T]) -> T:
        """Return the thing of this key; where it isn't kept, that of `compute`, which is kept.

        Threads that ask for the same thing at once compute it once: the others wait. Different
        things are computed at the same time. An error of `compute` is raised where it was called,
        and nothing is kept; a thread that waited then tries for itself.
        """
        while True:
            with self._lock:
                entry = self._use(key)
                if entry is not None:
                    self._counts["hits"] += 1
                    return entry.value  # type: ignore[no-any-return]
                running = self._computing.get(key)
                if running is None:
                    self._counts["misses"] += 1
                    mine = self._computing[key] = _Computation()
                    break
            if running.wait():
                with self._lock:
                    self._counts["hits"] += 1
                return running.value  # type: ignore[no-any-return]
        try:
            value = compute()
            self.put(key, value)
            mine.succeed(value)
            return value
        finally:
            with self._lock:
                del self._computing[key]
            mine.end()

    def statistics(self) -> Statistics:
        """Return what the store has done and what it holds."""
        with self._lock:
            self._expire()
            names = ("hits", "misses", "evictions", "expirations", "refusals")
            return Statistics(
                **{name: self._counts[name] for name in names},
                entries=len(self._entries),
                bytes=self._all.bytes,
                limit=self.limit,
            )

    def clear(self) -> None:
        """Forget all things, and what was counted."""
        with self._lock:
            for key in list(self._entries):
                self._remove(key)
            self._counts.clear()

    # With the lock

    def _use(self, key: Key) -> _Entry | None:
        self._expire()
        entry = self._entries.get(key)
        if entry is not None:
            entry.used = self._clock()
            self._entries.move_to_end(key)
        return entry

    def _expire(self) -> None:
        now = self._clock()
        while self._entries:
            key, entry = next(iter(self._entries.items()))
            if now - entry.used <= self.idle:
                return
            self._remove(key)
            self._counts["expirations"] += 1

    def _make_room(self) -> None:
        while self._large.bytes > self.largest:
            self._evict(next(key for key, entry in self._entries.items() if entry.large))
        while self._all.bytes > self.limit:
            self._evict(next(iter(self._entries)))

    def _evict(self, key: Key) -> None:
        self._remove(key)
        self._counts["evictions"] += 1

    def _add(self, key: Key, entry: _Entry) -> None:
        self._entries[key] = entry
        self._all.add(entry.size)
        if entry.large:
            self._large.add(entry.size)

    def _remove(self, key: Key) -> None:
        entry = self._entries.pop(key, None)
        if entry is None:
            return
        self._all.subtract(entry.size)
        if entry.large:
            self._large.subtract(entry.size)


@dataclass
class _Entry:
    """One thing, and when it was last used."""

    value: Any
    size: Size
    large: bool
    used: float


class _Total:
    """The bytes of several things: a buffer that several of them share is counted once."""

    def __init__(self) -> None:
        self.bytes = 0
        self._holders: Counter[int] = Counter()  # of each buffer

    def add(self, size: Size) -> None:
        self.bytes += size.objects
        for buffer, nbytes in size.buffers.items():
            self.bytes += nbytes * (self._holders[buffer] == 0)
            self._holders[buffer] += 1

    def subtract(self, size: Size) -> None:
        self.bytes -= size.objects
        for buffer, nbytes in size.buffers.items():
            self._holders[buffer] -= 1
            if self._holders[buffer] == 0:
                del self._holders[buffer]
                self.bytes -= nbytes


class _Computation:
    """A thing that a thread is computing, and others may wait for."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()
        self._ended = threading.Event()
        self._succeeded = False
        self.value: Any = None

    def wait(self) -> bool:
        """Wait until it has ended; return whether there is a value."""
        if self._thread == threading.get_ident():
            raise RuntimeError("what is being computed asks for itself")
        self._ended.wait()
        return self._succeeded

    def succeed(self, value: Any) -> None:
        self.value, self._succeeded = value, True

    def end(self) -> None:
        self._ended.set()
