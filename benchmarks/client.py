"""One session without a browser: a websocket that speaks Streamlit's protocol, and uploads.

page      opened by its address, as by a link
message   what a browser was overheard to say; widgets have the same names in every session
file      the session asks where to, puts it there, and says in the message that it is there
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import sys
import time
import urllib.request
from collections.abc import Mapping
from typing import Any

EARLY_END = 2  # script_finished: this run gave way to another one
PATIENCE = 60.0  # seconds for one answer
NUMBERS = itertools.count(1)
ADDRESSES = 8  # of this machine, from which sessions come: nginx bounds those of one address
BOUNDARY = "of-the-parts"
AFFINITY = "gatescope_process"  # the cookie by which nginx finds the process again


class Client:
    """A session; every call ends, with TimeoutError where the server does not answer."""

    def __init__(self, url: str, socket: Any, cookie: str):
        self.url, self.socket, self.session = url, socket, ""
        self.faults = 0  # exceptions that a page showed
        self._cookie = cookie

    async def say(self, message: bytes, seconds: float = PATIENCE) -> float:
        """Send a message; return how long the run of the script took that answers it, in ms."""
        begun = time.perf_counter()
        await self.socket.send(message)
        await self.hear("script_finished", seconds)
        return 1000 * (time.perf_counter() - begun)

    async def hear(self, kind: str, seconds: float = PATIENCE) -> Any:
        """Return the next message of a kind; the end of a run that gave way is none."""
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        async with asyncio.timeout(seconds):
            async for data in self.socket:
                message = ForwardMsg.FromString(data)
                told = message.WhichOneof("type")
                if told == "new_session":
                    self.session = message.new_session.initialize.session_id or self.session
                self.faults += told == "delta" and _is_fault(message.delta)
                if told == kind and message.script_finished != EARLY_END:
                    return message
        raise TimeoutError(f"the connection ended before {kind}")

    async def do(self, message: Any, files: Mapping[str, bytes]) -> float:
        """Say what was overheard; the files that it speaks of are sent before. Return the ms."""
        said = type(message)()
        said.CopyFrom(message)
        for widget in said.rerun_script.widget_states.widgets:
            if widget.WhichOneof("value") == "file_uploader_state_value":
                for file in widget.file_uploader_state_value.uploaded_file_info:
                    await self._upload(file, files)
        return await self.say(bytes(said.SerializeToString()))

    async def _upload(self, file: Any, files: Mapping[str, bytes]) -> None:
        """Put a file where the session is told to, and note that in what is said of it."""
        from streamlit.proto.BackMsg_pb2 import BackMsg

        asked = BackMsg()
        asked.file_urls_request.request_id = str(next(NUMBERS))
        asked.file_urls_request.file_names.append(file.name)
        asked.file_urls_request.session_id = self.session
        await self.socket.send(asked.SerializeToString())
        (place,) = (await self.hear("file_urls_response")).file_urls_response.file_urls
        await asyncio.to_thread(self._put, place.upload_url, file.name, files[file.name])
        file.file_id = place.file_id
        file.file_urls.CopyFrom(place)

    def _put(self, path: str, name: str, content: bytes) -> None:
        from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

        token = generate_xsrf_token_string()
        part = f'Content-Disposition: form-data; name="file"; filename="{name}"'
        head, foot = f"--{BOUNDARY}\r\n{part}\r\n\r\n", f"\r\n--{BOUNDARY}--\r\n"
        body = head.encode() + content + foot.encode()
        asked = urllib.request.Request(self.url + path, data=body, method="PUT")
        asked.add_header("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        asked.add_header("Cookie", f"{self._cookie}; _streamlit_xsrf={token}")
        asked.add_header("X-Xsrftoken", token)
        with urllib.request.urlopen(asked, timeout=PATIENCE):
            pass

    async def close(self) -> None:
        """Go, as a browser does whose page is closed."""
        with contextlib.suppress(OSError):
            await self.socket.close()


def _is_fault(delta: Any) -> bool:
    """Whether a page is told to show an exception."""
    shown = delta.WhichOneof("type") == "new_element"
    return bool(shown and delta.new_element.WhichOneof("type") == "exception")


async def connected(url: str) -> Client:
    """Open a connection, for which nginx remembers the process."""
    from websockets.asyncio.client import connect
    from websockets.typing import Subprotocol

    number = next(NUMBERS)
    cookie = f"{AFFINITY}=reader-{number}"
    socket = await connect(
        url.replace("http", "ws") + "/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        origin=url,
        additional_headers={"Cookie": cookie},
        max_size=None,
        ping_interval=None,
        local_addr=(f"127.0.0.{1 + number % ADDRESSES}", 0) if sys.platform == "linux" else None,
    )
    return Client(url, socket, cookie)


async def opened(url: str, first: Any) -> Client:
    """Return a session that opened a page as a browser does first."""
    client = await connected(url)
    await client.say(bytes(first.SerializeToString()))
    return client


def opening(first: Any, page: str, query: str) -> bytes:
    """Return the message with which a browser opens a link."""
    message = type(first)()
    message.CopyFrom(first)
    message.rerun_script.query_string = query
    message.rerun_script.page_script_hash = ""
    message.rerun_script.page_name = page
    return bytes(message.SerializeToString())
