"""The headers of every answer: what a browser must not do with it.

The policy (Content-Security-Policy) lets a page fetch nothing from elsewhere and run no script
that is not ours: files of this server, modules that Streamlit makes of our components' text
(`blob:`), and the scripts that stand in the document itself, each by its hash.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from streamlit import file_util

from .asgi import Message, Receive, Send, Server, path_below_base

POLICY, FRAMES = "content-security-policy", "GATESCOPE_FRAME_ANCESTORS"
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)

ALWAYS: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox"
"""The policy of what readers take home, should a browser show it here."""


def with_security_headers(server: Server) -> Server:
    """Return a server (ASGI) whose answers all have these headers; what they have already stays."""

    async def headed(scope: Message, receive: Receive, send: Send) -> None:
        async def send_headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with_defaults(message.get("headers", ()), _policy(scope))
            await send(message)

        await server(scope, receive, send_headed if scope["type"] == "http" else send)

    return headed


@cache
def policy(html: str) -> str:
    """Return the policy of a document: its own scripts are known by their hashes."""
    hashes = (b64encode(sha256(code.encode()).digest()) for code in INLINE_SCRIPT.findall(html))
    known = " ".join(f"'sha256-{code.decode()}'" for code in hashes)
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' blob: {known}".rstrip(),
        "style-src": "'self' 'unsafe-inline'",  # Streamlit and Plotly write styles as they draw
        "img-src": "'self' blob: data:",
        "font-src": "'self' data:",
        "connect-src": "'self' blob: data:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": os.environ.get(FRAMES, "'self'"),
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def _policy(scope: Message) -> str:
    path = path_below_base(scope) or ""
    return NOTHING_RUNS if path.startswith("media/") else policy(_streamlit_document())


@cache
def _streamlit_document() -> str:
    return Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")


def _with_defaults(
    headers: list[tuple[bytes, bytes]], for_documents: str
) -> list[tuple[bytes, bytes]]:
    there = {name.lower() for name, _ in headers}
    wanted = {**ALWAYS, POLICY: for_documents}.items()
    added = [(name.encode(), value.encode("latin-1")) for name, value in wanted]
    return [*headers, *((name, value) for name, value in added if name not in there)]
