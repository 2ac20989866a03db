"""Streamlit's scripts and stylesheets, compressed once in the life of the process.

Streamlit sends them as they are, 2.7 MB for a page: to compress them anew for every visitor would
cost more than it brings. Kept compressed they are 0.7 MB on the wire, and nothing to compute.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from streamlit import file_util

from .asgi import Message, Receive, Send, Server, path_below_base
from .sending import FOREVER, send_compressed, takes_gzip

TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


def with_compressed_files(server: Server) -> Server:
    """Return a server (ASGI) that sends these files compressed, where the browser takes them so."""

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        file = _file(scope) if scope["type"] == "http" else None
        if file is None:
            await server(scope, receive, send)
        else:
            body = await asyncio.to_thread(_compressed_file, file)
            await send_compressed(body, FOREVER | {"content-type": TYPES[file.suffix]}, scope, send)

    return answer


def _file(scope: Message) -> Path | None:
    """The file that is asked for; None where it is none of these, or is wanted as it is."""
    if scope["method"] not in ("GET", "HEAD") or not takes_gzip(scope):
        return None
    return _files().get(path_below_base(scope) or "")


@cache
def _files() -> Mapping[str, Path]:
    """All that may be asked for, by its path below the address of the app."""
    folder = Path(file_util.get_static_dir())
    paths = (path for path in folder.glob("static/*/*") if path.suffix in TYPES)
    return {path.relative_to(folder).as_posix(): path for path in paths}


@cache
def _compressed_file(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), mtime=0)
