"""A long run on the stage: 512 units x 100,000 timesteps, from finished run to playing page.

`python -m benchmarks long 128 1000000 1` for another, and how often it is opened: a million
timesteps of 128 units take 6 GB and two minutes. At the end it is zoomed, panned and jumped in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from playwright.sync_api import Browser

from .browser import keys, playing
from .measure import asked, machine, spread
from .server import Server
from .visit import Visit, app, browser, cpu_seconds, rest

UNITS, TIMESTEPS, OPENINGS = 512, 100_000, 5
ZOOMS = "+" * 11 + "-" * 9  # each into a view for which a finer one can be had
PANS = [1] * 10 + [-1] * 10  # to the right, to the left
JUMPS = ["Home", "End"] * 5
NEAR = 7  # zooms from the whole run to the view that is panned and jumped in
BYTES = 4 * 10  # of a trace, for each unit and timestep
ROOM = 3  # times these bytes: the store gives large things three quarters of it

Act = Callable[[], None]


def main() -> None:
    """Print opening, bytes, latency of a key, states per second, and of moved views."""
    units, timesteps = asked(2, "units", UNITS), asked(3, "timesteps", TIMESTEPS)
    openings = asked(4, "openings", OPENINGS)
    print(f"{units} units x {timesteps:,} timesteps, random weights; {machine()}\n")
    megabytes = max(400, ROOM * BYTES * units * timesteps // 2**20)
    kept = {"GATESCOPE_STORE_MB": str(megabytes)}
    with browser() as chromium, app("benchmarks/scene.py", kept) as server:
        url = f"{server.url}/?units={units}&timesteps={timesteps}"
        _open(chromium, url, openings)
        visit = Visit(chromium, url)
        keys(visit)
        playing(visit)
        visit.close()
        for title, settings in (("one unit", ""), ("all units", "&all_units=1")):
            _move_views(Visit(chromium, f"{url}&t={timesteps // 2}{settings}"), server, title)


def _open(chromium: Browser, url: str, openings: int) -> None:
    """Print how long it takes until the stage is painted; the first time all is computed."""
    first = Visit(chromium, url, seconds=600)
    built = first.page.get_by_text("scene built in").inner_text()
    print(f"  the first time, the run computed: {first.wait() / 1000:.1f} s, {built}")
    first.close()
    times, sizes = [], []
    for _ in range(openings):
        visit = Visit(chromium, url)
        times.append(visit.wait() / 1000)
        sizes.append(visit.bytes)
        visit.close()
    print(f"  from the address to the painted stage, the scene kept: {spread(times, 's')}")
    print(f"  bytes sent until painted: {max(sizes):,}")


def _move_views(visit: Visit, server: Server, title: str) -> None:
    """Print the latency of zooming, panning and jumping: to what is there, and to the cut view."""
    page = visit.page
    rest(page, 3000)
    page.keyboard.press("+")  # the whole run is fine enough for that
    rest(page)
    page.evaluate("probe.listenToViews()")
    press = page.keyboard.press
    _measure(visit, server, f"zoomed, {title}", [partial(press, key) for key in ZOOMS])
    for _ in range(NEAR):
        press("+")
        rest(page)
    turn = _wheel(visit)
    _measure(visit, server, f"panned, {title}", [partial(turn, way) for way in PANS])
    _measure(visit, server, f"jumped, {title}", [partial(press, key) for key in JUMPS])
    visit.close()


def _wheel(visit: Visit) -> Callable[[int], None]:
    """Return what turns the wheel sideways over the board: by half a view, right or left."""
    row = visit.page.locator("canvas.strip-canvas").first
    row.scroll_into_view_if_needed()
    box = row.bounding_box()
    assert box, "the strip is on the screen"
    visit.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    return lambda way: visit.page.mouse.wheel(way * box["width"] / 2, 0)


def _measure(visit: Visit, server: Server, title: str, acts: Sequence[Act]) -> None:
    """Print what each of these acts takes, and how much is sent for it until the page rests."""
    page = visit.page
    page.evaluate("probe.views.length = 0")
    sizes, before = [], cpu_seconds(server)
    for k, act in enumerate(acts):
        sent = visit.bytes
        act()
        page.wait_for_function(f"() => probe.views.length > {k}")
        rest(page, 500)
        sizes.append(visit.bytes - sent)
    spent = (cpu_seconds(server) - before) / len(acts)
    first, finer = zip(*page.evaluate("probe.views"), strict=True)
    print(f"  {title}: to painted: {spread(first)}")
    print(f"    to the finer view: {spread(finer)}")
    print(f"    bytes sent for each: {min(sizes):,} to {max(sizes):,}; {spent:.3f} s of the server")
