"""The stage as a page in one file beside the app's: states a second, and what a state costs.

Both play 64 units x 200 timesteps at 60 states a second, in turns, folded and with all units. On
a busy machine trust the processor time, and states a second beside those of the app in the run.
"""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import astuple, dataclass
from pathlib import Path

from playwright.sync_api import Browser

from app.components.stage import NumberStrip, StageSettings, build_scene
from app.components.stage.standalone import stage_html

from .measure import machine, table
from .unroll import random_walk
from .visit import Visit, app, browser, rest

UNITS, TIMESTEPS, ROUNDS = 64, 200, 3
HEAD = (
    *("", "states a second", "skipped"),
    *("main thread, ms a state", "its script", "layout and style", "all processes"),
)


@dataclass(frozen=True)
class Played:
    """One stretch of playing; milliseconds of processor time are those of a state."""

    rate: float
    skipped: float
    main_thread: float
    script: float
    layout: float
    processes: float


def main() -> None:
    """Print a table: one file and the app, folded and with all units."""
    print(f"In a headless browser, 1280 x 900; {machine()}\n")
    with (
        tempfile.TemporaryDirectory() as folder,
        browser() as chromium,
        app("benchmarks/scene.py") as server,
    ):
        places = {}
        for title, all_units in (("one unit", False), ("all units", True)):
            file = page_in_one_file(Path(folder) / f"{title}.html", all_units)
            print(f"one file, {title}: {file.stat().st_size / 1e6:.2f} MB")
            query = f"/?units={UNITS}&timesteps={TIMESTEPS}&all_units={int(all_units)}"
            places[f"one file, {title}"] = file.as_uri()
            places[f"the app, {title}"] = server.url + query
        found: dict[str, list[Played]] = {name: [] for name in places}
        for _ in range(ROUNDS):
            for name, url in places.items():
                found[name].append(played(chromium, url))
    print(f"\nMedians of {ROUNDS}, in turns:\n")
    print(table(HEAD, [(name, *medians(runs)) for name, runs in found.items()]))


def page_in_one_file(file: Path, all_units: bool) -> Path:
    """Write the page of the run that the app's stage shows, and return where it is."""
    trace = random_walk(UNITS, TIMESTEPS)
    scene = build_scene(trace, NumberStrip(columns=("walk",), values=trace.input))
    settings = StageSettings(unit=0, speed=60, all_units=all_units)
    file.write_text(stage_html(scene, settings, title="Benchmark"), encoding="utf-8")
    return file


def played(chromium: Browser, url: str, seconds: float = 2.5) -> Played:
    """Play a stage from its beginning, and return what was drawn and what it took."""
    visit = Visit(chromium, url)
    page = visit.page
    rest(page, 2000)
    page.keyboard.press("ArrowRight")  # a step, as readers make, may leave something behind
    rest(page)
    page.keyboard.press("Home")
    rest(page)
    page.evaluate("document.activeElement.blur()")
    thread = page.context.new_cdp_session(page)
    thread.send("Performance.enable", {"timeDomain": "threadTicks"})
    whole = chromium.new_browser_cdp_session()

    def spent() -> dict[str, float]:
        metrics = thread.send("Performance.getMetrics")["metrics"]
        processes = whole.send("SystemInfo.getProcessInfo")["processInfo"]
        everywhere = sum(process["cpuTime"] for process in processes)
        return {**{one["name"]: one["value"] for one in metrics}, "processes": everywhere}

    before = spent()
    page.keyboard.press("Space")
    states = page.evaluate(f"probe.record({seconds * 1000})")
    page.keyboard.press("Space")
    after = spent()
    visit.close()
    (began, first, *_), (ended, last, *_) = states[0], states[-1]

    def each(*names: str) -> float:
        return sum(after[name] - before[name] for name in names) * 1000 / float(last - first)

    return Played(
        rate=(len(states) - 1) / (ended - began) * 1000,
        skipped=last - first - (len(states) - 1),
        main_thread=each("TaskDuration"),
        script=each("ScriptDuration"),
        layout=each("LayoutDuration", "RecalcStyleDuration"),
        processes=each("processes"),
    )


def medians(runs: list[Played]) -> list[str]:
    """Return each figure's median over some runs, in words."""
    columns = zip(*map(astuple, runs), strict=True)
    return [f"{statistics.median(column):.1f}" for column in columns]
