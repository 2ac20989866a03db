"""From letting go of a pulled gate to the painted run: 64 units x 200 timesteps, the app's page."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import numpy as np
from playwright.sync_api import Browser, Page

from app.session.local_files import LocalFiles, spelled_files
from lstm_core.formats import save_model
from lstm_core.model import Layer, Model

from .measure import machine, percentile, spread
from .server import Server
from .unroll import random_lstm
from .visit import Visit, app, browser, rest

UNITS, TIMESTEPS, PULLS = 64, 200, 40
AT = 20  # the timestep whose gates are pulled: nearly the whole run is computed anew
TARGET = 150  # ms


def main() -> None:
    """Print how long the changed run takes to be seen, with the folded board and all units."""
    print(f"In a headless browser, 1280 x 900; {machine()}\n")
    print(f"A gate is pulled at timestep {AT} of {TIMESTEPS}, {UNITS} units with random weights:")
    with (
        tempfile.TemporaryDirectory() as folder,
        browser() as chromium,
        app(environment=files(Path(folder))) as server,
    ):
        for title, settings in (("one unit", ""), ("all units", "&all_units=1")):
            pulls(chromium, server, title, settings)


def files(folder: Path) -> Mapping[str, str]:
    """Write a network that nobody trained, and return what makes the app open it."""
    path = folder / "random.safetensors"
    save_model(Model(layers=(Layer(name="lstm", forward=random_lstm(UNITS, input_size=1)),)), path)
    return spelled_files(LocalFiles(model=(path,)))


def pulls(chromium: Browser, server: Server, title: str, settings: str) -> None:
    """Print the latency from the release of the gate to the end of the paint that shows the run."""
    walk = np.random.default_rng(2).integers(0, 10, TIMESTEPS)
    text = quote(" ".join(map(str, walk)))
    visit = Visit(chromium, f"{server.url}/model?text={text}&t={AT}&unit=3{settings}")
    visit.page.locator(".pull").first.wait_for()
    rest(visit.page, 3000)
    visit.page.evaluate("probe.listenToPulls()")
    before = visit.bytes
    for k in range(PULLS + 2):  # the first two load what a changed run needs
        pull(visit.page, -20 - k if k % 2 else 21 + k)  # never to a value it has had
        visit.page.wait_for_function(f"() => probe.pulls.length > {k}", timeout=60_000)
        rest(visit.page, 1200)  # the page follows
    found = visit.page.evaluate("probe.pulls")[2:]
    sent = (visit.bytes - before) / (PULLS + 2)
    within = "within" if percentile(found, 0.95) <= TARGET else "over"
    print(f"  {title}: {spread(found)} ({within} {TARGET} ms); {sent:,.0f} bytes for a pull")
    visit.close()


def pull(page: Page, by: int) -> None:
    """Drag the forget gate up or down by some pixels, and let it go."""
    box = page.locator('.pull[data-signal="forget_gate"]').first.bounding_box()
    assert box is not None
    x, y = box["x"] + 30, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + by, steps=4)
    page.mouse.up()
