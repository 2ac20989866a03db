"""Rooms that several processes have in common: a small file each, in the folder that they share.

The process to which the teacher is connected writes where they are, those with students read it.
The file is removed when the room is closed; one that a killed process left says when it was
written last, and counts no longer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from ...session.shared_folder import SharedFolder
from .messages import Look, look_in
from .registry import AWAY, Room, Rooms

HEARD = 10.0  # seconds between two signs of life of a teacher who rests


@dataclass(frozen=True)
class Told:
    """What a file says of a room."""

    key: str
    look: Look | None
    seen: float


class Sharing:
    """Writes and reads the files of rooms, and brings a process's rooms up to date."""

    def __init__(self, folder: SharedFolder):
        """Share in this folder."""
        self._folder = folder
        self._written: dict[str, Told] = {}  # by word, what this process has written

    def read(self, word: str, now: float) -> Told | None:
        """Return what is told of a room; None where no process has one of this word."""
        data = self._folder.read(_key(word))
        try:
            key, look, seen = json.loads(data or b"")
            told = Told(str(key), look_in(look), float(seen))
        except (ValueError, TypeError):
            return None
        return told if now - told.seen < AWAY else None

    def write(self, word: str, told: Told) -> None:
        """Tell of a room that is led here."""
        look = told.look and [told.look.page, told.look.query]
        self._folder.write(_key(word), json.dumps([told.key, look, told.seen]).encode())

    def remove(self, word: str, last: Told) -> None:
        """Tell of a room no more, unless another process has told of it since."""
        told = self.read(word, last.seen)
        if told is None or (told.key == last.key and told.seen <= last.seen):
            self._folder.remove(_key(word))

    def news(self, rooms: Rooms) -> dict[str, Told]:
        """Return what is to be written of rooms that are led here, by word.

        Of a teacher who is away nothing is written: the others close the room when this one does.
        """
        led = {room.word: _told(room, rooms.clock()) for room in rooms if room.leading}
        news = {word: told for word, told in led.items() if self._is_news(word, told)}
        self._written |= news
        return news

    def gone(self, rooms: Rooms) -> dict[str, Told]:
        """Return what was written of rooms that are closed, by word."""
        words = self._written.keys() - {room.word for room in rooms if room.key}
        return {word: self._written.pop(word) for word in words}

    def to_read(self, rooms: Rooms) -> tuple[str, ...]:
        """Return the words of the rooms whose teacher is connected to another process, if any."""
        return tuple(room.word for room in rooms if room.followers and not room.leading)

    def take(self, rooms: Rooms, read: dict[str, Told | None]) -> None:
        """Bring rooms up to date with what the others tell."""
        for room in rooms:
            if room.word not in read or room.leading:
                continue
            told = read[room.word]
            if told is not None:
                self._hear(rooms, room, told)
            elif room.key:
                rooms.close(room)

    def _hear(self, rooms: Rooms, room: Room, told: Told) -> None:
        """Take in what another process tells, or this one told before its teacher went away."""
        room.key = told.key
        rooms.move(room, told.look)
        room.seen = told.seen
        written = self._written.get(room.word)
        if written is not None and told.seen > written.seen:
            del self._written[room.word]  # the teacher goes on elsewhere

    def _is_news(self, word: str, told: Told) -> bool:
        before = self._written.get(word)
        if before is None or (before.key, before.look) != (told.key, told.look):
            return True
        return told.seen - before.seen > HEARD


def _told(room: Room, now: float) -> Told:
    return Told(room.key, room.look, now)


def _key(word: str) -> tuple[str, str]:
    return ("room", word)
