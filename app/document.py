"""The document that a browser gets before anything else: Streamlit's own, with ours in it.

Streamlit's document has neither our title nor our style. Sent by the script they arrive when
something is on the screen already, and move it. So the document of each page is sent from here:

- its title is that page's, and its language that of the address;
- `page.css` and the stylesheets of single pages begin its body: behind the styles that Streamlit
  writes into the head, so that of two rules of one weight ours counts, and before all that is seen;
- its fonts are Streamlit's, cut to what is shown (`server/fonts.py`);
- where the address says what the page will show first, it holds that first screen (`first_sight`),
  and names its script before those of Streamlit;
- it says where the server is. Else a page that is opened by its own address first looks for the
  server below that address, in two requests that answer 404.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from streamlit import cli_util, file_util
from streamlit.web.server import server_util

from .components.first_sight import first_screen_data, first_screen_html
from .first_sight import first_screen
from .own_scripts import script_name
from .server.asgi import Message, Receive, Send, Server, path_below_base
from .server.fonts import with_our_fonts
from .server.headers import POLICY, policy
from .server.sending import send_body
from .session.local_files import local_files
from .session.state import LANGUAGE
from .words import common as words
from .words import pages
from .words.language import ENGLISH, LANGUAGES, speaking

HERE = Path(__file__).parent
STYLESHEETS = (HERE / "page.css", *sorted(HERE.glob("screens/*/*.css")))
STREAMLITS_SCRIPT, STREAMLITS_ROOT = '<script type="module"', '<div id="root">'
LONGEST_QUERY = 4000
HOME = '<script>window.__streamlit = {BACKEND_BASE_URL: new URL(".", location.href).href}</script>'


def with_documents(server: Server) -> Server:
    """Return a server (ASGI) that sends our document where a page is asked for."""

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        page = _page(scope) if scope["type"] == "http" else None
        if page is None:
            await server(scope, receive, send)
        else:
            address = _parameters(scope)
            html = await asyncio.to_thread(opened_document, page, address)
            headers = {
                "content-type": "text/html; charset=utf-8",
                "cache-control": "no-cache",
                POLICY: policy(
                    document(page, _language(address))
                ),  # no screen brings other scripts
            }
            await send_body(html.encode(), headers, scope, send)

    return answer


def opened_document(page: str, address: Mapping[str, str]) -> str:
    """Return the HTML of a page as it is opened with these parameters, its first screen in it."""
    code = _language(address)
    html = document(page, code)
    with speaking(code):
        screen = first_screen(page, address)
        if screen is None:
            return html
        first = first_screen_html(screen, logo=_logo(), pages=pages.TITLES)
        data = first_screen_data(screen)
    script = f'<script type="module" src="./{script_name()}"></script>'
    html = html.replace(STREAMLITS_SCRIPT, f"{script}\n    {STREAMLITS_SCRIPT}", 1)
    html = html.replace(STREAMLITS_ROOT, f"{first}{STREAMLITS_ROOT}", 1)
    return html.replace("</body>", f"{data}</body>", 1)


@cache
def document(page: str, code: str = ENGLISH.code) -> str:
    """Return the HTML of a page, "" being Explore, in the language of this code."""
    html = Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")
    with speaking(code):
        title = f"<title>{words.page_title(pages.TITLES[page])}</title>"
    rules = "\n".join(sheet.read_text(encoding="utf-8") for sheet in STYLESHEETS)
    html = with_our_fonts(html.replace('<html lang="en">', f'<html lang="{code}">', 1))
    html = html.replace("<title>Streamlit</title>", f"{title}{HOME}", 1)
    return html.replace(STREAMLITS_ROOT, f"<style>{rules}</style>{STREAMLITS_ROOT}", 1)


@asynccontextmanager
async def browser_opened(_: Any) -> AsyncIterator[None]:
    """Open the app in a browser when the server starts, unless it was told to be headless.

    Streamlit does so itself only where it has made the server. Where it was started with files of
    this machine, the page that shows them is opened.
    """
    if not st.get_option("server.headless"):
        files = local_files()
        page = "" if files is None else pages.SEQUENCES if files.corpus else pages.YOUR_MODEL
        cli_util.open_browser(server_util.get_url("localhost") + (f"/{page}" if page else ""))
    yield


@cache
def _logo() -> str:
    """The logo as an address that holds all of it."""
    return f"data:image/svg+xml;base64,{b64encode((HERE / 'logo.svg').read_bytes()).decode()}"


def _page(scope: Message) -> str | None:
    """The page that is asked for, None where it is something else."""
    page = path_below_base(scope)
    return page if page in pages.TITLES and scope["method"] in ("GET", "HEAD") else None


def _parameters(scope: Message) -> dict[str, str]:
    """What the address says; of a name that is there twice, the last."""
    query: bytes = scope.get("query_string", b"")[:LONGEST_QUERY]
    return {name: values[-1] for name, values in parse_qs(query.decode("latin-1")).items()}


def _language(address: Mapping[str, str]) -> str:
    """The code of the language that the address asks for; English where it asks for none."""
    asked = address.get(LANGUAGE, "")
    return asked if asked in LANGUAGES else ENGLISH.code
