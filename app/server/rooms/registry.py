"""The rooms of one process: who leads, where they are, and who is told.

A room is there while its teacher is, and AWAY seconds longer; nothing of it is kept afterwards.
Students may come before their teacher: their room then waits, and shows nothing. Everything here
runs in the server's one event loop.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Literal

from .messages import Look

MOST_ROOMS = 200
MOST_CONNECTIONS = 2000  # of teachers and students
AWAY = 120.0  # seconds that a room waits for a teacher whose connection ended

Refusal = Literal["taken", "full"]


class RefusedError(Exception):
    """A room that is not opened, and why."""

    def __init__(self, why: Refusal):
        """Say why."""
        super().__init__(why)
        self.why: Refusal = why


class Room:
    """One room. `key` is the fingerprint of its leader's, "" while it has none."""

    def __init__(self, word: str):
        """Begin without a leader."""
        self.word = word
        self.key = ""
        self.look: Look | None = None
        self.leading = 0  # connections of the teacher
        self.followers = 0
        self.seen = 0.0  # when the teacher was heard of last
        self.closed = False
        self._changed = asyncio.Event()

    @property
    def changed(self) -> asyncio.Event:
        """What is set once with the next change."""
        return self._changed

    def tell(self) -> None:
        """Wake everybody who waits for a change."""
        self._changed.set()
        self._changed = asyncio.Event()


class Rooms:
    """All rooms of a process, by their words."""

    def __init__(
        self,
        clock: Callable[[], float] = time.time,
        *,
        most: int = MOST_ROOMS,
        connections: int = MOST_CONNECTIONS,
    ):
        """Begin without any; `clock` counts seconds as other processes of the instance do."""
        self.clock, self._most, self._connections = clock, most, connections
        self._rooms: dict[str, Room] = {}
        self.arriving = 0  # connections that have not said yet where they belong

    def __iter__(self) -> Iterator[Room]:
        """Go through all of them, as they are now."""
        return iter(tuple(self._rooms.values()))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._rooms)

    @property
    def followers(self) -> int:
        """How many students are connected."""
        return sum(room.followers for room in self)

    def is_full(self) -> bool:
        """Return whether no more connections are taken."""
        inside = sum(room.followers + room.leading for room in self)
        return self.arriving + inside >= self._connections

    def lead(self, word: str, key: str) -> Room:
        """Return the room of this word with one more connection of its teacher.

        RefusedError where another key leads it, or where there are too many rooms.
        """
        self.expire()
        room = self._rooms.get(word)
        if room is not None and room.key not in ("", key):
            raise RefusedError("taken")
        room = room or self._opened(word)
        room.key, room.seen = key, self.clock()
        room.leading += 1
        room.tell()
        return room

    def move(self, room: Room, look: Look | None) -> None:
        """Take in where the teacher is."""
        room.seen = self.clock()
        if look != room.look:
            room.look = look
            room.tell()

    def leave(self, room: Room) -> None:
        """Take in that a connection of the teacher ended: they may come back with their key."""
        room.leading -= 1
        room.seen = self.clock()

    def close(self, room: Room) -> None:
        """End a room for all."""
        room.closed, room.look, room.key = True, None, ""
        if self._rooms.get(room.word) is room:
            del self._rooms[room.word]
        room.tell()

    def join(self, word: str) -> Room:
        """Return the room of this word with one more student; RefusedError where it is too many."""
        self.expire()
        room = self._rooms.get(word) or self._opened(word)
        room.followers += 1
        room.tell()
        return room

    def part(self, room: Room) -> None:
        """Take in that a student has gone; a room without anybody is no more."""
        room.followers -= 1
        room.tell()
        if not (room.followers or room.key) and self._rooms.get(room.word) is room:
            del self._rooms[room.word]

    def expire(self) -> None:
        """Close the rooms whose teachers have been away for too long."""
        for room in self:
            if room.key and not room.leading and self.clock() - room.seen > AWAY:
                self.close(room)

    def _opened(self, word: str) -> Room:
        """A new room; where there are too many the one that nobody would miss makes place."""
        if len(self._rooms) >= self._most:
            lonely = [room for room in self if not (room.followers or room.leading)]
            if not lonely:
                raise RefusedError("full")
            self.close(min(lonely, key=lambda room: room.seen))
        room = self._rooms[word] = Room(word)
        return room
