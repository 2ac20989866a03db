"""Rooms: who may lead, what may be said, how many there are, and what two processes know of one."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.server.rooms import endpoint
from app.server.rooms.messages import (
    LONGEST_MESSAGE,
    Look,
    Pace,
    look_in,
    message_in,
    room_word,
)
from app.server.rooms.registry import AWAY, RefusedError, Rooms
from app.server.rooms.sharing import HEARD, Sharing
from app.session.shared_folder import SharedFolder

from ..test_document import run

KEY, OTHER_KEY = "0" * 32, "f" * 32
HERE, THERE = Look("", "demo=reber&t=3"), Look("memory", "demo=adding&t=7")
WORDS = st.text("abcxyz019-äéπ字", min_size=3, max_size=24)


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


# What is said


@given(WORDS)
def test_a_word_is_the_same_however_it_is_typed(word: str) -> None:
    known = room_word(word)
    assert known == room_word(f"  {word.upper()} ") == room_word(known)


@pytest.mark.parametrize("said", ["ab", "x" * 25, "<b>lstm", "a b c", "../etc", 7, None, ["lstm"]])
def test_what_is_no_word_leads_nowhere(said: object) -> None:
    assert room_word(said) is None


@pytest.mark.parametrize(
    "said",
    [
        ["elsewhere", ""],
        ["//evil.example", ""],
        ["", "demo=<script>"],
        ["", "x" * 6001],
        ["", "?demo=reber#there"],
        ["memory"],
        {"page": ""},
        None,
    ],
)
def test_a_teacher_is_on_one_of_our_pages_or_nowhere(said: object) -> None:
    assert look_in(said) is None
    assert look_in(["memory", "demo=adding&t=7"]) == THERE


@pytest.mark.parametrize("text", ["", "no", "[" * 5000, "[1]", " " * (LONGEST_MESSAGE + 1), None])
def test_what_is_no_message_says_nothing(text: object) -> None:
    assert message_in(text) == {}


def test_a_connection_may_send_a_burst_and_then_so_many_a_second(clock: Clock) -> None:
    pace = Pace(clock, burst=5, rate=2)
    assert [pace.allows() for _ in range(6)] == [True] * 5 + [False]
    clock.now += 1.0
    assert pace.allows()


# Who leads


def test_the_key_leads_and_the_word_only_follows(clock: Clock) -> None:
    rooms = Rooms(clock)
    room = rooms.lead("lstm", KEY)
    rooms.move(room, HERE)
    assert rooms.join("lstm").look == HERE
    with pytest.raises(RefusedError, match="taken"):
        rooms.lead("lstm", OTHER_KEY)
    assert rooms.lead("lstm", KEY) is room  # another tab of theirs


def test_a_room_is_gone_with_its_teacher(clock: Clock) -> None:
    rooms = Rooms(clock)
    room = rooms.lead("lstm", KEY)
    rooms.move(room, HERE)
    follower = rooms.join("lstm")
    rooms.leave(room)
    clock.now += AWAY - 1
    assert rooms.lead("lstm", KEY).look == HERE  # they reloaded the page
    rooms.leave(room)
    clock.now += AWAY + 1
    rooms.expire()
    assert follower.closed
    assert (follower.look, len(rooms)) == (None, 0)
    rooms.part(follower)
    assert rooms.join("lstm").look is None


def test_a_room_that_waits_for_its_teacher_is_gone_with_the_last_student(clock: Clock) -> None:
    rooms = Rooms(clock)
    waiting = [rooms.join("lstm"), rooms.join("lstm")]
    assert [room.look for room in waiting] == [None, None]
    for room in waiting:
        rooms.part(room)
    assert len(rooms) == 0


def test_rooms_and_connections_are_bounded_and_a_room_without_anybody_makes_place(
    clock: Clock,
) -> None:
    rooms = Rooms(clock, most=2, connections=3)
    left, _ = rooms.lead("left", KEY), rooms.lead("led", KEY)
    with pytest.raises(RefusedError, match="full"):
        rooms.join("third")
    rooms.leave(left)
    assert rooms.join("third").word == "third"
    assert left.closed
    assert not rooms.is_full()
    rooms.arriving += 1
    assert rooms.is_full()
    rooms.arriving -= 1
    rooms.join("third")
    assert rooms.is_full()


# Two processes


def exchange(one: tuple[Rooms, Sharing]) -> None:
    rooms, sharing = one
    for word, told in sharing.news(rooms).items():
        sharing.write(word, told)
    for word, told in sharing.gone(rooms).items():
        sharing.remove(word, told)
    sharing.take(
        rooms, {word: sharing.read(word, rooms.clock()) for word in sharing.to_read(rooms)}
    )


def test_students_of_one_process_follow_a_teacher_of_another(tmp_path: Path, clock: Clock) -> None:
    one, other = ((Rooms(clock), Sharing(SharedFolder(tmp_path, 2**20, 3600))) for _ in range(2))
    led, followed = one[0].lead("lstm", KEY), other[0].join("lstm")
    for look in (HERE, THERE):
        one[0].move(led, look)
        exchange(one)
        exchange(other)
        assert followed.look == look
    clock.now += HEARD + 1
    exchange(one)  # they rest, and are still there
    clock.now += AWAY - 1
    exchange(other)
    assert not followed.closed
    one[0].leave(led)
    again = other[0].lead("lstm", KEY)  # their process has ended
    other[0].move(again, HERE)
    exchange(other)
    clock.now += AWAY + 1
    exchange(other)
    one[0].expire()
    exchange(one)
    assert len(list(tmp_path.iterdir())) == 1  # the room goes on elsewhere
    other[0].close(again)
    exchange(other)
    assert list(tmp_path.iterdir()) == []


# Connections


async def met(
    *said: dict[str, Any],
    stays: bool = False,
    hears: asyncio.Queue[Any] | None = None,
    **headers: str,
) -> list[dict[str, Any]]:
    """What a connection that says this, one after another, is answered.

    It goes when it has said all, or `stays` until it is sent away; `hears` gets all as it comes.
    """
    sent: list[dict[str, Any]] = []
    ended = asyncio.Event()
    messages = [{"type": "websocket.connect"}]
    messages += [{"type": "websocket.receive", "text": json.dumps(one)} for one in said]

    async def receive():
        if messages:
            return messages.pop(0)
        if stays:
            await ended.wait()
        return {"type": "websocket.disconnect"}

    async def send(message) -> None:
        sent.append(message)
        if hears is not None and "text" in message:
            hears.put_nowait(json.loads(message["text"]))
        if message["type"] == "websocket.close":
            ended.set()

    given = {"host": "school:8501", "origin": "http://school:8501"} | headers
    raw = [(name.encode(), value.encode()) for name, value in given.items()]
    scope = {"type": "websocket", "path": "/room", "headers": raw}
    await endpoint.with_rooms(receive)(scope, receive, send)
    return sent


def heard(sent: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [json.loads(message["text"]) for message in sent if "text" in message]


def test_a_student_hears_where_the_teacher_is_and_that_the_room_is_closed() -> None:
    async def lesson() -> None:
        to_student: asyncio.Queue[Any] = asyncio.Queue()
        to_teacher: asyncio.Queue[Any] = asyncio.Queue()
        lead = {"lead": "lstm-7b", "key": KEY}
        look = {"look": ["memory", THERE.query]}
        student = asyncio.create_task(met({"follow": "LSTM-7b"}, stays=True, hears=to_student))
        assert await to_student.get() == {"look": None}
        teacher = asyncio.create_task(met(lead, look, stays=True, hears=to_teacher))
        assert await to_teacher.get() == {"led": 1, "shared": False}
        assert await to_student.get() == look
        assert heard(await met({**lead, "key": OTHER_KEY})) == [{"refused": "taken"}]
        assert heard(await met({**lead, "key": OTHER_KEY}, {"close": True})) == [
            {"refused": "taken"}
        ]
        assert heard(await met(lead, {"close": True}))[-1] == {"closed": True}
        assert heard(await student)[-1] == {"closed": True}
        assert len(endpoint.rooms) == 0
        teacher.cancel()

    run(lesson())


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "http://school:8502", "null"])
def test_a_page_of_another_origin_gets_no_connection(origin: str) -> None:
    async def strange() -> None:
        [refused] = await met({"follow": "lstm"}, origin=origin)
        assert refused["type"] == "websocket.close"

    run(strange())


@pytest.mark.parametrize(
    "said", [{}, {"lead": "lstm"}, {"lead": "lstm", "key": "short"}, {"follow": "<b>"}, {"x": 1}]
)
def test_whoever_says_nothing_sensible_is_sent_away(said: dict[str, Any]) -> None:
    async def strange() -> None:
        accepted, closed = await met(said)
        assert (accepted["type"], closed["type"]) == ("websocket.accept", "websocket.close")

    run(strange())
    assert len(endpoint.rooms) == 0
