"""A real browser at the real app, with the probe in its pages and an eye on what is sent."""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

from app.document import HOME
from app.run_details import PATH

from .provision import FLAGS, provide_browser
from .server import APP, NOTHING, ROOT, Server, running

PROBE = Path(__file__).with_name("probe.js").read_text(encoding="utf-8")
WHERE = HOME.removeprefix("<script>").removesuffix("</script>")  # for other scripts than the app
CONFIG = ROOT / "app" / ".streamlit" / "config.toml"


@contextmanager
def app(script: str = APP, environment: Mapping[str, str] = NOTHING) -> Iterator[Server]:
    """Run a script as the app is run, with the app's own settings."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running(script, Path(folder) / "log.txt", *_settings(), environment=environment) as server,
    ):
        yield server


def _settings() -> list[str]:
    """Return the app's settings as options: another script does not find the app's file."""
    sections = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    names = ("runner", "server", "browser", "client")
    return [
        f"--{section}.{name}={str(value).lower() if isinstance(value, bool) else value}"
        for section in names
        for name, value in sections.get(section, {}).items()
        if name not in ("headless", "port")
    ]


@contextmanager
def browser() -> Iterator[Browser]:
    """Run the browser that the tests use."""
    path = provide_browser()  # before Playwright begins: finding its own build begins it, too
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


class Visit:
    """One page in an empty profile; counts the bytes that the server sends it."""

    def __init__(self, browser: Browser, url: str, seconds: float = 60):
        """Open the page, wait until the stage is painted, and focus it."""
        self.received: list[int] = []
        self.page = browser.new_page(viewport={"width": 1280, "height": 900})
        self.page.on("websocket", self._listen)
        self.page.on("response", self._note)
        self.page.add_init_script(WHERE)
        self.page.add_init_script(PROBE)
        self.page.goto(url, wait_until="commit")
        self.wait(seconds)
        self.page.locator("[data-timestep]").first.focus()

    def _listen(self, socket: object) -> None:
        socket.on("framereceived", lambda data: self.received.append(len(data)))  # type: ignore[attr-defined]

    def _note(self, response: Response) -> None:
        if f"/{PATH}?" in response.url:
            self.received.append(int(response.headers["content-length"]))

    def wait(self, seconds: float = 60) -> float:
        """Wait for the first paint of the stage; ms since navigation began."""
        self.page.wait_for_function(
            "() => window.probe && probe.opened !== null", timeout=1000 * seconds
        )
        return float(self.page.evaluate("probe.opened"))

    @property
    def bytes(self) -> int:
        """Bytes received from the server's websocket so far, and as details of a long run."""
        return sum(self.received)

    def close(self) -> None:
        """Close the page and its profile."""
        self.page.context.close()


def rest(page: Page, milliseconds: int = 800) -> None:
    """Let the page come to rest, what it reports included."""
    page.wait_for_timeout(milliseconds)


def cpu_seconds(server: Server) -> float:
    """Return the processor time that the server has used so far (Linux)."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
