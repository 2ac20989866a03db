"""Where browsers meet in rooms: one connection each (a WebSocket), outside of Streamlit's runs.

    room    the teacher's browser says {"lead": word, "key": ...} and then {"look": [page, query]}
            or {"close": true}, and hears {"led": ...} or {"refused": why};
            a student's says {"follow": word} and hears {"look": ...} or {"closed": true}

A step of the teacher's costs a message to each student, and nothing else: no script runs for it.
Of several changes a slow connection gets the last.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit.web.server.server_util import is_allowed_origin

from ...session.kept import kept
from ..asgi import Message, Receive, Send, Server, header, path_below_base
from .messages import Look, Pace, fingerprint, look_in, message_in, room_word
from .registry import RefusedError, Room, Rooms
from .sharing import Sharing

PATH = "room"
PATIENCE = 10.0  # seconds that a connection may be silent at first
PULSE = 0.25  # seconds between two looks at what other processes tell, and at who has gone
COUNTED = 1.0  # seconds between two numbers of students that a teacher hears
NOWHERE = Look("", "?")  # no place that a teacher can be: it differs from all
WRONG, TOO_MUCH = 1003, 1008  # how a connection is ended

rooms = Rooms()
"""The rooms of this process."""

sharing = None if kept.folder is None else Sharing(kept.folder)
"""How other processes know of them; None where this one shares no folder."""


def with_rooms(server: Server) -> Server:
    """Return a server (ASGI) that answers in rooms, too."""

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket" or path_below_base(scope) != PATH:
            await server(scope, receive, send)
        elif not is_own(scope) or rooms.is_full():
            await send({"type": "websocket.close", "code": TOO_MUCH})  # before it is open: 403
        else:
            await _meet(receive, send)

    return answer


def is_own(scope: Message) -> bool:
    """Return whether a connection is opened by a page of this server, or by no page at all.

    Pages of `server.corsAllowedOrigins` may open one, too, and any where whoever runs it has put
    `server.enableCORS` off, as they may Streamlit's own.
    """
    origin = header(scope, b"origin")
    if origin is None or is_allowed_origin(origin) or not st.get_option("server.enableCORS"):
        return True
    return urlsplit(origin).netloc.lower() == (header(scope, b"host") or "").lower()


async def _meet(receive: Receive, send: Send) -> None:
    """Open a connection, hear what it is for, and serve it until it ends."""
    await receive()
    await send({"type": "websocket.accept"})
    said = await _first_message(receive)
    word, key = room_word(said.get("lead", said.get("follow"))), fingerprint(said.get("key"))
    try:
        if word and "lead" in said and key:
            await _lead(word, key, receive, send)
        elif word and "follow" in said:
            await _follow(word, receive, send)
        else:
            await send({"type": "websocket.close", "code": WRONG})
    except RefusedError as refusal:
        await _say(send, {"refused": refusal.why})
        await send({"type": "websocket.close", "code": TOO_MUCH})


async def _first_message(receive: Receive) -> dict[str, Any]:
    """What a connection says first; {} for nothing in time."""
    rooms.arriving += 1
    try:
        return message_in(await asyncio.wait_for(_heard(receive), PATIENCE))
    except TimeoutError:
        return {}
    finally:
        rooms.arriving -= 1


async def _lead(word: str, key: str, receive: Receive, send: Send) -> None:
    """Serve a teacher."""
    told = None
    if sharing is not None:
        told = await asyncio.to_thread(sharing.read, word, rooms.clock())
        if told is not None and told.key != key:
            raise RefusedError("taken")
    room = rooms.lead(word, key)
    if told is not None and room.look is None:
        rooms.move(room, told.look)
    _keep_pulse()
    counting = asyncio.create_task(_count(room, send))
    try:
        await _hear_out(room, receive)
    finally:
        rooms.leave(room)
        await _end(counting)
    if room.closed:
        with suppress(OSError, RuntimeError):  # they may have gone
            await _say(send, {"closed": True})
            await send({"type": "websocket.close"})


async def _hear_out(room: Room, receive: Receive) -> None:
    """Take in what a teacher says, until they say that it is over, too much, or go."""
    pace = Pace()
    while (text := await _heard(receive)) is not None and pace.allows():
        said = message_in(text)
        if said.get("close") is True:
            rooms.close(room)
        if room.closed:
            return
        if "look" in said:
            rooms.move(room, look_in(said["look"]))


async def _count(room: Room, send: Send) -> None:
    """Say how many students are connected here, whenever that changes."""
    before = None
    while not room.closed:
        changed = room.changed
        if room.followers != before:
            before = room.followers
            await _say(send, {"led": before, "shared": sharing is not None})
        await changed.wait()
        await asyncio.sleep(COUNTED)


async def _follow(word: str, receive: Receive, send: Send) -> None:
    """Serve a student: whatever their browser says, it goes."""
    room = rooms.join(word)
    _keep_pulse()
    telling = asyncio.create_task(_tell(room, send))
    try:
        await _heard(receive)
    finally:
        rooms.part(room)
        await _end(telling)


async def _tell(room: Room, send: Send) -> None:
    """Say where the teacher is, and once more whenever that changes."""
    before: Look | None = NOWHERE
    while not room.closed:
        changed = room.changed
        if room.look != before:
            before = room.look
            await _say(send, {"look": before and [before.page, before.query]})
        await changed.wait()
    await _say(send, {"closed": True})
    await send({"type": "websocket.close"})


async def _heard(receive: Receive) -> str | None:
    """The next message, "" for one in bytes; None where the connection has ended."""
    message = await receive()
    if message["type"] != "websocket.receive":
        return None
    text: str | None = message.get("text")
    return text or ""


async def _say(send: Send, what: dict[str, Any]) -> None:
    await send({"type": "websocket.send", "text": json.dumps(what)})


async def _end(task: asyncio.Task[None]) -> None:
    """End a task; what went wrong in it is that the connection has ended."""
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


_pulses: set[asyncio.Task[None]] = set()


def _keep_pulse() -> None:
    """See to it that rooms are looked after, as long as there are any."""
    if not _pulses:
        task = asyncio.create_task(_pulse())
        _pulses.add(task)
        task.add_done_callback(_pulses.discard)


async def _pulse() -> None:
    """Close rooms that are over, and exchange news with other processes."""
    while True:
        rooms.expire()
        if sharing is not None:
            await _exchange(sharing)
        if not len(rooms):
            return
        await asyncio.sleep(PULSE)


async def _exchange(between: Sharing) -> None:
    """Write what is new here, and take in what is new elsewhere; files are another thread's."""
    news, gone, asked = between.news(rooms), between.gone(rooms), between.to_read(rooms)
    if news or gone or asked:
        read = await asyncio.to_thread(_turn_over, between, news, gone, asked)
        between.take(rooms, read)


def _turn_over(
    between: Sharing, news: dict[str, Any], gone: dict[str, Any], asked: tuple[str, ...]
) -> dict[str, Any]:
    for word, told in news.items():
        between.write(word, told)
    for word, told in gone.items():
        between.remove(word, told)
    now = rooms.clock()
    return {word: between.read(word, now) for word in asked}
