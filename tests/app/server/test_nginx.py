"""nginx before two processes: what comes through it, and that a reader outlives a process.

The readers are connections that speak Streamlit's protocol; `tests/browser/` has one in a browser.
"""

from __future__ import annotations

import asyncio
import json
import re
import urllib.error
import urllib.request
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from app.session import uploads
from app.session.kept import Kept
from app.session.shared_folder import SharedFolder
from app.session.store import Store
from app.words import common as words
from benchmarks import nginx
from benchmarks.server import APP, Server, running

GIVEN = ("mine.txt", b"BTBTXSETE\n")
READERS = 3
PACKED = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True)
class Instance:
    """Two processes, what stands before them, and the folder that they share."""

    url: str
    processes: tuple[Server, Server]
    folder: Path


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    if nginx.provided() is None:
        pytest.skip("nginx is not installed, and only as root on Debian is it installed here")
    logs = tmp_path_factory.mktemp("instance")
    folder = logs / "kept"
    with ExitStack() as stack, ThreadPoolExecutor(2) as both:
        starting = [
            both.submit(
                stack.enter_context, running(APP, logs / name, environment=nginx.shared(folder))
            )
            for name in ("one", "other")
        ]
        one, other = (start.result() for start in starting)
        ports = [int(process.url.rpartition(":")[2]) for process in (one, other)]
        front = stack.enter_context(nginx.before(ports, logs, logs / "nginx.log"))
        yield Instance(url=front.url, processes=(one, other), folder=folder)


def answered(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """The status, the headers and the bytes on the wire of an answer."""
    asked = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(asked) as answer:
            return answer.status, lowered(answer.headers), answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, lowered(refused.headers), b""


def lowered(headers: Message) -> dict[str, str]:
    """Headers by name in lower case; what comes twice has both values."""
    names = {name.lower() for name in headers}
    return {name: ", ".join(headers.get_all(name, [])) for name in names}


def open_pages(process: Server) -> int:
    text = answered(f"{process.url}/metrics")[2].decode()
    return int(re.search(r"^gatescope_sessions (\d+)$", text, re.M)[1])


def test_what_comes_through_is_packed_kept_and_guarded(instance: Instance) -> None:
    _, document, html = answered(instance.url)
    assert "HttpOnly; SameSite=Lax" in document["set-cookie"]
    script = re.search(rb'src="\.(/static/js/index[^"]+)"', html)[1].decode()
    _, headers, packed = answered(instance.url + script, **PACKED)
    assert headers["content-encoding"] == "gzip"
    assert "immutable" in headers["cache-control"]
    assert len(packed) < 0.5 * len(answered(instance.processes[0].url + script)[2])
    for path, status in {"/metrics": 404, "/_stcore/metrics": 404, "/ready": 200}.items():
        got, headers, _ = answered(instance.url + path)
        assert got == status
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["content-security-policy"].count("default-src") == 1, path
    assert answered(instance.url, Host="rebound.example")[0] == 421


def test_an_upload_is_bounded_before_it_is_sent(instance: Instance) -> None:
    path = f"{instance.url}/_stcore/upload_file/a/b"
    asked = urllib.request.Request(path, data=b"", method="PUT")
    asked.add_header("Content-Length", str(202 * 2**20))
    with pytest.raises(urllib.error.HTTPError, match="413"):
        urllib.request.urlopen(asked)


def run(task: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in a thread of its own: the browser's tests leave a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, task).result()


async def opened(url: str, address: str, reader: int) -> tuple[Any, bytes]:
    """A connection on which a page was opened by its address, and all that the page was sent."""
    message = BackMsg()
    message.rerun_script.query_string = address
    socket = await connect(
        url.replace("http", "ws") + "/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        origin=url,
        additional_headers={"Cookie": f"gatescope_process=reader-{reader}"},
        max_size=None,
    )
    await socket.send(message.SerializeToString())
    sent = b""
    async for data in socket:
        assert isinstance(data, bytes)
        sent += data
        if ForwardMsg.FromString(data).WhichOneof("type") == "script_finished":
            break
    return socket, sent


def test_students_follow_a_teacher_whichever_process_they_came_to(instance: Instance) -> None:
    async def met(url: str, **said: str) -> Any:
        socket = await connect(url.replace("http", "ws") + "/room", origin=url)
        await socket.send(json.dumps(said))
        return socket

    async def lesson() -> list[Any]:
        one, other = (process.url for process in instance.processes)
        students = [await met(url, follow="lstm-7b") for url in (one, other, instance.url)]
        told = [await student.recv() for student in students]
        teacher = await met(other, lead="lstm-7b", key="0" * 32)
        for said in ({"look": ["memory", "t=3"]}, {"close": True}):
            await teacher.send(json.dumps(said))
            told += [await student.recv() for student in students]
        for socket in (teacher, *students):
            await socket.close()
        return [json.loads(text) for text in told]

    nowhere, there, over = {"look": None}, {"look": ["memory", "t=3"]}, {"closed": True}
    assert run(lesson()) == [nowhere] * 3 + [there] * 3 + [over] * 3


def test_readers_whose_process_ends_find_the_same_screen_on_the_other(instance: Instance) -> None:
    """They come by their address, what they uploaded included, as their browsers do."""
    there = Kept(Store(2**24, 3600.0), SharedFolder(instance.folder, 2**24, 3600.0))
    token = uploads.new_token()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(uploads, "kept", there)
        upload, _ = uploads.add(token, *GIVEN)
        uploads.keep_answers(token, upload.id, "reber", {})
    address = f"demo=reber&upload={GIVEN[0]}&t=2&unit=2&details=why&session={token}"
    screen = [text.encode() for text in (words.here(2, 9, "B", 2), words.not_in_link(GIVEN[0]))]

    async def readers() -> list[bytes]:
        pages = [await opened(instance.url, address, reader) for reader in range(READERS)]
        stays, ends = sorted(instance.processes, key=open_pages)
        assert open_pages(stays) + open_pages(ends) == READERS
        ends.process.kill()
        again = [await opened(instance.url, address, reader) for reader in range(READERS)]
        for socket, _ in pages + again:
            await socket.close()
        return [sent for _, sent in pages + again]

    for sent in run(readers()):
        assert [text for text in screen if text not in sent] == []
