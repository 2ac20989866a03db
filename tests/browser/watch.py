"""Pages that are watched: whatever a reader should never meet fails the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page
from playwright.sync_api import Error as PlaywrightError

AT_HOME = ("127.0.0.1", "localhost")


class Watch:
    """What went wrong in one page: errors, warnings of the console, requests that leave."""

    def __init__(self, page: Page):
        self.faults: list[str] = []
        self.accepted: list[str] = []
        self._page = page
        self._ears: dict[Any, Callable[[Any], None]] = {
            "console": self._console,
            "pageerror": lambda error: self.faults.append(f"uncaught: {error}"),
            "request": lambda request: self._address(request.url),
            "websocket": lambda socket: self._address(socket.url),
        }
        for event, ear in self._ears.items():
            page.on(event, ear)

    def accept(self, part: str) -> None:
        """Let faults that contain `part` pass: the test makes them on purpose."""
        self.accepted.append(part)

    def end(self) -> None:
        """Watch no longer."""
        for event, ear in self._ears.items():
            self._page.remove_listener(event, ear)

    def found(self) -> list[str]:
        """Return the faults that no test accepted."""
        return [f for f in self.faults if not any(part in f for part in self.accepted)]

    def _console(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "")
        own = urlsplit(place).path == "/favicon.ico"  # asked for by Chromium before it reads a page
        if message.type == "error" and not own:
            self.faults.append(f"console error: {message.text} ({place})")

    def _address(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in AT_HOME:
            self.faults.append(f"request leaves the machine: {url}")


@dataclass(frozen=True)
class Window:
    """What a page is seen through."""

    width: int = 1280
    height: int = 900
    dark: bool = False
    reduced_motion: bool = False
    touch: bool = False

    def fit(self, page: Page) -> None:
        """Make an open page one of this window; whether it can be touched does not change."""
        options = self.options()
        page.set_viewport_size(options["viewport"])
        page.emulate_media(
            color_scheme=options["color_scheme"], reduced_motion=options["reduced_motion"]
        )

    def options(self) -> dict[str, Any]:
        """Return what the browser has to be asked for."""
        return {
            "viewport": {"width": self.width, "height": self.height},
            "color_scheme": "dark" if self.dark else "light",
            "reduced_motion": "reduce" if self.reduced_motion else "no-preference",
            "has_touch": self.touch,
            "accept_downloads": True,
        }


class Windows:
    """The browser's windows, which serve one test after another.

    A page that has been open is twice as fast the next time, since what it runs is compiled. What
    a reader could notice does not outlive a test: each begins with a new session, an empty session
    storage, no trail and the pointer in the corner. `stays_open` names addresses whose page a test
    leaves by a function instead of loading another.
    """

    USES = 8  # after so many tests a window is closed: a trail of fifty pages grows no longer

    def __init__(self, new_context: Callable[..., BrowserContext]):
        self.stays_open: dict[str, Callable[[Page], None]] = {}
        self._new_context = new_context
        self._free: dict[bool, list[tuple[Page, int]]] = {}

    def take(self, window: Window) -> tuple[Page, int]:
        """Return a page of this window and how often it was used before."""
        free = self._free.get(window.touch)
        if free:
            page, uses = free.pop()
            window.fit(page)
            return page, uses
        context = self._new_context(**window.options())
        context.set_default_timeout(20_000)
        return context.new_page(), 0

    def give_back(self, window: Window, page: Page, uses: int) -> None:
        """Leave what the page shows, or close it where it is worn or will not."""
        try:
            if uses + 1 < self.USES and page.url.startswith("http"):
                self._leave(page)
                self._free.setdefault(window.touch, []).append((page, uses + 1))
                return
        except (PlaywrightError, AssertionError):
            pass
        page.context.close()

    def _leave(self, page: Page) -> None:
        page.evaluate("sessionStorage.clear()")
        page.mouse.move(0, 0)
        address = urlsplit(page.url)
        home = f"{address.scheme}://{address.netloc}"
        if home in self.stays_open:
            self.stays_open[home](page)
        else:
            page.goto(f"{home}/_stcore/health")


class Pages:
    """Opens watched pages and says what they met."""

    def __init__(self, windows: Windows):
        self._windows = windows
        self._open: dict[Page, tuple[Window, int, Watch]] = {}

    def open(self, **window: Any) -> Page:
        """Return a page in such a `Window`: `open(width=390, touch=True)`."""
        asked = Window(**window)
        page, uses = self._windows.take(asked)
        self._open[page] = (asked, uses, Watch(page))
        return page

    def watch(self, page: Page) -> Watch:
        """Return the watch over a page that `open` made."""
        return self._open[page][-1]

    def close(self) -> list[str]:
        """Leave every page and return what went wrong in them."""
        for page, (window, uses, watch) in self._open.items():
            watch.end()
            self._windows.give_back(window, page, uses)
        return [fault for *_, watch in self._open.values() for fault in watch.found()]
