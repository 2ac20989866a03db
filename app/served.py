"""The app as it is served: every wrapper, in the order in which a request meets them."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from .document import browser_opened, with_documents
from .own_scripts import with_scripts
from .pulled_scenes import with_pulled_scenes
from .run_details import with_run_details
from .server.asgi import Server
from .server.bunches import gather_messages
from .server.fonts import with_fonts
from .server.garbage import leave_out_imports
from .server.headers import with_security_headers
from .server.hosts import with_known_hosts
from .server.joined_writes import with_joined_writes
from .server.logs import set_up_logs
from .server.new_session import remember_theme
from .server.pages import with_host_pages
from .server.rooms.endpoint import with_rooms
from .server.static_files import with_compressed_files
from .server.uploads import with_answered_uploads

TURN = 0.0005
"""Seconds after which a thread lets another one in. A step is many short pieces of work, and each
of them may wait for a page that is being drawn: Python's own 5 ms would add up."""


def served(server: Server) -> Server:
    """Return what answers the network, for a server that is the app's script alone."""
    ours = with_run_details(with_pulled_scenes(with_documents(server)))
    ours = with_host_pages(with_scripts(ours))
    ours = with_answered_uploads(with_compressed_files(with_fonts(with_rooms(ours))))
    return with_joined_writes(with_security_headers(with_known_hosts(ours)))


@asynccontextmanager
async def started(app: Any) -> AsyncIterator[None]:
    """Set up the process when the server starts, and open a browser where one is wanted."""
    set_up_logs()
    sys.setswitchinterval(TURN)
    leave_out_imports()
    gather_messages()
    remember_theme()
    async with browser_opened(app):
        yield
