"""Which hosts are answered: against pages whose own name was pointed at this machine.

Such a page (DNS rebinding) is of the same origin as the app, as its browser sees it, and could do
in its reader's name whatever the page can. It gives itself away by the name that it asks for. A
name that no stranger can point anywhere is answered: a number, this machine's own name, a name
below a domain that only its hosting service can give out. Every other one must be named by
`server.allowedHosts`, which `gatescope --allow-host` sets.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

from .asgi import Message, Receive, Send, Server, answer, header

SERVICES = (".streamlit.app", ".hf.space", ".app.github.dev")
"""Below these names only the service itself gives out names, each to its own machines."""


def with_known_hosts(server: Server) -> Server:
    """Return a server (ASGI) that answers no request and opens no connection for another host."""

    async def guarded(scope: Message, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind == "lifespan" or is_known(header(scope, b"host"), st.get_option(OPTION)):
            await server(scope, receive, send)
        elif kind == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # before it is open: 403
        else:
            await answer(send, 421, refusal(header(scope, b"host")), "text/plain")

    return guarded


OPTION = "server.allowedHosts"


def is_known(host: str | None, allowed: Iterable[str]) -> bool:
    """Return whether a Host header is answered; `allowed` are names, "*.school.edu" or "*"."""
    name = _name(host)
    if name is None:
        return False
    if _is_number(name) or name == "localhost" or name.endswith((".localhost", *SERVICES)):
        return True
    patterns = (pattern.strip().lower().rstrip(".") for pattern in allowed)
    return name in own_names() or any(_fits(name, pattern) for pattern in patterns)


@cache
def own_names() -> frozenset[str]:
    """Return what this machine calls itself, as others of its network may."""
    name = socket.gethostname().lower().rstrip(".")
    return frozenset({name, f"{name}.local", socket.getfqdn().lower().rstrip(".")})


def refusal(host: str | None) -> str:
    """Return the sentence for whoever asks for another host."""
    return (
        f"Gatescope does not answer to the name {_name(host) or 'that was asked for'}: "
        "whoever runs it names it with --allow-host, or asks for it by its IP address.\n"
    )


def _name(host: str | None) -> str | None:
    """The name in a Host header, in lower case; None where it is malformed."""
    try:
        parts = urlsplit(f"//{host or ''}")
        _ = parts.port  # ValueError where it is no port
    except ValueError:
        return None
    if not parts.netloc or "@" in parts.netloc or parts.path or parts.query or parts.fragment:
        return None
    return (parts.hostname or "").lower().rstrip(".") or None


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _fits(name: str, pattern: str) -> bool:
    return pattern in {"*", name} or (pattern[:2] == "*." and name.endswith(pattern[1:]))
