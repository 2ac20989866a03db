"""The pages of the server itself: what it keeps, whether it is ready, what it is doing.

privacy    what an instance keeps about its visitors, in the language of the address
ready      200 where a network loads and runs, else 503
metrics    numbers for Prometheus
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from html import escape
from urllib.parse import parse_qs

from ..incidents import report
from ..session.demos import demo, demo_names
from ..session.kept import kept
from ..session.runs import model_run
from ..words import hosting as words
from ..words.language import ENGLISH, LANGUAGES, speaking
from .asgi import Message, Receive, Send, Server, answer, path_below_base
from .metrics import count_notice, exposition, open_page


def with_host_pages(server: Server) -> Server:
    """Return a server (ASGI) that answers these pages too, and counts what browsers send."""

    async def answered(scope: Message, receive: Receive, send: Send) -> None:
        async def counted() -> Message:
            message = await receive()
            count_notice(message["type"])
            return message

        page = PAGES.get(path_below_base(scope) or "") if _asks(scope) else None
        if page is not None:
            await page(scope, send)
        elif scope["type"] == "websocket":
            with open_page():
                await server(scope, counted, send)
        else:
            await server(scope, receive, send)

    return answered


def _asks(scope: Message) -> bool:
    return scope["type"] == "http" and scope["method"] in ("GET", "HEAD")


async def _privacy(scope: Message, send: Send) -> None:
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    code = query.get("language", [""])[-1]
    await answer(send, 200, privacy(code if code in LANGUAGES else ENGLISH.code), "text/html")


def privacy(code: str) -> str:
    """Return the HTML page that says what is kept, in the language of this code."""
    with speaking(code):
        where = words.IN_MEMORY if kept.folder is None else words.IN_FOLDER
        paragraphs = "".join(f"<p>{escape(sentence)}</p>" for sentence in (*words.KEPT, where))
        return (
            f'<!doctype html><html lang="{code}"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>{escape(words.PRIVACY_TITLE)}</title><style>{STYLE}</style>"
            f"<main><h1>{escape(words.PRIVACY)}</h1>{paragraphs}"
            f'<p><a href="./?language={code}">{escape(words.BACK)}</a></p></main></html>'
        )


STYLE = (
    ":root { color-scheme: light dark; font: 1.05rem/1.6 sans-serif; }"
    "main { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }"
)


async def _ready(_: Message, send: Send) -> None:
    problem = await asyncio.to_thread(readiness)
    await answer(send, 503 if problem else 200, f"{problem or 'ready'}\n", "text/plain")


def readiness() -> str:
    """Load the first network and run it; return what is wrong, "" where nothing is."""
    try:
        network = demo(demo_names()[0])
        model_run(network, network.examples[0].sequence)
    except Exception as error:  # whatever it is, nobody should be sent here
        return f"not ready: incident {report(error, 'ready')}"
    return ""


async def _metrics(_: Message, send: Send) -> None:
    await answer(send, 200, exposition(), "text/plain; version=0.0.4")


PAGES: Mapping[str, Callable[[Message, Send], Awaitable[None]]] = {
    "privacy": _privacy,
    "ready": _ready,
    "metrics": _metrics,
}
