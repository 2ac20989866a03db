"""The page with nothing but a stage: where it runs, what stands on it, what Python has heard."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Locator, Page, expect

from app.components.stage import Scene
from benchmarks.server import ROOT, running


@contextmanager
def stage_server(log: Path, folder: Path = ROOT) -> Iterator[str]:
    """Run the page, and yield where it answers; what it writes must have no traceback."""
    quiet = ("--browser.gatherUsageStats", "false")
    with running("tests/browser/stage_script.py", log, *quiet, folder=folder) as server:
        yield server.url
        assert "Traceback" not in server.said()


NUMBERS = count(1)  # of the visits
GO = """query => {
    history.replaceState(null, "", query);
    dispatchEvent(new PopStateEvent("popstate"));
}"""


def visit(page: Page, url: str, query: str) -> None:
    """Show the stage that `query` names, mounted anew in an empty session.

    A page that is open already is not loaded again, which is the dearest part of a short test.
    """
    spelled, name = f"/?{query}&visit=", str(next(NUMBERS))
    if page.url.startswith(url):
        page.evaluate(GO, spelled + name)
    else:
        page.goto(url + spelled + name)
    place = page.locator(f".st-key-one{name}")
    expect(place.locator("[data-timestep]").first).to_be_visible(timeout=60_000)
    expect(page.locator("[class*='st-key-one']")).to_have_count(1)


def leave(page: Page) -> None:
    """Take the stage away, and leave the page open for the next visit."""
    page.evaluate(GO, "/?visit=none")
    expect(page.locator("[data-timestep]")).to_have_count(0)


def root(page: Page) -> Locator:
    return page.locator("[data-timestep]")


def at(page: Page, t: int, unit: int | None = None, phase: str = "complete") -> None:
    """The root says where we are."""
    expect(root(page)).to_have_attribute("data-timestep", str(t))
    expect(root(page)).to_have_attribute("data-phase", phase)
    if unit is not None:
        expect(root(page)).to_have_attribute("data-unit", str(unit))


def number(text: str) -> float:
    return float(text.replace("−", "-").strip("()"))


def numbers_in(text: str) -> list[float]:
    return [number(n) for n in re.findall(r"[−-]?\d+\.\d+", text)]


def now(page: Page, signal: str) -> float:
    """The number at the right of a signal's heatmap."""
    return number(page.locator(f'.now-number[data-signal="{signal}"]').inner_text())


def report(page: Page) -> dict[str, Any]:
    """What Python has heard."""
    return dict(json.loads(page.get_by_test_id("stCode").inner_text()))


def hears(page: Page, **expected: Any) -> None:
    """Python comes to hear this."""
    for name, value in expected.items():
        wanted = f'"{name}": {json.dumps(value)}'
        expect(page.get_by_test_id("stCode")).to_contain_text(wanted)


def heatmap(page: Page, signal: str) -> Locator:
    return page.locator(f'.panel[data-signal="{signal}"] canvas.heatmap')


def cell_place(page: Page, scene: Scene, signal: str, t: int, unit: int) -> tuple[float, float]:
    """The middle of a cell of a heatmap that shows the whole run in file order."""
    heatmap(page, signal).scroll_into_view_if_needed()
    box = heatmap(page, signal).bounding_box()
    assert box is not None
    rows = scene.trace.series(signal).shape[-1]
    return (
        box["x"] + (t + 0.5) / scene.timesteps * box["width"],
        box["y"] + (unit + 0.5) / rows * box["height"],
    )


def colour_of_cell(page: Page, signal: str, t: int, unit: int, timesteps: int, rows: int) -> Any:
    """The colour that the heatmap's canvas really has at the middle of a cell."""
    script = """(canvas, [x, y]) => [...canvas.getContext('2d').getImageData(
        Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1).data].slice(0, 3)"""
    share = [(t + 0.5) / timesteps, (unit + 0.5) / rows]
    return np.array(heatmap(page, signal).evaluate(script, share))
