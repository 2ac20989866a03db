"""Clients without a browser: every wait ends, and what is replayed is what was overheard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import readers
from benchmarks.client import EARLY_END, Client
from benchmarks.overheard import reruns
from benchmarks.readers import Spoken, in_sight, reading, tab_of


class Socket:
    """A connection whose other end says these messages, and then nothing more."""

    def __init__(self, *told: ForwardMsg):
        self.told, self.sent = list(told), list[bytes]()

    async def send(self, message: bytes) -> None:
        self.sent.append(message)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self.told:
            yield self.told.pop(0).SerializeToString()
        await asyncio.sleep(60)


def end(how: int = 0) -> ForwardMsg:
    return ForwardMsg(script_finished=how)  # type: ignore[arg-type]


def begun() -> ForwardMsg:
    message = ForwardMsg()
    message.new_session.initialize.session_id = "session"
    return message


def fault() -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.exception.message = "of the page"
    return message


def client(*told: ForwardMsg) -> Client:
    return Client("http://127.0.0.1", Socket(*told), "")


def test_an_answer_ends_with_the_run_that_gave_way_to_none() -> None:
    one = client(begun(), fault(), end(EARLY_END), end(), end())
    assert asyncio.run(one.say(b"asked", 5)) > 0
    assert (one.session, one.faults) == ("session", 1)
    assert (one.socket.sent, len(one.socket.told)) == ([b"asked"], 1)


@pytest.mark.parametrize("told", [(), (begun(), end(EARLY_END))])
def test_no_answer_is_waited_for_without_end(told: Sequence[ForwardMsg]) -> None:
    with pytest.raises(TimeoutError):
        asyncio.run(client(*told).say(b"asked", 0.01))


def test_who_is_not_answered_twice_asks_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "ANSWER", 0.01)
    one = client(end())
    times = asyncio.run(reading(one, [b"1", b"2", b"3", b"4"], 0.0, 0.0))
    assert (len(times), one.socket.sent) == (1, [b"1", b"2", b"3"])


def test_the_whole_page_is_asked_for_before_a_part_of_it() -> None:
    notice = BackMsg()
    notice.rerun_script.fragment_id = "of the open tab"
    notice.rerun_script.query_string = "details=what_if"
    spoken = Spoken(notices={tab_of(7): notice})
    asked = BackMsg.FromString(in_sight(spoken, 7))
    assert asked.rerun_script.fragment_id == ""
    assert asked.rerun_script.query_string == "details=what_if"
    assert notice.rerun_script.fragment_id


def test_what_a_page_asks_by_itself_is_not_taken_for_what_a_reader_did() -> None:
    pressed, alone, other = BackMsg(), BackMsg(), BackMsg()
    pressed.rerun_script.query_string = "a"
    alone.rerun_script.is_auto_rerun = True
    other.clear_cache = True
    said: list[Any] = [one.SerializeToString() for one in (pressed, alone, other)]
    assert reruns([*said, "text"]) == [pressed]
