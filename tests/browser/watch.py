"""Pages that are watched: whatever a reader should never meet fails the test."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

AT_HOME = ("127.0.0.1", "localhost")


class Watch:
    """What went wrong in one page: errors, warnings of the console, requests that leave."""

    def __init__(self, page: Page):
        self.faults: list[str] = []
        self.accepted: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"uncaught: {error}"))
        page.on("request", lambda request: self._address(request.url))
        page.on("websocket", lambda socket: self._address(socket.url))

    def accept(self, part: str) -> None:
        """Let faults that contain `part` pass: the test makes them on purpose."""
        self.accepted.append(part)

    def found(self) -> list[str]:
        """Return the faults that no test accepted."""
        return [f for f in self.faults if not any(part in f for part in self.accepted)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            place = message.location.get("url", "")
            self.faults.append(f"console error: {message.text} ({place})")

    def _address(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in AT_HOME:
            self.faults.append(f"request leaves the machine: {url}")


class Pages:
    """Opens watched pages, each in a context of its own, and says what they met."""

    def __init__(self, new_context: Callable[..., BrowserContext]):
        self._new_context = new_context
        self._contexts: list[BrowserContext] = []
        self._watches: dict[Page, Watch] = {}

    def open(
        self,
        *,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        reduced_motion: bool = False,
        touch: bool = False,
    ) -> Page:
        """Return a blank page of this size in an empty browser profile."""
        context = self._new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce" if reduced_motion else "no-preference",
            has_touch=touch,
            accept_downloads=True,
        )
        context.set_default_timeout(20_000)
        self._contexts.append(context)
        page = context.new_page()
        self._watches[page] = Watch(page)
        return page

    def watch(self, page: Page) -> Watch:
        """Return the watch over a page that `open` made."""
        return self._watches[page]

    def close(self) -> list[str]:
        """Close every page and return what went wrong in them."""
        for context in self._contexts:
            context.close()
        return [fault for watch in self._watches.values() for fault in watch.found()]
